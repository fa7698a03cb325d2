"""Comments at the end of commands for IPython silence what is found in them."""

from __future__ import annotations

import json

import pytest

from kerlint.engine import check
from kerlint.project.discovery import File
from kerlint.settings import SettingsTree


def found(*cells: str) -> list[tuple[str, int | None]]:
    book = {
        "cells": [
            {"cell_type": "code", "source": one, "metadata": {}, "outputs": []} for one in cells
        ],
        "metadata": {"kernelspec": {"name": "python3", "language": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    files = [File("a.ipynb", explicit=True, data=json.dumps(book).encode())]
    tree = SettingsTree({"target": ["keras==3.15.1"]}, isolated=True)
    result = check(files, tree, jobs=1)
    assert not result.errors
    return [(one.code, one.cell) for one in result.diagnostics]


@pytest.mark.parametrize(
    "cell",
    [
        "%pip install keras==2.5.0  {}",
        "!pip install keras==2.5.0  {}",
        "import keras\n%pip install keras==2.5.0 {}",
        "!pip install -q \\\n  keras==2.5.0  {}",
        "done = !pip install keras==2.5.0  {}",
        "if True:\n    !pip install -q \\\n      keras==2.5.0  {}\n    print()",
        "%%bash\necho a\npip install keras==2.5.0  {}",
        "pip install keras==2.5.0  {}",
    ],
)
@pytest.mark.parametrize("comment", ["# kerlint: ignore[KER402] ours", "# noqa: KER402"])
def test_at_the_end_of_a_command(cell: str, comment: str) -> None:
    assert found(cell.format("")) == [("KER402", 0)]
    assert found(cell.format(comment)) == []


def test_one_that_silences_nothing_is_told_of_where_it_stands() -> None:
    cell = "%pip install keras==3.6.0  # kerlint: ignore[KER402]"
    assert found("import keras", cell) == [("KER904", 1)]
