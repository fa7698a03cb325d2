"""Run a command and say what it cost; run several so that they share good and bad moments."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple


class Command(NamedTuple):
    """What to run, where, and the exit codes that mean it did its work."""

    words: tuple[str, ...]
    folder: Path
    good: tuple[int, ...] = (0, 1)


class Reading(NamedTuple):
    """One run: CPU and wall seconds of the process and all its children, peak memory in bytes.

    The peak is that of the largest single process.
    """

    cpu: float
    wall: float
    peak: int


class Result(NamedTuple):
    """The runs of one command."""

    readings: tuple[Reading, ...]

    @property
    def cpu(self) -> float:
        """Median CPU seconds, user and system together."""
        return statistics.median(one.cpu for one in self.readings)

    @property
    def wall(self) -> float:
        return statistics.median(one.wall for one in self.readings)

    @property
    def peak(self) -> int:
        return max(one.peak for one in self.readings)

    @property
    def spread(self) -> tuple[float, float]:
        """Least and most CPU seconds."""
        return min(one.cpu for one in self.readings), max(one.cpu for one in self.readings)


class Failed(Exception):
    """A measured command did not do its work; the text is its output."""


def run(command: Command) -> Reading:
    """Run once, output thrown away. Raises Failed for an exit code that is not a good one."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": os.environ.get("HOME", "/"),
        "LC_ALL": "C.UTF-8",
    }
    start = time.perf_counter()
    process = subprocess.Popen(
        command.words,
        cwd=command.folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in command.good:
        raise Failed(f"exit code {process.returncode}: {_output(command, environment)}")
    unit = 1 if sys.platform == "darwin" else 1024  # macOS counts bytes, Linux KiB
    return Reading(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * unit)


def _output(command: Command, environment: dict[str, str]) -> str:
    again = subprocess.run(
        command.words, cwd=command.folder, env=environment, capture_output=True, text=True
    )
    return f"{' '.join(command.words[:6])} ...\n{(again.stdout + again.stderr)[-2000:]}"


def interleaved(
    commands: dict[str, Command], runs: int, budget: float, said: Callable[[str], None]
) -> dict[str, Result]:
    """Run every command, then every command again, up to `runs` times.

    A command that has used `budget` CPU seconds is not run again, so slow ones have fewer runs.
    """
    readings: dict[str, list[Reading]] = {name: [] for name in commands}
    for turn in range(runs):
        for name, command in commands.items():
            spent = sum(one.cpu for one in readings[name])
            if turn and spent + spent / turn > budget:
                continue
            said(f"{name}, run {turn + 1}")
            readings[name].append(run(command))
    return {name: Result(tuple(found)) for name, found in readings.items()}


def warm(files: Sequence[Path]) -> None:
    """Read every file once, so that nobody pays for the disk."""
    for path in files:
        path.read_bytes()
