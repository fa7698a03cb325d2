"""Settings: where they are found, what they may say, and how errors in them are told."""

from __future__ import annotations

import pytest

from kerlint.settings import may_hold_table
from tests.cli.support import CLEAN, LATE, Kerlint


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("pyproject.toml", "[tool.kerlint]\nignore = ['KER201']\n"),
        ("pyproject.toml", "[ tool . 'kerlint' ]\nignore = 'KER201'\n"),
        ("pyproject.toml", "[tool]\nkerlint = { ignore = ['KER201'] }\n"),
        ("pyproject.toml", "[tool]\nkerlint.ignore = ['KER201']\n"),
        ("pyproject.toml", "tool.kerlint.ignore = ['KER201']\n"),
        ("pyproject.toml", "tool = { kerlint = { ignore = ['KER201'] } }\n"),
        ("pyproject.toml", "\ufeff[tool.kerlint]\r\nignore = ['KER201']\r\n"),
        ("kerlint.toml", "ignore = ['KER201']\n"),
        (".kerlint.toml", "ignore = ['KER201']\n"),
        ("kerlint.toml", "[tool.kerlint]\nignore = ['KER201']\n"),
        ("kerlint.toml", "ignore = ['KER2']\n"),
        ("kerlint.toml", "ignore = ['backend-set-after-import']\n"),
        ("kerlint.toml", "select = ['KER9']\n"),
        ("kerlint.toml", "select = ['ALL']\nignore = ['KER20']\n"),
        ("kerlint.toml", "per-file-ignores = { 'late.py' = ['KER201'] }\n"),
        ("kerlint.toml", "[per-file-ignores]\n'*.py' = 'KER2'\n"),
    ],
)
def test_the_rule_is_switched_off(kerlint: Kerlint, name: str, content: str) -> None:
    kerlint.write("late.py", LATE)
    assert kerlint.concise("late.py") == (["late.py:4:1 KER201"], 1)
    kerlint.write(name, content)
    assert kerlint.concise("late.py") == ([], 0)
    assert kerlint.concise("late.py", "--isolated") == (["late.py:4:1 KER201"], 1)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"[tool.ruff]\n", False),
        (b"[project]\nname = 'kerlint'\n", False),
        (b"[project]\ndependencies = [\n  'kerlint>=1',\n]\n", False),
        (b"[project.scripts]\nkerlint = 'kerlint.cli:main'\n", False),
        (b"[tool.setuptools]\nkerlint = 1\n", False),
        (b"[tool.kerlint]\n", True),
        (b"[tool.kerlint.per-file-ignores]\n", True),
        (b"[tool]\nkerlint = {}\n", True),
    ],
)
def test_only_a_file_with_our_table_is_parsed(content: bytes, expected: bool) -> None:
    assert may_hold_table(content) is expected


def test_the_nearest_file_wins_alone(kerlint: Kerlint) -> None:
    kerlint.write("kerlint.toml", "ignore = ['KER201']\n")
    kerlint.write("inner/pyproject.toml", "[tool.kerlint]\nexclude = ['none']\n")
    kerlint.write("inner/late.py")
    kerlint.write("outer/late.py")
    kerlint.write("outer/pyproject.toml", "[tool.ruff]\n")
    assert kerlint.concise(".") == (["inner/late.py:4:1 KER201"], 1)


def test_inside_one_folder_the_hidden_file_wins_then_kerlint_toml(kerlint: Kerlint) -> None:
    kerlint.write("late.py")
    off, on = "ignore = ['KER201']\n", "ignore = ['KER901']\n"
    kerlint.write("pyproject.toml", f"[tool.kerlint]\n{off}")
    kerlint.write("kerlint.toml", on)
    assert kerlint.concise("late.py")[1] == 1
    kerlint.write(".kerlint.toml", off)
    assert kerlint.concise("late.py")[1] == 0


def test_the_command_line_comes_on_top(kerlint: Kerlint) -> None:
    kerlint.write("kerlint.toml", "ignore = ['KER201']\nfail-on = 'never'\n")
    kerlint.write("late.py")
    assert kerlint.concise("late.py", "--select", "KER2")[0] == ["late.py:4:1 KER201"]
    assert kerlint.concise("late.py", "--extend-select", "KER201")[0] == ["late.py:4:1 KER201"]
    assert kerlint.concise("late.py", "--extend-select", "KER901")[0] == []
    assert kerlint.concise("late.py", "--select=ALL", "--fail-on=error")[1] == 1
    assert kerlint.concise("late.py", "--select=ALL", "--ignore=KER2") == ([], 0)


