"""`kerlint explain --command -- PROGRAM ...`: run it, pass its output through, explain a failure."""

from __future__ import annotations

import codecs
import contextlib
import os
import signal
import subprocess
import sys
import threading
from typing import IO, TYPE_CHECKING, BinaryIO

from kerlint.explaining import Reader, judge
from kerlint.failures import Failure

if TYPE_CHECKING:
    from collections.abc import Sequence

AFTERMATH = 2.0
"""Seconds that we wait for output of processes which outlive the program."""

PIECE = 1.0
"""Seconds that we wait at a time for the program's end."""

SHELLS_WORDS = {
    "SIGILL": "Illegal instruction",
    "SIGSEGV": "Segmentation fault",
    "SIGKILL": "Killed",
}
"""What a shell would print of a program that ended so."""


def run_and_explain(command: Sequence[str], form: str, *, gpu: bool) -> int:
    """Run `command` without a shell. Its exit code is returned, or 128 + the signal's number.

    The output goes through byte by byte, as soon as it comes. PYTHONUNBUFFERED is set, since a
    Python program would keep its output back otherwise. What is explained goes to standard error.
    """
    _leave_interrupts_to_the_program()
    try:
        child = subprocess.Popen(
            list(command),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Failure(f"cannot run {command[0]}: {reason}") from None
    _hand_on(child)
    assert child.stdout is not None
    assert child.stderr is not None
    heard = _Heard()
    threads = [
        threading.Thread(target=heard.pass_through, args=pipes, daemon=True)
        for pipes in ((child.stdout, _binary(sys.stdout)), (child.stderr, _binary(sys.stderr)))
    ]
    for thread in threads:
        thread.start()
    code = _wait(child)
    for thread in threads:
        thread.join(AFTERMATH)
    if code == 0:
        return 0
    if code < 0:
        name = signal.Signals(-code).name
        heard.add(f"\n{SHELLS_WORDS.get(name, name)}\n")
    from kerlint.cli.explain import written

    sys.stderr.write("\nkerlint: " + _title(code) + "\n\n")
    sys.stderr.write(written(judge(heard.reader.end(), gpu=gpu), form))
    return code if code > 0 else 128 - code


def _title(code: int) -> str:
    if code > 0:
        return f"the program ended with exit code {code}"
    return f"the program was ended by {signal.Signals(-code).name}"


def _leave_interrupts_to_the_program() -> None:
    """A terminal sends Ctrl-C to the program, too: it decides, and we end when it does."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, lambda number, _: None)


def _hand_on(child: subprocess.Popen[bytes]) -> None:
    """A request to end is the program's: it is handed on, and we end when the program does.

    What nohup has us ignore stays ignored.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, lambda number, _: child.send_signal(number))


def _wait(child: subprocess.Popen[bytes]) -> int:
    """Wait for the end, in pieces: a signal that comes just before a wait is only handled after."""
    while True:
        try:
            return child.wait(PIECE)
        except subprocess.TimeoutExpired:
            continue


class _Heard:
    """What the program wrote on either stream, line by line in the order in which it came."""

    def __init__(self) -> None:
        self.reader = Reader()
        self._lock = threading.Lock()

    def add(self, text: str) -> None:
        with self._lock:
            self.reader.feed(text)

    def pass_through(self, source: IO[bytes], target: BinaryIO | None) -> None:
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        rest = ""
        with contextlib.suppress(OSError, ValueError):
            while piece := os.read(source.fileno(), 65536):
                if target is not None:
                    # Whoever read us may have gone; the program shall not notice.
                    with contextlib.suppress(BrokenPipeError):
                        target.write(piece)
                        target.flush()
                text = rest + decoder.decode(piece)
                # Whole lines, so that the two streams do not cut into each other's.
                end = max(text.rfind("\n"), len(text) - 65536) + 1
                rest = text[end:]
                self.add(text[:end])
        if rest:
            self.add(rest + "\n")


def _binary(stream: IO[str] | None) -> BinaryIO | None:
    if stream is None:
        return None
    stream.flush()
    return getattr(stream, "buffer", None)
