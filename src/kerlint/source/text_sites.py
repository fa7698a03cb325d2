"""Where a word stands in the bytes of a file, and what its value is assigned to."""

from __future__ import annotations

import re

from kerlint.source.call_index import ARGUMENTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

GAP = rb"(?:[\s\\)]|#[^\n]*\n)*"
"""What may stand between two components of a chain (a parenthesis closes around the first)."""

COMMENT = re.compile(rb"#[^\n]*")
WORD = re.compile(rb"\w+")
_TAIL = re.compile(rb"((?:" + GAP + rb"\." + GAP + rb"\w+)*)[\s\\)]*(\(?)")
_SIMPLE_TAIL = re.compile(rb"(?:\.[A-Za-z0-9_]+)*")
_BEFORE_ALIAS = frozenset({b" ", b"=", b"(", b",", b"\t", b"\n", b"\\", b""})
_WORD_BYTES = frozenset(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"
) | frozenset(range(128, 256))


def _in_word(data: bytes, position: int) -> bool:
    return 0 <= position < len(data) and data[position] in _WORD_BYTES


def assigned_names(data: bytes, position: int) -> list[tuple[bytes, bool]]:
    """What the statement that holds `position` assigns, if its right side may be just that.

    So `a` for `a = b.c`, `a = x or b.c`, `a = x if y else b.c`, `a, d = e, b.c`, also over lines
    within parentheses; nothing for an argument of a call. With each name, whether it stands after
    a dot.
    """
    before = COMMENT.sub(b"", data[max(position - 300, 0) : position]).rstrip(b" \t\r\n(\\")
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
    return [(match[2], bool(match[1])) for match in _TARGET.finditer(left) if match[2] != b"self"]


_TARGET = re.compile(rb"(\.?)[ \t]*(\w+)")


class Site:
    """One use of a word: `word.tail(`.

    `tail`     the attributes after it, each with its dot
    `call`     where its `(` stands, -1 if it is not called
    `targets`  what its value is assigned to, each with whether it is a field
    """

    __slots__ = ("call", "tail", "targets")

    def __init__(self, tail: str, call: int, targets: list[tuple[bytes, bool]]) -> None:
        self.tail = tail
        self.call = call
        self.targets = targets


def sites_of(data: bytes, name: bytes, after_dot: bool) -> Iterator[Site]:
    find, match_tail, length = data.find, _TAIL.match, len(name)
    position = find(name)
    while position >= 0:
        end = position + length
        before = data[max(position - 1, 0) : position]
        whole = not _in_word(data, position - 1) and not _in_word(data, end)
        if whole and (before != b"." or after_dot):
            match = match_tail(data, end)
            assert match is not None
            tail = _tail_text(match[1])
            call = match.start(2) if match[2] else -1
            targets: list[tuple[bytes, bool]] = []
            if before in _BEFORE_ALIAS and (call < 0 or not _called_again(data, call)):
                targets = assigned_names(data, position)
                if not tail and call < 0:
                    targets = [target for target in targets if target[0] != name]
            if tail or call >= 0 or targets:
                yield Site(tail, call, targets)
        position = find(name, end)


def _called_again(data: bytes, position: int) -> bool:
    """Whether the call whose `(` is here is itself called: `Dense(1)(x)` makes no layer."""
    match = ARGUMENTS.match(data, position)
    return match is not None and data[match.end() : match.end() + 1] == b"("


def _tail_text(tail: bytes) -> str:
    if not tail:
        return ""
    if _SIMPLE_TAIL.fullmatch(tail):
        return tail.decode("ascii")
    words = WORD.findall(COMMENT.sub(b"", tail))
    return "." + b".".join(words).decode("utf-8", "replace")
