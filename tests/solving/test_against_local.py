"""The recorded answers of uv and pip about the solver's own world, see `tools/oracle/local.py`."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from kerlint.knowledge.index import load
from kerlint.solving import Solution
from tools.oracle import local, local_index, recorded

EXPLAINED = recorded.explained(local.DIFFERENCES)


@pytest.fixture(scope="module", params=[local.OF_UV, local.OF_PIP], ids=["uv", "pip"])
def compared(request):
    """Whom it is about, and each answer with what differs."""
    index = load()
    answers = recorded.read(request.param)
    return request.param.stem, [
        (answer, local.difference(answer, local.solved(answer, index))) for answer in answers
    ]


def test_every_difference_is_explained(compared):
    who, answers = compared
    different = {f"{who}\t{answer.key}": kind for answer, kind in answers if kind}
    assert {key: kind for key, kind in different.items() if key not in EXPLAINED} == {}
    assert {key for key in EXPLAINED if key.startswith(who)} == different.keys()


def test_nothing_that_can_be_installed_is_called_a_conflict(compared):
    assert [answer.key for answer, kind in compared[1] if kind == "false conflict"] == []


def test_there_are_enough_of_every_kind(compared):
    who, answers = compared
    assert len(answers) >= (600 if who == "uv" else 60)
    assert {answer.python for answer, _ in answers} == {"3.9", "3.10", "3.11", "3.12", "3.13"}
    lines = "\n".join(line for answer, _ in answers for line in answer.requirements)
    for part in ("===", "~=", "!=", ".*", ">=", "[", ";", "c:", "rc"):
        assert part in lines
    possible = sum(answer.pins is not None for answer, _ in answers)
    assert len(answers) * 0.3 < possible < len(answers) * 0.9


def test_the_solver_leaves_out_what_the_index_leaves_out():
    answer = recorded.Answer("3.11", ("tensorflow[and-cuda]==2.17.1", "torch==2.3.0"), None)
    assert isinstance(local.solved(answer, load()), Solution)
    assert recorded.difference(answer, recorded.solved(answer, load())) == ""


def test_a_wheel_says_what_was_published(tmp_path: Path):
    index = load()
    assert local_index.write(index, tmp_path) > 800
    (wheel,) = (tmp_path / "tensorflow").glob("tensorflow-2.15.1-*")
    assert wheel.name == "tensorflow-2.15.1-cp39.cp310.cp311-none-manylinux_2_17_x86_64.whl"
    with zipfile.ZipFile(wheel) as archive:
        text = archive.read("tensorflow-2.15.1.dist-info/METADATA").decode()
    assert "Requires-Dist: keras>=2.15.0,<2.16\n" in text
    assert "Requires-Dist: absl-py" not in text
    page = (tmp_path / "keras" / "index.html").read_text()
    assert 'data-requires-python="&gt;=3.11"' in page
    assert "data-yanked=" in (tmp_path / "tf-keras" / "index.html").read_text()
