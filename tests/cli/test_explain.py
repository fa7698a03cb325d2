"""`kerlint explain`: files, standard input, commands, exit codes, formats."""

from __future__ import annotations

import io
import json
import os
import subprocess
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


def kerlint(*argv: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(
        [sys.executable, "-m", "kerlint", "explain", "--command", "--", *argv],
        capture_output=True,
        env=environment,
        check=False,
        timeout=60,
    )


def python(code: str) -> subprocess.CompletedProcess[bytes]:
    return kerlint(sys.executable, "-c", code)


def test_a_command_that_ends_well_is_left_alone() -> None:
    ended = python("import sys; print('out'); print('err', file=sys.stderr)")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"out\n", b"err\n")


def test_a_command_that_fails_is_explained() -> None:
    ended = python(
        "import sys; print('out'); sys.stdout.buffer.write(b'\\xff'); raise ValueError('Unable to import backend : theano')"
    )
    assert ended.returncode == 1
    assert ended.stdout == b"out\n\xff"
    assert b"kerlint: the program ended with exit code 1\n\nThe cause (line " in ended.stderr


def test_the_exit_code_is_kept() -> None:
    ended = python("import sys; sys.exit(37)")
    assert ended.returncode == 37
    assert b"No line here that kerlint knows" in ended.stderr


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_signal_is_explained_as_a_shell_would_say_it() -> None:
    ended = python("import os; os.kill(os.getpid(), 4)")
    assert ended.returncode == 128 + 4
    assert b"was ended by SIGILL" in ended.stderr
    assert b"AVX" in ended.stderr


def test_arguments_reach_the_program_as_they_are() -> None:
    ended = kerlint(
        sys.executable, "-c", "import sys; print(sys.argv[1:])", "$HOME", "--format", "a b"
    )
    assert ended.stdout.strip() == b"['$HOME', '--format', 'a b']"


@pytest.mark.skipif(os.name != "posix", reason="process groups of POSIX")
def test_output_comes_through_at_once() -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    code = "import time; print('first'); time.sleep(30)"
    argv = [
        sys.executable,
        "-m",
        "kerlint",
        "explain",
        "--command",
        "--",
        sys.executable,
        "-c",
        code,
    ]
    with subprocess.Popen(
        argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"first\n"
        child.terminate()
        child.communicate(timeout=30)
        assert child.returncode == 128 + 15
