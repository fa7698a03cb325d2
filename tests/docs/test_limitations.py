"""`docs/limitations.md` tells the truth: what it says is missed is missed."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from kerlint.engine import check
from kerlint.project.discovery import File
from kerlint.rules.base import Rule
from kerlint.settings import SettingsTree

PAGE = Path(__file__).parents[2] / "docs" / "limitations.md"
SECTIONS = re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
BLOCKS = {
    section.splitlines()[0]: "".join(re.findall(r"^```python\n(.*?)^```$", section, re.M | re.S))
    for section in SECTIONS
}


@pytest.mark.parametrize("heading", [heading for heading, block in BLOCKS.items() if block])
def test_what_is_said_to_be_missed_is_missed(heading: str) -> None:
    data = BLOCKS[heading].encode()
    ast.parse(data)
    targets = [part.strip() for part in Rule.example_target.split(",")]
    settings = SettingsTree({"target": targets}, isolated=True)
    result = check([File("example.py", explicit=True, data=data)], settings, jobs=1)
    assert not result.errors
    assert [f"{found.span.start.line}: {found.message}" for found in result.diagnostics] == []


def test_there_are_blocks() -> None:
    assert sum(map(bool, BLOCKS.values())) >= 4
