"""How the command ends: at once, with nothing lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.support import CLEAN, LATE, Kerlint, environment

SEEN = """
import os, sys
end = os._exit
def at_once(code):
    os.write(1, b"at once")
    end(code)
os._exit = at_once
{before}
from kerlint.cli import command
sys.exit(command())
"""
"""The command, where it shows if it ends the process itself."""


def _end(kerlint: Kerlint, before: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", SEEN.format(before=before), "."],
        cwd=kerlint.folder,
        env=environment(kerlint.folder),
        capture_output=True,
        text=True,
    )


def test_the_process_ends_at_once(kerlint: Kerlint) -> None:
    kerlint.write("late.py", LATE)
    done = _end(kerlint)
    assert done.returncode == 1
    assert "Found 1 error in 1 file." in done.stdout
    assert done.stdout.endswith("at once")


@pytest.mark.parametrize(
    "before",
    [
        "import atexit; atexit.register(print, 'waited for')",
        "sys.setprofile(lambda *seen: None)",
        "sys.settrace(lambda *seen: None)",
    ],
)
def test_whoever_waits_for_the_end_sees_it(kerlint: Kerlint, before: str) -> None:
    kerlint.write("clean.py", CLEAN)
    done = _end(kerlint, before)
    assert done.returncode == 0
    assert "at once" not in done.stdout
    assert ("waited for" in done.stdout) is ("atexit" in before)


def test_a_long_report_comes_through_a_pipe_whole(kerlint: Kerlint) -> None:
    for number in range(400):
        kerlint.write(f"late{number}.py", LATE)
    done = subprocess.run(
        [sys.executable, "-m", "kerlint", "."],
        cwd=kerlint.folder,
        env=environment(kerlint.folder),
        capture_output=True,
    )
    assert done.returncode == 1
    assert len(done.stdout) > 100_000
    assert done.stdout.endswith(b"Found 400 errors in 400 files.\n")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device of Linux")
def test_a_full_disk_is_no_fault_of_kerlint(kerlint: Kerlint) -> None:
    kerlint.write("late.py", LATE)
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kerlint", "."],
            cwd=kerlint.folder,
            env=environment(kerlint.folder),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert done.returncode == 2
    assert done.stderr == (
        "kerlint: error: the report could not be written: there is no space left for it\n"
    )
