"""Light nodes, positions in the text, and trees that go when they are no longer needed."""

from __future__ import annotations

import builtins
import gc
import weakref
from collections.abc import Callable
from typing import Any

import pytest

from kerlint.source import names, tree
from kerlint.source.definitions import has_yield
from kerlint.source.positions import Locator, name_nodes, tokens

EVERYTHING = '''
import a.b as c
from .d import e as f, g


class H(c.I, metaclass=J):
    """A docstring with names in it."""

    k: int = 1

    def l(self, m, *n, o=p, **q) -> r:
        self.s = lambda t: t + 1
        with u() as v, w:
            return [x for y in z if y]
        yield from aa(bb=self.s.cc, *dd, **ee)


def recursive(n):
    H().l(n)
    return recursive(n - 1) if n else ff[gg:hh]


try:
    del ii[jj], kk.ll
except (mm, nn) as oo:
    raise pp from oo
'''


def test_the_light_parser_is_in_use() -> None:
    assert type(tree.parse("a = 1")).__mro__[1] is tree.LightNode


def test_light_nodes_say_what_real_ones_say() -> None:
    light = [node.value for node in name_nodes(tree.parse(EVERYTHING))]
    assert light == [node.value for node in name_nodes(tree.parse_real(EVERYTHING))]


def test_no_import_for_every_node(monkeypatch: pytest.MonkeyPatch) -> None:
    tree.parse("warm = up")
    imported = []
    real_import = builtins.__import__

    def note(name: str, *more: object) -> object:
        imported.append(name)
        return real_import(name, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", note)
    tree.parse(EVERYTHING)
    assert "libcst" not in imported


def test_a_syntax_error_is_told_with_its_place() -> None:
    with pytest.raises(tree.SyntaxProblem) as problem:
        tree.parse("a = 1\nb = = 2\n")
    assert problem.value.line == 2


def test_a_tree_goes_with_its_module() -> None:
    """No cycle holds it: memory would grow with every file until the garbage is collected."""
    gc.collect()
    gc.disable()
    try:
        module = names.analyse("x.py", EVERYTHING)
        gone = weakref.ref(module.tree)
        body = weakref.ref(module.tree.body[2].body)
        del module
        assert gone() is None
        assert body() is None
    finally:
        gc.enable()


@pytest.mark.parametrize(
    ("body", "yields"),
    [
        ("yield", True),
        ("x = yield 1", True),
        ("if a:\n        f(b[(yield c)])", True),
        ("yield from a", True),
        ("return f'{(yield a)}'", True),
        ("lambda: (yield)", False),
        ("def g():\n        yield", False),
        ("return 'yield'", False),
    ],
)
@pytest.mark.parametrize("parse", [tree.parse, tree.parse_real])
def test_which_functions_yield(body: str, yields: bool, parse: object) -> None:
    assert callable(parse)
    assert has_yield(parse(f"def f():\n    {body}\n").body[0].body) is yields


@pytest.mark.parametrize(
    "line",
    [
        "x",
        "'a b' + x",
        "'' + x",
        '"" + x',
        '"""a " b "" c""" + x',
        "'''a ' b '' c''' + x",
        '"""""" + x',
        "'\\'a' + x",
        "'\\\\' + x",
        "'''a\\'''b''' + x",
        '"""a\nb""" + x',
        "'a \\\n b' + x",
        "'a \\\r\n b' + x",
        "r'\\' + x' + x",
        "Rb'a b' + x",
        "u'a b' + x",
        "f'{a} b' + x",
        "f'{a[\"b\"]} c' + x",
        "rf'''{a} '{b}' c''' + x",
        "# a 'b\nx",
        "1if 2else x",
        "0xabc + 1e5 + 1_0.e1j + .5e3 + x",
        "y in'a'; x",
        "y or'a' or x",
        "größe + x",
        "(\n  # ' \n  x)",
    ],
)
def test_the_last_name_of_a_line_is_found(line: str) -> None:
    text = f"{line}\nlast = x\n"
    module = tree.parse(text)
    assert list(tokens(text))[-2:] == [
        ("last", (len(text) - 9, len(text) - 5)),
        ("x", (len(text) - 2, len(text) - 1)),
    ]
    found = Locator(text, module).span(*list(name_nodes(module))[-2:])
    assert (found.start.column, found.end.column) == (1, 9)


@pytest.mark.parametrize("parser", [tree.parse, tree.parse_real])
def test_spaces_before_tabs_that_python_takes(parser: Callable[[str], Any]) -> None:
    text = "def train():\n\tfor x in y:\n    \t\tx.fit()\n\ty.close()\n"
    compile(text, "source", "exec")
    (function,) = parser(text).body
    loop, last = function.body.body
    assert last.body[0].value.func.attr.value == "close"
    assert loop.body.body[0].body[0].value.func.attr.value == "fit"


def test_tabs_that_python_refuses() -> None:
    with pytest.raises(tree.SyntaxProblem, match="tabs"):
        tree.parse("if x:\n        y\n\tz\n")
