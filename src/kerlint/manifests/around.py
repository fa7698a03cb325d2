"""A manifest that is not in its format, read around what is at fault."""

from __future__ import annotations

from kerlint.manifests.model import Manifest, Problem
from kerlint.manifests.places import Malformed, Places
from kerlint.manifests.secrets import masked
from kerlint.manifests.toml_mending import open_string, with_brackets

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Reader = Callable[[str, str], Manifest]

MOST_LINES = 12
"""Lines that are left out before the file is given up."""
MERGE = "<<<<<<<"
"""What git leaves where it could not merge: nobody can tell which of the two sides is meant."""
LARGE = 300_000
"""Characters of a file of which fewer lines are left out: each takes another reading."""


def read_around(reader: Reader, path: str, text: str, format: str) -> Manifest:
    """What the reader finds; where it raises Malformed, what it finds without the line at fault, or
    with the brackets that are missing before it.

    Only the first fault is told: what is said of the text without a line may follow from that.
    Whatever was left out is unread, so that nobody takes the rest for all there is.
    """
    try:
        return reader(path, text)
    except Malformed as malformed:
        first = malformed
    places = Places(text)
    end = min(first.offset + 1, len(text))
    problem = Problem(masked(first.message), places.span(min(first.offset, end), end))
    rest, at = text, first.offset
    unread = []
    toml = first.message.startswith("no valid TOML")
    for _ in range(MOST_LINES if len(text) < LARGE else 2):
        mended = _mended(rest, at, toml)
        if mended is None:
            break
        start, stop, then = mended
        unread.append(Places(rest).span(start, stop))
        rest = then
        try:
            found = reader(path, rest)
        except Malformed as again:
            at = again.offset
            continue
        found.text = text
        found.problems = [problem]
        found.unread = [*found.unread, *unread]
        return found
    return Manifest(path, text, format, problems=[problem])


def _mended(text: str, at: int, toml: bool) -> tuple[int, int, str] | None:
    """The stretch that is at fault and the text without it, or with the bracket that is missing."""
    closed = with_brackets(text, at) if toml else None
    if closed is not None:
        end, then = closed
        return max(end - 1, 0), end, then
    quotes = open_string(text) if toml and at >= len(text.rstrip()) - 1 else -1
    start, stop = _line(text, at if quotes < 0 else quotes)
    if stop <= start or text.startswith(MERGE, start):
        return None
    return start, stop, text[:start] + " " * (stop - start) + text[stop:]


def _line(text: str, at: int) -> tuple[int, int]:
    """Where the line at an offset begins and ends; of an empty one, the last before it that is not."""
    bare = text[: _end(text, min(at, len(text)))].rstrip()
    start = max(bare.rfind("\n"), bare.rfind("\r")) + 1
    return start, len(bare)


def _end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return found if found >= 0 else len(text)
