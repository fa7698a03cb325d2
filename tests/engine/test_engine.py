"""The pipeline: gates, executors, rules that crash, what is told of a run."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path

import pytest

import kerlint.rules
from kerlint import engine
from kerlint.checking import processes
from kerlint.engine import Result, check
from kerlint.project.discovery import File, find
from kerlint.rules.base import Context, Rule, Trigger
from kerlint.settings import SettingsTree
from kerlint.source.facts import Module

LATE = "import keras\nimport os\n\nos.environ['KERAS_BACKEND'] = 'jax'\n"


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder with a few files of every kind."""
    monkeypatch.chdir(tmp_path)
    for number in range(12):
        (tmp_path / f"late{number:02}.py").write_text("\n" * number + LATE)
    (tmp_path / "clean.py").write_text("import keras\n\nlayer = keras.layers.Dense(1)\n")
    (tmp_path / "plain.py").write_text("print('no')\n")
    (tmp_path / "broken.py").write_text("import keras\nos.environ['KERAS_BACKEND'] = (\n")
    (tmp_path / "bytes.py").write_bytes(b"import keras\n\0")
    (tmp_path / "heard.py").write_text(LATE.rstrip() + "  # kerlint: ignore[KER201] known\n")
    (tmp_path / "idle.py").write_text("import keras  # kerlint: ignore[KER201] not so\n")
    (tmp_path / "other.py").write_text("import os  # noqa: KER301\n")
    return tmp_path


def run(**options: object) -> Result:
    settings = SettingsTree()
    return check(find(["."], settings, []), settings, **options)  # type: ignore[arg-type]


def spelled(result: Result) -> list[str]:
    return [
        f"{one.path}:{one.span.start.line} {one.code} {one.message}" for one in result.diagnostics
    ]


def test_findings_in_the_order_of_files_and_places() -> None:
    result = run()
    found = [(one.path, one.span.start.line, one.code) for one in result.diagnostics]
    assert found == [
        ("broken.py", 2, "KER901"),
        ("bytes.py", 2, "KER902"),
        ("idle.py", 1, "KER904"),
        *((f"late{number:02}.py", 4 + number, "KER201") for number in range(12)),
        ("other.py", 1, "KER904"),
    ]
    assert result.files == 19
    assert result.suppressed == 1
    assert result.errors == []
    assert len(result.notes) == 1
    assert "the current releases" in result.notes[0]


def test_the_gates_lose_nothing() -> None:
    assert spelled(run(gates=False)) == spelled(run())


@pytest.mark.parametrize("kind", ["threads", "spawn", "fork"])
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_any_executor_carries_it(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if kind not in ("threads", *get_all_start_methods()):
        pytest.skip("no fork here")
    monkeypatch.setattr(processes, "CHUNK", 100)
    executor: Executor = (
        ThreadPoolExecutor(2)
        if kind == "threads"
        else ProcessPoolExecutor(2, mp_context=get_context(kind))
    )
    with executor:
        assert spelled(run(executor=executor)) == spelled(run())


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_own_processes_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = spelled(run(jobs=1))
    monkeypatch.setattr(engine, "WORTH_PROCESSES", 0)
    monkeypatch.setattr(processes, "CHUNK", 100)
    assert spelled(run(jobs=2)) == expected
    monkeypatch.setattr(processes, "processors", lambda: 2)
    assert spelled(run()) == expected


class Touchy(Rule):
    """Crashes on some files, and takes its process along on others."""

    code = "KER299"
    name = "touchy"
    trigger = Trigger(words=(b"KERAS_BACKEND",))

    def check(self, module: Module, context: Context) -> Iterator[object]:  # type: ignore[override]
        if module.path == "late03.py":
            raise KeyError("no such\nthing")
        if module.path == "late05.py" and os.getpid() != PARENT:
            os._exit(3)
        yield from ()


PARENT = os.getpid()


@pytest.fixture
def touchy(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = kerlint.rules.Entry("KER299", "touchy", "", ("check",), Touchy.trigger, rule=Touchy())
    every = (*kerlint.rules.entries(), entry)
    monkeypatch.setattr(kerlint.rules, "_ENTRIES", every)


@pytest.mark.usefixtures("touchy")
def test_a_rule_that_crashes_is_told_of_and_all_else_is_checked() -> None:
    result = run()
    assert result.errors == [
        "rule KER299 (touchy) failed on late03.py: KeyError: 'no such\\nthing'. "
        "This is a fault of kerlint."
    ]
    assert "Traceback" in result.details[0]
    assert sum(one.code == "KER201" for one in result.diagnostics) == 12


@pytest.mark.usefixtures("touchy")
@pytest.mark.skipif(sys.platform != "linux", reason="needs a fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_process_that_dies_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "WORTH_PROCESSES", 0)
    monkeypatch.setattr(processes, "CHUNK", 100)
    result = run(jobs=2)
    assert sum(one.code == "KER201" for one in result.diagnostics) == 12
    assert len(result.errors) == 1


def test_a_file_that_is_gone_again_is_no_finding() -> None:
    result = check([File("gone.py"), File("named.py", explicit=True)], SettingsTree())
    assert spelled(result) == [
        "named.py:1 KER902 the file cannot be read: No such file or directory"
    ]


def test_progress_hears_of_every_file() -> None:
    steps = []

    class Progress:
        def step(self) -> None:
            steps.append(1)

    run(progress=Progress())
    assert len(steps) == 19


def test_each_target_is_told_of(project: Path) -> None:
    (project / "requirements.txt").write_text("tensorflow==2.15.1\n")
    (project / "new").mkdir()
    (project / "new/requirements.txt").write_text("keras==3.15.1\n")
    (project / "new/a.py").write_text(LATE)
    notes = run().notes
    assert [note.partition(" (")[0] for note in notes] == [
        "Target for 17 files: keras 2.15.0, tensorflow 2.15.1",
        "Target for 1 file: keras 3.15.1, tensorflow 2.21.0",
    ]
    assert "`keras==3.15.1` in new/requirements.txt:1" in notes[1]


def test_unselected_findings_are_not_made() -> None:
    settings = SettingsTree({"ignore": ["KER9"]})
    result = check(find(["."], settings, []), settings)
    assert {one.code for one in result.diagnostics} == {"KER201"}
