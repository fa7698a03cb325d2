"""What manifests ask of Keras, TensorFlow, tf-keras and Python.

Reads `[project]` and `[dependency-groups]` of pyproject.toml, `install_requires` of setup.cfg, and
requirements files with what they include. Only lines about our distributions are kept.
"""

from __future__ import annotations

import os
import re
import sys

from kerlint.manifests.pep508 import normal as normal
from kerlint.project.specifiers import valid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any, NamedTuple
else:
    from collections import namedtuple

AXES = {
    "keras": "keras",
    "keras-nightly": "keras",
    "tensorflow": "tensorflow",
    "tensorflow-cpu": "tensorflow",
    "tensorflow-gpu": "tensorflow",
    "tensorflow-intel": "tensorflow",
    "tensorflow-macos": "tensorflow",
    "tensorflow-rocm": "tensorflow",
    "tensorflow-cpu-aws": "tensorflow",
    "intel-tensorflow": "tensorflow",
    "tf-nightly": "tensorflow",
    "tf-nightly-cpu": "tensorflow",
    "tf-nightly-gpu": "tensorflow",
    "tf-keras": "tf_keras",
    "tf-keras-nightly": "tf_keras",
    "python": "python",
}
"""Which library a distribution brings."""


if TYPE_CHECKING:

    class Requirement(NamedTuple):
        """One requirement on a library of ours, and where it stands.

        `axis`          one of keras, tensorflow, tf_keras, python
        `distribution`  normalised name, as the index spells it
        `specifier`     PEP 440; empty: any version
        `marker`        PEP 508 environment marker; empty: always
        `group`         the extra or group it belongs to; empty: always installed
        `constraint`    from a constraints file: holds only for what something else requires
        `text`, `path`, `line`  as written; the line is 0 where it is not known
        """

        axis: str
        distribution: str
        specifier: str
        marker: str
        group: str
        constraint: bool
        text: str
        path: str
        line: int

else:
    Requirement = namedtuple(
        "Requirement", "axis distribution specifier marker group constraint text path line"
    )


class Unreadable(Exception):
    """A manifest that cannot be understood: why, in one sentence."""


def read(path: str) -> list[Requirement]:
    """The requirements of one manifest. Raises Unreadable."""
    name = os.path.basename(path)
    if name == "pyproject.toml":
        found = list(_pyproject(path))
        if any(one.axis != "python" for one in found):
            return found
        return list(_by_reader(path))  # the tables of Poetry, PDM, Hatch and their like
    if name == "setup.cfg":
        return list(_setup_cfg(path))
    if not name.endswith(".txt"):
        return list(_by_reader(path))
    return list(_list(path, constraint=False, seen=set()))


def _by_reader(path: str) -> Iterator[Requirement]:
    """Those of any other manifest: a lock, a Pipfile, an environment of conda, a setup.py."""
    from kerlint.manifests.formats import read as read_manifest

    try:
        with open(path, "rb") as stream:
            manifest = read_manifest(path, stream.read())
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror}") from None
    for one in manifest.pythons:
        if one.origin == "" and valid(one.specifier):
            line = one.span.start.line
            yield Requirement(
                "python", "python", one.specifier, "", "", False, one.text, path, line
            )
    for asked in manifest.requirements:
        axis = AXES.get(asked.name)
        if axis is None or axis == "python" or asked.origin == "build":
            continue
        if valid(asked.specifier):
            text = f"{asked.name}{asked.specifier}" if asked.role == "locked" else asked.text
            constraint = asked.role in ("constraint", "override")
            yield Requirement(
                *(axis, asked.name, asked.specifier, asked.marker, asked.origin, constraint),
                *(text, path, asked.line),
            )


def _text(path: str) -> str:
    """The text of a manifest; requirements files may be UTF-16 when PowerShell wrote them."""
    try:
        with open(path, "rb") as stream:
            data = stream.read()
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror}") from None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8-sig", "replace")


