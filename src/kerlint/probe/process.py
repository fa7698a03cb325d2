"""One process: started, fed, read within bounds, ended in time. No shell is involved."""

from __future__ import annotations

import contextlib
import os
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


class Report:
    """A pipe by which a guard says what happens. When it is closed here, the guard ends everything.

    `end`  the file descriptor that the guard writes to
    """

    def __init__(self) -> None:
        self._read, self.end = os.pipe()

    def hand_over(self) -> None:
        """Leave the writing to the guard, which has inherited its end."""
        os.close(self.end)

    def lines(self) -> list[str] | None:
        """What was said so far; None after it was closed."""
        if self._read < 0:
            return None
        os.set_blocking(self._read, False)
        try:
            return os.read(self._read, 65536).decode("utf-8", "replace").splitlines()
        except OSError:
            return []

    def close(self) -> None:
        """Listen no more."""
        descriptor, self._read = self._read, -1
        if descriptor >= 0:
            os.close(descriptor)


_running: dict[int, tuple[subprocess.Popen[bytes], Report | None]] = {}
"""The processes that threads wait for now, by their number."""


def end_all() -> None:
    """End every process that runs now, whichever thread waits for it."""
    for child, report in list(_running.values()):
        _stop(child, report)


def run_process(
    argv: Sequence[str],
    environment: Mapping[str, str],
    folder: str,
    seconds: float,
    data: bytes,
    report: Report | None = None,
) -> Ended:
    """Run `argv`. `report`: it is a guard, and this is how it speaks."""
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
            pass_fds=() if report is None else (report.end,),
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
    except (OSError, ValueError) as error:
        return Ended(error=getattr(error, "strerror", None) or str(error))
    finally:
        if report is not None:
            report.hand_over()
    assert child.stdin is not None
    assert child.stdout is not None
    _running[child.pid] = child, report
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
        _end(child, report)
    except BaseException:
        _end(child, report)
        raise
    finally:
        _running.pop(child.pid, None)
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


def _stop(child: subprocess.Popen[bytes], report: Report | None) -> None:
    """Have it ended, without waiting for it."""
    if report is not None:
        report.close()
    else:
        _kill_group(child)
        with contextlib.suppress(OSError):
            child.kill()


def _end(child: subprocess.Popen[bytes], report: Report | None) -> None:
    """Ask the child to end, then end it. A guard needs to hear no more than that nobody listens."""
    if report is not None:
        report.close()
    elif sys.platform == "win32":
        _kill_group(child)
    else:
        with contextlib.suppress(OSError):
            os.killpg(child.pid, signal.SIGTERM)
    try:
        child.wait(GRACE if report is None else 3 * GRACE)
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
