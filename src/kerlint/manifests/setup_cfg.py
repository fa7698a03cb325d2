"""`setup.cfg` as setuptools reads it: `[metadata]`, `[options]`, `[options.extras_require]`.

https://setuptools.pypa.io/en/latest/userguide/declarative_config.html
"""

from __future__ import annotations

import configparser

from kerlint.manifests.gathering import Gathering
from kerlint.manifests.ini_lines import entries
from kerlint.manifests.pep508 import normal
from kerlint.manifests.requirements import beside

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.manifests.model import Manifest

_ORIGINS = {"install_requires": "", "setup_requires": "build", "tests_require": "group tests"}
"""Lists of `[options]` and the part of the project that each is for."""


def read(path: str, text: str) -> Manifest:
    """The facts of a setup.cfg; of one without requirements there are none."""
    found = Gathering(path, text, "setup-cfg")
    parser = configparser.RawConfigParser(strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    try:
        parser.read_string(text)
    except configparser.Error as error:
        _refused(error, found)
        parser = configparser.RawConfigParser(strict=False, allow_no_value=True)
        parser.optionxform = str  # type: ignore[assignment,method-assign]
        try:
            parser.read_string(text)
        except (configparser.Error, AttributeError):
            # The second is a mistake in configparser, for a value that goes on after a key alone.
            return found.manifest()
    places = _places(text)
    found.name = _value(parser, "metadata", "name")
    for key, origin in _ORIGINS.items():
        for spelling in (key, key.replace("_", "-")):
            _list(found, parser, places, ("options", spelling), origin)
    if parser.has_section("options.extras_require"):
        for extra in parser.options("options.extras_require"):
            _list(found, parser, places, ("options.extras_require", extra), _of_extra(extra))
    for key in ("python_requires", "python-requires"):
        value = _value(parser, "options", key)
        if value:
            for start, line in places("options", key, value):
                found.admit(line, found.places.span(start, start + len(line)))
    if "[tox:tox]" in text:
        from kerlint.manifests import tox

        tox.add(found, text, main="tox:tox")
    return found.manifest()


def _of_extra(extra: str) -> str:
    return f"extra {normal(extra.strip())}"


def _value(parser: configparser.RawConfigParser, section: str, key: str) -> str:
    return _written(parser, section, key).strip()


def _written(parser: configparser.RawConfigParser, section: str, key: str) -> str:
    """The value with the end of the line of its key, if it begins below that."""
    try:
        return parser.get(section, key) or ""
    except configparser.Error:
        return ""


class _places:
    """Where the lines of a value stand in the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.by_key = {(one.section, one.key): one.lines for one in entries(text)}

    def __call__(self, section: str, key: str, value: str) -> Iterator[tuple[int, str]]:
        """Offset and text of every line that says something."""
        known = self.by_key.get((section, key), [])
        at = max(self.text.find(f"[{section}]"), 0)
        for line in value.splitlines():
            bare = line.strip()
            if not bare or bare.startswith("#"):
                continue
            there = next((start for start, one in known if one == bare and start >= at), -1)
            if there < 0:
                there = self.text.find(bare, at)
            if there >= 0:
                at = there + len(bare)
                yield there, bare


def _list(
    found: Gathering,
    parser: configparser.RawConfigParser,
    places: _places,
    where: tuple[str, str],
    origin: str,
) -> None:
    """Requirements, one on a line, or parted by semicolons if they stand in the line of their key.

    https://setuptools.pypa.io/en/latest/userguide/declarative_config.html#specifying-values
    """
    value = _value(parser, *where)
    parted = "\n" not in _written(parser, *where)
    if value.startswith("file:"):
        start, line = next(places(*where, value), (0, ""))
        for name in value[5:].replace("\n", ",").split(","):
            if name.strip():
                at = max(found.text.find(name.strip(), start), start)
                span = found.places.span(at, at + len(name.strip()))
                found.include("requirements", beside(found.path, name.strip()), span, origin)
        return
    for start, line in places(*where, value):
        pieces = line.split(";") if parted else [line]
        at = start
        for piece in pieces:
            bare = piece.partition(" #")[0].strip()
            if bare and not bare.startswith("#"):
                first = at + len(piece) - len(piece.lstrip())
                found.require(bare, found.places.span(first, first + len(bare)), origin)
            at += len(piece) + 1


def _refused(error: configparser.Error, found: Gathering) -> None:
    """What is wrong with the file, in words, with its line."""
    line = getattr(error, "lineno", None)
    if isinstance(error, configparser.ParsingError) and getattr(error, "errors", None):
        line, message = error.errors[0][0], "a line is neither a section nor `key = value`"
    elif isinstance(error, configparser.DuplicateSectionError):
        message = f"the section `[{error.section}]` comes twice"
    elif isinstance(error, configparser.DuplicateOptionError):
        message = f"`{error.option}` comes twice in `[{error.section}]`"
    elif isinstance(error, configparser.MissingSectionHeaderError):
        message = "something stands before the first section"
    else:
        message = "it cannot be parsed"
    start = found.places.offset(max((line or 1) - 1, 0), 0)
    end = found.text.find("\n", start)
    span = found.places.span(start, max(end if end >= 0 else len(found.text), start + 1))
    found.refuse(f"no valid INI file: {message}", span)
