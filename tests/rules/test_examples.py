"""The examples on every rule's page: the first must fire, the second must stay silent.

A new rule is covered by being there; those of the probe are in `test_probe_examples.py`. An example of several files, or of one whose name matters,
begins each with a line `# file: NAME`; all of them are checked together, as one folder.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from kerlint.engine import check
from kerlint.project.discovery import File, find
from kerlint.report.pages import page_of
from kerlint.rules import all_rules
from kerlint.rules.base import Rule
from kerlint.settings import SettingsTree

OF_THE_PROBE = ("environment", "gpu")
RULES = [rule for rule in all_rules() if type(rule).__module__.split(".")[2] not in OF_THE_PROBE]
BLOCK = re.compile(r"^```(python|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(rb"^# file: (\S+)\n", re.MULTILINE)

with_every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def example(rule: Rule, heading: str) -> bytes:
    """The first block under `heading`. A file that is not UTF-8 cannot be shown in a docstring:
    `text` marks one that is saved as Latin-1.
    """
    found = BLOCK.search(page_of(rule).sections[heading])
    assert found, f"{rule.code}: no block under {heading!r}"
    return found[2].encode("utf-8" if found[1] == "python" else "latin-1")


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def codes(data: bytes, rule: Rule) -> set[str]:
    """The codes of what a whole run finds in these bytes: one file, or several."""
    targets = [part.strip() for part in rule.example_target.split(",")]
    settings = SettingsTree({"target": targets}, isolated=True)
    files = [File("example.py", explicit=True, data=data)]
    if FILE.match(data):
        files = find(written(data), settings, [])
    result = check(files, settings, jobs=1)
    assert not result.errors, result.details
    return {found.code for found in result.diagnostics}


def written(data: bytes) -> list[str]:
    """Write the files of an example into the current folder; their names."""
    _, *parts = FILE.split(data)
    names = [name.decode() for name in parts[::2]]
    for name, text in zip(names, parts[1::2], strict=True):
        os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
        Path(name).write_bytes(text.strip(b"\n") + b"\n")
    return names


@with_every_rule
def test_the_example_fires(rule: Rule) -> None:
    assert rule.code in codes(example(rule, "Example"), rule)


@with_every_rule
def test_what_to_use_instead_is_silent(rule: Rule) -> None:
    assert rule.code not in codes(example(rule, "Use instead"), rule)


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_every_rule_has_a_whole_page(rule: Rule) -> None:
    page = page_of(rule)
    assert page.summary.endswith(".")
    wanted = ["What it does", "Why is this bad?", "Example", "Use instead"]
    assert list(page.sections)[: len(wanted)] == wanted
    assert all(page.sections.values())


def test_codes_and_names_are_unique_and_well_formed() -> None:
    rules = all_rules()
    assert len({rule.code for rule in rules}) == len({rule.name for rule in rules}) == len(rules)
    for rule in rules:
        assert re.fullmatch(r"KER[1-9]\d\d", rule.code)
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
        assert rule.severity in ("error", "warning", "info")
        module = type(rule).__module__.rpartition(".")[2]
        assert module == rule.name.replace("-", "_")
