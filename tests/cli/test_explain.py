"""`kerlint explain`: files, standard input, commands, exit codes, formats."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from kerlint.cli import main

BACKEND = "ValueError: Unable to import backend : theano\n"
ONEDNN = "I0000 00:00:1.2   3 port.cc:153] oneDNN custom operations are on.\n"


def log(folder: Path, text: str) -> str:
    path = folder / "train.log"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_cause(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", log(tmp_path, ONEDNN * 2 + BACKEND)]) == 1
    out = capsys.readouterr().out
    assert out.startswith(
        "The cause (line 3):\n  > ValueError: Unable to import backend : theano\n"
    )
    assert "What to do: Choose one of tensorflow" in out
    assert "Rules: KER206, KER501" in out
    assert "Harmless (2 lines):\n  2 x oneDNN" in out


def test_only_harmless(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", log(tmp_path, ONEDNN)]) == 0
    assert "Harmless (1 line):" in capsys.readouterr().out


def test_nothing_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", log(tmp_path, "all is well\n")]) == 2
    assert "No line here that kerlint knows (1 line read)" in capsys.readouterr().out


def test_an_unknown_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = ONEDNN + "Traceback (most recent call last):\n  File 'a.py'\nKeyError: 1\n"
    assert main(["explain", log(tmp_path, text)]) == 2
    assert (
        "an error that kerlint does not know (line 4):\n  > KeyError: 1" in capsys.readouterr().out
    )


def test_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "--format", "json", log(tmp_path, ONEDNN + BACKEND)]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["schema"] == 1
    assert found["lines_read"] == 2
    assert found["cause"]["id"] == "unknown-backend"
    assert found["cause"]["line"] == 2
    assert found["harmless"][0]["count"] == 1
    assert found["unknown"] is None


def test_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for argv in (["explain"], ["explain", "-"]):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BACKEND.encode())))
        assert main(argv) == 1
        assert "theano" in capsys.readouterr().out


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_what_powershell_writes(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "train.log"
    path.write_bytes((BACKEND * 2).encode(encoding))
    assert main(["explain", str(path)]) == 1


def test_bytes_of_no_encoding(tmp_path: Path) -> None:
    path = tmp_path / "train.log"
    path.write_bytes(b"\xff\x00\x80" * 1000 + b"\n" + BACKEND.encode())
    assert main(["explain", str(path)]) == 1


@pytest.mark.parametrize(
    ("argv", "word"),
    [
        (["no-such.log"], "cannot read no-such.log: No such file"),
        (["--command"], "say which command"),
        (["--command", "a.log", "--", "true"], "put the whole command behind it"),
        (["--command", "--", "no-such-program-here"], "cannot run no-such-program-here"),
        (["--formt", "json"], "--format"),
    ],
)
def test_complaints(argv: list[str], word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", *argv]) == 2
    assert word in capsys.readouterr().err
