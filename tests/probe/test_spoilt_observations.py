"""Real observations with parts spoilt or left out: every check comes to its end, and has words."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from kerlint.failures import Failure
from kerlint.probe.exchange import observations
from kerlint.probe.judging import roots
from kerlint.rules import all_rules
from tests.probe.scenes import asked, pin

FOLDER = Path(__file__).parents[2] / "fixtures" / "observations"
FILES = sorted(FOLDER.rglob("*.json"))
RULES = [rule for rule in all_rules() if rule.code[:4] in ("KER6", "KER7", "KER2", "KER5", "KER4")]
ODD = {
    str: ("", " ", "x", "-", "1", "9.9.9", "x.y", "cuda", "/", "~", "numpy", "a\x00b", "[", "é"),
    int: (-1, 0, 1, 999, 10**15),
    float: (-1.0, 0.0, 1e12),
    bool: (True, False),
}
CHANGES = 10


def changed(value: Any, chance: random.Random, share: float) -> Any:
    """The same with some of its leaves replaced and some of its parts left out."""
    if isinstance(value, dict):
        return {
            key: changed(one, chance, share)
            for key, one in value.items()
            if key == "schema" or chance.random() > share / 3
        }
    if isinstance(value, list):
        kept = [changed(one, chance, share) for one in value if chance.random() > share]
        return kept * 2 if chance.random() < share / 10 else kept
    if value is not None and chance.random() < share:
        return chance.choice(ODD[type(value)])
    return value


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_check_comes_to_its_end(file: Path) -> None:
    data = json.loads(file.read_text(encoding="ascii"))
    chance = random.Random(file.stem)
    for number in range(CHANGES):
        given = {**changed(data, chance, 0.02 + 0.01 * number), "schema": 1}
        try:
            seen = observations(given)
        except Failure:
            continue
        wishes = asked(
            seen,
            gpu=["--require-gpu"],
            backends=["jax"],
            packages=["tf_keras", "tensorboard"],
            pins=[
                pin("keras", "==3.10.0", "lock"),
                pin("tensorflow", ">=2.16", "manifest", "and-cuda"),
            ],
        )
        found = [one for rule in RULES for one in rule.check_environment(seen, wishes)]
        for one in roots(found, seen):
            assert one.message
            assert one.path, one
