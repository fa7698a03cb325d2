"""Requirements and constraints files, read as pip reads them.

https://pip.pypa.io/en/stable/reference/requirements-file-format/

`-r` and `-c` are named as includes and not followed here. A local folder (`-e .`) is an include of
kind `project`; what has no name and is no folder is a requirement without a name.
"""

from __future__ import annotations

import posixpath
import re

from kerlint.manifests.gathering import Gathering
from kerlint.manifests.pep508 import normal_extras
from kerlint.manifests.requirement_lines import VARIABLE, lines
from kerlint.manifests.requirement_options import Wrong, options
from kerlint.manifests.requirement_text import Refused, read_requirement, unknown
from kerlint.manifests.secrets import masked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kerlint.diagnostics import Span
    from kerlint.manifests.model import Manifest, Role
    from kerlint.manifests.requirement_lines import Line
    from kerlint.manifests.requirement_options import Option

_TEMPLATE = re.compile(r"\{\{|\{%|\{#|<%|%%\w+%%|@@?[A-Z_]+@")
"""What a template engine fills in before pip sees the file."""
_TABLE = ["package", "version"]
"""The head of what `pip list` prints."""
_LISTED = "this is what `pip list` prints, and pip cannot read it; `pip freeze` writes requirements"
_INDEXES = frozenset({"--index-url", "--pypi-url", "--extra-index-url", "--find-links"})
_PUBLIC = ("https://pypi.org/simple", "https://pypi.python.org/simple")
_CONSTRAINTS = re.compile(r"(?i)(?:^|[^a-z])constraints?(?:[^a-z]|$)")
_INCLUDES = {"--requirement": "requirements", "--constraint": "constraints"}


def read(path: str, text: str, role: Role | None = None) -> Manifest:
    """The facts of a requirements file.

    `role`  of its requirements; by default what the file's name says
    """
    if _may_be_conda_list(text):
        from kerlint.manifests.conda_list import is_conda_list, read_conda_list

        if is_conda_list(text):
            return read_conda_list(path, text)
    found = Gathering(path, text, "requirements")
    reader = LineReader(found, role or role_of(path))
    for number, line in enumerate(lines(text)):
        if number == 0 and line.text.lower().split() == _TABLE:
            found.refuse(_LISTED, reader.span(line, 0, len(line.text)))
            break
        reader.read(line)
    reader.finish()
    return found.manifest()


def _may_be_conda_list(text: str) -> bool:
    """Whether a sign of equality stands alone somewhere, as it does for conda only."""
    head = text[:8000]
    for operator in ("==", ">=", "<=", "!=", "~="):
        head = head.replace(operator, "")
    return "=" in head or "@EXPLICIT" in head


def role_of(path: str) -> Role:
    """`constraint` for a file that is named so."""
    name = path.replace("\\", "/").rpartition("/")[2]
    return "constraint" if _CONSTRAINTS.search(name) else "requirement"


def beside(path: str, other: str) -> str:
    """The path of a file that is named relative to the folder of `path`, as reports print it."""
    other = other.replace("\\", "/")
    folder = path.replace("\\", "/").rpartition("/")[0]
    return posixpath.normpath(posixpath.join(folder, other))


class LineReader:
    """Reads the lines of a requirements file, or those that stand in another file."""

    def __init__(self, found: Gathering, role: Role = "requirement", origin: str = "") -> None:
        self.found = found
        self.role: Role = role
        self.origin = origin
        self.first = len(found.requirements)
        self.options: list[str] = []

    def read(self, line: Line) -> None:
        """Add what one line says."""
        if _TEMPLATE.search(line.text):
            self.found.skip(self.span(line, 0, len(line.text)))
            return
        try:
            self._line(line)
        except Wrong as wrong:
            span = self.span(line, wrong.start, wrong.end)
            self.found.refuse(f"pip refuses this line: {wrong.why}", span)

    def finish(self) -> None:
        """Options hold for all lines, those before them too."""
        if self.options:
            told = tuple(dict.fromkeys(self.options))
            for one in self.found.requirements[self.first :]:
                one.options = told

    def span(self, line: Line, start: int, end: int) -> Span:
        return self.found.places.span(*line.range(start, max(end, start + 1)))

    def _line(self, line: Line) -> None:
        text = line.text
        # As pip has it: options begin at the first word with a dash, and only spaces part words.
        begin = 0 if text.startswith("-") else text.find(" -") + 1
        is_option = text.startswith("-")
        given = text[:begin] if begin or is_option else text
        rest = list(options(text, begin)) if len(given) < len(text) else []
        if given.strip():
            hashes = tuple(one.value for one in rest if one.name == "--hash")
            self._requirement(line, 0, given.rstrip(), hashes=hashes)
            return
        by_name: dict[str, Option] = {}
        for one in rest:
            by_name.setdefault(one.name, one)
        editable = by_name.get("--editable")
        if editable is not None:
            self._requirement(line, editable.at, editable.value, editable=True)
            return
        for name, kind in _INCLUDES.items():
            if name in by_name:
                self._include(line, by_name[name], kind)
                return
        self._settings(rest)

    def _settings(self, given: Sequence[Option]) -> None:
        for one in given:
            if one.name in _INDEXES and not one.value.startswith(_PUBLIC):
                self.found.indexes.append(masked(one.value))
                self.options.append("other-index")
            elif one.name == "--pre":
                self.options.append("pre")

    def _requirement(
        self,
        line: Line,
        at: int,
        text: str,
        editable: bool = False,
        hashes: tuple[str, ...] = (),
    ) -> None:
        path, role, origin = self.found.path, self.role, self.origin
        span = self.span(line, at, at + len(text))
        folder = _folder(text, editable)
        if folder is not None:
            if VARIABLE.search(text):
                self.found.skip(span)
            else:
                extras = _EXTRAS.search(text.partition(";")[0])
                named = normal_extras(extras[1]) if extras else ()
                self.found.include("project", beside(path, folder), span, origin, extras=named)
            return
        try:
            one = read_requirement(
                text,
                path=path,
                span=span,
                role=role,
                origin=origin,
                editable=editable,
                hashes=hashes,
            )
        except Refused as refused:
            one = refused.found or unknown(text, path=path, span=span, role=role, origin=origin)
            if one.name or VARIABLE.search(text):
                self.found.requirements.append(one)
            if not VARIABLE.search(text):
                self.found.refuse(f"`{_short(one.text)}` {refused.why}", span)
            return
        self.found.requirements.append(one)

    def _include(self, line: Line, option: Option, kind: str) -> None:
        span = self.span(line, option.at, option.at + len(option.value))
        if not option.value or "://" in option.value or VARIABLE.search(option.value):
            self.found.skip(span)
        else:
            self.found.include(kind, beside(self.found.path, option.value), span, self.origin)


_EXTRAS = re.compile(r"\[([^\[\]]*)\] *$")
_SCHEME = re.compile(r"(?i)[a-z][a-z0-9+]+:")
_ARCHIVE = (".whl", ".zip", ".gz", ".tgz", ".bz2", ".xz", ".tar")


def _folder(text: str, editable: bool) -> str | None:
    """The folder that is installed, without extras and marker; None for anything else."""
    bare = _EXTRAS.sub("", text.partition(";")[0].partition("#")[0].strip()).strip()
    if " @ " in bare or _SCHEME.match(bare) or bare.lower().endswith(_ARCHIVE):
        return None
    if not editable and not bare.startswith((".", "/", "~")):
        return None
    return bare


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}..."
