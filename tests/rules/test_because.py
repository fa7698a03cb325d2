"""Findings name the line of the manifest that makes them findings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kerlint.cli import main

REMOVED = "import keras\n\nkeras.layers.CuDNNLSTM(1)\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()


def found(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, object]]:
    main([*words, "--output-format", "json", "--quiet"])
    answer: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return answer


def write(name: str, text: str) -> None:
    Path(name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "text", "line", "column", "requirement"),
    [
        ("requirements.txt", "numpy\nkeras>=3  # new\n", 2, 1, "keras>=3"),
        (
            "pyproject.toml",
            "[project]\nname = 'x'\nversion = '1'\ndependencies = [\n  'keras>=3',\n]\n",
            *(5, 4, "keras>=3"),
        ),
        ("requirements.txt", "tensorflow==2.21.0\n", 1, 1, "tensorflow==2.21.0"),
        ("environment.yml", "dependencies:\n  - keras=3.6\n", 2, 5, "keras=3.6"),
    ],
)
def test_the_line_is_named(
    capsys: pytest.CaptureFixture[str],
    name: str,
    text: str,
    line: int,
    column: int,
    requirement: str,
) -> None:
    write(name, text)
    write("a.py", REMOVED)
    (one,) = found(capsys, "a.py")
    assert str(one["message"]).endswith(f" (with `{requirement}` in {name}:{line})")
    (also,) = one["related"]  # type: ignore[misc,attr-defined]
    assert (also["path"], also["location"]) == (name, {"line": line, "column": column})
    assert also["message"].startswith("this admits Keras 3.")


def test_a_name_of_tensorflow_is_due_to_the_line_on_tensorflow(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write("requirements.txt", "keras==3.15.1\ntensorflow==2.21.0\n")
    write("a.py", "import tensorflow as tf\n\ntf.Session()\n")
    (one,) = found(capsys, "a.py")
    assert "(with `tensorflow==2.21.0` in requirements.txt:2)" in str(one["message"])


def test_the_oldest_version_is_due_to_the_lower_bound(capsys: pytest.CaptureFixture[str]) -> None:
    write("requirements.txt", "keras>=3.4\n")
    write("a.py", "import keras\n\nkeras.ops.rot90\n")
    (one,) = found(capsys, "a.py")
    assert one["code"] == "KER307"
    assert [each["message"] for each in one["related"]] == ["this admits Keras 3.4.0"]  # type: ignore[attr-defined]


def test_nothing_is_named_where_nobody_asked_for_it(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.py", REMOVED)
    (one,) = found(capsys, "a.py")
    assert "with `" not in str(one["message"])
    assert one["related"] == []
    write("requirements.txt", "keras==2.2.4\n")
    (one,) = found(capsys, "a.py", "--target", "keras==3.15.1")
    assert one["related"] == []


def test_what_is_wrong_in_every_version_names_no_line(capsys: pytest.CaptureFixture[str]) -> None:
    write("requirements.txt", "keras>=3\n")
    write("a.py", "import os\n\nimport keras\n\nos.environ['KERAS_BACKEND'] = 'jax'\n")
    (one,) = found(capsys, "a.py")
    assert one["code"] == "KER201"
    assert "requirements.txt" not in json.dumps(one)


def test_the_lines_of_a_manifest_are_shown_once(capsys: pytest.CaptureFixture[str]) -> None:
    write("requirements.txt", "keras==3.15.1\n")
    write("a.py", "import keras\n\nkeras.layers.CuDNNLSTM(1)\nkeras.layers.CuDNNGRU(1)\n")
    main(["a.py"])
    out = capsys.readouterr().out
    assert out.count("keras==3.15.1\n  | -------------") == 1
    assert out.count("::: requirements.txt:1:1") == 2
