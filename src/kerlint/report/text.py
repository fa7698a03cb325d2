"""Characters on their way to a reader: what is safe to print, and how wide it is."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

TAB = 4
"""Columns that a tab is expanded to, from the start of the line."""

_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
"""Characters that reorder what surrounds them; printed, they would forge the report."""


def clean(text: str) -> str:
    """`text` on one line, without characters that command a terminal."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(cell if char != "\t" else " " for char in text for cell, _ in (glyph(char),))


def glyph(char: str) -> tuple[str, int]:
    """What to print for `char`, and how many columns that takes."""
    code = ord(char)
    if 0x20 <= code < 0x7F:
        return char, 1
    if code < 0x20:
        return chr(0x2400 + code), 1  # the picture of a control character
    if code == 0x7F:
        return "\u2421", 1
    if code < 0xA0 or 0xD800 <= code < 0xE000 or char in _BIDI or 0x2028 <= code <= 0x2029:
        return "\ufffd", 1
    return char, _width(char)


def _width(char: str) -> int:
    import unicodedata

    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Cf"):
        # A soft hyphen is drawn; joiners, variation selectors and accents stand on the one before.
        return 1 if char == "\xad" else 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def lines_of(text: str) -> list[str]:
    """The lines of `text` as Python counts them: only \\n, \\r\\n and \\r end one."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.split("\n")


def encodable(encoding: str | None) -> Callable[[str], str]:
    """A function that spells what `encoding` cannot say as `\\xNN`, `\\uNNNN` or `\\UNNNNNNNN`."""
    codec = encoding or "utf-8"

    def spell(text: str) -> str:
        if text.isascii():
            return text
        return text.encode(codec, "backslashreplace").decode(codec)

    return spell
