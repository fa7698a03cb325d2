"""What is proposed as a way out of a conflict is written and judged again: nothing is left to find.

The manifests are drawn like those that uv was asked about, from the same packages.
"""

from __future__ import annotations

import re
from itertools import islice

import pytest

from kerlint.diagnostics import Diagnostic
from kerlint.engine import check
from kerlint.knowledge.index import load
from kerlint.project.discovery import File
from kerlint.settings import SettingsTree
from tools.oracle.drawing import manifests

MANIFESTS = 220
FAULTS = ["KER401", "KER402", "KER403", "KER407"]


def judged(lines: list[str]) -> list[Diagnostic]:
    data = "".join(f"{line}\n" for line in lines).encode()
    files = [File("requirements.txt", explicit=True, data=data)]
    result = check(files, SettingsTree({"select": FAULTS}, isolated=True), jobs=1)
    assert not result.errors, result.details
    return result.diagnostics


def proposals(help: str) -> list[tuple[list[str], list[str]]]:
    """Of each way out that a help tells of, the lines to write and the lines to add."""
    ways = []
    for one in help.partition(" (releases as of")[0].split("; or "):
        written, _, added = one.partition(", and add ")
        ways.append((re.findall(r"`([^`]*)`", written), re.findall(r"`([^`]*)`", added)))
    return ways


def changed(lines: list[str], written: list[str]) -> list[str]:
    """The manifest with each line to write in the place of that on the same package."""
    new = list(lines)
    for text in written:
        name = re.split(r"[\[=<>!~; ]", text)[0]
        (at,) = [n for n, line in enumerate(lines) if re.split(r"[\[=<>!~; ]", line)[0] == name]
        extras = re.search(r"\[.*?\]", lines[at])
        assert (extras[0] if extras else "") == "".join(re.findall(r"\[.*?\]", text)), text
        new[at] = text
    return new


def test_random_manifests() -> None:
    index = load()
    seen = 0
    for _, texts in islice(manifests(index, 7), MANIFESTS):
        lines = list(texts)
        for one in judged(lines):
            if one.code != "KER401" or not one.help:
                continue
            for written, added in proposals(one.help):
                seen += 1
                new = [*changed(lines, written), *added]
                assert judged(new) == [], (lines, one.help)
    assert seen > MANIFESTS // 4


@pytest.mark.parametrize(
    ("lines", "help"),
    [
        # TensorFlow 2.10 bounds no NumPy, and breaks with the newest.
        (
            ["tensorflow==2.10.1", "keras==2.11.0"],
            "write `keras==2.10.0`, and add `numpy<2`; or write `tensorflow==2.11.1`, and add "
            "`numpy<2`",
        ),
        # The extra came with 2.14.
        (
            ["tensorflow[and-cuda]==2.15.1", "keras==2.13.1"],
            "write `keras==2.15.0`",
        ),
    ],
)
def test_what_is_proposed(lines: list[str], help: str) -> None:
    (found,) = judged(lines)
    assert found.help.partition(" (releases")[0] == help
