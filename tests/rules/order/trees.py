"""Small projects, written down as one text: a line `# file: PATH` before each file."""

from __future__ import annotations

import os
import re
import textwrap
from pathlib import Path
from typing import Any

from kerlint.engine import check
from kerlint.project.discovery import find
from kerlint.settings import SettingsTree

_FILE = re.compile(r"^# file: (\S+)\n", re.MULTILINE)


def written(folder: Path, text: str) -> None:
    """Write the files of `text` below `folder`."""
    head, *parts = _FILE.split(textwrap.dedent(text))
    assert not head.strip(), f"text before the first file: {head}"
    for name, content in zip(parts[::2], parts[1::2], strict=True):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content.strip("\n") + "\n" if content.strip() else "", encoding="utf-8")


def findings(folder: Path, text: str, *select: str, target: str = "") -> list[Any]:
    """What a whole run in `folder` finds in the project `text`."""
    written(folder, text)
    before = os.getcwd()
    os.chdir(folder)
    try:
        targets = target.split(", ") if target else ["keras==3.15.1", "tensorflow==2.21.0"]
        settings = SettingsTree({"target": targets, "select": list(select)}, isolated=True)
        result = check(find(["."], settings, []), settings, jobs=1)
    finally:
        os.chdir(before)
    assert not result.errors, result.details
    return result.diagnostics


def places(folder: Path, text: str, *select: str, target: str = "") -> list[str]:
    """Path and line of each finding."""
    found = findings(folder, text, *select, target=target)
    return [f"{one.path}:{one.span.start.line}" for one in found]
