"""Whole runs over files of settings: what is found, what is left alone, what a comment silences."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kerlint.engine import Result, check
from kerlint.project.discovery import File, find
from kerlint.settings import SettingsTree

FIXTURES = Path(__file__).parents[2] / "fixtures" / "settings"
TARGET = ["keras==3.15.1", "tensorflow==2.21.0"]


def run(*paths: str, target: list[str] = TARGET) -> Result:
    settings = SettingsTree({"target": target}, isolated=True)
    errors: list[str] = []
    result = check(find(paths or ["."], settings, errors), settings, jobs=1)
    assert not errors
    assert not result.errors, result.details
    return result


def found(result: Result) -> list[str]:
    return [
        f"{one.path}:{one.span.start.line}:{one.span.start.column} {one.code}"
        for one in result.diagnostics
    ]


def test_the_faulty_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FIXTURES / "faulty")
    expected = (FIXTURES / "faulty.expected").read_text(encoding="utf-8").splitlines()
    assert found(run()) == expected


def test_the_clean_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FIXTURES / "clean")
    result = run()
    assert found(result) == []
    assert result.files == 16


def test_files_that_are_named_are_read_as_what_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FIXTURES / "faulty")
    result = run("train.env", "docker/Dockerfile", "pyproject.toml", "tox.ini")
    assert {one.path for one in result.diagnostics} == {
        *("train.env", "docker/Dockerfile", "pyproject.toml", "tox.ini")
    }
    assert result.files == 4


def test_a_file_that_names_no_variable_is_not_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("Dockerfile").write_text("FROM python\nENV A=theano\n")
    Path("compose.yml").write_text(": : {")
    Path("a.py").write_text("x = 1\n")
    assert run().files == 1
    assert run("Dockerfile").files == 1


NAMES = [
    *("KERAS_BACKEND=theano  # kerlint: ignore[KER206] as it was",),
    *("# kerlint: ignore[unknown-backend]\nKERAS_BACKEND=theano",),
    *("# kerlint: file-ignore[KER206]\nA=1\nKERAS_BACKEND=theano",),
    *("KERAS_BACKEND=theano  # noqa: KER206",),
    *("A=don't\nKERAS_BACKEND=theano # noqa: KER206",),
]


@pytest.mark.parametrize("text", NAMES)
def test_comments_silence(text: str) -> None:
    settings = SettingsTree({"target": TARGET}, isolated=True)
    result = check([File(".env", True, text.encode())], settings, jobs=1)
    assert found(result) == []
    assert result.suppressed == 1


def test_a_comment_that_silences_nothing_is_told() -> None:
    settings = SettingsTree({"target": TARGET}, isolated=True)
    text = b"env:\n  KERAS_BACKEND: jax  # kerlint: ignore[KER206]\n"
    result = check([File(".github/workflows/a.yml", True, text)], settings, jobs=1)
    assert found(result) == [".github/workflows/a.yml:2:41 KER904"]


def test_values_of_the_time_are_right_for_the_target_of_the_time() -> None:
    settings = SettingsTree({"target": ["keras==2.3.1", "tensorflow==2.2.3"]}, isolated=True)
    texts = {
        ".env": b"KERAS_BACKEND=theano\nTF_USE_LEGACY_KERAS=yes\n",
        "keras.json": b'{"backend": "theano", "image_data_format": "channels_first"}',
    }
    for path, text in texts.items():
        assert found(check([File(path, True, text)], settings, jobs=1)) == []


@pytest.mark.parametrize("data", [b"KERAS_BACKEND=\xff", b"KERAS_BACKEND=a\0b"])
def test_what_is_no_text_is_told(data: bytes) -> None:
    settings = SettingsTree({"target": TARGET}, isolated=True)
    (one,) = check([File(".env", True, data)], settings, jobs=1).diagnostics
    assert one.code == "KER902"


def test_a_byte_order_mark_moves_nothing() -> None:
    settings = SettingsTree({"target": TARGET}, isolated=True)
    data = "\ufeffKERAS_BACKEND=theano\r\n".encode()
    assert found(check([File(".env", True, data)], settings, jobs=1)) == [".env:1:15 KER206"]


def test_every_finding_says_the_nearest_backend_or_all_of_them() -> None:
    settings = SettingsTree({"target": TARGET}, isolated=True)
    for value, expected in {
        "pytorch": "torch",
        "TF": "tensorflow",
        "Jax": "jax",
        "tensor_flow": "tensorflow",
        "theano": "one of",
    }.items():
        (one,) = check(
            [File(".env", True, f"KERAS_BACKEND={value}".encode())], settings
        ).diagnostics
        assert re.search(rf"\b{expected}\b", one.help), (value, one.help)
