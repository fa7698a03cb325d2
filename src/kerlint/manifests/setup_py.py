"""What a setup.py says without being run: the arguments of `setup(...)` as far as they are plain.

https://setuptools.pypa.io/en/latest/references/keywords.html
"""

from __future__ import annotations

import ast
import contextlib

from kerlint.manifests.gathering import Gathering
from kerlint.manifests.pep508 import Refused, marker_of, normal
from kerlint.manifests.python_text import tree_of
from kerlint.manifests.requirements import beside
from kerlint.manifests.setup_expressions import Returned
from kerlint.manifests.setup_program import Program, is_setup
from kerlint.manifests.setup_values import Constant, File, Many, Table, Text, Unknown, items_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.diagnostics import Span
    from kerlint.manifests.model import Manifest
    from kerlint.manifests.setup_values import Value

_ORIGINS = {"install_requires": "", "setup_requires": "build", "tests_require": "group tests"}

LONGEST = 200_000
"""Characters of a setup.py above which it is not looked at."""
MOST = 5000
"""Items of its lists that are looked at."""


def read(path: str, text: str) -> Manifest:
    """The facts of a setup.py."""
    found = Gathering(path, text, "setup-py")
    if len(text) > LONGEST:
        found.unread.append(found.places.span(0, 0))
        return found.manifest()
    tree = tree_of(found)
    if tree is None:
        return found.manifest()
    program = Program()
    try:
        program.run(tree.body)
        _find_inner_calls(program, tree)
    except (RecursionError, Returned):
        found.unread.append(found.places.span(0, 0))
    for call, names in program.calls[:1]:
        program.names = names
        _Setup(found, program).read(call)
    return found.manifest()


def _find_inner_calls(program: Program, tree: ast.Module) -> None:
    """A `setup(...)` within a function: what comes before it in that function counts too."""
    if program.calls:
        return
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef):
            continue
        if any(isinstance(one, ast.Call) and is_setup(one.func) for one in ast.walk(node)):
            with contextlib.suppress(Returned):
                program.run(node.body)
            if program.calls:
                return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and is_setup(node.func):
            program.calls.append((node, dict(program.names)))
            return


class _Setup:
    """The arguments of one call."""

    def __init__(self, found: Gathering, program: Program) -> None:
        self.found = found
        self.program = program
        self.left = MOST

    def read(self, call: ast.Call) -> None:
        arguments: dict[str, tuple[Value, ast.expr]] = {}
        for keyword in call.keywords:
            value = self.program.value(keyword.value)
            if keyword.arg is not None:
                arguments[keyword.arg] = (value, keyword.value)
            elif isinstance(value, Table):
                for name, one in value.items.items():
                    arguments[name] = (one, keyword.value)
                for other in value.others:
                    self.unread(other.node)
            else:
                self.unread(keyword.value)
        for name, (value, node) in arguments.items():
            if name == "name" and isinstance(value, Text):
                self.found.name = value.text
            elif name in _ORIGINS:
                self.listed(value, node, _ORIGINS[name])
            elif name == "extras_require":
                self.extras(value, node)
            elif name == "python_requires" and isinstance(value, Text) and value.sure:
                if value.text.strip():
                    self.found.admit(value.text, self.span(value))
            elif name == "pbr" and isinstance(value, Constant) and value.value:
                path = beside(self.found.path, "requirements.txt")
                self.found.include("requirements", path, self.of(node))

    def extras(self, value: Value, node: ast.expr) -> None:
        if not isinstance(value, Table):
            if not isinstance(value, Constant):
                self.unread(node)
            return
        for key, listed in value.items.items():
            extra, _, marker = key.partition(":")
            origin = f"extra {normal(extra.strip())}" if extra.strip() else ""
            self.listed(listed, node, origin, marker)
        for other in value.others:
            self.unread(other.node)

    def listed(
        self, value: Value, node: ast.expr, origin: str, marker: str = "", depth: int = 0
    ) -> None:
        """A list of requirements, or a text with one on each line."""
        for one in items_of(value):
            self.left -= 1
            if self.left < 0 or depth > 20:
                self.unread(node)
                return
            if isinstance(one, Text):
                self.text(one, origin, marker)
            elif isinstance(one, File):
                span = self.of(one.node)
                self.found.include("requirements", beside(self.found.path, one.path), span, origin)
            elif isinstance(one, Many):
                # setuptools takes a list in a list apart.
                self.listed(one, node, origin, marker, depth + 1)
            elif isinstance(one, Unknown):
                self.unread(one.node)
            elif not isinstance(one, Constant):
                self.unread(node)

    def text(self, value: Text, origin: str, marker: str) -> None:
        for line in value.text.splitlines():
            bare = line.partition(" #")[0].strip()
            if not bare or bare.startswith("#"):
                continue
            span = self.span(value, bare)
            one = self.found.require(bare, span, origin)
            if one is None:
                continue
            if not value.sure:
                one.known = False
            if marker:
                try:
                    both = f"({one.marker}) and ({marker})" if one.marker else marker
                    one.marker = marker_of(both)
                except Refused:
                    one.known = False

    def unread(self, node: ast.AST) -> None:
        span = self.of(node)
        if span not in self.found.unread:
            self.found.unread.append(span)

    def of(self, node: ast.AST) -> Span:
        """Where an expression stands."""
        start, end = self.offsets(node)
        return self.found.places.span(start, end)

    def offsets(self, node: ast.AST) -> tuple[int, int]:
        places = self.found.places
        line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0)
        last = getattr(node, "end_lineno", None) or line
        end = getattr(node, "end_col_offset", None) or column
        return self.offset(line, column), max(self.offset(last, end), places.offset(line - 1, 0))

    def offset(self, line: int, column: int) -> int:
        """The offset of a line (1-based) and a column in bytes of UTF-8."""
        places = self.found.places
        start, stop = places.offset(line - 1, 0), places.offset(line, 0)
        text = self.found.text[start:stop]
        if not text.isascii():
            column = len(text.encode("utf-8", "replace")[:column].decode("utf-8", "ignore"))
        return start + column

    def span(self, value: Text, piece: str = "") -> Span:
        """Where a text stands: what is between the quotes, if it is written there as it is."""
        start, end = self.offsets(value.node)
        text = piece or value.text
        at = self.found.text.find(text, start, end)
        if at < 0 or not isinstance(value.node, ast.Constant):
            return self.found.places.span(start, end)
        return self.found.places.span(at, at + len(text))
