"""Faults of `.pth` files. Their lines are read, never executed."""

from __future__ import annotations

import os
import re

from kerlint.probe.collector.answering import names_in, read_bytes
from kerlint.probe.collector.paths import pth_folders

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_RAISED = re.compile(r"^Error processing line (\d+) of (.+):\s*$", re.M)
_LAST_LINE = re.compile(r"^ {2}(\w[\w.]*(?:: .*)?)$")
_PRINTED = 300
_LONGEST_PTH = 1_000_000
_MOST_FAULTS = 10
"""Faults of one file that are told: somebody who reads ten has understood."""


def pth_faults(folders: list[str]) -> list[dict[str, Any]]:
    """Lines that point nowhere, and files that cannot be decoded, of the site folders."""
    faults: list[dict[str, Any]] = []
    for folder in folders:
        for name in names_in(folder):
            if name.endswith(".pth") and not name.startswith("."):
                file = os.path.join(folder, name)
                try:
                    read_bytes(file, _LONGEST_PTH).decode("utf-8-sig")
                except (OSError, UnicodeError) as error:
                    faults.append(_fault(file, 0, "", "unreadable", str(error)))
        counts: dict[str, int] = {}
        for file, line, place in pth_folders(folder):
            if counts.get(file, 0) < _MOST_FAULTS and not os.path.exists(place):
                counts[file] = counts.get(file, 0) + 1
                faults.append(_fault(file, line, _line_of(file, line), "points-nowhere", place))
    return faults


def pth_code(folders: list[str]) -> list[dict[str, Any]]:
    """The first lines that run code, of each file of the site folders that has one."""
    found = []
    for folder in folders:
        for name in names_in(folder):
            if name.endswith(".pth") and not name.startswith("."):
                file = os.path.join(folder, name)
                lines = enumerate(_lines(file), 1)
                code = [one for one in lines if one[1].startswith(("import ", "import\t"))]
                found += [_fault(file, line, text, "", "") for line, text in code[:1]]
    return found[:_MOST_FAULTS]


def pth_raised(stderr: str) -> list[dict[str, Any]]:
    """What `site` says of lines that raised while it started.

    Its words are `Error processing line 1 of /env/x.pth:`, an indented traceback, and
    `Remainder of file ignored` (Lib/site.py, addpackage).
    """
    faults: list[dict[str, Any]] = []
    for said in _RAISED.finditer(stderr):
        error = ""
        for line in stderr[said.end() :].splitlines():
            if line.startswith("Remainder of file ignored"):
                break
            last = _LAST_LINE.match(line)
            if last and not line.startswith("  Traceback"):
                error = last[1]
        number, file = int(said[1]), said[2]
        fault = _fault(file, number, _line_of(file, number), "raises", error)
        if fault not in faults:  # a folder that is on the path twice is read twice
            faults.append(fault)
    return faults


def _line_of(file: str, number: int) -> str:
    lines = _lines(file)
    return lines[number - 1] if 0 < number <= len(lines) else ""


def _lines(file: str) -> list[str]:
    try:
        return read_bytes(file, _LONGEST_PTH).decode("utf-8-sig", "replace").splitlines()
    except OSError:
        return []


def _fault(file: str, line: int, text: str, problem: str, detail: str) -> dict[str, Any]:
    return {
        "file": file,
        "line": line,
        "text": text[:_PRINTED],
        "problem": problem,
        "detail": detail[:_PRINTED],
    }