def test_the_longer_selector_wins(kerlint: Kerlint) -> None:
    kerlint.write("late.py")
    assert kerlint.concise("late.py", "--select=ALL", "--ignore=KER201")[0] == []
    assert kerlint.concise("late.py", "--select=KER201", "--ignore=KER2")[1] == 1
    assert kerlint.concise("late.py", "--select=KER201", "--ignore=KER201")[1] == 0
    assert kerlint.concise("late.py", "--ignore=KER20", "--extend-select=KER201")[1] == 1
    assert kerlint.concise("late.py", "--select=backend-set-after-import,KER9")[1] == 1


def test_per_file_ignores_on_the_command_line(kerlint: Kerlint) -> None:
    for name in ("a/late.py", "b/late.py", "late.py"):
        kerlint.write(name)
    ignores = ("--per-file-ignores", "a/*:KER201,b:backend-set-after-import")
    assert kerlint.concise(".", *ignores) == (["late.py:4:1 KER201"], 1)


def test_a_config_file_by_name(kerlint: Kerlint) -> None:
    kerlint.write("kerlint.toml", "select = ['KER9']\n")
    kerlint.write("conf/strict.toml", "select = ['ALL']\n")
    kerlint.write("late.py")
    assert kerlint.concise("late.py", "--config", "conf/strict.toml")[1] == 1
    kerlint.write("conf/pyproject.toml", "[tool.ruff]\n")
    done = kerlint("late.py", "--config", "conf/pyproject.toml")
    assert done.returncode == 2
    assert "conf/pyproject.toml has no table [tool.kerlint]" in done.stderr


WRONG = {
    "ingore = ['KER201']": ":2: unknown setting `ingore`; did you mean `ignore`?",
    "ignore = ['KER991']": ":2: in `ignore`: unknown rule `KER991`; did you mean `KER901`?",
    "ignore = 1": ":2: `ignore` must be a list of strings",
    "ignore = [1]": ":2: `ignore` must be a list of strings",
    "fail-on = 'errors'": ":2: `fail-on` is 'errors', but must be one of info, warning, error, "
    "never; did you mean `error`?",
    "force-exclude = 'yes'": ":2: `force-exclude` must be true or false",
    "target = ['kears==3']": ":2: in `target`: unknown target `kears`; did you mean `keras`?",
    "per-file-ignores = ['KER2']": ":2: `per-file-ignores` must be a table",
    "per-file-ignores = { x = ['KER991'] }": ":2: in `ignore`: unknown rule `KER991`",
    "output-format = 'yaml'": ":2: `output-format` is 'yaml', but must be one of full,",
    "ignore = ['KER201'": "is no valid TOML",
}


@pytest.mark.parametrize("line", WRONG)
def test_what_is_wrong_is_told_with_file_and_line(kerlint: Kerlint, line: str) -> None:
    kerlint.write("late.py", CLEAN)
    path = kerlint.write("pyproject.toml", f"[tool.kerlint]\n{line}\n")
    done = kerlint("late.py")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"kerlint: error: {path}")
    assert WRONG[line] in done.stderr


def test_settings_that_are_no_utf_8(kerlint: Kerlint) -> None:
    kerlint.write("kerlint.toml", b"ignore = ['\xff']\n")
    done = kerlint(".")
    assert done.returncode == 2
    assert "kerlint.toml is not UTF-8" in done.stderr


def test_config_shows_what_is_in_force_and_from_where(kerlint: Kerlint) -> None:
    kerlint.write("kerlint.toml", "ignore = ['KER201']\ntarget = ['keras==3.15.1']\n")
    done = kerlint("config", ".")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[0] == f"# .: settings from {kerlint.folder / 'kerlint.toml'}"
    assert 'ignore = ["KER201"]' in lines
    assert 'target = ["keras==3.15.1"]' in lines
    assert 'fail-on = "warning"  # default' in lines
    assert "#   KER201 backend-set-after-import" in lines[lines.index("# rules that are off:") :]
    assert "no .kerlint.toml, kerlint.toml or" in kerlint("config", "--isolated").stdout
