"""The recorded answers of uv and pip about the hand-written manifests, see
`tools/oracle/manifests.py`: what is read out of each is judged as they judge it."""

from __future__ import annotations

from collections import Counter

import pytest

from kerlint.knowledge.index import load
from kerlint.manifests.formats import READERS
from kerlint.solving.verdicts import judge
from tools.oracle import local_index, manifests, recorded
from tools.oracle.asking import IMPOSSIBLE
from tools.oracle.written import questions

EXPLAINED = recorded.explained(manifests.DIFFERENCES)
WITHOUT_PACKAGES = {"python-version", "runtime"}
UNASKED = 30
"""Manifests that were written after uv and pip were asked the last time."""


@pytest.fixture(scope="module")
def asked():
    return list(questions(load()))


@pytest.fixture(scope="module", params=[manifests.OF_UV, manifests.OF_PIP], ids=["uv", "pip"])
def path(request):
    return request.param


def answered(asked, path):
    answers = manifests.read(path)
    return [
        (one, python) for one in asked for python in one.pythons if (python, one.lines) in answers
    ]


def test_at_least_150_manifests_of_all_formats_were_asked_about(asked, path):
    there = {one.manifest: one.format for one, _ in answered(asked, path)}
    assert len(there) >= 150
    assert len({one.manifest for one in asked} - there.keys()) <= UNASKED
    formats = Counter(there.values())
    assert formats.keys() == READERS.keys() - WITHOUT_PACKAGES
    assert min(formats.values()) >= 3


def test_nothing_that_can_be_installed_is_called_a_conflict(asked, path):
    different = manifests.compared(path, asked, load())
    assert {
        key: kinds for key, kinds in different.items() if "false conflict" in kinds.values()
    } == {}


def test_every_difference_is_explained(asked, path):
    different = manifests.compared(path, asked, load())
    assert {key: kinds for key, kinds in different.items() if key not in EXPLAINED} == {}
    assert {key for key in EXPLAINED if key.startswith(path.stem)} == different.keys()


def test_the_two_agree_on_98_of_100_that_they_can_judge(asked, path):
    answers = manifests.read(path)
    there = [
        (one, [python for python in one.pythons if (python, one.lines) in answers]) for one in asked
    ]
    different = manifests.compared(path, asked, load())
    every, same = manifests.agreement(there, different, conda=False)
    assert every >= 1400
    assert same >= every * 0.98
    every, same = manifests.agreement(there, different, conda=True)
    assert every >= 100
    assert same >= every * 0.7


def test_with_builds_of_conda_only_conflicts_are_missed(asked, path):
    different = manifests.compared(path, asked, load())
    kinds = {
        kind for key, one in different.items() if key.endswith("\tconda") for kind in one.values()
    }
    assert kinds == {"missed conflict"}


def test_what_is_told_of_a_manifest_is_impossible_on_every_python(asked, path):
    """The whole way: what the rules ask for, with other systems than Linux tried as well."""
    answers = manifests.read(path)
    known = local_index.Known(load())
    conflicts = 0
    for one in asked:
        if judge(one.installation, known).conflict is None:
            continue
        conflicts += 1
        if not one.left_out:
            said = [answers.get((python, one.lines), IMPOSSIBLE) for python in one.pythons]
            assert said == [IMPOSSIBLE] * len(said), one.label
    assert conflicts >= 40
