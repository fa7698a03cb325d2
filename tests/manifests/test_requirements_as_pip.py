"""Every logical line of the fixtures means what pip says; `tools/manifests/ask_pip.py` asked it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from packaging.specifiers import SpecifierSet

from kerlint.manifests.formats import format_of, read
from kerlint.manifests.model import Manifest, Requirement
from tests.manifests.saying import check_place

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "manifests"
FOLDER = FIXTURES / "requirements"
ANSWERS: dict[str, Any] = json.loads((FIXTURES / "requirements.pip.json").read_text("utf-8"))[
    "files"
]

NOT_COMPARED = {
    "conda-list.txt": "no file for pip, and read as what it is",
    "other-line-ends.txt": "pip ends lines at characters that no editor does",
    "pip-list.txt": "told once, not for each line",
    "environment.txt": "what the variables hold is not known",
}
OTHERWISE = {
    ("editable.txt", 4): "pip looks whether there is such a folder",
    ("quotes.txt", 3): "pip looks whether there is such a folder",
    ("archives.txt", 1): "the name of the file says which distribution it is",
    ("options-behind.txt", 3): "earlier releases of pip have this option",
}
"""Lines by file that are not read as pip reads them, and why."""


def test_there_are_enough_of_them() -> None:
    assert len(ANSWERS) >= 60
    assert set(ANSWERS) == {
        path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()
    }


@pytest.mark.parametrize("name", sorted(set(ANSWERS) - set(NOT_COMPARED)))
def test_each_line_is_read_as_pip_reads_it(name: str) -> None:
    manifest = read(f"{name}", (FOLDER / name).read_bytes(), "requirements")
    for one in manifest.requirements:
        check_place(manifest, one)
    answers = ANSWERS[name]
    if isinstance(answers, dict):
        assert manifest.problems, answers
        return
    lines = [answer["line"] for answer in answers]
    mine = {line: _said(manifest, line, lines) for line in lines}
    meant = {answer["line"]: _meant(answer) for answer in answers}
    different = {line for line in lines if mine[line] != meant[line]}
    assert different == {line for file, line in OTHERWISE if file == name}, (mine, meant)


def _meant(answer: dict[str, Any]) -> Any:
    """What pip says, without the words of its errors."""
    if "error" in answer:
        return "error"
    kind = next((kind for kind in ("requirements", "constraints", "options") if kind in answer), "")
    if kind:
        return kind
    return {key: value for key, value in answer.items() if key != "line"}


def _said(manifest: Manifest, line: int, lines: list[int]) -> Any:
    """The same of what kerlint says of a logical line."""
    after = min((other for other in lines if other > line), default=10**9)
    if any(line <= one.span.start.line < after for one in manifest.problems):
        return "error"
    for include in manifest.includes:
        if include.kind != "project" and line <= include.span.start.line < after:
            return include.kind
    found = [one for one in manifest.requirements if line <= one.line < after]
    if found:
        return _shown(found[0])
    return next(
        (
            {"name": "", "specifier": "", "extras": list(one.extras), "link": True}
            for one in manifest.includes
            if line <= one.span.start.line < after
        ),
        "options",
    )


def _shown(one: Requirement) -> dict[str, Any]:
    return {
        "name": one.name,
        # pip opens the wheel to see the version; its name is enough.
        "specifier": str(SpecifierSet(one.specifier)) if not _is_direct(one) else "",
        "extras": list(one.extras),
        "marker": one.marker,
        "link": one.source != "index",
        "hashes": sorted(one.hashes),
    }


def _is_direct(one: Requirement) -> bool:
    return one.source != "index" and "@" in one.text.partition("://")[0]


def test_the_names_of_the_fixtures_are_those_of_requirements_files() -> None:
    assert format_of("requirements/dev.in") == "requirements"