def _pyproject(path: str) -> Iterator[Requirement]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib

    text = _text(path)
    try:
        document = tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(f"{path} is no valid TOML: {error}") from None
    lines = text.splitlines()
    project = _table(document.get("project"))
    python = project.get("requires-python")
    if isinstance(python, str):
        found = _requirement(f"python{python}", path, _line_of(lines, "requires-python"))
        if found:
            yield found._replace(text=f"requires-python = {python}")
    for text in _strings(project.get("dependencies")):
        yield from _given(text, path, lines, "")
    for group, texts in _table(project.get("optional-dependencies")).items():
        for text in _strings(texts):
            yield from _given(text, path, lines, group)
    # Groups may include each other (PEP 735); each is read once where it is written.
    for group, texts in _table(document.get("dependency-groups")).items():
        for text in _strings(texts):
            yield from _given(text, path, lines, group)


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _strings(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _given(text: str, path: str, lines: list[str], group: str) -> Iterator[Requirement]:
    found = _requirement(text, path, _line_of(lines, text))
    if found:
        yield found._replace(group=group)


def _line_of(lines: list[str], text: str) -> int:
    for number, line in enumerate(lines, 1):
        if text in line and not line.lstrip().startswith("#"):
            return number
    return 0


def _setup_cfg(path: str) -> Iterator[Requirement]:
    from configparser import ConfigParser
    from configparser import Error as ConfigParserError

    text = _text(path)
    parser = ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(text)
    except ConfigParserError as error:
        raise Unreadable(f"{path} is no valid INI file: {str(error).splitlines()[0]}") from None
    lines = text.splitlines()
    python = parser.get("options", "python_requires", fallback="").strip()
    if python:
        found = _requirement(f"python{python}", path, _line_of(lines, "python_requires"))
        if found:
            yield found._replace(text=f"python_requires = {python}")
    for one in _entries(parser.get("options", "install_requires", fallback="")):
        yield from _given(one, path, lines, "")
    if parser.has_section("options.extras_require"):
        for group, value in parser.items("options.extras_require"):
            for one in _entries(value):
                yield from _given(one, path, lines, group)


def _entries(value: str) -> list[str]:
    """Setuptools splits its lists at lines, or at semicolons and commas if there is one line."""
    lines = [line.split(" #")[0].strip() for line in value.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


_INCLUDE = re.compile(r"(?:-r|--requirement|-c|--constraint)(?:\s+|\s*=\s*|(?=\S))(.+)")
_OPTIONS = re.compile(r"\s+--?[a-z].*$")
_COMMENT = re.compile(r"(^|\s)#.*$")


def _list(path: str, constraint: bool, seen: set[str]) -> Iterator[Requirement]:
    """The lines of a requirements file as pip reads them, includes followed."""
    if path in seen:
        return
    seen.add(path)
    for number, line in _logical(_text(path).splitlines()):
        include = _INCLUDE.match(line)
        if include:
            where = include[1].strip().strip("\"'")
            if "://" in where:
                continue
            target = os.path.normpath(os.path.join(os.path.dirname(path), where))
            if os.path.isfile(target):
                yield from _list(target, constraint or line.lstrip("-").startswith("c"), seen)
            continue
        if line.startswith("-") and not line.startswith(("-e", "--editable")):
            continue
        found = _requirement(_OPTIONS.sub("", line), path, number)
        if found:
            yield found._replace(constraint=constraint)


def _logical(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Lines with continuations joined and comments gone, each with the number of its first."""
    start, held = 0, ""
    for number, line in enumerate(lines, 1):
        if not held:
            start = number
        if line.endswith("\\") and not line.lstrip().startswith("#"):
            held += line[:-1]
            continue
        whole = _COMMENT.sub("", held + line).strip()
        held = ""
        if whole:
            yield start, whole
    whole = _COMMENT.sub("", held).strip()
    if whole:
        yield start, whole


_OURS = re.compile("|".join(re.escape(name).replace(r"\-", "[-_.]") for name in AXES), re.I)

_PLAIN = re.compile(
    r"\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[\w\s,.-]*\])?\s*(?:\(([^()]*)\)|([<>=!~][^;@()]*))?\s*"
)
"""`name[extra]>=1,<2` or `name (>=1)`: a requirement without a marker or an address."""


def split_plain(text: str) -> tuple[str, str] | None:
    """Name and specifier of a requirement that is no more than that; None for any other."""
    match = _PLAIN.fullmatch(text)
    if match is None:
        return None
    specifier = (match[2] or match[3] or "").strip()
    return (match[1], specifier) if valid(specifier) else None


def _requirement(text: str, path: str, line: int) -> Requirement | None:
    """The requirement that `text` is, if it is about a distribution of ours."""
    if not _OURS.search(text):
        return None
    marker = ""
    plain = split_plain(text)
    if plain is not None:
        name, specifier = plain
    else:
        from packaging.requirements import InvalidRequirement
        from packaging.requirements import Requirement as Parsed

        try:
            parsed = Parsed(text)
            name, specifier = parsed.name, str(parsed.specifier)
            marker = str(parsed.marker) if parsed.marker else ""
            if parsed.url:
                specifier = _of_wheel(parsed.url)
        except InvalidRequirement:
            other = _from_link(text)
            if other is None:
                return None
            name, specifier = other
    distribution = normal(name)
    axis = AXES.get(distribution)
    if axis is None:
        return None
    return Requirement(axis, distribution, specifier, marker, "", False, text, path, line)


def _from_link(text: str) -> tuple[str, str] | None:
    """Name and specifier of a line that is no PEP 508 requirement: URL, VCS, editable."""
    from requirements.requirement import Requirement as Link

    try:
        link = Link.parse(text)
    except ValueError:
        return None
    uri = link.uri or link.path or ""
    if link.name:
        return link.name, _of_wheel(uri)
    stem = os.path.basename(uri.split("#")[0]).split("@")[0]
    name = stem.partition("-")[0] if stem.endswith(".whl") else stem.removesuffix(".git")
    return (name, _of_wheel(uri)) if name else None


def _of_wheel(url: str) -> str:
    """`==2.15.0` for the address of a wheel; empty where the version is not known."""
    parts = os.path.basename(url.split("#")[0].split("?")[0]).split("-")
    if len(parts) >= 5 and parts[-1].endswith(".whl"):
        return f"=={parts[1].partition('%2B')[0].partition('+')[0]}"
    return ""
