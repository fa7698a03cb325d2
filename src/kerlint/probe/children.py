"""Start a program that may crash, hang, flood its output or leave processes behind.

Whatever it does, `run` returns within its time limit and a moment, has kept a bounded piece of
its output, and has ended its process group; on Linux, where a guard stands in between (`guard`),
everything that it started; on macOS whatever carries its mark. No shell is involved.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from kerlint.probe.process import GRACE, Ended, Report, run_process

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MARK = "KERLINT_CHILD"
"""A variable of guarded children, with a value that no other process has."""


def run(
    argv: Sequence[str],
    *,
    environment: Mapping[str, str],
    folder: str,
    seconds: float,
    data: bytes = b"",
    guard: str = "",
) -> Ended:
    """Run `argv` in `folder` with exactly this environment, `data` on its standard input.

    `guard`  the program of the guard, "" for none
    """
    if guard and sys.platform == "linux" and sys.executable:
        ended = _guarded(guard, argv, environment, folder, seconds, data)
        if ended is not None:
            return ended
    if sys.platform != "darwin":
        return run_process(argv, environment, folder, seconds, data)
    mark = secrets.token_hex(16)
    try:
        return run_process(argv, {**environment, MARK: mark}, folder, seconds, data)
    finally:
        _kill_marked(f"{MARK}={mark}")


def _guarded(
    guard: str,
    argv: Sequence[str],
    environment: Mapping[str, str],
    folder: str,
    seconds: float,
    data: bytes,
) -> Ended | None:
    """As `run`, by a guard; None where the guard could not be started."""
    value = secrets.token_hex(16)
    report = Report()
    words = [sys.executable, "-I", "-S", "-c", guard, str(report.end), repr(seconds), *argv]
    try:
        marked = {**environment, MARK: value}
        ended = run_process(words, marked, folder, seconds + 4 * GRACE, data, report)
        said = report.lines()
    finally:
        report.close()
    if said is None:  # ended from here
        return ended._replace(timed_out=True, returncode=None, signal=None)
    return _told(ended, said, f"{MARK}={value}")


def _told(ended: Ended, said: Sequence[str], mark: str) -> Ended | None:
    """What the guard saw; where it was ended itself, that it was, and nobody is left."""
    facts = dict(line.partition(" ")[::2] for line in said)
    if "started" not in facts:
        return None
    if "error" in facts:
        return Ended(error=facts["error"])
    left = tuple(line[5:] for line in said if line.startswith("left "))
    if not {"timed-out", "signal", "ended"} & set(facts):
        _kill_marked(mark)
        return ended
    return ended._replace(
        returncode=int(facts["ended"]) if "ended" in facts else None,
        signal=int(facts["signal"]) if "signal" in facts else None,
        timed_out="timed-out" in facts,
        left_behind=bool(left),
        left=left,
    )


def _kill_marked(mark: str) -> None:
    """End the processes whose environment carries the mark: no guard is there any more to do so."""
    ends = time.monotonic() + GRACE
    while time.monotonic() < ends:
        found = _marked(mark.encode())
        if not found:
            return
        for process in found:
            with contextlib.suppress(OSError):
                os.kill(process, signal.SIGKILL)
        time.sleep(0.01)


def _marked(mark: bytes) -> list[int]:
    """Numbers of the processes that carry the mark."""
    if sys.platform == "darwin":
        return _listed(mark)
    found = []
    names = os.listdir("/proc") if os.path.isdir("/proc") else []
    for name in names:
        with contextlib.suppress(OSError), open(f"/proc/{name}/environ", "rb") as file:
            if mark in file.read().split(b"\0") and name.isdigit():
                found.append(int(name))
    return found


PS = ("/bin/ps", "-axEww", "-o", "pid=,command=")
"""How macOS lists processes with their environments: https://ss64.com/mac/ps.html."""


def _listed(mark: bytes) -> list[int]:
    """The same where there is no /proc; none where the list cannot be had."""
    try:
        said = subprocess.run(PS, capture_output=True, timeout=GRACE, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return []
    words = (line.split() for line in said.splitlines())
    return [int(line[0]) for line in words if mark in line and line[0].isdigit()]
