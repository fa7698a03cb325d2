"""The small scripts around the README: the comparison in CI and the picture of the output."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

from tools.picture import COLUMNS, ESCAPE, picture, pieces, wrapped

ROOT = Path(__file__).resolve().parents[2]

OUTPUT = """\
error[KER301] missing-module: no module
 --> a.py:3:6
  |
3 | import a

error[KER301] missing-module: no module
 --> a.py:3:20
  |
 ::: b.py:9:1

Found 2 errors in 1 file.
"""


def compare(folder: Path, expected: str) -> subprocess.CompletedProcess[str]:
    (folder / "expected").write_text(expected)
    (folder / "output").write_text(OUTPUT)
    words = [sys.executable, str(ROOT / ".ci" / "compare.py"), "expected", "output"]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True)


def test_the_comparison_counts_findings(tmp_path: Path) -> None:
    same = compare(tmp_path, "a.py:3 KER301\na.py:3 KER301\n")
    assert (same.returncode, same.stdout) == (0, "2 findings, as expected\n")


def test_the_comparison_names_what_differs(tmp_path: Path) -> None:
    other = compare(tmp_path, "a.py:3 KER301\na.py:4 KER302\n")
    assert other.returncode == 1
    assert other.stdout.splitlines() == [
        "not printed: a.py:4 KER302",
        "not expected: a.py:3 KER301",
    ]


def test_the_comparison_can_be_loaded_without_running() -> None:
    assert "printed" in runpy.run_path(str(ROOT / ".ci" / "compare.py"), run_name="loaded")


def test_lines_wrap_with_their_colors() -> None:
    rows = list(wrapped(f"\x1b[31m{'x' * (COLUMNS + 5)}\x1b[0m"))
    assert [len(ESCAPE.sub("", row)) for row in rows] == [COLUMNS, 5]
    assert [style for row in rows for _, style in pieces(row)] == ['fill="#ff7b72"'] * 2


def test_the_picture_is_an_svg_that_holds_the_text() -> None:
    root = ElementTree.fromstring(picture("$ kerlint\n\x1b[1;31merror\x1b[0m: a < b & c"))
    rows = root.iter("{http://www.w3.org/2000/svg}text")
    assert ["".join(row.itertext()) for row in rows] == ["$ kerlint", "error: a < b & c"]


def test_the_committed_picture_is_an_svg() -> None:
    root = ElementTree.parse(ROOT / "docs" / "output.svg").getroot()
    assert "KER201" in "".join(root.itertext())
