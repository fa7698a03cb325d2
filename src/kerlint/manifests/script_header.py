"""The header of a script that says what it needs (PEP 723).

https://packaging.python.org/en/latest/specifications/inline-script-metadata/
"""

from __future__ import annotations

import re
from bisect import bisect_right

from kerlint.manifests.gathering import Gathering
from kerlint.manifests.places import Malformed, Places
from kerlint.manifests.toml_places import scalars

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.manifests.model import Manifest

_BLOCK = re.compile(r"^# /// (?P<type>[A-Za-z0-9-]+)[ \t]*\r?$", re.MULTILINE)
_LINE = re.compile(r"#(?:$| ([^\r\n]*))\r?(?:\n|\Z)|#\r?(?:\n|\Z)")
_OPEN = re.compile(r"\s*#\s*(?:dependencies|requires-python)\s*=")


def read(path: str, text: str) -> Manifest:
    """The facts of the header; none for a script without one."""
    found = Gathering(path, text, "script")
    blocks = [block for mark in _BLOCK.finditer(text) if (block := _block(text, mark))]
    if not blocks:
        mark = next((one for one in _BLOCK.finditer(text) if one["type"] == "script"), None)
        if mark is not None and _OPEN.match(text, mark.end()):
            found.refuse(
                "the header is never closed: a line `# ///` is missing",
                found.places.span(mark.start(), mark.end()),
            )
        return found.manifest()
    for again in blocks[1:]:
        span = found.places.span(again.begin, again.begin + 1)
        found.refuse("a script has one header of the kind `script`, and this is another", span)
    block = blocks[0]
    try:
        values = scalars(block.text, Places(block.text))
    except Malformed as malformed:
        at = block.offset(malformed.offset)
        found.refuse(malformed.message, found.places.span(at, at + 1))
        return found.manifest()
    for one in values:
        start, end = block.offset(one.start), block.offset(max(one.end - 1, one.start)) + 1
        if one.path == ("dependencies",):
            found.refuse("`dependencies` is a list of requirements", found.places.span(start, end))
        if not isinstance(one.value, str):
            if one.path[0] in ("dependencies", "requires-python") and len(one.path) < 3:
                found.refuse(f"`{one.path[0]}` takes strings", found.places.span(start, end))
            continue
        if block.text[one.start : one.start + 1] in ("'", '"') and end - start > 2:
            start, end = start + 1, end - 1
        span = found.places.span(start, end)
        if one.path[0] == "dependencies" and len(one.path) == 2:
            found.require(one.value, span)
        elif one.path == ("requires-python",):
            found.admit(one.value, span)
    return found.manifest()


class _Block:
    """The TOML of a header. `begin` is the offset of the header in the file."""

    def __init__(self, begin: int) -> None:
        self.begin = begin
        self.text = ""
        self.starts: list[int] = []
        self.offsets: list[int] = []

    def add(self, line: str, offset: int) -> None:
        self.starts.append(len(self.text))
        self.offsets.append(offset)
        self.text += f"{line}\n"

    def offset(self, at: int) -> int:
        """Where the character `at` of the TOML stands in the file."""
        piece = bisect_right(self.starts, at) - 1
        return self.offsets[piece] + at - self.starts[piece] if piece >= 0 else self.begin


def _block(text: str, mark: re.Match[str]) -> _Block | None:
    """What is between `# /// script` and the last `# ///` of its comment lines."""
    if mark["type"] != "script":
        return None
    lines: list[tuple[str, int]] = []
    at = mark.end() + 1
    closed = -1
    while at < len(text):
        line = _LINE.match(text, at)
        if line is None:
            break
        if (line[1] or "").rstrip() == "///":
            closed = len(lines)
        lines.append((line[1] or "", at + 2))
        at = line.end()
    if closed < 1:
        return None
    block = _Block(mark.start())
    for content, offset in lines[:closed]:
        block.add(content, offset)
    return block
