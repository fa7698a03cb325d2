"""What is said of a keras.json, held against what importing Keras did with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kerlint.knowledge.keras_config import broken_is_ignored, fault_of
from kerlint.project.targets import Versions

ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("keras-json.tsv").read_text("utf-8").splitlines()
]
DEFAULTS = {
    "backend": "tensorflow",
    "image_data_format": "channels_last",
    "floatx": "float32",
    "epsilon": 1e-07,
}
SEEN = [(version, json.loads(text), json.loads(said)) for version, text, said in ROWS]
NOT_INSTALLED = ("ModuleNotFoundError", "ImportError: No module named")


def test_there_are_rows_of_both_kinds_of_keras() -> None:
    assert {version.partition(".")[0] for version, _, _ in SEEN} == {"2", "3"}
    assert len(SEEN) > 150


@pytest.mark.parametrize(("version", "text", "said"), SEEN, ids=lambda one: str(one)[:40])
def test_the_verdict_is_what_happened(version: str, text: str, said: object) -> None:
    versions = Versions(version, "2.21.0", None, None)
    try:
        entries = json.loads(text)
    except ValueError:
        assert broken_is_ignored(versions)
        assert said == DEFAULTS
        return
    if not isinstance(entries, dict):
        return  # an AttributeError; nothing is said of such a file
    faults = [fault_of(key, entries, versions) for key in entries]
    refused = any(fault is not None and fault.kind == "refused" for fault in faults)
    failed = isinstance(said, str) and not said.startswith(NOT_INSTALLED)
    if isinstance(said, str) and said.startswith(NOT_INSTALLED):
        assert not refused
    elif failed and version.startswith(("2.2", "2.3")):
        # That Keras takes any other name for a module of the user's, which might exist.
        assert refused or list(entries) == ["backend"]
    else:
        assert refused == failed, (faults, said)
    if any(fault is not None and fault.kind == "ignored" for fault in faults):
        assert said == DEFAULTS


def test_nothing_is_said_for_an_unknown_version() -> None:
    assert fault_of("backend", {"backend": "x"}, Versions(None, "2.21.0", None, None)) is None
