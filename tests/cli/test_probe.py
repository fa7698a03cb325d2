"""`kerlint probe` as a command: what it examines, what it prints, how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from kerlint.cli import main
from kerlint.probe.report import FORMATS
from tests.cli.support import Kerlint


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment without any package."""
    prefix = tmp_path_factory.mktemp("environment")
    venv.create(prefix, symlinks=sys.platform != "win32")
    return prefix


def broken(prefix: Path, folder: Path) -> Path:
    """The same with one package that lost a file."""
    venv.create(folder, symlinks=sys.platform != "win32")
    (site,) = folder.glob("lib/python*/site-packages") or folder.glob("Lib/site-packages")
    metadata = site / "keras-3.15.1.dist-info"
    metadata.mkdir()
    metadata.joinpath("METADATA").write_text(
        "Metadata-Version: 2.1\nName: keras\nVersion: 3.15.1\n"
    )
    metadata.joinpath("INSTALLER").write_text("pip\n")
    metadata.joinpath("RECORD").write_text(
        "keras/__init__.py,,0\nkeras/gone.py,,10\nkeras-3.15.1.dist-info/METADATA,,\n"
        "keras-3.15.1.dist-info/RECORD,,\nkeras-3.15.1.dist-info/INSTALLER,,\n"
    )
    (site / "keras").mkdir()
    (site / "keras" / "__init__.py").touch()
    return folder


@pytest.fixture(scope="module")
def lacking(environment: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return broken(environment, tmp_path_factory.mktemp("lacking"))


def test_an_environment_without_faults(kerlint: Kerlint, environment: Path) -> None:
    done = kerlint("--probe", "--no-import", "--python", str(environment))
    assert done.returncode == 0, done.stderr
    assert "named with --python" in done.stdout
    assert "Nothing wrong was found in what was looked at." in done.stdout
    assert "not wanted (--no-import)" in done.stdout
    assert "If another environment was meant" in done.stdout


def test_a_fault_is_told_with_its_cure(kerlint: Kerlint, lacking: Path) -> None:
    done = kerlint("probe", "--no-import", "--python", str(lacking))
    assert done.returncode == 1, done.stderr
    assert "KER612" in done.stdout
    assert "Do this first (KER612)" in done.stdout
    assert "pip install --force-reinstall --no-deps keras==3.15.1" in done.stdout


def test_what_was_seen_can_be_kept_and_judged_elsewhere(kerlint: Kerlint, lacking: Path) -> None:
    first = kerlint(
        *("probe", "--no-import", "--python", str(lacking)),
        *("--dump", "seen.json", "--output-format", "json", "--output-file", "report.json"),
    )
    assert (first.returncode, first.stdout) == (1, "")
    report = json.loads((kerlint.folder / "report.json").read_text())
    seen = json.loads((kerlint.folder / "seen.json").read_text())
    assert {**report["observations"], "not_checked": report["not_checked"]} == seen
    for file in ("seen.json", "report.json"):
        again = kerlint("probe", "--from-json", file, "--output-format", "json")
        assert again.returncode == 1
        assert json.loads(again.stdout)["diagnostics"] == report["diagnostics"]


def test_the_home_is_in_no_format(kerlint: Kerlint) -> None:
    prefix = broken(Path(), kerlint.folder / "own" / "env")
    for format in FORMATS:
        done = kerlint(
            "probe", "-v", "--no-import", "--python", str(prefix), "--output-format", format
        )
        assert done.returncode == 1, done.stderr
        assert str(kerlint.folder) not in done.stdout, format
    done = kerlint("probe", "--full", "--no-import", "--python", str(prefix))
    assert str(kerlint.folder) in done.stdout
    assert "--full masks nothing" in done.stderr


def test_what_is_too_old_to_be_examined_is_an_error(kerlint: Kerlint) -> None:
    kerlint.write(
        "seen.json",
        '{"schema": 1, "interpreter": {"executable": "python2", "version": "2.7.18"}, '
        '"not_checked": [{"what": "everything inside the interpreter", "why": "it is old"}]}',
    )
    done = kerlint("probe", "--from-json", "seen.json")
    assert done.returncode == 2
    assert "python2 cannot be examined: it is old" in done.stderr
    assert "Nothing wrong" not in done.stdout


def test_checks_can_be_chosen(kerlint: Kerlint, lacking: Path) -> None:
    arguments = ("probe", "--no-import", "--python", str(lacking))
    assert kerlint(*arguments, "--ignore", "KER612,KER631").returncode == 0
    assert kerlint(*arguments, "--select", "KER64").returncode == 0
    assert kerlint(*arguments, "--select", "files-missing").returncode == 1
    assert kerlint(*arguments, "--fail-on", "never").returncode == 0


def test_the_settings_of_the_project_choose_checks(kerlint: Kerlint, lacking: Path) -> None:
    arguments = ("probe", "--no-import", "--python", str(lacking))
    kerlint.write("kerlint.toml", 'ignore = ["KER6"]')
    assert kerlint(*arguments).returncode == 0
    assert kerlint(*arguments, "--select", "KER612").returncode == 1
    assert kerlint(*arguments, "--isolated").returncode == 1


def test_the_collector_runs_by_hand(kerlint: Kerlint, lacking: Path) -> None:
    collector = kerlint.folder / "collector.py"
    collector.write_text(kerlint("probe", "--print-collector").stdout, encoding="utf-8")
    (python,) = [*lacking.glob("bin/python"), *lacking.glob("Scripts/python.exe")]
    seen = subprocess.run([python, collector], capture_output=True, check=True, timeout=60)
    (kerlint.folder / "seen.json").write_bytes(seen.stdout)
    done = kerlint("probe", "--from-json", "seen.json")
    assert done.returncode == 1, done.stderr
    assert "KER612" in done.stdout


def test_the_checks_are_listed(kerlint: Kerlint) -> None:
    lines = kerlint("probe", "--list-checks").stdout.splitlines()
    assert any(line.startswith("KER612  files-missing") for line in lines)
    assert not any(line.startswith("KER3") for line in lines)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--python", "nowhere"], "nowhere"),
        (["nowhere"], "no folder"),
        (["--from-json", "nowhere"], "cannot read nowhere"),
        (["--from-json", "text.json"], "no JSON"),
        (["--from-json", "list.json"], "no file of observations"),
        (["--select", "KER998"], "unknown rule"),
        (["--timeout", "0"], "--timeout"),
        (["--no-imports"], "--no-import"),
        (["--no-import", "--dump", "no/such/folder.json"], "cannot write"),
    ],
)
def test_what_cannot_be_done_is_said(
    kerlint: Kerlint, environment: Path, arguments: list[str], words: str
) -> None:
    kerlint.write("text.json", "hello")
    kerlint.write("list.json", "[]")
    if "--dump" in arguments:
        arguments = [*arguments, "--python", str(environment)]
    done = kerlint("probe", *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("text", ["0", "-1", "soon", "nan", "1e9"])
def test_a_timeout_that_is_none(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["probe", "--timeout", text]) == 2
    assert f"`{text}` is no number of seconds" in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix", reason="only there a folder in use can be removed")
def test_a_working_folder_that_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert main(["probe", "--no-import"]) == 2
    assert "the working folder is gone" in capsys.readouterr().err
