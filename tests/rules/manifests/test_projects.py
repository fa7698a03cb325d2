"""Small projects, each one file under `fixtures/manifests/projects`: what is found in them.

A line `# expect: FILE:LINE CODE` stands for each finding; without one the project is clean. Then
the project's files follow, each after a line `# file: NAME`. `# needs:` names packages that the index
must know for it.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from kerlint.engine import check
from kerlint.knowledge.index import load
from kerlint.project.discovery import find
from kerlint.settings import SettingsTree

FOLDER = Path(__file__).parents[3] / "fixtures" / "manifests" / "projects"
PROJECTS = sorted(FOLDER.glob("*.txt"))
EXPECTED = re.compile(r"^# expect: (.+)$", re.MULTILINE)
NEEDED = re.compile(r"^# needs: (.+)$", re.MULTILINE)
FILE = re.compile(r"^# file: (\S+)\n", re.MULTILINE)
RULES = {"select": ["KER4", "KER9"]}


def published(name: str) -> bool:
    """Whether the index says which releases of a package there are, and what they require."""
    package = load().package(name)
    if package is None or package.synthetic:
        return False
    return len(package.versions) > 10 or bool(package.carriers("linux-x86_64"))


@pytest.mark.parametrize("project", PROJECTS, ids=lambda path: path.stem)
def test_finds_what_is_expected(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = project.read_text(encoding="utf-8")
    needed = NEEDED.search(text)
    unknown = [name for name in needed[1].split() if not published(name)] if needed else []
    if unknown:
        pytest.skip(f"the index was made without {', '.join(unknown)}")
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


def test_those_that_wait_for_a_larger_index_are_told_of() -> None:
    waiting = set()
    for path in PROJECTS:
        needed = NEEDED.search(path.read_text(encoding="utf-8"))
        if needed and not all(map(published, needed[1].split())):
            waiting.add(path.stem)
    page = (FOLDER.parents[2] / "docs" / "limitations.md").read_text(encoding="utf-8")
    told = page.partition("## Requirements")[2].partition("\n## ")[0]
    assert set(re.findall(r"`([a-z0-9-]+)`[:,]", told)) == waiting


def test_half_of_them_are_clean() -> None:
    clean = [path for path in PROJECTS if not EXPECTED.search(path.read_text(encoding="utf-8"))]
    assert len(PROJECTS) >= 150
    assert len(clean) >= 70
