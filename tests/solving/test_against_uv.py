"""The recorded answers of uv, see `tools/oracle`: the solver agrees, or it is explained why not."""

from __future__ import annotations

import pytest

from kerlint.knowledge.index import load
from kerlint.solving import Conflict, Solution
from tools.oracle import recorded

ANSWERS = recorded.read()
EXPLAINED = recorded.explained()


@pytest.fixture(scope="module")
def compared():
    index = load()
    return [(answer, recorded.solved(answer, index)) for answer in ANSWERS]


def test_every_difference_is_explained(compared):
    different = {
        answer.key: kind for answer, ours in compared if (kind := recorded.difference(answer, ours))
    }
    assert {key: kind for key, kind in different.items() if key not in EXPLAINED} == {}


def test_no_manifest_that_can_be_installed_is_called_a_conflict(compared):
    """Those that are explained are none for pip, either."""
    wrong = [
        answer.key
        for answer, ours in compared
        if recorded.difference(answer, ours) == "false conflict" and answer.key not in EXPLAINED
    ]
    assert wrong == []


def test_the_two_agree_on_98_of_100(compared):
    different = [answer for answer, ours in compared if recorded.difference(answer, ours)]
    assert len(different) <= len(ANSWERS) * 0.02


def test_the_versions_of_a_fresh_install_are_those_of_uv(compared):
    same, every = recorded.alike(
        [(answer, ours) for answer, ours in compared if isinstance(ours, Solution)]
    )
    assert same >= every * 0.95


def test_a_conflict_names_lines_and_facts(compared):
    for answer, ours in compared:
        if isinstance(ours, Conflict):
            assert ours.lines, answer.key
            assert ours.facts or len(ours.lines) > 1, answer.key
