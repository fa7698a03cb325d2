"""The page that the benchmark writes."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("the benchmark needs a POSIX system", allow_module_level=True)

from benchmarks.cases import TARGETS, Case
from benchmarks.measure import Reading, Result
from benchmarks.report import page

ROOT = Path(__file__).resolve().parents[2]


def result(*cpu: float, peak: int = 50_000_000) -> Result:
    return Result(tuple(Reading(one, one, peak) for one in cpu))


def case(title: str) -> Case:
    return Case(title, "some code", (Path(__file__),), {})


def written(kerlint: Result, **others: Result) -> str:
    return page([(case("no Keras"), {"kerlint": kerlint, **others})], [("kerlint", "1.2.3")])


def test_a_promise_is_held_against_the_medians() -> None:
    kept = written(result(0.1, 0.2, 9.0), ruff=result(1.0))
    assert "| no Keras, of ruff | 0.30 | 0.20 | met |" in kept
    broken = written(result(0.1, 0.4, 9.0), ruff=result(1.0))
    assert "| no Keras, of ruff | 0.30 | 0.40 | **not met** |" in broken


def test_memory_is_a_promise_too() -> None:
    assert "| 100 MB | 50 MB | met |" in written(result(1.0))
    assert "| 100 MB | 101 MB | **not met** |" in written(result(1.0, peak=101_000_000))


def test_the_table_has_ratios_and_the_number_of_runs() -> None:
    text = written(result(0.5, 0.5), ruff=result(1.0))
    assert re.search(r"^\| ruff .*\| 1\.00 \| 1\.00 to 1\.00 \| 2\.00 \|.*\| 1 \|$", text, re.M)
    assert re.search(
        r"^\| \*\*kerlint\*\* .*\| 0\.50 \| 0\.50 to 0\.50 \| 1\.00 \|.*\| 2 \|$", text, re.M
    )
    assert "- kerlint 1.2.3" in text


def test_the_committed_page_speaks_of_every_promise() -> None:
    text = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    for target in TARGETS:
        assert f"| {target.title}, of {target.other} |" in text
