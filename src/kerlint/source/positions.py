"""Where a node stands in the text, worked out only for files with something to report.

Light nodes carry no positions. But the identifiers of a file come in the same order in its text
and in its tree: so the identifiers of the text are counted, those of the tree are counted, and the
n-th Name node stands where the n-th identifier does. That the two sequences are equal, name by
name, is checked, so a disagreement cannot go unnoticed: then LibCST's own position provider on its
own tree is asked instead, which is exact but slow.

Names inside f-strings are counted apart: to the outside an f-string is one item of the sequence.
"""

from __future__ import annotations

import keyword
import re
from bisect import bisect_right

from kerlint.diagnostics import Position, Span
from kerlint.source.tree import kind_of, present

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_SOFT = ("match", "case", "type", "_", "print", "exec")
_NO_NAMES = frozenset([*keyword.kwlist, *_SOFT]) - {"True", "False", "None"}
"""Words that may stand where the tree has no Name node."""

_TOKEN = re.compile(
    r"""
    (?P<name>[^\W\d]\w*\b(?!["']))
  | \#[^\r\n]*
  | (?:[bB][rR]?|[rR][bB]?|[uU])?
    (?:\"{3}(?:[^\\"]|\\.|\"{1,2}(?!\"))*\"{3} | \"(?!\"\")(?:[^\\"\r\n]|\\(?:\r\n|.))*\"
      |'{3}(?:[^\\']|\\.|'{1,2}(?!'))*'{3} | '(?!'')(?:[^\\'\r\n]|\\(?:\r\n|.))*')
  | (?P<prefix>[A-Za-z]{0,2})(?P<quote>\"\"\"|\'\'\'|\"|\')
  | (?<![\w.])(?:0[xXoObB][\w]+|\d[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?[\d_]+)?[jJ]?
        |\.\d[\d_]*(?:[eE][+-]?[\d_]+)?[jJ]?)
  | (?P<touching>[^\W\d]\w*)
    """,
    re.VERBOSE | re.DOTALL,
)
_PREFIXES = frozenset(["r", "u", "b", "f", "t", "br", "rb", "fr", "rf", "tr", "rt"])


def _string_end(text: str, start: int, quote: str, raw_braces: bool) -> int:
    """The offset just after the string whose first quote ends at `start`."""
    position = start
    depth = 0
    while position < len(text):
        character = text[position]
        if character == "\\":
            position += 2
            continue
        if raw_braces and character in "{}":
            if text[position + 1 : position + 2] == character and depth == 0:
                position += 2
                continue
            depth += 1 if character == "{" else -1
            depth = max(depth, 0)
        elif text.startswith(quote, position):
            if depth == 0 or not _opens_inside(text, position, quote):
                return position + len(quote)
            inner = _string_end(text, position + len(quote), quote, False)
            position = inner
            continue
        elif depth > 0 and character in "'\"":
            inner_quote = character * 3 if text.startswith(character * 3, position) else character
            position = _string_end(text, position + len(inner_quote), inner_quote, False)
            continue
        elif len(quote) == 1 and character in "\r\n" and depth == 0:
            return position
        position += 1
    return len(text)


def _opens_inside(text: str, position: int, quote: str) -> bool:
    """Whether the same quote inside `{...}` begins a nested string (Python 3.12 and later)."""
    before = text[position - 1 : position]
    return before in "([{,= :" and before != ""


