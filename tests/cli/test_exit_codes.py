"""0: nothing; 1: findings; 2: kerlint could not do its job."""

from __future__ import annotations

import pytest

from tests.cli.support import CLEAN, LATE, PLAIN, Kerlint

UNUSED = "import keras  # kerlint: ignore[KER201]\n"
"""One warning, KER904, and nothing worse."""


def test_clean_files_exit_with_0(kerlint: Kerlint) -> None:
    kerlint.write("clean.py", CLEAN)
    kerlint.write("plain.py", PLAIN)
    done = kerlint("clean.py", "plain.py")
    assert (done.returncode, done.stderr) == (0, "")
    assert "No findings in 2 files." in done.stdout


def test_a_finding_exits_with_1(kerlint: Kerlint) -> None:
    kerlint.write("late.py", LATE)
    done = kerlint("late.py")
    assert (done.returncode, done.stderr) == (1, "")
    assert "KER201" in done.stdout


@pytest.mark.parametrize(
    ("fail_on", "code"), [("info", 1), ("warning", 1), ("error", 0), ("never", 0)]
)
def test_fail_on_compares_with_the_gravest_finding(
    kerlint: Kerlint, fail_on: str, code: int
) -> None:
    kerlint.write("unused.py", UNUSED)
    done = kerlint("unused.py", "--fail-on", fail_on)
    assert done.returncode == code
    assert "KER904" in done.stdout


def test_an_error_fails_at_every_severity_but_never(kerlint: Kerlint) -> None:
    kerlint.write("late.py", LATE)
    assert kerlint("late.py", "--fail-on=error").returncode == 1
    assert kerlint("late.py", "--fail-on=never").returncode == 0


def test_a_missing_path_is_an_error_and_the_others_are_checked(kerlint: Kerlint) -> None:
    kerlint.write("late.py", LATE)
    done = kerlint("nowhere.py", "late.py", "no/folder")
    assert done.returncode == 2
    assert "kerlint: error: nowhere.py: no such file or folder\n" in done.stderr
    assert "kerlint: error: no/folder: no such file or folder\n" in done.stderr
    assert "late.py:4" in done.stdout
    assert "No findings" not in done.stdout


def test_a_missing_path_alone_is_not_clean(kerlint: Kerlint) -> None:
    done = kerlint("nowhere.py")
    assert done.returncode == 2
    assert "No findings in 0 files, but not everything could be checked." in done.stdout


def test_an_empty_folder_is_told_of_and_not_called_clean(kerlint: Kerlint) -> None:
    done = kerlint()
    assert done.returncode == 0
    assert done.stderr == "kerlint: warning: no Python files were found under .\n"
    assert "No findings" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--selekt", "KER3"], "unknown option `--selekt`; did you mean `--select`?"),
        (["--select", "KER991"], "unknown rule `KER991`; did you mean `KER901`?"),
        (["--ignore", "sintax-error"], "unknown rule `sintax-error`; did you mean `syntax-error`?"),
        (["--extend-select=FOO"], "unknown rule `FOO`"),
        (["--select=KER6"], "run `kerlint probe --select KER6`"),
        (["--select=KER2,files-missing"], "run `kerlint probe --select files-missing`"),
        (["--extend-select=KER741"], "checks of an environment, not of files"),
        (["--per-file-ignores", "tests/*:KER991"], "unknown rule `KER991`"),
        (["--per-file-ignores", "tests"], "write it like `tests/*:KER302`"),
        (["--target", "kears==3.0"], "unknown target `kears`; did you mean `keras`?"),
        (["--target", "keras 3"], "`keras 3` is no target"),
        (["--target", "keras>=99"], "no known release fits the target `keras>=99`"),
        (["--output-format", "jsn"], "invalid choice: 'jsn'"),
        (["--fail-on", "errors"], "invalid choice: 'errors'"),
        (["--jobs", "0"], "--jobs"),
        (["--config", "none.toml"], "the settings file none.toml does not exist"),
        (["--stdin-filename", "x.py"], "say `-` to read it"),
        (["rule", "KER999"], "unknown rule `KER999`"),
        (["rule"], "list them with --all"),
        (["config", "nowhere"], "nowhere: no such file or folder"),
    ],
)
def test_wrong_usage_exits_with_2_and_says_what_is_right(
    kerlint: Kerlint, arguments: list[str], words: str
) -> None:
    kerlint.write("late.py", LATE)
    done = kerlint(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("kerlint: error: ")
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_an_output_file_that_cannot_be_written(kerlint: Kerlint) -> None:
    kerlint.write("late.py", LATE)
    done = kerlint("late.py", "--output-file", "no/where.txt")
    assert done.returncode == 2
    assert "cannot write the report to no/where.txt" in done.stderr


def test_a_selector_of_both_kinds_of_rules_checks_files(kerlint: Kerlint) -> None:
    kerlint.write("late.py", LATE)
    assert kerlint("late.py", "--select=KER").returncode == 1
    assert kerlint("late.py", "--select=KER2", "--ignore=KER6").returncode == 1
    assert kerlint("late.py", "--select=unknown-backend").returncode == 0
