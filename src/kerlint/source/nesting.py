"""How deep brackets are nested: more than Python allows would take LibCST's parser down."""

from __future__ import annotations

LIMIT = 200
"""Python's own limit (`MAXLEVEL` in its tokenizer); LibCST's parser dies at about ten times that."""

_OPENING = b"([{"
_OTHERS = bytes(byte for byte in range(256) if byte not in b"()[]{}")


def too_deep(data: bytes) -> int | None:
    """The 1-based line on which brackets are nested more deeply than LIMIT, or None."""
    brackets = data.translate(None, _OTHERS)
    if len(brackets) <= LIMIT or not _exceeds(brackets):
        return None
    # Brackets in strings and comments were counted too; now they are not.
    import re

    tokens = re.compile(
        rb"(\"\"\"|''')(?:\\.|(?!\1).)*\1"
        rb"|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|#[^\n]*|[()\[\]{}]",
        re.DOTALL,
    )
    depth = 0
    for match in tokens.finditer(data):
        token = match[0]
        if len(token) > 1 or token not in b"()[]{}":
            continue
        depth = depth + 1 if token in _OPENING else max(0, depth - 1)
        if depth > LIMIT:
            return data.count(b"\n", 0, match.start()) + 1
    return None


def _exceeds(brackets: bytes) -> bool:
    depth = 0
    for byte in brackets:
        if byte in _OPENING:
            depth += 1
            if depth > LIMIT:
                return True
        elif depth:
            depth -= 1
    return False
