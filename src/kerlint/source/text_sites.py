"""Where a word stands in the bytes of a file, and what its value is assigned to."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

GAP = rb"(?:[\s\\)]|#[^\n]*\n)*"
"""What may stand between two components of a chain (a parenthesis closes around the first)."""

CHAIN_IN_CALL = rb"(?:[\s\\(]|#[^\n]*\n)*(\w+(?:" + GAP + rb"\." + GAP + rb"\w+)*)"
"""A chain of names, as it may stand first in a call."""

COMMENT = re.compile(rb"#[^\n]*")
WORD = re.compile(rb"\w+")
_PLAIN_TAIL = re.compile(rb"(?:\.\w+)*")
_TAIL = re.compile(rb"((?:" + GAP + rb"\." + GAP + rb"\w+)*)[\s\\)]*(\(?)")
_BEFORE_ALIAS = frozenset(b" =(,\t\n\\")
_GAP_BYTES = b" \t\r\n\f\v)\\#"
_WORD_BYTES = frozenset(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"
) | frozenset(range(128, 256))
_DOT, _NEWLINE = b".\n"


def getattrs(data: bytes) -> Iterator[tuple[bytes, str, int]]:
    """Every `getattr(chain, "name"`, and where it stands."""
    for match in re.finditer(_GETATTR, data):
        yield plain_chain(match[1]), match[2].decode("utf-8", "replace"), match.start()


_GETATTR = rb"getattr[\s\\]*\(" + CHAIN_IN_CALL + GAP + rb""",[\s\\]*[rRuU]?['"]{1,3}(\w+)"""


def plain_chain(chain: bytes) -> bytes:
    """A chain without what stands between its names."""
    if _PLAIN_CHAIN.fullmatch(chain):
        return chain
    return b".".join(WORD.findall(COMMENT.sub(b"", chain)))


_PLAIN_CHAIN = re.compile(rb"[\w.]+")


def assigned_names(data: bytes, position: int) -> list[tuple[bytes, bool]]:
    """What the statement that holds `position` assigns, if its right side may be just that.

    So `a` for `a = b.c`, `a = x or b.c`, `a = x if y else b.c`, `a, d = e, b.c`, also over lines
    within parentheses; nothing for an argument of a call. With each name, whether it stands after
    a dot.
    """
    before = data[max(position - 300, 0) : position]
    if b"#" in before:
        before = COMMENT.sub(b"", before)
    before = before.rstrip(b" \t\r\n(\\")
    if not before.endswith((b"=", b"else", b"or", b"and", b",")) or before.endswith(
        (b"==", b"!=", b"<=", b">=")
    ):
        return []
    if before.endswith(b":="):
        return [(word, False) for word in WORD.findall(before)[-1:]]
    start = before.rfind(b"\n") + 1
    for _ in range(4):
        left, equal, right = before[start:].partition(b"=")
        if equal:
            break
        if start == 0:
            return []
        start = before.rfind(b"\n", 0, start - 1) + 1
    else:
        return []
    in_a_call = left.count(b"(") > left.count(b")") or b"(" in right.strip(b" \t(\\\r\n")
    if in_a_call and not right.startswith((b" (", b"(")):
        return []
    if b"," not in left and b"[" not in left and right.count(b"[") > right.count(b"]"):
        return []  # `a = [b.c, d.e]`: one name for a list
    return [
        (match[2], bool(match[1]))
        for match in _TARGET.finditer(left)
        if match[2] not in _NO_TARGETS
    ]


_TARGET = re.compile(rb"((?:[\w\x80-\xff]*[ \t]*\.[ \t]*)*)([A-Za-z_\x80-\xff][\w\x80-\xff]*)")
"""A name, and what it is an attribute of: `a.b.c = x` makes `c` stand for it, not `a` or `b`."""
_NO_TARGETS = frozenset({b"self", b"if", b"elif", b"while", b"else", b"lambda", b"for", b"in"})


class Site:
    """One use of a word: `word.tail(`.

    `tail`    the attributes after it, each with its dot
    `call`    where its `(` stands, -1 if it is not called
    `alias`   where the word stands if its value may be assigned to something, else -1
    `result`  the same if what its call returns may be
    """

    __slots__ = ("alias", "call", "result", "tail")

    def __init__(self, tail: str, call: int, alias: int, result: int) -> None:
        self.tail = tail
        self.call = call
        self.alias = alias
        self.result = result


class Sites:
    """All uses of a word: see `sites_of`.

    `tails`    the different tails, but for the empty one
    `called`   those that are called
    `aliased`  those of which the value may be assigned to something
    """

    __slots__ = ("aliased", "called", "tails")

    def __init__(self, data: bytes, name: bytes, after_dot: bool) -> None:
        found = list(sites_of(data, name, after_dot))
        self.tails = {site.tail for site in found if site.tail}
        self.called = [site for site in found if site.call >= 0]
        self.aliased = [site for site in found if site.alias >= 0]


def sites_of(data: bytes, name: bytes, after_dot: bool) -> Iterator[Site]:
    """Every use of `name` as a word of its own; `after_dot`: also those after a dot."""
    find, length, size = data.find, len(name), len(data)
    position = find(name)
    while position >= 0:
        end = position + length
        before = data[position - 1] if position else _NEWLINE
        if (
            before not in _WORD_BYTES
            and (end == size or data[end] not in _WORD_BYTES)
            and (before != _DOT or after_dot)
        ):
            tail, call = tail_of(data, end)
            assigned = position if before in _BEFORE_ALIAS else -1
            if call < 0:
                if tail or assigned >= 0:
                    yield Site(tail, call, assigned, -1)
            else:
                # What is called on another line may be the start of another statement.
                near = data[call - 1] in _WORD_BYTES
                yield Site(tail, call, -1 if near else assigned, assigned)
        position = find(name, end)


def tail_of(data: bytes, position: int) -> tuple[str, int]:
    """The attributes that follow, each with its dot, and where the `(` after them stands, or -1."""
    end: int = _PLAIN_TAIL.match(data, position).end()  # type: ignore[union-attr]
    after = data[end : end + 1]
    if after == b"(":
        return data[position:end].decode("ascii"), end
    if after not in _GAP_BYTES:
        return data[position:end].decode("ascii"), -1
    match = _TAIL.match(data, position)
    assert match is not None
    call = match.start(2) if match[2] else -1
    if not match[1]:
        return "", call
    return "." + b".".join(WORD.findall(COMMENT.sub(b"", match[1]))).decode(), call
