"""Runs kerlint on the files of a package and reads what it says."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tools.crater.reading import python_files

BATCH = 400
SECONDS = 300
SOURCE = Path(__file__).parents[2] / "src"


class Finding(NamedTuple):
    """One finding, without what is not compared; lines and columns are 1-based."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    code: str
    name: str
    message: str


def run_kerlint(
    command: Sequence[str], folder: Path, target: Sequence[str]
) -> tuple[list[Finding], list[str]]:
    """The findings for a target, and what went wrong.

    Files are named one by one, so that no ignore file and no default exclusion hides any. Every
    path is relative to the folder of the package.
    """
    paths = [path.relative_to(folder).as_posix() for path in python_files(folder)]
    options = ["--isolated", "--output-format", "json-lines", "--target", ", ".join(target)]
    findings: list[Finding] = []
    problems: list[str] = []
    for start in range(0, len(paths), BATCH):
        try:
            done = subprocess.run(
                [*command, *options, *paths[start : start + BATCH]],
                cwd=folder,
                env=_environ(),
                capture_output=True,
                text=True,
                check=False,
                timeout=SECONDS,
            )
        except subprocess.TimeoutExpired:
            problems.append(f"no end after {SECONDS} s, files {start} to {start + BATCH}")
            continue
        findings += [_finding(json.loads(line)) for line in done.stdout.splitlines() if line]
        if done.returncode not in (0, 1):
            problems.append(f"exit code {done.returncode}: {done.stderr[-600:]}")
    return findings, problems


def _environ() -> dict[str, str]:
    """The environment, with the sources of this checkout where Python finds nothing earlier."""
    path = os.environ.get("PYTHONPATH", "")
    parts = [*(os.path.abspath(part) for part in path.split(os.pathsep) if part), str(SOURCE)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(parts)}


def _finding(record: dict[str, object]) -> Finding:
    start, end = record["location"], record["end_location"]
    assert isinstance(start, dict)
    assert isinstance(end, dict)
    return Finding(
        str(record["path"]),
        start["line"],
        start["column"],
        end["line"],
        end["column"],
        str(record["code"]),
        str(record["qualified_name"] or ""),
        str(record["message"]),
    )
