"""The examples on every rule's page: the first must fire, the second must stay silent.

A new rule is covered by being there.
"""

from __future__ import annotations

import re

import pytest

from kerlint.engine import check
from kerlint.project.discovery import File
from kerlint.report.pages import page_of
from kerlint.rules import all_rules
from kerlint.rules.base import Rule
from kerlint.settings import SettingsTree

RULES = all_rules()
BLOCK = re.compile(r"^```(python|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

with_every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def example(rule: Rule, heading: str) -> bytes:
    """The first block under `heading`. A file that is not UTF-8 cannot be shown in a docstring:
    `text` marks one that is saved as Latin-1.
    """
    found = BLOCK.search(page_of(rule).sections[heading])
    assert found, f"{rule.code}: no block under {heading!r}"
    return found[2].encode("utf-8" if found[1] == "python" else "latin-1")


def codes(data: bytes, rule: Rule) -> set[str]:
    """The codes of what a whole run finds in a file with these bytes."""
    targets = [part.strip() for part in rule.example_target.split(",")]
    settings = SettingsTree({"target": targets}, isolated=True)
    result = check([File("example.py", explicit=True, data=data)], settings, jobs=1)
    assert not result.errors, result.details
    return {found.code for found in result.diagnostics}


@with_every_rule
def test_the_example_fires(rule: Rule) -> None:
    assert rule.code in codes(example(rule, "Example"), rule)


@with_every_rule
def test_what_to_use_instead_is_silent(rule: Rule) -> None:
    assert rule.code not in codes(example(rule, "Use instead"), rule)


@with_every_rule
def test_every_rule_has_a_whole_page(rule: Rule) -> None:
    page = page_of(rule)
    assert page.summary.endswith(".")
    wanted = ["What it does", "Why is this bad?", "Example", "Use instead"]
    assert list(page.sections)[: len(wanted)] == wanted
    assert all(page.sections.values())


def test_codes_and_names_are_unique_and_well_formed() -> None:
    assert len({rule.code for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert re.fullmatch(r"KER[1-9]\d\d", rule.code)
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
        assert rule.severity in ("error", "warning", "info")
        module = type(rule).__module__.rpartition(".")[2]
        assert module == rule.name.replace("-", "_")
