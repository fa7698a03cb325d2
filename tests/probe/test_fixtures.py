"""The observations kept under `fixtures/observations`: they can be read, say nothing of the machine
that made them, and those of sound environments let every check be silent."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kerlint.probe.exchange import observations
from kerlint.probe.wishes import asked_of_environment
from kerlint.rules import all_rules

FOLDER = Path(__file__).parents[2] / "fixtures" / "observations"
FILES = sorted(FOLDER.rglob("*.json"))
SOUND = sorted(FOLDER.glob("sound*.json"))
REAL_PLACES = re.compile(r"/(root|tmp|work|home/(?!user))|\.pyenv|@")


def named(file: Path) -> str:
    return file.relative_to(FOLDER).as_posix()


@pytest.mark.parametrize("file", FILES, ids=named)
def test_they_can_be_read_and_are_masked(file: Path) -> None:
    text = file.read_text(encoding="ascii")
    seen = observations(json.loads(text))
    assert seen.gpu.calls
    assert REAL_PLACES.findall(text) == []


@pytest.mark.parametrize("file", SOUND, ids=named)
def test_sound_environments_are_silent(file: Path) -> None:
    seen = observations(json.loads(file.read_text(encoding="ascii")))
    asked = asked_of_environment(seen)
    found = [
        f"{one.code} {one.message}"
        for rule in all_rules()
        for one in rule.check_environment(seen, asked)
        if one.severity != "info"
    ]
    assert found == []


def test_there_are_enough_of_them() -> None:
    assert len(SOUND) >= 4
    assert len(FILES) >= 20
