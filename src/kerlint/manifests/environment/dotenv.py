"""`.env` files, as python-dotenv and compose read them."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.manifests.places import Places
    from kerlint.manifests.settings import Found

_ASSIGNMENT = re.compile(
    r"""^[^\S\r\n]*(?:export[^\S\r\n]+)?(?P<name>[A-Za-z_][\w.]*|'[^'\r\n]+')[^\S\r\n]*=[^\S\r\n]*
    (?:'(?P<single>(?:\\'|[^'])*)'
      |"(?P<double>(?:\\.|[^"\\])*)"
      |(?P<bare>[^\r\n]*))""",
    re.MULTILINE | re.VERBOSE | re.DOTALL,
)
_COMMENT = re.compile(r"\s#.*$")
_REST = re.compile(r"[^\S\r\n]*(?:#[^\r\n]*)?(?=[\r\n]|\Z)")


def read(text: str, places: Places, found: Found) -> None:
    """Add what the file sets. Lines that are no assignment are passed over, as its readers do."""
    at = 0
    while True:
        match = _ASSIGNMENT.search(text, at)
        if match is None:
            return
        at = match.end()
        name = match["name"].strip("'")
        value: str | None
        if match["single"] is not None:
            start, end = match.span("single")
            value = match["single"].replace("\\'", "'").replace("\\\\", "\\")
        elif match["double"] is not None:
            start, end = match.span("double")
            value = re.sub(r"\\([\\'\"])", r"\1", match["double"])
            value = None if "$" in value or "\\" in value else value
        else:
            start = match.start("bare")
            bare = _COMMENT.sub("", match["bare"]).strip()
            end = start + len(bare)
            # Readers disagree on a comment right after the sign: python-dotenv takes it for the value.
            odd = match["bare"][:1] in ("'", '"', "`", "#")
            value = None if "$" in bare or odd else bare
        if match["bare"] is None and not _REST.match(text, at):
            value = None
        if start == end:
            start, end = match.span("name")
        found.add(name, value, places.span(start, end), "the file")
