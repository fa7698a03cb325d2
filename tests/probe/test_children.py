"""Children that crash, hang, flood or leave others behind end in a record, within the limit."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from kerlint.probe.children import KEPT, Ended, run

posix = pytest.mark.skipif(os.name != "posix", reason="signals and process groups of POSIX")


def child(folder: Path, code: str, seconds: float = 30, data: bytes = b"") -> Ended:
    return run(
        [sys.executable, "-I", "-S", "-c", code],
        environment=os.environ,
        folder=str(folder),
        seconds=seconds,
        data=data,
    )


def test_a_child_that_ends_well(tmp_path: Path) -> None:
    code = "import sys; print(sys.stdin.read()); print('grim', file=sys.stderr); sys.exit(3)"
    ended = child(tmp_path, code, data=b"hello")
    assert (ended.returncode, ended.signal, ended.timed_out, ended.error) == (3, None, False, "")
    assert "hello" in ended.output
    assert "grim" in ended.output
    assert not ended.left_behind


def test_a_program_that_is_not_there(tmp_path: Path) -> None:
    ended = run([str(tmp_path / "no")], environment={}, folder=str(tmp_path), seconds=1)
    assert ended.error
    assert ended.returncode is None


@posix
def test_a_crash_is_told_by_its_signal(tmp_path: Path) -> None:
    ended = child(tmp_path, "import os; os.kill(os.getpid(), 11)")
    assert (ended.signal, ended.returncode, ended.timed_out) == (11, None, False)


def test_a_hang_is_ended(tmp_path: Path) -> None:
    ended = child(tmp_path, "print('before', flush=True)\nwhile True: pass", seconds=1)
    assert ended.timed_out
    assert ended.signal is None
    assert "before" in ended.output


@posix
def test_one_that_does_not_listen_is_ended_too(tmp_path: Path) -> None:
    code = "import signal, time; signal.signal(15, signal.SIG_IGN)\nwhile True: time.sleep(1)"
    assert child(tmp_path, code, seconds=1).timed_out


def test_a_flood_is_kept_in_bounds(tmp_path: Path) -> None:
    code = "import sys\nprint('first')\nfor _ in range(500): sys.stdout.write('x' * 10_000)\nprint('last')"
    ended = child(tmp_path, code)
    assert ended.output_bytes > 5_000_000
    assert len(ended.output) < KEPT + 100
    assert ended.output.startswith("first")
    assert ended.output.rstrip().endswith("last")


@posix
def test_a_grandchild_that_keeps_the_output_open(tmp_path: Path) -> None:
    code = (
        "import subprocess, sys\n"
        "print('done', flush=True)\n"
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])"
    )
    ended = child(tmp_path, code)
    assert ended.left_behind
    assert ended.returncode == 0
    assert "done" in ended.output
