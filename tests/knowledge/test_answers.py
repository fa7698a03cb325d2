"""A sample of questions that were executed in real installations; see docs/knowledge.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerlint.knowledge.api import Api
from tools.judge.comparing import SILENT, agrees, claim
from tools.judge.environments import PAIRS, Pair

ANSWERS = Path(__file__).with_name("answers")
NEEDED = ("keras-3.15.1", "keras-3.6.0", "keras-2.15.0", "keras-2.12.0")


def sample(pair: Pair) -> list[list[str]]:
    """Kind, name, extra and Python's answer."""
    file = ANSWERS / f"{pair.name}.tsv"
    if not file.exists():
        return []
    return [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_no_answer_is_wrong(pair: Pair) -> None:
    api = Api(pair.versions, pair.legacy)
    wrong = []
    for kind, name, extra, real in sample(pair):
        said = claim(api, kind, name, extra)
        if not agrees(kind, name, said, real):
            wrong.append(f"{kind} {name} {extra}: kerlint {said}, Python {real}")
    assert wrong == []


def test_the_sample_is_large_and_has_both_answers() -> None:
    answers = {pair.name: sample(pair) for pair in PAIRS}
    assert sum(map(len, answers.values())) >= 2000
    for start in NEEDED:
        rows = [row for name, rows in answers.items() if name.startswith(start) for row in rows]
        for kind in ("attribute", "import", "from", "keyword", "member"):
            said = [row[3] for row in rows if row[0] == kind]
            assert said.count("yes") >= 5, (start, kind)
            assert said.count("no") >= 5, (start, kind)
        assert [row for row in rows if row[0] == "signature"], start


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_most_answers_are_no_silence(pair: Pair) -> None:
    api = Api(pair.versions, pair.legacy)
    rows = [row for row in sample(pair) if row[0] in ("attribute", "import", "from")]
    silent = [row for row in rows if claim(api, row[0], row[1], row[2]) == SILENT]
    assert len(silent) <= len(rows) * 0.15
