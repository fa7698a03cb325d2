"""Suppressions in a whole run: which rules count, and what is said when not all could speak."""

from __future__ import annotations

import pytest

from kerlint.engine import Result, check
from kerlint.project.discovery import File
from kerlint.rules import all_rules
from kerlint.settings import SettingsTree

TARGET = {"target": ["keras==3.15.1", "tensorflow==2.21.0"]}


def run(text: str, **settings: list[str]) -> Result:
    overrides = {**TARGET, **{key.replace("_", "-"): value for key, value in settings.items()}}
    files = [File("a.py", explicit=True, data=text.encode())]
    return check(files, SettingsTree(overrides, isolated=True), jobs=1)


def codes(result: Result) -> list[str]:
    return [found.code for found in result.diagnostics]


def test_silenced_and_unused() -> None:
    result = run("import keras.engine  # kerlint: ignore[KER301, missing-name]\n")
    assert codes(result) == ["KER904"]
    assert result.diagnostics[0].message.startswith("`missing-name`")
    assert result.suppressed == 1


def test_a_file_without_keras() -> None:
    result = run("import os  # kerlint: ignore[KER301]\n")
    assert codes(result) == ["KER904"]
    assert codes(run("import os  # noqa: F401\ns = 'kerlint: ignore'\n")) == []


def test_a_rule_that_is_off_is_not_asked_for() -> None:
    text = "import keras  # kerlint: ignore[KER301]\n"
    assert codes(run(text, ignore=["KER301"])) == []
    assert codes(run(text, select=["KER904"])) == []
    assert codes(run(text, ignore=["KER904"])) == []
    assert codes(run(text, per_file_ignores={"a.py": ["KER301"]})) == []  # type: ignore[arg-type]


def test_a_syntax_error_keeps_the_rules_from_speaking() -> None:
    text = "import keras.engine  # kerlint: ignore[KER301]\nprint 1\n"
    assert codes(run(text)) == ["KER901"]
    assert codes(run(text, ignore=["KER901"])) == []


def test_a_crash_keeps_a_rule_from_speaking(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = next(rule for rule in all_rules() if rule.code == "KER301")

    def crash(*_: object) -> None:
        raise RuntimeError("on purpose")

    monkeypatch.setattr(type(rule), "check", crash)
    result = run("import keras.engine  # kerlint: ignore[KER301]\n")
    assert len(result.errors) == 1
    assert codes(result) == []
