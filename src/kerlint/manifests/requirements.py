"""Requirements and constraints files, read as pip reads them.

https://pip.pypa.io/en/stable/reference/requirements-file-format/

`-r` and `-c` are named as includes and not followed here. `-e .` and a local path are both: an
include of kind `project` and a requirement whose name is not known, with the same span.
"""

from __future__ import annotations

import posixpath
import re

from kerlint.manifests.conda_list import is_conda_list, read_conda_list
from kerlint.manifests.model import Include, Manifest, Problem
from kerlint.manifests.places import Places
from kerlint.manifests.requirement_lines import VARIABLE, lines
from kerlint.manifests.requirement_options import Wrong, options
from kerlint.manifests.requirement_text import Refused, read_requirement, unknown
from kerlint.manifests.secrets import masked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.diagnostics import Span
    from kerlint.manifests.model import Requirement, Role
    from kerlint.manifests.requirement_lines import Line
    from kerlint.manifests.requirement_options import Option

_TEMPLATE = re.compile(r"\{\{|\{%|\{#|<%|%%\w+%%|@@?[A-Z_]+@")
"""What a template engine fills in before pip sees the file."""
_TABLE = re.compile(r"(?i)package +version *\Z")
"""The head of what `pip list` prints."""
_INDEXES = frozenset({"--index-url", "--pypi-url", "--extra-index-url", "--find-links"})
_CONSTRAINTS = re.compile(r"(?i)(?:^|[^a-z])constraints?(?:[^a-z]|$)")


def read(path: str, text: str, role: Role | None = None) -> Manifest:
    """The facts of a requirements file.

    `role`  of its requirements; by default what the file's name says
    """
    if is_conda_list(text):
        return read_conda_list(path, text)
    return _Reader(path, text, role or role_of(path)).read()


def role_of(path: str) -> Role:
    """`constraint` for a file that is named so."""
    name = path.replace("\\", "/").rpartition("/")[2]
    return "constraint" if _CONSTRAINTS.search(name) else "requirement"


def beside(path: str, other: str) -> str:
    """The path of a file that is named relative to the folder of `path`, as reports print it."""
    other = other.replace("\\", "/")
    folder = path.replace("\\", "/").rpartition("/")[0]
    return posixpath.normpath(posixpath.join(folder, other))


class _Reader:
    def __init__(self, path: str, text: str, role: Role) -> None:
        self.path = path
        self.text = text
        self.role: Role = role
        self.places = Places(text)
        self.requirements: list[Requirement] = []
        self.includes: list[Include] = []
        self.problems: list[Problem] = []
        self.unread: list[Span] = []
        self.indexes: list[str] = []
        self.prereleases = False

    def read(self) -> Manifest:
        for number, line in enumerate(lines(self.text)):
            if number == 0 and _TABLE.match(line.text):
                self.problem(line, 0, len(line.text), _LISTED)
                break
            if _TEMPLATE.search(line.text):
                self.unread.append(self.span(line, 0, len(line.text)))
                continue
            try:
                self.line(line)
            except Wrong as wrong:
                self.problem(line, wrong.start, wrong.end, f"pip refuses this line: {wrong.why}")
        return Manifest(
            self.path,
            self.text,
            "requirements",
            requirements=self.requirements,
            includes=self.includes,
            problems=self.problems,
            unread=self.unread,
            indexes=self.indexes,
            prereleases=self.prereleases,
        )

    def line(self, line: Line) -> None:
        text = line.text
        # As pip has it: options begin at the first word with a dash, and only spaces part words.
        begin = 0 if text.startswith("-") else text.find(" -") + 1
        given = text[:begin] if begin or text.startswith("-") else text
        rest = list(options(text, begin)) if len(given) < len(text) else []
        if given.strip():
            hashes = tuple(one.value for one in rest if one.name == "--hash")
            self.requirement(line, 0, given.rstrip(), hashes=hashes)
            return
        editable = next((one for one in rest if one.name == "--editable"), None)
        if editable is not None:
            self.requirement(line, editable.at, editable.value, editable=True)
            return
        for kind, name in (("requirements", "--requirement"), ("constraints", "--constraint")):
            include = next((one for one in rest if one.name == name), None)
            if include is not None:
                self.include(line, include, kind)
                return
        for one in rest:
            if one.name in _INDEXES:
                self.indexes.append(masked(one.value))
            elif one.name == "--pre":
                self.prereleases = True

    def requirement(
        self,
        line: Line,
        at: int,
        text: str,
        editable: bool = False,
        hashes: tuple[str, ...] = (),
    ) -> None:
        span = self.span(line, at, at + len(text))
        try:
            found = read_requirement(
                text, path=self.path, span=span, role=self.role, editable=editable, hashes=hashes
            )
        except Refused as refused:
            found = unknown(text, path=self.path, span=span, role=self.role)
            if VARIABLE.search(text):
                self.requirements.append(found)
                return
            if found.name:
                self.requirements.append(found)
            self.problems.append(Problem(masked(f"`{_short(found.text)}` {refused.why}"), span))
            return
        self.requirements.append(found)
        if found.source == "path" and not VARIABLE.search(text):
            folder = _folder(text)
            if folder:
                self.includes.append(Include("project", beside(self.path, folder), span))

    def include(self, line: Line, option: Option, kind: str) -> None:
        span = self.span(line, option.at, option.at + len(option.value))
        if not option.value or "://" in option.value or VARIABLE.search(option.value):
            self.unread.append(span)
            return
        self.includes.append(Include(kind, beside(self.path, option.value), span))

    def span(self, line: Line, start: int, end: int) -> Span:
        return self.places.span(*line.range(start, max(end, start + 1)))

    def problem(self, line: Line, start: int, end: int, message: str) -> None:
        self.problems.append(Problem(message, self.span(line, start, end)))


_LISTED = "this is what `pip list` prints, and pip cannot read it; `pip freeze` writes requirements"


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}..."


def _folder(text: str) -> str:
    """The folder of a local path, without extras and marker; "" for an archive or an address."""
    bare = text.partition(";")[0].partition("#")[0].strip()
    bare = re.sub(r"\[[^\]]*\]$", "", bare).strip()
    if re.match(r"(?i)file:", bare) or " @ " in bare or bare.endswith((".whl", ".gz", ".zip")):
        return ""
    return bare
