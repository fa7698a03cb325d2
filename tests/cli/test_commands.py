"""The other commands, and what the options of a check ask for."""

from __future__ import annotations

import json

import pytest

import kerlint as package
from kerlint.cli.arguments import check_parser
from kerlint.cli.rule import page
from kerlint.rules import all_rules
from tests.cli.support import CLEAN, LATE, Kerlint


def test_version(kerlint: Kerlint) -> None:
    for flag in ("--version", "-V"):
        assert kerlint(flag).stdout == f"kerlint {package.__version__}\n"


def test_help_names_every_option_and_command(kerlint: Kerlint) -> None:
    done = kerlint("--help")
    assert done.returncode == 0
    for action in check_parser()._actions:
        if action.help != "==SUPPRESS==":
            assert all(flag in done.stdout for flag in action.option_strings)
    for command in ("kerlint rule", "kerlint config", "kerlint target", "exit codes:"):
        assert command in done.stdout
    assert "gates" not in done.stdout
    for command in ("rule", "config", "target", "check"):
        assert kerlint(command, "--help").stdout.startswith("usage: kerlint")


def test_rule_prints_the_page_by_code_and_by_name(kerlint: Kerlint) -> None:
    done = kerlint("rule", "KER201")
    assert done.returncode == 0
    assert done.stdout.startswith("# backend-set-after-import (KER201)\n\n")
    for heading in ("What it does", "Why is this bad?", "Example", "Use instead"):
        assert f"\n## {heading}\n" in done.stdout
    assert kerlint("rule", "backend-set-after-import").stdout == done.stdout
    assert kerlint("rule", "ker201").stdout == done.stdout


def test_rule_all_lists_each_with_one_line(kerlint: Kerlint) -> None:
    lines = kerlint("rule", "--all").stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [[one.code, one.name] for one in all_rules()]


def test_every_page_has_what_a_page_needs() -> None:
    for rule in all_rules():
        text = page(rule)
        for heading in ("What it does", "Why is this bad?", "Example", "Use instead"):
            assert f"\n## {heading}\n" in text, rule.code


def test_target_explains_itself(kerlint: Kerlint) -> None:
    kerlint.write("requirements.txt", "tensorflow==2.15.1\n")
    kerlint.write("a.py", CLEAN)
    kerlint.write("new/requirements.txt", "keras>=3.6,<=3.15.1\n")
    kerlint.write("new/b.py", CLEAN)
    done = kerlint("target")
    assert (done.returncode, done.stderr) == (0, "")
    one, two = (block.splitlines() for block in done.stdout.split("\n\n"))
    assert one[0] == "a.py: from `tensorflow==2.15.1` in requirements.txt:1"
    assert one[1:3] == ["  keras      2.15.0", "  tensorflow 2.15.1"]
    assert two[0] == "new/b.py: from `keras>=3.6,<=3.15.1` in new/requirements.txt:1"
    assert two[1] == "  keras      3.15.1 (oldest: 3.6.0)"


def test_target_without_requirements(kerlint: Kerlint) -> None:
    kerlint.write("a.py", CLEAN)
    assert "the current releases" in kerlint("target").stdout
    assert "asked for: keras==3.6.0" in kerlint("target", "--target", "keras==3.6.0").stdout
    assert kerlint("target", "nowhere").returncode == 2


def test_target_that_no_release_meets(kerlint: Kerlint) -> None:
    kerlint.write("a.py", CLEAN)
    kerlint.write("requirements.txt", "tensorflow>=99\n")
    done = kerlint("target")
    assert "kerlint: warning: No release of tensorflow fits" in done.stderr
    assert "No release of tensorflow fits `tensorflow>=99`" in kerlint("a.py").stdout


def test_show_files(kerlint: Kerlint) -> None:
    kerlint.write("b.py")
    kerlint.write("a/c.pyi")
    done = kerlint("--show-files")
    assert (done.returncode, done.stdout) == (0, "a/c.pyi\nb.py\n")
    done = kerlint("--show-files", "b.py", "nowhere")
    assert (done.returncode, done.stdout) == (2, "b.py\n")


def test_statistics(kerlint: Kerlint) -> None:
    kerlint.write("a.py", LATE)
    kerlint.write("b.py", LATE)
    done = kerlint("--statistics")
    assert "2  KER201  backend-set-after-import" in done.stdout
    assert "a.py:" not in done.stdout


def test_quiet_and_verbose(kerlint: Kerlint) -> None:
    kerlint.write("clean.py", CLEAN)
    assert kerlint("clean.py", "-q").stdout == ""
    assert kerlint("-q", "nowhere.py").stderr.startswith("kerlint: error: nowhere.py")
    assert "Target: " in kerlint("clean.py", "-v", "--output-format=concise").stdout
    kerlint.write("empty/x.txt", "")
    assert kerlint("-q", "empty").stderr == ""


@pytest.mark.parametrize("source", ["option", "setting"])
def test_output_format_and_file(kerlint: Kerlint, source: str) -> None:
    kerlint.write("late.py", LATE)
    if source == "setting":
        kerlint.write("kerlint.toml", "output-format = 'json'\n")
        arguments = ["late.py"]
    else:
        arguments = ["late.py", "--output-format", "json"]
    done = kerlint(*arguments)
    assert done.returncode == 1
    (finding,) = json.loads(done.stdout)
    assert (finding["code"], finding["path"]) == ("KER201", "late.py")
    done = kerlint(*arguments, "--output-file", "report.json")
    assert (done.returncode, done.stdout) == (1, "")
    assert json.loads((kerlint.folder / "report.json").read_text()) == [finding]


def test_errors_do_not_spoil_a_report_for_machines(kerlint: Kerlint) -> None:
    kerlint.write("late.py", LATE)
    done = kerlint("late.py", "nowhere.py", "--output-format", "json")
    assert done.returncode == 2
    assert len(json.loads(done.stdout)) == 1
    assert "nowhere.py" in done.stderr


def test_check_is_the_default_command(kerlint: Kerlint) -> None:
    kerlint.write("late.py", LATE)
    assert kerlint("check").stdout == kerlint().stdout != ""
    assert kerlint("check", "-q", "late.py").returncode == 1


def test_a_folder_named_like_a_command(kerlint: Kerlint) -> None:
    kerlint.write("target/late.py", LATE)
    assert kerlint("./target").returncode == 1
    assert kerlint("check", "target").returncode == 1


def test_without_gates_the_same_is_found(kerlint: Kerlint) -> None:
    kerlint.write("late.py", LATE)
    kerlint.write("clean.py", CLEAN)
    assert kerlint.concise(".", "--no-gates") == kerlint.concise(".")
