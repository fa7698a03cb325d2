"""kerlint agrees with the programs of `fixtures/order`, which were run with real Keras.

`python -m tools.order_truth PYTHON` runs them again.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kerlint.engine import check
from kerlint.project.discovery import find
from kerlint.settings import SettingsTree

FOLDER = Path(__file__).parents[3] / "fixtures" / "order"
ANSWERS = dict(
    line.split("\t")
    for line in (FOLDER / "executed.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)
ASKED = "jax"


def test_every_program_was_run() -> None:
    assert set(ANSWERS) == {path.parent.name for path in FOLDER.glob("*/program.*")}
    assert set(ANSWERS.values()) == {ASKED, "tensorflow"}


@pytest.mark.parametrize("case", sorted(ANSWERS))
def test_what_is_not_obeyed_is_found(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER / case)
    settings = SettingsTree(
        {
            "target": ["keras==3.15.1", "tensorflow==2.21.0"],
            "select": ["KER201", "KER202", "KER208"],
        },
        isolated=True,
    )
    result = check(find(["."], settings, []), settings, jobs=1)
    assert not result.errors, result.details
    assert bool(result.diagnostics) is (ANSWERS[case] != ASKED)
