"""Small projects, each one file under `fixtures/manifests/projects`: what is found in them.

A line `# expect: FILE:LINE CODE` stands for each finding; without one the project is clean. Then
the project's files follow, each after a line `# file: NAME`.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from kerlint.engine import check
from kerlint.project.discovery import find
from kerlint.settings import SettingsTree

FOLDER = Path(__file__).parents[3] / "fixtures" / "manifests" / "projects"
PROJECTS = sorted(FOLDER.glob("*.txt"))
EXPECTED = re.compile(r"^# expect: (.+)$", re.MULTILINE)
FILE = re.compile(r"^# file: (\S+)\n", re.MULTILINE)
RULES = {"select": ["KER4", "KER9"]}


@pytest.mark.parametrize("project", PROJECTS, ids=lambda path: path.stem)
def test_finds_what_is_expected(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = project.read_text(encoding="utf-8")
    head, *parts = FILE.split(text)
    for name, content in zip(parts[::2], parts[1::2], strict=True):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    settings = SettingsTree(RULES, isolated=True)
    result = check(find(["."], settings, []), settings, jobs=1)
    assert not result.errors, result.details
    found = [f"{one.path}:{one.span.start.line} {one.code}" for one in result.diagnostics]
    assert Counter(found) == Counter(EXPECTED.findall(head)), result.diagnostics


def test_half_of_them_are_clean() -> None:
    clean = [path for path in PROJECTS if not EXPECTED.search(path.read_text(encoding="utf-8"))]
    assert len(PROJECTS) >= 75
    assert len(clean) >= 30
