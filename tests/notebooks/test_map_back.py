"""Every line of the module stands for one line of a cell, whatever the cells hold."""

from __future__ import annotations

import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from kerlint.diagnostics import Position, Span
from kerlint.source.notebooks.cells import Notebook, read
from kerlint.source.notebooks.disk import span_on_disk
from kerlint.source.notebooks.module import VirtualModule
from kerlint.source.notebooks.translation import Problem, problem, translated
from tests.notebooks.books import book, text

PIECES = st.sampled_from(
    [
        "x = 1",
        "import keras",
        "%env A=b",
        "  %time y = 2",
        "if x:\n    !ls\n    y = 3",
        "'''\n%env A=b\n'''",
        "f(\n1,\n2)",
        "!pip install \\\n  keras",
        "x = ",
        "print 'x'",
        "x?",
        "%%time",
        "%%bash\nexport A=b",
        "# words",
        "",
        "    indented = 1",
        'é = "ü\\t\\n"',
        "x = !ls",
        "a = '\U0001f600'; b = 2",
    ]
)
CELLS = st.lists(st.lists(PIECES, max_size=4).map("\n".join), max_size=5)


@settings(max_examples=150, deadline=None)
@given(CELLS)
def test_lines_are_mapped_one_to_one(cells: list[str]) -> None:
    module = VirtualModule(read(book(*cells)))
    expected = [
        (index, line + 1)
        for index, cell in enumerate(cells)
        for line in range(cell.count("\n") + 1)
    ]
    lines = module.text.split("\n")[:-1]
    assert len(lines) == len(expected) or not cells
    mapped = []
    for number in range(1, len(expected) + 1):
        cell, place = module.place(Position(number, 1))
        mapped.append((cell, place.line))
    assert mapped == expected


@settings(max_examples=150, deadline=None)
@given(CELLS)
def test_the_module_parses_and_leaves_out_what_does_not(cells: list[str]) -> None:
    module = VirtualModule(read(book(*cells)))
    assert problem(module.text) is None
    broken = []
    for index, cell in enumerate(cells):
        try:
            translated(index, cell)
        except Problem:
            broken.append(index)
    assert [index for index, _ in module.problems] == broken


@settings(max_examples=150, deadline=None)
@given(CELLS, st.booleans(), st.booleans(), st.sampled_from([None, 1]))
def test_places_on_the_disk(cells: list[str], lists: bool, ascii: bool, indent: int | None) -> None:
    written = [
        {"cell_type": "code", "outputs": [], "source": cell.splitlines(True) if lists else cell}
        for cell in cells
    ]
    data = json.dumps({"cells": written}, indent=indent, ensure_ascii=ascii)
    lines = data.split("\n")
    for cell in read(data.encode()).cells:
        for number, line in enumerate(cell.text.split("\n"), 1):
            for match in re.finditer(r"\w+", line):
                span = Span(Position(number, match.start() + 1), Position(number, match.end() + 1))
                start, end = span_on_disk(cell, span)
                assert start.line == end.line
                there = lines[start.line - 1][start.column - 1 : end.column - 1]
                assert json.loads(f'"{there}"') == match[0]


def test_cells_of_every_kind_are_counted() -> None:
    notebook = read(book(text("# a"), "x = 1", text("b"), "y = 1"))
    assert [cell.index for cell in notebook.cells] == [1, 3]


def test_an_empty_notebook() -> None:
    module = VirtualModule(Notebook([], "", ""))
    assert module.text == ""
    assert module.span(Span(Position(1, 1), Position(1, 2)))[0] == 0
