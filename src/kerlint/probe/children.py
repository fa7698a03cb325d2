"""Start a program that may crash, hang, flood its output or leave processes behind.

Whatever it does, `run` returns within its time limit and a moment, has kept a bounded piece of
its output, and has ended its process group; on Linux, where a guard stands in between (`guard`),
everything that it started. No shell is involved.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import subprocess
import sys
import threading
import time
from typing import IO, TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

KEPT = 64_000
"""Bytes of output that are kept, half of them from its beginning, half from its end."""

GRACE = 2.0
"""Seconds between the request to end (SIGTERM) and the end (SIGKILL)."""

MARK = "KERLINT_CHILD"
"""A variable of guarded children, with a value that no other process has."""

AFTERMATH = 0.5
"""Seconds that the output may stay open after the child has ended: longer, and somebody whom it
started still holds it."""


class Ended(NamedTuple):
    """How a child ended.

    `error`        why it could not be started, else ""
    `returncode`   of the child itself; None where it was ended by a signal, or from here
    `signal`       number of the signal that ended it (not the ones sent from here)
    `timed_out`    it was ended from here
    `seconds`      wall time
    `output`       standard output and error together, decoded, `KEPT` bytes of it at most
    `output_bytes` how much it wrote in all, as far as it was read
    `left_behind`  a process that it started outlived it
    `left`         names of such processes, as far as they are known
    """

    error: str = ""
    returncode: int | None = None
    signal: int | None = None
    timed_out: bool = False
    seconds: float = 0.0
    output: str = ""
    output_bytes: int = 0
    left_behind: bool = False
    left: tuple[str, ...] = ()


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
    return _run(argv, environment, folder, seconds, data)


def _guarded(
    guard: str,
    argv: Sequence[str],
    environment: Mapping[str, str],
    folder: str,
    seconds: float,
    data: bytes,
) -> Ended | None:
    """As `run`, by a guard; None where the guard could not be started."""
    mark = f"{MARK}={secrets.token_hex(16)}"
    report, end = os.pipe()
    words = [sys.executable, "-I", "-S", "-c", guard, str(end), repr(seconds), *argv]
    marked = {**environment, MARK: mark.partition("=")[2]}
    try:
        ended = _run(words, marked, folder, seconds + 4 * GRACE, data, end)
        os.set_blocking(report, False)
        with contextlib.suppress(OSError):
            said = os.read(report, 65536).decode("utf-8", "replace").splitlines()
            return _told(ended, said, mark)
        return None
    finally:
        os.close(report)


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
    """End the processes whose environment carries the mark: the guard was killed by one of them."""
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
    found = []
    names = os.listdir("/proc") if os.path.isdir("/proc") else []
    for name in names:
        with contextlib.suppress(OSError), open(f"/proc/{name}/environ", "rb") as file:
            if mark in file.read().split(b"\0") and name.isdigit():
                found.append(int(name))
    return found


def _run(
    argv: Sequence[str],
    environment: Mapping[str, str],
    folder: str,
    seconds: float,
    data: bytes,
    report: int = -1,
) -> Ended:
    """`report`: a file descriptor that the program inherits, and that is closed here; -1 for none."""
    started = time.monotonic()
    try:
        child = subprocess.Popen(
            argv,
            env=dict(environment),
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=sys.platform != "win32",
            pass_fds=() if report < 0 else (report,),
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
    except (OSError, ValueError) as error:
        return Ended(error=getattr(error, "strerror", None) or str(error))
    finally:
        if report >= 0:
            os.close(report)
    assert child.stdin is not None
    assert child.stdout is not None
    kept = _Kept()
    reader = threading.Thread(target=kept.read, args=(child.stdout,), daemon=True)
    writer = threading.Thread(target=_feed, args=(child.stdin, data), daemon=True)
    reader.start()
    writer.start()
    timed_out = False
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        timed_out = True
        _end(child)
    except BaseException:
        _end(child)
        raise
    reader.join(AFTERMATH)
    left_behind = reader.is_alive()
    _kill_group(child)
    if left_behind:
        reader.join(AFTERMATH)
    code = child.returncode
    return Ended(
        returncode=None if timed_out or code is None or code < 0 else code,
        signal=-code if not timed_out and code is not None and code < 0 else None,
        timed_out=timed_out,
        seconds=round(time.monotonic() - started, 3),
        output=kept.text(),
        output_bytes=kept.total,
        left_behind=left_behind and not timed_out,
    )


class _Kept:
    """The beginning and the end of a stream of any length."""

    def __init__(self) -> None:
        self._head = b""
        self._tail = b""
        self.total = 0

    def read(self, stream: IO[bytes]) -> None:
        """Read to the end, however late somebody who still holds the stream lets go of it."""
        with contextlib.suppress(OSError, ValueError), stream:
            while piece := os.read(stream.fileno(), 65536):
                self.total += len(piece)
                room = KEPT // 2 - len(self._head)
                if room > 0:
                    self._head += piece[:room]
                    piece = piece[room:]
                self._tail = (self._tail + piece)[-KEPT // 2 :]

    def text(self) -> str:
        cut = self.total - len(self._head) - len(self._tail)
        middle = f"\n... {cut} bytes left out ...\n".encode() if cut > 0 else b""
        return (self._head + middle + self._tail).decode("utf-8", "replace")


def _feed(stream: IO[bytes], data: bytes) -> None:
    with contextlib.suppress(OSError, ValueError):
        if data:
            stream.write(data)
        stream.close()


def _end(child: subprocess.Popen[bytes]) -> None:
    """Ask the child to end, then end it."""
    if sys.platform == "win32":
        _kill_group(child)
    else:
        with contextlib.suppress(OSError):
            os.killpg(child.pid, signal.SIGTERM)
    try:
        child.wait(GRACE)
    except subprocess.TimeoutExpired:
        _kill_group(child)
        child.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(GRACE)


def _kill_group(child: subprocess.Popen[bytes]) -> None:
    """End whatever is left of the child's group."""
    if sys.platform == "win32":
        if child.poll() is None:
            subprocess.run(
                ["taskkill", "/T", "/F", "/PID", str(child.pid)],
                capture_output=True,
                check=False,
            )
        return
    with contextlib.suppress(OSError):
        os.killpg(child.pid, signal.SIGKILL)
