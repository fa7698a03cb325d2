"""The second gate's eye for calls: which keywords they carry, and where they end.

Like the text index an over-approximation. A call that cannot be followed to its end counts as one
with an unknown keyword.
"""

from __future__ import annotations

import re

from kerlint.source.text_sites import CHAIN_IN_CALL, plain_chain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container, Iterator, Mapping

_STRINGS = rb"\"[^\"\\\n]*\"|'[^'\\\n]*'"
_PLAIN = rb"[^()\[\]{}\"'#]*"
_NESTED = rb"[(\[{][^()\[\]{}]*[)\]}]"
_KEYWORD = re.compile(rb"(?:\A|,)[\s\\]*(\w+)[\s\\]*=(?!=)")
_ANY_KEYWORD = re.compile(rb"(?:\A|[,(])[\s\\]*(\w+)[\s\\]*=(?!=)")
_FLAT = re.compile(rb"[\s\\)]*\((" + _PLAIN + rb")\)")


def _nested(depth: int) -> bytes:
    """The expression of what may stand between two brackets, so many brackets deep."""
    inner = rb"|[(\[{]" + _nested(depth - 1) + rb"[)\]}]" if depth else b""
    return _PLAIN + rb"(?:(?:" + _STRINGS + inner + rb")" + _PLAIN + rb")*"


_DEEP = rb"[\s\\)]*\((" + _nested(3) + rb")\)"
"""As all expressions that few files need, compiled when the first asks."""
_METHOD = rb"\.[\s\\]*([A-Za-z_]\w*)(?=[\s\\)]*\()"


_OF_OPTIMIZER = rb"\.[\s\\]*optimizer(?:[\s\\)]|\#[^\n]*\n)*\.[\s\\]*(\w+)"


def asked_of_optimizer(data: bytes) -> frozenset[bytes]:
    """The attributes that are asked of an attribute `optimizer`."""
    return frozenset(re.findall(_OF_OPTIMIZER, data))


_OF_LAYERS = (
    rb"\.[\s\\]*layers(?:(?:[\s\\)]|\#[^\n]*\n)*[:\[]|[\s\\)]*(?:\bif\b|\bfor\b|[\]}]))"
    rb"|get_layer[\s\\]*\("
)


def takes_layers(data: bytes) -> bool:
    """Whether a layer is taken out of a model: by a loop, an index or `get_layer`.

    `.layers` stands at the end of a loop's head then, or before a `[`.
    """
    return re.search(_OF_LAYERS, data) is not None


def refusing_methods(data: bytes, accepted: Mapping[bytes, frozenset[bytes]]) -> Iterator[Method]:
    """Calls of something after a dot with a keyword that it does not accept.

    `accepted`: the keywords that methods of a name accept.
    """
    for match in re.finditer(_METHOD, data):
        accepts = accepted.get(match[1])
        if accepts is not None and refuses(data, match.end(), accepts.issuperset):
            yield _method(data, match)


class Method:
    """`HEAD.a.NAME(...)`: something after a dot that is called.

    `chain`  `HEAD.a`; empty if it is not of words
    `place`  from where its `(` comes next
    """

    __slots__ = ("chain", "name", "place")

    def __init__(self, name: bytes, chain: bytes, place: int) -> None:
        self.name = name
        self.chain = chain
        self.place = place

    @property
    def head(self) -> bytes:
        """The word with which the chain begins; empty if it begins with anything else."""
        return self.chain.partition(b".")[0]


def methods(data: bytes, names: Container[bytes]) -> Iterator[Method]:
    """All calls of these names after a dot."""
    for match in re.finditer(_METHOD, data):
        if match[1] in names:
            yield _method(data, match)


def _method(data: bytes, match: re.Match[bytes]) -> Method:
    chain = re.search(rb"[\w.]*\Z", data[max(match.start() - _CHAIN, 0) : match.start()])
    assert chain is not None
    return Method(match[1], chain[0] if len(chain[0]) < _CHAIN else b"", match.end())


_PARTIAL = rb"partial(?=[\s\\]*\(" + CHAIN_IN_CALL + rb")"


def partials(data: bytes) -> Iterator[tuple[bytes, int]]:
    """The chains that `partial(` is given first, and from where its `(` comes next."""
    for match in re.finditer(_PARTIAL, data):
        yield plain_chain(match[1]), match.end()


_CHAIN = 100
"""Bytes of a chain of names beyond which its head is not looked for."""


