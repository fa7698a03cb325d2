"""`docs/reports.md` names every format and every key."""

from __future__ import annotations

import re
from pathlib import Path

from kerlint.diagnostics import Diagnostic, Position, Span
from kerlint.report import FORMATS
from kerlint.report.json import record

PAGE = (Path(__file__).parents[2] / "docs" / "reports.md").read_text(encoding="utf-8")


def first_cells(heading: str) -> list[str]:
    """The words in backticks in the first column of the first table under `heading`."""
    section = PAGE.partition(f"{heading}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)
    return [word for row in rows for word in re.findall(r"`([\w-]+)`", row)]


def test_every_format_is_named() -> None:
    assert tuple(first_cells("# Reports")) == FORMATS


def test_every_key_of_json_is_named_in_its_order() -> None:
    place = Position(1, 1)
    found = Diagnostic(
        code="KER302",
        name="missing-name",
        severity="error",
        message="",
        path="a.py",
        span=Span(place, place),
    )
    assert first_cells("## JSON") == list(record(found))
