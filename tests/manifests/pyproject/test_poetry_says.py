"""Poetry's own answers for the fixtures, kept by `python -m tools.manifests.poetry_says`."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.specifiers import SpecifierSet

from kerlint.manifests.pyproject import read

FIXTURES = Path(__file__).parents[3] / "fixtures" / "manifests" / "pyproject"
RECORDS = sorted(FIXTURES.glob("*/poetry.says.json"))
ENVIRONMENTS = [
    {
        "python_version": f"3.{minor}",
        "python_full_version": f"3.{minor}.{patch}",
        "sys_platform": system,
        "platform_machine": machine,
    }
    for minor, patch, system, machine in itertools.product(
        range(8, 15), (0, 7), ("linux", "darwin", "win32"), ("x86_64", "arm64")
    )
]


def _where(marker: str) -> list[bool]:
    return [not marker or Marker(marker).evaluate(dict(one)) for one in ENVIRONMENTS]


VERSIONS = [
    f"{first}.{second}{rest}"
    for first, second, rest in itertools.product(range(9), range(30), (".0", ".1", ".2", ".30"))
]


def _versions(specifiers: list[str]) -> list[str]:
    """Those that all admit, of many."""
    known = [one for one in specifiers if one not in ("", "*")]
    joined = ",".join(one if one[0] in "<>=!~" else f"=={one}" for one in known)
    return list(SpecifierSet(joined, prereleases=True).filter(VERSIONS))


@pytest.mark.parametrize("record", RECORDS, ids=lambda one: one.parent.name)
def test_the_same_as_poetry(record: Path) -> None:
    file = record.with_name("pyproject.toml")
    found = read(str(file), file.read_text(encoding="utf-8"))
    said = json.loads(record.read_text(encoding="utf-8"))
    if record.parent.name != "poetry2":  # where the standard table says less than Poetry's own
        assert _versions([said["python"]]) == _versions([found.pythons[0].specifier])
    ours = [one for one in found.requirements if one.origin != "build"]
    origins = set()
    for one in said["requires"]:
        wanted = {f"extra {extra}" for extra in one["in_extras"]} or {
            "" if group == "main" else f"group {group}" for group in one["groups"]
        }
        same = [
            our
            for our in ours
            if our.name == one["name"]
            and our.origin in wanted
            and _where(our.marker) == _where(one["marker"])
        ]
        assert {our.origin for our in same} == wanted, one
        assert {our.extras for our in same} == {tuple(one["extras"])}
        if one["index"]:
            assert all(our.source == "index" for our in same)
            specifiers = [our.specifier for our in same if our.origin == same[0].origin]
            assert _versions(specifiers) == _versions([one["constraint"]])
        else:
            assert any(our.source != "index" for our in same)
        origins |= {id(our) for our in same}
    assert len(origins) == len(ours)


def test_there_are_answers() -> None:
    assert len(RECORDS) >= 2
