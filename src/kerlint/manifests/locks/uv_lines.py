"""uv.lock line by line, for uv writes it the same way each time.

Reading 50,000 lines as TOML takes seconds. Here every line must look as uv writes it; the first
that does not ends it with Unusual, and the text is read as TOML instead.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_STRING = r'"[^"\\\x00-\x1f\x7f]*"'
_PAIR = re.compile(
    rf"([A-Za-z0-9_-]+) = (?:({_STRING})|(\{{ [^{{}}]* \}}|\[[^\[\]]*\]|\d+|true|false))(, |$)"
)
_FILE = re.compile(rf"    \{{ (?:[a-z-]+ = (?:{_STRING}|\d+)(?:, | \}},$))+(?<=\}},)")
_KEY = re.compile(r"([A-Za-z0-9_-]+) = (.*)")
_WHOLE_STRING = re.compile(_STRING)
_STRINGS = re.compile(rf"\[(?:{_STRING}(?:, )?)*\]")
_EACH = re.compile(_STRING)
_SKIPPED = ("wheels", "sdist", "conflicts")


class Unusual(Exception):
    """A line that uv does not write."""


def packages(text: str) -> tuple[dict[str, Any], list[tuple[int, int]]]:
    """What tomllib would find of what is asked for, and for each package where its version stands.

    The lines are 0-based: those of name and version, -1 for a missing one. Raises Unusual.
    """
    top: dict[str, Any] = {}
    found: list[dict[str, Any]] = []
    lines: list[tuple[int, int]] = []
    table: dict[str, Any] = top
    rows: list[Any] | None = None
    entries: dict[str, list[dict[str, Any]]] = {}
    skipping = False
    close = between = "]"
    for number, line in enumerate(text.split("\n")):
        if rows is not None:
            if line == close:
                rows = None
            elif not skipping:
                rows.append(_row(line))
            elif not _FILE.fullmatch(line) and line != between:
                _row(line)
        elif not line:
            continue
        elif line == "[[package]]":
            table = {}
            found.append(table)
            lines.append((-1, -1))
        elif line[:2] == "[[":
            table = _entry(line, top, entries)
        elif line[0] == "[":
            table = _header(line, found, top)
        else:
            pair = _KEY.fullmatch(line)
            if pair is None:
                raise Unusual(line)
            key, value = pair.groups()
            if key in table:
                raise Unusual(line)
            if value == "[" or (value == "[[" and key == "conflicts"):
                rows = table[key] = []
                skipping = key in _SKIPPED
                close = "]" * len(value)
                between = "], [" if len(value) == 2 else close
                continue
            table[key] = _value(value)
            if found and table is found[-1]:
                if key == "name":
                    lines[-1] = (number, lines[-1][1])
                elif key == "version":
                    lines[-1] = (lines[-1][0], number)
    if rows is not None:
        raise Unusual("it ends too early")
    if "package" in top:
        raise Unusual("package")
    top["package"] = found
    return top, lines


def _entry(
    line: str, top: dict[str, Any], entries: dict[str, list[dict[str, Any]]]
) -> dict[str, Any]:
    """`[[manifest.dependency-metadata]]`: a new table of a list of the manifest's.

    `entries`  the lists that were made so, by their lines
    """
    match = re.fullmatch(r"\[\[manifest\.([a-z-]+)\]\]", line)
    manifest = top.setdefault("manifest", {})
    if match is None or not isinstance(manifest, dict):
        raise Unusual(line)
    rows = entries.get(line)
    if rows is None:
        if match[1] in manifest:
            raise Unusual(line)
        rows = entries[line] = manifest[match[1]] = []
    table: dict[str, Any] = {}
    rows.append(table)
    return table


def _header(line: str, found: list[dict[str, Any]], top: dict[str, Any]) -> dict[str, Any]:
    """`[package.metadata]` and the like."""
    if not re.fullmatch(r"\[[a-z-]+(\.[a-z-]+)*\]", line):
        raise Unusual(line)
    names = line[1:-1].split(".")
    table = top
    if names[0] == "package":
        if not found or len(names) == 1:
            raise Unusual(line)
        table = found[-1]
        names = names[1:]
    for index, name in enumerate(names):
        last = index == len(names) - 1
        if not isinstance(table.get(name, {}), dict) or (last and name in table):
            raise Unusual(line)
        table = table.setdefault(name, {})
    return table


def _row(line: str) -> Any:
    """One line of an array: a string or an inline table."""
    if not line.startswith("    ") or line[-1:] != ",":
        raise Unusual(line)
    return _value(line[4:-1])


def _value(text: str) -> Any:
    if text[:1] == '"':
        if _WHOLE_STRING.fullmatch(text) is None:
            raise Unusual(text)
        return text[1:-1]
    if text.startswith("{ ") and text.endswith(" }"):
        inside = text[2:-2]
        table: dict[str, Any] = {}
        at = 0
        while at < len(inside):
            pair = _PAIR.match(inside, at)
            if pair is None or pair[1] in table or bool(pair[4]) != (pair.end() < len(inside)):
                raise Unusual(text)
            table[pair[1]] = pair[2][1:-1] if pair[2] else _value(pair[3])
            at = pair.end()
        return table
    if text.startswith("[{ ") and text.endswith(" }]"):
        return [_value(text[1:-1])]  # uv writes several below each other
    if text[:1] == "[" and _STRINGS.fullmatch(text) and not text.endswith(", ]"):
        return [one[1:-1] for one in _EACH.findall(text)]
    if text.isdigit() and len(text) < 20 and text.isascii() and (text == "0" or text[0] != "0"):
        return int(text)
    if text in ("true", "false"):
        return text == "true"
    raise Unusual(text)
