"""What kerlint makes of a cell, held against what IPython did with it.

`answers.json` holds IPython's answers; `tests/notebooks/ask_ipython.py` says how they are asked for.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kerlint.source.names import analyse
from kerlint.source.notebooks.cells import read
from kerlint.source.notebooks.module import VirtualModule
from kerlint.source.notebooks.translation import Problem, translated
from tests.notebooks.books import book
from tests.notebooks.cases import CELLS, SETTINGS

ANSWERS = json.loads(Path(__file__).with_name("answers.json").read_text(encoding="utf-8"))


def test_every_case_was_asked() -> None:
    assert [answer["cell"] for answer in ANSWERS["cells"]] == CELLS
    assert [answer["cell"] for answer in ANSWERS["settings"]] == SETTINGS


@pytest.mark.parametrize("answer", ANSWERS["cells"], ids=lambda answer: repr(answer["cell"]))
def test_what_is_python(answer: dict[str, object]) -> None:
    cell = str(answer["cell"])
    try:
        python = translated(0, cell)
    except Problem:
        # IPython hands the text below `%%name` on without a look at it.
        assert not answer["parses"] or cell.startswith("%%")
        return
    assert answer["parses"]
    assert len(python.lines) == cell.count("\n") + 1
    if not answer["commands"] and cell[:1] not in ("/", ",", ";"):  # calls without parentheses
        assert all(moved.end < 0 for moved in python.moved.values())
    else:
        assert python.lines != cell.split("\n")


@pytest.mark.parametrize("answer", ANSWERS["settings"], ids=lambda answer: repr(answer["cell"]))
def test_what_is_set(answer: dict[str, str | None]) -> None:
    module = VirtualModule(read(book(str(answer["cell"]))))
    facts = analyse("book.ipynb", module.text)
    values: list[str | None] = [None]
    waiting = list(facts.events)
    while waiting:
        event = waiting.pop(0)
        if event.kind == "write" and event.variable == "KERLINT_A" and event.how != "shell":
            values.append(event.value)
        waiting[:0] = [one for arm in event.arms for one in arm] + list(event.body)
    if "if False" in str(answer["cell"]):
        assert answer["value"] is None  # who would run it is another question
        return
    assert values[-1] == answer["value"]