def only_imported(data: bytes, name: bytes) -> bool:
    """Whether the word is bound by nothing but `import` statements.

    Where it stands otherwise, something is asked of it: `name.something`.
    """
    if not name:
        return False
    found = False
    for match in re.finditer(name + rb"(?<![\w.]" + name + rb")\b(?![ \t]*\.)", data):
        line = data[data.rfind(b"\n", 0, match.start()) + 1 : match.start()].lstrip()
        if not line.startswith((b"import ", b"from ")):
            return False
        found = True
    return found


def refuses(data: bytes, position: int, accepts: Callable[[Collection[bytes]], bool]) -> bool:
    """Whether the call whose `(` comes next has keywords that are not accepted.

    `accepts` is asked only where it has some. Not where a test wants it to fail.
    """
    return not _all_keywords(data, position, accepts) and not _may_fail(data, position)


def has(data: bytes, position: int, wanted: frozenset[bytes]) -> bool:
    """Whether the call whose `(` comes next has a keyword that is in `wanted`."""
    return not _all_keywords(
        data, position, lambda found: b"" not in found and wanted.isdisjoint(found)
    )


def _all_keywords(data: bytes, position: int, holds: Callable[[Collection[bytes]], bool]) -> bool:
    """Whether something holds of the keywords of the call whose `(` comes next.

    What holds of some keywords must hold of fewer. The empty keyword stands for any.
    """
    match = _FLAT.match(data, position)
    if match is not None:
        text = match[1]
        return b"=" not in text or holds(_KEYWORD.findall(text))
    match = _deep(data, position)
    if match is None:
        return holds(_scan(data, position)[0])
    text = match[1]
    if b"=" not in text or holds(_ANY_KEYWORD.findall(text)):
        return True
    text = re.sub(_STRINGS, b"0", text)
    while b"(" in text or b"[" in text or b"{" in text:
        text = re.sub(_NESTED, b"0", text)
    return holds(_KEYWORD.findall(text))


_WANTS_FAILURE = (
    rb"\n[ \t]*with[ \t]+(?:pytest\.raises|\w+\.assertRaises\w*)[ \t]*\((?:[^()]|\([^()]*\))*\)"
    rb"(?:[ \t]+as[ \t]+\w+)?[ \t]*:[ \t]*\r?\n\Z"
)
_FARTHEST_WITH = 400


def _may_fail(data: bytes, position: int) -> bool:
    """Whether the call is in the first line under `with self.assertRaises(...):` or the like."""
    start = data.rfind(b"\n", 0, position) + 1
    before = data[max(start - _FARTHEST_WITH, 0) : start]
    if b"aises" not in before or not before.rstrip().endswith(b":"):
        return False
    match = re.search(_WANTS_FAILURE, before)
    return match is not None and (b"assertRaises" in match[0] or b"import pytest\n" in data)


def end_of_call(data: bytes, position: int) -> int:
    """What follows the `)` of the call whose `(` comes next; -1 if it cannot be found."""
    match = _FLAT.match(data, position) or _deep(data, position)
    return _scan(data, position)[1] if match is None else match.end()


def _deep(data: bytes, position: int) -> re.Match[bytes] | None:
    global _deep_pattern
    if _deep_pattern is None:
        _deep_pattern = re.compile(_DEEP)
    return _deep_pattern.match(data, position)


_deep_pattern: re.Pattern[bytes] | None = None

_MARK = rb"""(?sx)
    (?P<comment>\#[^\n]*)|(?P<string>(?P<quote>\"{3}|'{3}|\"|')(?:[^\\]|\\.)*?(?P=quote))
    |(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<comma>,)|(?P<keyword>(\w+)[\s\\]*=(?!=))"""
_FARTHEST = 20_000


def _scan(data: bytes, position: int) -> tuple[set[bytes], int]:
    """The keywords and the end of a call with deeply nested arguments or comments, mark by mark."""
    position = data.find(b"(", position) + 1
    found: set[bytes] = set()
    depth = 1
    after_comma = True
    for match in re.compile(_MARK).finditer(data, position, position + _FARTHEST):
        kind = match.lastgroup
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth -= 1
            if depth == 0:
                return found, match.end()
        elif match["keyword"] and depth == 1 and after_comma:
            found.add(match[8])
        if kind != "comment":
            after_comma = depth == 1 and kind == "comma"
    return {b""}, -1  # no keyword of any callable
