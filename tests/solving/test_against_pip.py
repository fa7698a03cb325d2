"""The recorded answers of pip, see `tools/oracle/pip.py`: the solver takes the same versions."""

from __future__ import annotations

import pytest

from kerlint.knowledge.index import load
from kerlint.solving import Conflict, Solution
from tools.oracle import recorded
from tools.oracle.pip import MANIFESTS
from tools.oracle.recorded import Answer

ANSWERS = recorded.read(recorded.OF_PIP)


def test_all_of_them_were_asked() -> None:
    assert [(one.python, one.requirements) for one in ANSWERS] == list(MANIFESTS)


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda one: one.key.replace("\t", " "))
def test_as_pip(answer: Answer) -> None:
    ours = recorded.solved(answer, load())
    if answer.pins is None:
        assert isinstance(ours, Conflict)
    else:
        assert isinstance(ours, Solution)
        assert {name: ours.pins[name] for name in answer.pins} == answer.pins
