"""What is read from every file in fixtures/manifests that no other tool has said anything of.

    python -m tests.manifests.test_command_fixtures

writes down again what is read; the difference is to be looked at line by line.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kerlint.manifests.formats import read
from kerlint.manifests.model import Manifest

FIXTURES = Path(__file__).parents[2] / "fixtures" / "manifests"
FORMATS = (
    *("dockerfile", "compose", "github-workflow", "github-action", "gitlab-ci", "makefile"),
    *("tox", "tox-toml", "nox", "notebook", "readme", "readthedocs"),
    *("travis", "azure-pipelines", "circleci", "bitbucket", "appveyor", "cloud-build", "jenkins"),
)
OTHERS = (
    *(
        "conda-environment",
        "conda-lock",
        "conda-recipe",
        "pipfile",
        "pipfile-lock",
        "script",
        "shell",
    ),
    *("python-version", "runtime"),
)
"""Formats whose entries are not commands; their names may be spelled in any way."""
FOLDERS = {"github-workflow": ".github/workflows/", "dockerfile": "app/", "circleci": ".circleci/"}


def lines_of(found: Manifest) -> Iterator[str]:
    for one in found.requirements:
        extras = f"[{','.join(one.extras)}]" if one.extras else ""
        marker = f"; {one.marker}" if one.marker else ""
        more = [
            one.origin,
            *([] if one.known else ["unknown"]),
            *([one.source] if one.source != "index" else []),
            *([one.ecosystem] if one.ecosystem != "pypi" else []),
            *one.options,
            f"command {one.command}",
        ]
        what = f"{one.name or '?'}{extras}{one.specifier}{marker}"
        yield f"{one.line}:{one.column}-{one.span.end.column} {what} ({', '.join(more)})"
    for python in found.pythons:
        place = python.span.start
        yield f"{place.line}:{place.column} python{python.specifier} ({python.origin})"
    for include in found.includes:
        place = include.span.start
        more = [include.origin, *include.extras, *(f"group {one}" for one in include.groups)]
        yield f"{place.line}:{place.column} {include.kind} {include.path} ({', '.join(more)})"
    for problem in found.problems:
        place = problem.span.start
        yield f"{place.line}:{place.column} problem: {problem.message}"
    for span in found.unread:
        yield f"{span.start.line}:{span.start.column}-{span.end.column} unread"
    for origin, others in found.brings.items():
        yield f"{origin} brings {'; '.join(others)}"
    for origin, platform in found.platforms.items():
        yield f"{origin} runs on {platform}"


def said(format: str) -> str:
    """All fixtures of a format, and what is read from them."""
    parts = []
    for file in sorted((FIXTURES / format).iterdir()):
        found = read(FOLDERS.get(format, "") + file.name, file.read_bytes(), format)
        parts.append("\n".join([file.name, *(f"  {line}" for line in lines_of(found)), ""]))
    return "\n".join(parts)


@pytest.mark.parametrize("format", [*FORMATS, *OTHERS])
def test_fixtures(format: str) -> None:
    assert said(format) == (FIXTURES / f"{format}.expected").read_text(encoding="utf-8")


@pytest.mark.parametrize("format", FORMATS)
def test_places(format: str) -> None:
    """Where a requirement stands, its name does, unless something was filled in."""
    if format == "notebook":
        pytest.skip("places are those in the cells")
    for file in sorted((FIXTURES / format).iterdir()):
        text = file.read_text(encoding="utf-8")
        lines = text.split("\n")
        for one in read(file.name, text, format).requirements:
            there = lines[one.line - 1][one.column - 1 :]
            normal = there.lower().replace("_", "-")
            filled = (
                there.startswith(("$", "{", "%", '"', "h5py=={", "backend")) or "/" in there[:30]
            )
            inside = "$" in there and one.name in normal
            assert filled or inside or normal.startswith(one.name), (file.name, one, there)


ELSEWHERE = {
    "requirements": "test_requirements_as_pip.py",
    "setup-cfg": "test_setup_as_setuptools.py",
    "setup-py": "test_setup_as_setuptools.py",
    "pyproject": "pyproject/test_tools.py",
    "locks": "locks/test_locks.py",
    "pixi": "test_pixi.py",
    "projects": "../rules/manifests/test_projects.py",
}
"""Fixtures whose answers come from their own tools, or stand in a test."""


def test_every_fixture_has_an_expected_answer_and_there_are_many() -> None:
    folders = {path.name: path for path in FIXTURES.iterdir() if path.is_dir()}
    assert folders.keys() == {*FORMATS, *OTHERS, *ELSEWHERE}
    assert all((Path(__file__).parent / name).is_file() for name in ELSEWHERE.values())
    files = [path for folder in folders.values() for path in folder.rglob("*") if path.is_file()]
    assert len(files) >= 150


if __name__ == "__main__":
    for each in (*FORMATS, *OTHERS):
        (FIXTURES / f"{each}.expected").write_text(said(each), encoding="utf-8")
