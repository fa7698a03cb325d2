"""Fixtures whose lines say themselves what must be found in them."""

from __future__ import annotations

import re
from pathlib import Path

from kerlint.engine import check
from kerlint.project.discovery import File
from kerlint.rules import all_rules
from kerlint.settings import SettingsTree

FIXTURES = Path(__file__).parents[2] / "fixtures"


def marked_lines(file: Path, code: str) -> list[int]:
    """The lines that end in `# CODE`, or in `# CODE CODE` for two findings, and so on."""
    lines = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        mark = re.search(r"#((?: KER\d{3})+)$", line)
        if mark:
            lines += [number] * mark[1].split().count(code)
    return lines


def found_lines(file: Path, code: str) -> list[int]:
    """The lines on which a whole run finds `code`, judged by the rule's own target."""
    rule = next(rule for rule in all_rules() if rule.code == code)
    targets = [part.strip() for part in rule.example_target.split(",")]
    settings = SettingsTree({"target": targets}, isolated=True)
    result = check([File(str(file), explicit=True)], settings, jobs=1)
    assert not result.errors, result.details
    return [found.span.start.line for found in result.diagnostics if found.code == code]
