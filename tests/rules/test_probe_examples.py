"""The examples on the pages of the probe's rules: observations, laid over a sound environment.

`pins`, which is no observation, is what the project's files ask for.

The first block must fire, the second must stay silent, and so must the sound environment itself.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from kerlint.manifests.pep508 import parse
from kerlint.probe.asked import Pinned
from kerlint.probe.exchange import observations
from kerlint.probe.wishes import asked_of_environment
from kerlint.report.pages import page_of
from kerlint.rules import all_rules
from kerlint.rules.base import Rule

SOUND = Path(__file__).parents[2] / "fixtures" / "observations" / "sound.json"
RULES = [
    rule for rule in all_rules() if type(rule).__module__.split(".")[2] in ("environment", "gpu")
]
BLOCK = re.compile(r"^```json\n(.*?)^```$", re.MULTILINE | re.DOTALL)

with_every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def laid_over(base: Any, change: Any) -> Any:
    """`change` over `base`: objects are merged, everything else is replaced."""
    if not isinstance(base, dict) or not isinstance(change, dict):
        return change
    return {**base, **{key: laid_over(base.get(key), value) for key, value in change.items()}}


def found(rule: Rule, change: Any) -> list[str]:
    seen = observations(laid_over(json.loads(SOUND.read_text(encoding="utf-8")), change))
    asked = asked_of_environment(seen)
    asked.pins = tuple(pinned(one) for one in change.get("pins", ()))
    return [one.code for one in rule.check_environment(seen, asked)]


def pinned(line: dict[str, str]) -> Pinned:
    """A line of a lock or a manifest of the project: `{"file": "uv.lock", "line": "keras==3.1"}`."""
    need = parse(line["line"])
    kind = "lock" if line["file"].endswith(".lock") else "manifest"
    return Pinned(need.name, need.specifier, need.extras, kind, line["file"], 1, 1, line["line"])


def example(rule: Rule, heading: str) -> Any:
    block = BLOCK.search(page_of(rule).sections[heading])
    assert block, f"{rule.code}: no block under {heading!r}"
    return json.loads(block[1])


@with_every_rule
def test_the_example_fires(rule: Rule) -> None:
    assert rule.code in found(rule, example(rule, "Example"))


@with_every_rule
def test_what_to_use_instead_is_silent(rule: Rule) -> None:
    assert found(rule, example(rule, "Use instead")) == []


@with_every_rule
def test_a_sound_environment_is_silent(rule: Rule) -> None:
    assert found(rule, {}) == []