def tokens(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """(name or "" for an f-string, its offsets) in the order of the text."""
    position = 0
    while position < len(text):
        for match in _TOKEN.finditer(text, position):
            kind = match.lastgroup
            if kind == "name" or kind == "touching":
                yield match[0], match.span()
            elif kind is not None:  # a string that may hold expressions
                prefix = match["prefix"].lower()
                if prefix and prefix not in _PREFIXES:
                    # an identifier that touches a quote: no Python, but keep the count right
                    yield match["prefix"], match.span("prefix")
                formatted = "f" in prefix or "t" in prefix
                position = _string_end(text, match.end(), match["quote"], formatted)
                if formatted:
                    yield "", (match.start(), position)
                break
        else:
            return


_ORDER: dict[str, tuple[str, ...]] = {
    "AnnAssign": ("target", "annotation", "value"),
    "Arg": ("keyword", "value"),
    "Annotation": ("annotation",),
    "AsName": ("name",),
    "Assert": ("test", "msg"),
    "Assign": ("targets", "value"),
    "AssignTarget": ("target",),
    "Attribute": ("value", "attr"),
    "AugAssign": ("target", "value"),
    "Await": ("expression",),
    "BinaryOperation": ("left", "right"),
    "BooleanOperation": ("left", "right"),
    "Call": ("func", "args"),
    "ClassDef": ("decorators", "name", "type_parameters", "bases", "keywords", "body"),
    "Comparison": ("left", "comparisons"),
    "ComparisonTarget": ("comparator",),
    "CompFor": ("target", "iter", "ifs", "inner_for_in"),
    "CompIf": ("test",),
    "ConcatenatedString": ("left", "right"),
    "Decorator": ("decorator",),
    "Del": ("target",),
    "Dict": ("elements",),
    "DictComp": ("key", "value", "for_in"),
    "DictElement": ("key", "value"),
    "Element": ("value",),
    "Else": ("body",),
    "ExceptHandler": ("type", "name", "body"),
    "ExceptStarHandler": ("type", "name", "body"),
    "Expr": ("value",),
    "Finally": ("body",),
    "For": ("target", "iter", "body", "orelse"),
    "From": ("item",),
    "FunctionDef": ("decorators", "name", "type_parameters", "params", "returns", "body"),
    "GeneratorExp": ("elt", "for_in"),
    "Global": ("names",),
    "If": ("test", "body", "orelse"),
    "IfExp": ("body", "test", "orelse"),
    "Import": ("names",),
    "ImportAlias": ("name", "asname"),
    "ImportFrom": ("module", "names"),
    "IndentedBlock": ("body",),
    "Index": ("value",),
    "Lambda": ("params", "body"),
    "List": ("elements",),
    "ListComp": ("elt", "for_in"),
    "Match": ("subject", "cases"),
    "MatchAs": ("pattern", "name"),
    "MatchCase": ("pattern", "guard", "body"),
    "MatchClass": ("cls", "patterns", "kwds"),
    "MatchKeywordElement": ("key", "pattern"),
    "MatchList": ("patterns",),
    "MatchMapping": ("elements", "rest"),
    "MatchMappingElement": ("key", "pattern"),
    "MatchOr": ("patterns",),
    "MatchOrElement": ("pattern",),
    "MatchSequenceElement": ("value",),
    "MatchSingleton": ("value",),
    "MatchStar": ("name",),
    "MatchTuple": ("patterns",),
    "MatchValue": ("value",),
    "Module": ("body",),
    "NameItem": ("name",),
    "NamedExpr": ("target", "value"),
    "Nonlocal": ("names",),
    "Param": ("name", "annotation", "default"),
    "ParamSpec": ("name",),
    "Parameters": ("posonly_params", "params", "star_arg", "kwonly_params", "star_kwarg"),
    "Raise": ("exc", "cause"),
    "Return": ("value",),
    "Set": ("elements",),
    "SetComp": ("elt", "for_in"),
    "SimpleStatementLine": ("body",),
    "SimpleStatementSuite": ("body",),
    "Slice": ("lower", "upper", "step"),
    "StarredDictElement": ("value",),
    "StarredElement": ("value",),
    "Subscript": ("value", "slice"),
    "SubscriptElement": ("slice",),
    "Try": ("body", "handlers", "orelse", "finalbody"),
    "TryStar": ("body", "handlers", "orelse", "finalbody"),
    "Tuple": ("elements",),
    "TypeAlias": ("name", "type_parameters", "value"),
    "TypeParam": ("param", "default"),
    "TypeParameters": ("params",),
    "TypeVar": ("name", "bound"),
    "TypeVarTuple": ("name",),
    "UnaryOperation": ("expression",),
    "While": ("test", "body", "orelse"),
    "With": ("items", "body"),
    "WithItem": ("item", "asname"),
    "Yield": ("value",),
}
"""The fields that can hold names, in the order of the text."""

_FORMATTED = ("FormattedString", "TemplatedString")


_BACKWARDS = {kind: fields[::-1] for kind, fields in _ORDER.items()}


def name_nodes(tree: Any) -> Iterator[Any]:
    """The Name nodes of a tree, and each f-string as a whole, in the order of the text."""
    stack: list[Any] = [tree]
    pop, push, fields_of = stack.pop, stack.append, _BACKWARDS.get
    while stack:
        node = pop()
        kind = node.__class__.__name__
        fields = fields_of(kind)
        if fields is not None:
            for field in fields:
                value = getattr(node, field, None)
                if value is not None:
                    push(value)
        elif kind == "Name" or kind in _FORMATTED:
            yield node
        elif kind == "list" or kind == "tuple":
            stack.extend(node[::-1])


def ends_of(node: Any) -> tuple[Any, Any]:
    """The first and last Name nodes of the expression, without arguments and brackets."""
    while kind_of(node) in ("Call", "Subscript", "Await"):
        node = node.func if kind_of(node) == "Call" else getattr(node, "value", None)
    last = node.attr if kind_of(node) == "Attribute" else node
    while kind_of(node) in ("Attribute", "Call", "Subscript"):
        node = node.func if kind_of(node) == "Call" else node.value
    if kind_of(node) == "Name" and kind_of(last) == "Name":
        return node, last
    return None, None


_END = (None, (0, 0))


class Locator:
    """Finds the places of Name nodes of one tree in its text."""

    def __init__(self, text: str, tree: Any) -> None:
        self._text = text
        self._lines = [0]
        self._lines.extend(match.end() for match in re.finditer(r"\r\n|\r|\n", text))
        self._places = self._align(tree) or self._ask_libcst(tree)

    def span(self, first: Any, last: Any) -> Span:
        """From the start of the Name node `first` to the end of `last`."""
        start = self._places.get(id(first))
        end = self._places.get(id(last))
        if start is None:
            return Span(Position(1, 1), Position(1, 1))
        return Span(self.position(start[0]), self.position((end or start)[1]))

    def position(self, offset: int) -> Position:
        """Line and column of a character offset."""
        line = bisect_right(self._lines, offset)
        return Position(line, offset - self._lines[line - 1] + 1)

    def _align(self, tree: Any) -> dict[int, tuple[int, int]] | None:
        places: dict[int, tuple[int, int]] = {}
        found = tokens(self._text)
        for node in name_nodes(tree):
            formatted = kind_of(node) in _FORMATTED
            wanted = "" if formatted else node.value
            word, place = next(found, _END)
            while word != wanted and word in _NO_NAMES:
                word, place = next(found, _END)
            if word != wanted:
                return None
            places[id(node)] = place
            if formatted:
                self._inside(node, *place, places)
        if any(word not in _NO_NAMES for word, _ in found):
            return None
        return places

    def _inside(self, node: Any, start: int, end: int, places: dict[int, tuple[int, int]]) -> None:
        """Names in the braces of an f-string: each is the next such word of its text."""
        position = start + 2
        stack = list(reversed(list(node.parts)))
        while stack:
            part = stack.pop()
            expression = getattr(part, "expression", None)
            if not present(expression):
                continue
            for name in name_nodes(expression):
                if kind_of(name) in _FORMATTED:
                    continue
                match = re.compile(rf"\b{re.escape(name.value)}\b").search(
                    self._text, position, end
                )
                if match is not None:
                    places[id(name)] = match.span()
                    position = match.end()
            stack.extend(reversed(list(part.format_spec or ())))

    def _ask_libcst(self, tree: Any) -> dict[int, tuple[int, int]]:
        """LibCST's own positions, on its own nodes, matched with ours one by one."""
        from libcst.metadata import MetadataWrapper, PositionProvider

        from kerlint.source.tree import parse_real

        wrapper = MetadataWrapper(parse_real(self._text), unsafe_skip_copy=True)
        ranges = wrapper.resolve(PositionProvider)
        places: dict[int, tuple[int, int]] = {}
        for ours, theirs in zip(name_nodes(tree), name_nodes(wrapper.module), strict=False):
            place = ranges.get(theirs)
            if place is not None:
                places[id(ours)] = (
                    self._lines[place.start.line - 1] + place.start.column,
                    self._lines[place.end.line - 1] + place.end.column,
                )
        return places
