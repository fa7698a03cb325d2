"""Every report leads to the cell, and to the place in the file where its text stands."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from kerlint.engine import check
from kerlint.project.discovery import File
from kerlint.report import FORMATS, render
from kerlint.settings import SettingsTree
from tests.notebooks.books import TARGET

BOOK = Path(__file__).parents[2] / "fixtures" / "notebooks" / "digits.ipynb"
LINES = BOOK.read_text(encoding="utf-8").split("\n")

FOUND = [
    ("KER201", 4, 2, 6, 38, "KERAS_BACKEND=jax"),
    ("KER306", 5, 3, 7, 60, "predict_classes"),
    ("KER905", 6, 1, 28, 69, "("),
    ("KER205", 7, 2, 8, 80, "TF_USE_LEGACY_KERAS"),
]
"""Code, cell from 1, line and column in it, line of the file, and what stands there."""


@pytest.fixture(autouse=True)
def at_the_notebook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(BOOK.parent)
    for name in ("GITHUB_WORKSPACE", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


def written(format: str, remembered: bool = True) -> str:
    settings = SettingsTree({"target": TARGET}, isolated=True)
    result = check([File(BOOK.name, explicit=True)], settings, jobs=1)
    out = io.StringIO()
    notebooks = result.notebooks if remembered else None
    render(format, result, out, notebooks=notebooks, exit_code=1)
    return out.getvalue()


def on_disk(line: int, column: int) -> str:
    return LINES[line - 1][column - 1 :]


def test_json_counts_within_the_cell() -> None:
    entries: list[dict[str, Any]] = json.loads(written("json"))
    assert [
        (one["code"], one["cell"] + 1, one["location"]["line"], one["location"]["column"])
        for one in entries
    ] == [found[:4] for found in FOUND]
    (related,) = entries[0]["related"]
    assert (related["cell"], related["location"]) == (2, {"line": 1, "column": 8})


def test_full_shows_the_lines_of_the_cells() -> None:
    out = written("full")
    assert " --> digits.ipynb:cell 4:2:6\n  |\n2 | %env KERAS_BACKEND=jax\n  |      ^^^^" in out
    assert " ::: digits.ipynb:cell 3:1:8\n  |\n1 | import keras\n  |        -----" in out
    assert 'model.predict_classes(x)  # the text "è" \\ moves nothing' in out


@pytest.mark.parametrize("remembered", [True, False])
def test_concise_leads_to_the_file(remembered: bool) -> None:
    lines = written("concise", remembered).splitlines()[:-1]
    for line, (code, cell, inside, _, outside, text) in zip(lines, FOUND, strict=True):
        match = re.fullmatch(
            rf"digits\.ipynb:(\d+):(\d+): {code} .* \(cell (\d+), line (\d+)\)", line
        )
        assert match
        assert (int(match[1]), int(match[3]), int(match[4])) == (outside, cell, inside)
        assert on_disk(outside, int(match[2])).startswith(text)


def test_github_marks_the_file() -> None:
    for line, (code, *_, outside, text) in zip(written("github").splitlines(), FOUND, strict=True):
        match = re.search(rf"kerlint {code} .*file=digits\.ipynb,line=(\d+),col=(\d+)", line)
        assert match
        assert int(match[1]) == outside
        assert on_disk(outside, int(match[2])).startswith(text)


def test_gitlab_marks_the_file() -> None:
    entries = json.loads(written("gitlab"))
    for entry, (_, cell, inside, column, outside, text) in zip(entries, FOUND, strict=True):
        begin = entry["location"]["positions"]["begin"]
        assert entry["location"]["lines"]["begin"] == begin["line"] == outside
        assert on_disk(outside, begin["column"]).startswith(text)
        assert f"(digits.ipynb:cell {cell}:{inside}:{column})" in entry["description"]


def test_sarif_marks_the_file_and_names_the_cell() -> None:
    results = json.loads(written("sarif"))["runs"][0]["results"]
    for result, (code, cell, inside, _, outside, text) in zip(results, FOUND, strict=True):
        (location,) = result["locations"]
        region = location["physicalLocation"]["region"]
        assert (result["ruleId"], region["startLine"]) == (code, outside)
        assert on_disk(outside, region["startColumn"]).startswith(text)
        assert location["message"]["text"] == f"cell {cell}, line {inside}"
    (related,) = results[0]["relatedLocations"]
    region = related["physicalLocation"]["region"]
    assert on_disk(region["startLine"], region["startColumn"]).startswith("keras")


def test_schemas() -> None:
    schemas = BOOK.parents[1] / "schemas"
    sarif = json.loads((schemas / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
    jsonschema.Draft4Validator(sarif).validate(json.loads(written("sarif")))
    gitlab = json.loads((schemas / "gitlab-code-quality.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(gitlab).validate(json.loads(written("gitlab")))


def test_junit_names_both_places() -> None:
    out = written("junit")
    for code, cell, inside, column, outside, _ in FOUND:
        assert f'name="{code} ' in out
        assert f"(cell {cell}:{inside}:{column})" in out
        assert f"digits.ipynb:{outside}:" in out


@pytest.mark.parametrize("format", FORMATS)
def test_a_notebook_that_is_gone_is_still_reported(
    format: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = SettingsTree({"target": TARGET}, isolated=True)
    data = BOOK.read_bytes()
    result = check([File("gone.ipynb", explicit=True, data=data)], settings, jobs=1)
    monkeypatch.chdir(tmp_path)
    out = io.StringIO()
    render(format, result, out, exit_code=1)
    assert "KER306" in out.getvalue()


def test_fingerprints_survive_new_cells() -> None:
    def marks(data: bytes) -> list[str]:
        settings = SettingsTree({"target": TARGET}, isolated=True)
        result = check([File("b.ipynb", explicit=True, data=data)], settings, jobs=1)
        out = io.StringIO()
        render("gitlab", result, out, notebooks=result.notebooks)
        return [entry["fingerprint"] for entry in json.loads(out.getvalue())]

    book = json.loads(BOOK.read_bytes())
    before = marks(json.dumps(book).encode())
    book["cells"].insert(0, book["cells"][0])
    assert marks(json.dumps(book, indent=4).encode()) == before
