"""Notebooks written by the cell, and what a whole run finds in them."""

from __future__ import annotations

import json
from typing import Any

from kerlint.engine import Result, check
from kerlint.project.discovery import File
from kerlint.settings import SettingsTree

TARGET = ["keras==3.15.1", "tensorflow==2.21.0"]


def book(
    *cells: str | dict[str, Any], counts: tuple[int | None, ...] = (), **metadata: Any
) -> bytes:
    """A notebook of nbformat 4 with these code cells (or cells as they are)."""
    written = []
    for number, cell in enumerate(cells):
        if isinstance(cell, str):
            cell = {
                "cell_type": "code",
                "execution_count": counts[number] if counts else None,
                "metadata": {},
                "outputs": [],
                "source": cell.splitlines(keepends=True),
            }
        written.append(cell)
    notebook = {"cells": written, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, indent=1).encode()


def text(markdown: str) -> dict[str, Any]:
    """A cell of prose."""
    return {"cell_type": "markdown", "metadata": {}, "source": [markdown]}


def run(data: bytes, name: str = "book.ipynb", target: list[str] = TARGET) -> Result:
    """What is found in a notebook. The rules must not crash."""
    settings = SettingsTree({"target": target}, isolated=True)
    result = check([File(name, explicit=True, data=data)], settings, jobs=1)
    assert not result.errors, result.details
    return result


def places(data: bytes, name: str = "book.ipynb") -> list[str]:
    """Every finding as `cell:line:column CODE`; the cell from 0."""
    return [
        f"{found.cell}:{found.span.start.line}:{found.span.start.column} {found.code}"
        for found in run(data, name).diagnostics
    ]
