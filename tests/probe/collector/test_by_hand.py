"""The collector as one file, copied somewhere and run by whatever Python there is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kerlint.probe import bundle
from kerlint.probe.collecting import collect
from kerlint.probe.exchange import observations
from tests.probe.environments import Environment

VERSIONS = Path.home() / ".pyenv" / "versions"


@pytest.fixture
def collector(tmp_path: Path) -> Path:
    folder = tmp_path / "carried"
    folder.mkdir()
    file = folder / "collector.py"
    file.write_text(bundle.text(), encoding="utf-8")
    return file


def python(version: str) -> Path:
    """An interpreter of another version, from where pyenv keeps them."""
    found = sorted(VERSIONS.glob(f"{version}.*/bin/python"))
    if not found:
        pytest.skip(f"no Python {version} under {VERSIONS}")
    return found[-1]


def run(executable: Path | str, *words: object) -> str:
    argv = [str(one) for one in (executable, *words)]
    done = subprocess.run(argv, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_sees_what_kerlint_sees(environment: Environment, collector: Path) -> None:
    environment.add("keras", "3.15.1")
    by_hand = observations(json.loads(run(environment.python, collector, "--no-gpu", "--full")))
    seen = environment.seen()
    assert by_hand.collected
    for one in (by_hand, seen):
        one.collected = one.argument = ""
        for start in one.starts:
            start.seconds = 0
    assert by_hand == seen


def test_what_it_writes_is_private(
    environment: Environment, collector: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(environment.python.parent.parent))
    monkeypatch.setenv("LOGNAME", "greta")
    monkeypatch.setenv("KERAS_HOME", "/scratch/greta/keras")
    monkeypatch.setenv("TF_CONFIG", '{"password": "abc"}')
    text = run(environment.python, collector, "--no-gpu")
    assert "greta" not in text
    assert "abc" not in text
    seen = observations(json.loads(text))
    assert seen.interpreter.executable == "~/bin/python"
    assert seen.environment["KERAS_HOME"] == "/scratch/<user>/keras"
    assert "greta" in run(environment.python, collector, "--no-gpu", "--full")


def test_files_beside_it_do_not_disturb_it(environment: Environment, collector: Path) -> None:
    for name in ("json", "threading", "typing", "random", "tempfile", "types"):
        (collector.parent / f"{name}.py").write_text("raise SystemExit(9)", encoding="ascii")
    target = collector.parent / "seen.json"
    run(environment.python, collector, "--output", target, "--folder", collector.parent)
    seen = observations(json.loads(target.read_text(encoding="ascii")))
    assert all(start.answered for start in seen.starts)
    assert {"json", "random"} <= {one.module for one in seen.shadows}


def test_help_and_wrong_words(environment: Environment, collector: Path) -> None:
    assert "--folder" in run(environment.python, collector, "--help")
    for wrong in ("--wrong", "--seconds=soon"):
        argv = [str(environment.python), str(collector), wrong]
        done = subprocess.run(argv, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (2, "")
        assert "usage:" in done.stderr


@pytest.mark.parametrize("version", ["3.8", "3.9", "3.10", "3.11", "3.12", "3.13"])
def test_other_pythons_run_it(no_variables: None, collector: Path, version: str) -> None:
    seen = observations(json.loads(run(python(version), collector, "--seconds=30")))
    assert [start.answered for start in seen.starts] == [True] * 3
    assert seen.interpreter.version.startswith(version + ".")
    assert seen.distribution("pip")


@pytest.mark.parametrize("version", ["2.7", "3.6"])
def test_pythons_that_are_too_old_say_their_version(no_variables: None, version: str) -> None:
    executable = python(version)
    seen = collect(str(executable), "", seconds=30, gpu=False)
    assert seen.interpreter.version.startswith(version + ".")
    assert [(start.mode, start.answered) for start in seen.starts] == [("without-site", True)]
    assert "the collector needs 3.8" in " ".join(gap.why for gap in seen.not_checked)


def test_its_own_interpreter_is_enough(collector: Path) -> None:
    """Not isolated, and with whatever variables the tests have."""
    seen = json.loads(run(sys.executable, collector, f"--folder={os.getcwd()}", "--full"))
    assert seen["folder"] == os.getcwd()
