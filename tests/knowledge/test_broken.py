"""Rows of what breaks although it installs, and the record of trying them (`tools/broken`)."""

from __future__ import annotations

from kerlint.knowledge.broken import BROKEN, broken
from tools.broken.__main__ import RECORD
from tools.broken.trials import TRIALS

LINES = [
    line.split("\t")
    for line in RECORD.read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def test_every_row_was_tried_and_nothing_else() -> None:
    assert {row.id for row in BROKEN} == {line[0] for line in LINES}
    assert [(one.row, one.environment, " ".join(one.besides)) for one in TRIALS] == [
        (line[0], line[1], line[2]) for line in LINES
    ]


def test_each_failed_as_the_row_says() -> None:
    for row, environment, _, _, last in LINES:
        says = {one.says.partition("...")[0] for one in BROKEN if one.id == row}
        assert last != "it ran", (row, environment)
        assert "Error" in last, (row, environment)
        if "" not in says and row != "protobuf-uncapped":  # one word of it has changed since
            assert any(last.startswith(one) for one in says), (row, environment, last)


def test_the_versions_that_were_tried_are_those_of_a_row() -> None:
    """But for TensorFlow 1.15.5 and 2.2.3, whose metadata names what their code never minded."""
    for row, environment, besides, _, _ in LINES:
        pins = {}
        for word in environment.split("+"):
            name, _, version = word.rpartition("-")
            pins[name] = version
        pins |= dict(word.split("==") for word in besides.split() if "==" in word)
        if environment == "tensorflow-cpu-2.14.0":
            pins["numpy"] = "2.4.6"
        if environment == "tensorflow-cpu-2.6.0":
            pins |= {"keras": "2.15.0", **({} if besides else {"protobuf": "7.0.0"})}
        if environment.startswith("keras-3.6.0"):
            pins |= {"setuptools": "84.2.1", "tensorboard": "2.16.2"}
        held = {one.id for one in broken(pins, {})}
        if row == "h5py3-decode":
            continue
        assert row in held, (row, pins)
