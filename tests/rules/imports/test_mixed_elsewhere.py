"""KER101 through own modules, held to what came of running the programs."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kerlint.engine import check
from kerlint.project.discovery import File, find
from kerlint.settings import SettingsTree
from tests.rules.marked import FIXTURES, marked_lines

PROGRAMS = FIXTURES / "mixed-projects"
RECORD = {
    line.split("\t")[0]: line.split("\t")[1]
    for line in (PROGRAMS / "record.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
}
FOLDERS = sorted(path.name for path in PROGRAMS.iterdir() if path.is_dir())
TARGET = ["keras==3.15.1", "tensorflow==2.21.0"]


def found_in(folder: Path, *, gates: bool = True, only: str = "") -> list[str]:
    """Path, cell and line of every finding of KER101 in a copy of a program."""
    settings = SettingsTree({"target": TARGET, "select": ["KER101"]}, isolated=True)
    paths = [str(folder / only)] if only else [str(folder)]
    result = check(find(paths, settings, []), settings, jobs=1, gates=gates)
    assert not result.errors, result.details
    return [
        f"{Path(one.path).relative_to(folder)}:{'' if one.cell is None else f'{one.cell}:'}"
        f"{one.span.start.line}"
        for one in result.diagnostics
    ]


def expected_in(folder: Path) -> list[str]:
    """The lines that are marked."""
    scripts = [
        f"{path.relative_to(folder)}:{line}"
        for path in sorted(folder.rglob("*.py"))
        for line in marked_lines(path, "KER101")
    ]
    cells = [
        f"main.ipynb:{number}:{line}"
        for path in folder.glob("main.ipynb")
        for number, cell in enumerate(json.loads(path.read_text(encoding="utf-8"))["cells"])
        for line, text in enumerate(cell["source"], 1)
        if text.rstrip().endswith("# KER101")
    ]
    return scripts + cells


def start_of(name: str) -> str:
    """The file in which a program starts."""
    (start,) = (PROGRAMS / name).glob("main.*")
    return start.name


@pytest.fixture(params=[False, True], ids=["loose", "a project"])
def marked(request: pytest.FixtureRequest) -> bool:
    """Whether something says that the folder is a project."""
    return bool(request.param)


def copied(name: str, tmp_path: Path, marked: bool) -> Path:
    folder = tmp_path / name
    shutil.copytree(PROGRAMS / name, folder)
    if marked:
        (folder / "setup.py").write_text("")
    return folder


@pytest.mark.parametrize("name", FOLDERS)
def test_programs(name: str, tmp_path: Path, marked: bool) -> None:
    folder = copied(name, tmp_path, marked)
    assert found_in(folder) == expected_in(folder)


@pytest.mark.parametrize("name", FOLDERS)
def test_one_file_alone_is_judged_alike(name: str, tmp_path: Path) -> None:
    folder = copied(name, tmp_path, True)
    assert found_in(folder, only=start_of(name)) == expected_in(folder)


@pytest.mark.parametrize("name", ["layer_of_a_function", "handed_on_with_a_star"])
def test_what_lies_beside_a_lone_file_is_seen(name: str, tmp_path: Path) -> None:
    folder = copied(name, tmp_path, False)
    assert found_in(folder, only="main.py") == expected_in(folder)


@pytest.mark.parametrize("name", FOLDERS)
def test_the_gates_lose_nothing(name: str, tmp_path: Path) -> None:
    folder = copied(name, tmp_path, True)
    assert found_in(folder, gates=False) == expected_in(folder)


def test_every_program_was_run_and_marked_as_it_ended() -> None:
    assert list(RECORD) == FOLDERS
    marks = {name: bool(expected_in(PROGRAMS / name)) for name in FOLDERS}
    assert marks == {name: outcome == "raises" for name, outcome in RECORD.items()}
    assert list(marks.values()).count(True) >= 12
    assert list(marks.values()).count(False) >= 12


def test_the_import_in_the_other_file_is_shown(tmp_path: Path) -> None:
    folder = copied("handed_on_by_a_package", tmp_path, True)
    settings = SettingsTree({"target": TARGET, "select": ["KER101"]}, isolated=True)
    (found,) = check([File(str(folder / "main.py"))], settings, jobs=1).diagnostics
    (related,) = found.related
    assert Path(related.path) == folder / "pack/sub/_impl.py"
    assert related.span.start.line == 1
    assert related.message == "tf_keras is imported here"
    assert found.qualified_name == "tf_keras.layers.Dense"


def test_a_comment_in_the_file_silences_it(tmp_path: Path) -> None:
    folder = copied("layer_of_a_function", tmp_path, True)
    main = folder / "main.py"
    main.write_text(main.read_text().replace("# KER101", "# noqa: KER101"))
    assert found_in(folder) == []


def test_a_switch_that_somebody_may_have_set_makes_it_silent(tmp_path: Path) -> None:
    folder = copied("model_of_a_function", tmp_path, True)
    assert found_in(folder) == ["main.py:5"]
    (folder / "run.sh.py").write_text('import os\nos.environ["TF_USE_LEGACY_KERAS"] = input()\n')
    assert found_in(folder) == []
