"""The table of settings: its keys, their types, and how layers of it become `Settings`.

Imported only when a settings file or an option of the command line says something.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from kerlint.diagnostics import SEVERITIES
from kerlint.failures import Failure, suggestion
from kerlint.report import FORMATS
from kerlint.selection import choose, codes_of
from kerlint.settings import Settings

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from kerlint.settings import Layer

FAIL_ON = (*SEVERITIES, "never")

LISTS = ("select", "extend-select", "ignore", "target", "exclude")
CHOICES = {"fail-on": FAIL_ON, "output-format": FORMATS}
FLAGS = ("force-exclude", "require-gpu")
TABLES = ("per-file-ignores",)
GROUPS = ("together",)
AUTOMATIC = "auto"
"""In `together`: files whose names say that they belong together, too."""

KEYS = (*LISTS, *TABLES, *GROUPS, *FLAGS, *CHOICES)


def read(path: str, data: bytes) -> Layer | None:
    """The checked settings of a TOML file; None for a pyproject.toml without our table.

    Raises Failure, naming file, line where it can be found, and the nearest right word.
    """
    try:
        document = tomllib.loads(data.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        raise Failure(f"{path} is not UTF-8: {error.reason} at byte {error.start}") from None
    except tomllib.TOMLDecodeError as error:
        raise Failure(f"{path} is no valid TOML: {error}") from None
    table: Any = document
    if os.path.basename(path) == "pyproject.toml" or "tool" in document:
        tool = document.get("tool")
        table = tool.get("kerlint") if isinstance(tool, dict) else None
        if table is None:
            return None
    if not isinstance(table, dict):
        raise Failure(f"{path}: `kerlint` must be a table")
    try:
        return {key: _checked(key, value) for key, value in table.items()}
    except _Wrong as wrong:
        place = _line(data, wrong.word)
        raise Failure(f"{path}{f':{place}' if place else ''}: {wrong}") from None


class _Wrong(Exception):
    """What is wrong, and the word to look for in the file."""

    def __init__(self, message: str, word: str) -> None:
        super().__init__(message)
        self.word = word


def _checked(key: str, value: Any) -> Any:
    """`value` in the one shape the rest of kerlint expects: a list of strings, a bool, ..."""
    if key not in KEYS:
        hint = suggestion(key, KEYS) or f"; known are {', '.join(KEYS)}"
        raise _Wrong(f"unknown setting `{key}`{hint}", key)
    if key in LISTS:
        words = [value] if isinstance(value, str) else value
        if not isinstance(words, list) or not all(isinstance(one, str) for one in words):
            raise _Wrong(f"`{key}` must be a list of strings", key)
        for word in words:
            _check_word(key, word)
        return words
    if key in GROUPS:
        return _checked_groups(key, value)
    if key in CHOICES:
        if value not in CHOICES[key]:
            hint = suggestion(str(value), CHOICES[key])
            known = ", ".join(CHOICES[key])
            raise _Wrong(f"`{key}` is {value!r}, but must be one of {known}{hint}", key)
        return value
    if key in FLAGS:
        if not isinstance(value, bool):
            raise _Wrong(f"`{key}` must be true or false", key)
        return value
    return _checked_ignores(key, value)


def _checked_ignores(key: str, value: Any) -> dict[str, list[str]]:
    if not isinstance(value, dict):
        raise _Wrong(f"`{key}` must be a table of patterns and lists of rules", key)
    ignores = {}
    for pattern, words in value.items():
        words = [words] if isinstance(words, str) else words
        if not isinstance(words, list) or not all(isinstance(one, str) for one in words):
            raise _Wrong(f"`{key}` for {pattern!r} must be a list of rules", pattern)
        for word in words:
            _check_word("ignore", word)
        ignores[pattern] = words
    return ignores


def _checked_groups(key: str, value: Any) -> list[Any]:
    """`auto` and lists of names of files."""
    for one in value if isinstance(value, list) else [None]:
        names = one if isinstance(one, list) else ()
        several = all(isinstance(name, str) for name in names) and len(set(names)) > 1
        if one != AUTOMATIC and not several:
            raise _Wrong(
                f'`{key}` must be a list of "{AUTOMATIC}" and of lists of two or more files', key
            )
    return list(value)


def _check_word(key: str, word: str) -> None:
    try:
        if key in ("select", "extend-select", "ignore"):
            codes_of(word)
        elif key == "target":
            from kerlint.project.targets import check_requirement

            check_requirement(word)
    except Failure as failure:
        raise _Wrong(f"in `{key}`: {failure}", word) from None


def _line(data: bytes, word: str) -> int | None:
    """The 1-based line on which `word` first stands inside our table, as far as that is seen."""
    lines = data.decode("utf-8", "replace").splitlines()
    starts = [n for n, line in enumerate(lines) if line.strip().startswith("[tool.kerlint")]
    for number in range(starts[0] if starts else 0, len(lines)):
        if word in lines[number].split(" #")[0]:
            return number + 1
    return None


def build(path: str | None, layer: Layer, overrides: Layer) -> Settings:
    """Settings from a file's layer (relative to its folder) under the command line's."""
    settings = Settings()
    settings.file = path
    settings.folder = os.path.dirname(os.path.abspath(path)) if path else os.getcwd()
    settings.layers = tuple(
        (origin, one) for origin, one in ((path or "", layer), ("command line", overrides)) if one
    )
    sources = ((settings.folder, layer), (os.getcwd(), overrides))
    settings.codes = choose([layer, overrides])
    settings.exclude = tuple(
        (pattern, folder) for folder, one in sources for pattern in one.get("exclude", ())
    )
    settings.per_file_ignores = tuple(
        (pattern, folder, frozenset().union(*map(codes_of, words)))
        for folder, one in sources
        for pattern, words in one.get("per-file-ignores", {}).items()
    )
    for _, one in sources:
        groups = one.get("together")
        if groups is not None:
            settings.together = (
                AUTOMATIC in groups,
                tuple(
                    tuple(os.path.normpath(os.path.join(settings.folder, name)) for name in group)
                    for group in groups
                    if group != AUTOMATIC
                ),
            )
        settings.targets = tuple(one.get("target", settings.targets))
        settings.force_exclude = one.get("force-exclude", settings.force_exclude)
        settings.require_gpu = one.get("require-gpu", settings.require_gpu)
        settings.fail_on = one.get("fail-on", settings.fail_on)
        settings.output_format = one.get("output-format", settings.output_format)
    return settings
