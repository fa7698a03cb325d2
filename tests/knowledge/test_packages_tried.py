"""The tables of packages, and the record of trying them (`tools/packages`)."""

from __future__ import annotations

import re

from kerlint.knowledge.companions import COMPANIONS
from kerlint.knowledge.distributions import ENDED, ended
from kerlint.knowledge.families import FAMILIES
from tools.packages.__main__ import read, row_of
from tools.packages.trials import NOT_TRIED, TRIALS

RECORD = {line[0]: line for line in read()}


def test_every_row_was_tried_or_it_is_said_why_not() -> None:
    rows = {row_of(one) for one in COMPANIONS}
    rows |= {one.name for one in ENDED}
    rows |= {f"family {one.folder}" for one in FAMILIES}
    assert rows == RECORD.keys() | NOT_TRIED.keys()
    assert not RECORD.keys() & NOT_TRIED.keys()
    assert [(one.row, one.environment, " ".join(one.besides)) for one in TRIALS] == [
        tuple(line[:3]) for line in RECORD.values()
    ]


def test_what_is_missing_fails_with_the_words_of_the_row() -> None:
    for one in COMPANIONS:
        assert one.happens in RECORD[row_of(one)][4]


def test_what_refuses_to_be_installed_said_so() -> None:
    for name in (one.name for one in ENDED if one.refuses):
        assert RECORD[name][4] == f'The "{name}" package has been removed!'


def test_what_needs_keras_2_fails_with_keras_3() -> None:
    for one in ENDED:
        assert ("needs Keras 2" in one.fate) is (
            one.name in RECORD and "Error: " in RECORD[one.name][4]
        )


def test_what_only_installs_its_follower_requires_nothing_else() -> None:
    row = ended("keras-nlp")
    assert row is not None
    assert "only installs that" in row.fate
    assert RECORD["keras-nlp"][4].startswith("['keras-hub==")


def test_the_members_of_a_family_write_the_same_files() -> None:
    for family in FAMILIES:
        line = RECORD.get(f"family {family.folder}")
        if line is not None:
            shared = re.fullmatch(r"(\d+) files are of both", line[4])
            assert shared is not None
            assert int(shared[1]) > 100
            assert {word.partition("==")[0] for word in line[2].split()} <= set(family.members)
