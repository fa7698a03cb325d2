"""The readers against tox, nox and bash: their recorded answers (see ask_tools.py)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kerlint.manifests.formats import read
from kerlint.manifests.pep508 import Refused, normal, parse
from kerlint.manifests.shell_values import value

FIXTURES = Path(__file__).parents[2] / "fixtures" / "manifests"


def answers(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FIXTURES / f"{name}.answers.json").read_text())
    return found


@pytest.mark.parametrize(("file", "environments"), answers("tox").items())
def test_tox_installs_the_same(file: str, environments: dict[str, list[str]]) -> None:
    found = read("tox.ini", (FIXTURES / "tox" / file).read_bytes(), "tox")
    ours = {one.origin.removeprefix("env ") for one in found.pythons}
    ours |= {one.origin.removeprefix("env ") for one in (*found.requirements, *found.includes)}
    assert ours <= set(environments)
    for name, deps in environments.items():
        expected = sorted(map(_said_by_tox, deps))
        if name not in ours and not expected:
            continue
        origin = f"env {name}"
        here = [one for one in found.requirements if one.origin == origin and one.command]
        first = min((one.command for one in here if one.ecosystem == "pypi"), default=0)
        said = [
            f"{one.name}{one.specifier}"
            for one in here
            if one.command == first and one.ecosystem == "pypi"
        ]
        said += [
            f"{one.kind} {one.path}"
            for one in found.includes
            if one.origin == origin and one.command == first and first
        ]
        bad = [problem.message.split("`")[1] for problem in found.problems]
        if file not in ("commands.ini", "one-line.ini"):  # there, the first command is another
            assert sorted([*said, *bad]) == [one for one in expected if one], name


def _said_by_tox(dep: str) -> str:
    """As our own reader says it."""
    dep = dep.replace("ROOT/", "")
    for option, kind in (("-r ", "requirements"), ("-c ", "constraints"), ("-e ", "project")):
        if dep.startswith(option):
            return f"{kind} {dep[3:].partition('[')[0]}"
    if dep.startswith("-"):
        return ""
    if dep.startswith("git+"):
        return normal(dep.partition("#egg=")[2])
    if dep.endswith(("==", "==2.")):  # a value that is empty without an environment variable
        return normal(dep.partition("==")[0])
    try:
        found = parse(dep)
    except Refused:
        return dep
    return f"{found.name}{found.specifier or ('==3.9.0' if 'h5py-3.9.0-' in dep else '')}"


@pytest.mark.parametrize(("file", "sessions"), answers("nox").items())
def test_nox_has_the_same_sessions(file: str, sessions: list[dict[str, Any]]) -> None:
    found = read("noxfile.py", (FIXTURES / "nox" / file).read_bytes(), "nox")
    named = {one["session"].replace("(new)", "(tf='2.16.1', keras='3.0')") for one in sessions}
    ours = {
        one.origin.removeprefix("env ").partition(", line")[0]
        for one in (*found.requirements, *found.includes)
    }
    if sessions:
        assert ours <= named
    pythons = {one["session"]: one["python"] for one in sessions if one["python"]}
    said = {one.origin.removeprefix("env "): one.text for one in found.pythons}
    assert said == pythons


@pytest.mark.parametrize(("word", "meaning"), answers("words").items())
def test_bash_reads_words_the_same(word: str, meaning: str) -> None:
    assert value(word, {"A": "1.2"}).replace("\0", "") == meaning
