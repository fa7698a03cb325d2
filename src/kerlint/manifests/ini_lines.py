"""INI files line by line: sections, keys, and values of several lines with the place of each."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_SECTION = re.compile(r"\[([^\]\r\n]+)\]")
_KEY = re.compile(r"([^\s:=#;\[][^:=\r\n]*)[:=][ \t]*")


class IniEntry:
    """`key = value` below `[section]`.

    `start`  the offset of the key
    `lines`  what the value consists of: offset and text of every line, without the space around
             it; empty lines and comments are left out
    """

    __slots__ = ("key", "lines", "section", "start")

    def __init__(self, section: str, key: str, start: int) -> None:
        self.section = section
        self.key = key
        self.start = start
        self.lines: list[tuple[int, str]] = []


def entries(
    text: str, base: int = 0, loose: list[tuple[int, int]] | None = None
) -> Iterator[IniEntry]:
    """Every entry in order; what stands before the first section belongs to the section "".

    `loose`: gets where lines begin and end that are neither a section nor an entry.
    """
    section = ""
    entry: IniEntry | None = None
    at = base
    for line in _LINE.findall(text):
        start, at = at, at + len(line)
        bare = line.strip()
        if not bare or bare[0] in "#;":
            continue
        if line[0] in " \t":
            if entry is not None:
                entry.lines.append((start + len(line) - len(line.lstrip()), bare))
            continue
        if entry is not None:
            yield entry
            entry = None
        heading = _SECTION.match(line)
        if heading:
            section = heading[1].strip()
            continue
        key = _KEY.match(line)
        if key:
            entry = IniEntry(section, key[1].strip(), start)
            value = line[key.end() :].strip()
            if value:
                entry.lines.append((start + key.end(), value))
        elif loose is not None:
            loose.append((start, start + len(bare)))
    if entry is not None:
        yield entry
