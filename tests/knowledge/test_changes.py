"""The tables of saving and of changed meanings, held against what was executed."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerlint.knowledge.changes import Change, changes
from kerlint.knowledge.releases import complete
from kerlint.knowledge.saving import accepted
from kerlint.project.targets import Versions

HERE = Path(__file__).parent
PROGRAMS = HERE.parents[1] / "tools" / "changes" / "programs"
SAVED = sorted((HERE / "saving").glob("*.tsv"))
CHANGED = sorted((HERE / "changes").glob("*.tsv"))


def read(file: Path) -> list[list[str]]:
    """The fields of each line but the first, which names the versions."""
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ")
    return [line.split("\t") for line in lines[1:]]


def versions_of(file: Path) -> Versions:
    """Those of a record, by its name."""
    distribution, _, version = file.stem.partition("-")
    if distribution == "keras":
        return complete(Versions(version, None, None, None))
    return complete(Versions(None, version, None, None))


@pytest.mark.parametrize("file", SAVED, ids=lambda file: file.stem)
def test_what_is_refused_is_what_the_table_does_not_take(file: Path) -> None:
    keras = versions_of(file).keras
    assert keras is not None
    looked_at = 0
    for call, outcome, endings in read(file):
        row = accepted(call, keras)
        if outcome == "failed" or call.startswith("Model.save(save_format"):
            continue
        for ending in endings.split():
            text = "" if ending == "-" else ending
            if call == "Model.export(format=)" and not keras.startswith("3."):
                continue  # KER305 speaks of an argument that is not there
            takes = row is None or (
                text in row.takes if "(format=)" in call else text.endswith(row.takes)
            )
            assert takes is (outcome == "ok"), (call, ending)
            looked_at += 1
    assert looked_at > 80


def test_many_releases_were_tried() -> None:
    assert len(SAVED) >= 8
    assert len(CHANGED) >= 8


def outcomes(program: str) -> dict[str, str]:
    """What came of a program, by record."""
    return {file.stem: dict(map(tuple, read(file)))[program] for file in CHANGED}  # type: ignore[arg-type]


def is_error(outcome: str) -> bool:
    return outcome.partition(":")[0].endswith("Error")


@pytest.mark.parametrize("change", changes().values(), ids=lambda change: change.program)
def test_a_change_shows_between_the_releases_of_its_row(change: Change) -> None:
    assert (PROGRAMS / f"{change.program}.txt").exists()
    said = outcomes(change.program)
    new, old = set(), set()
    for file in CHANGED:
        outcome = said[file.stem]
        if is_error(outcome):
            continue
        root = "keras" if file.stem.startswith("keras") else "tensorflow.keras"
        holds = change.holds(root, versions_of(file))
        assert holds is not None
        (new if holds else old).add(outcome)
    assert len(new) == 1, said
    # What only a later release does has nothing before it.
    assert old or change.program == "export_format", said
    assert new.isdisjoint(old), said


def test_every_program_has_a_row() -> None:
    assert {file.stem for file in PROGRAMS.glob("*.txt")} == set(changes())
