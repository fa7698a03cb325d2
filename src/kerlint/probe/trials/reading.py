"""What a child recorded, and how it ended, to a Trial. The file is believed line by line, and
only lines with the nonce: the frameworks ran in the same process and could have written there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kerlint.probe.trial_observations import Trial, TrialStep

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kerlint.probe.process import Ended
    from kerlint.probe.trials.choosing import Subject

LIMIT = 2_000_000
"""Bytes of a result file that are read."""

KEPT = 8000
"""Characters of the output that are kept in a Trial."""

STACKS = ("Fatal Python error", "Timeout (", "Current thread", "Thread 0x")
"""How what faulthandler writes begins."""

SIGXCPU = 24
"""The process used up the computing time that it may use: a hang that computes."""

CRASHES = range(0xC0000000, 0xD0000000)
"""Exit codes by which Windows says that a process crashed (NTSTATUS of severity error)."""


def trial_of(subject: Subject, ended: Ended, path: Path, nonce: str) -> Trial:
    """The Trial of a child that has ended."""
    trial = Trial(
        subject=subject.name,
        backend=subject.backend,
        returncode=ended.returncode,
        signal=ended.signal,
        seconds=ended.seconds,
        output=_kept(ended.output) if ended.returncode is None else ended.output[-KEPT:],
        output_bytes=ended.output_bytes,
        left_behind=ended.left_behind,
        left=list(ended.left),
    )
    complete = _take(trial, _lines(path, nonce))
    if ended.error:
        trial.ended, trial.error = "not-run", ended.error
    elif ended.timed_out or ended.signal == SIGXCPU:
        trial.ended = "timed-out"
    elif ended.signal is not None or (ended.returncode or 0) % 2**32 in CRASHES:
        trial.ended = "crashed"
    elif complete is None:
        trial.ended = "no-result"
    else:
        trial.ended = "failed" if complete else "well"
    if trial.ended in ("crashed", "timed-out") and not trial.traceback:
        trial.traceback = _stacks(ended.output)
    if trial.ended == "no-result" and not trial.error:
        _take_traceback(trial, ended.output)
    return trial


def _lines(path: Path, nonce: str) -> Iterator[dict[str, Any]]:
    try:
        with path.open("rb") as file:
            data = file.read(LIMIT)
    except OSError:
        return
    for line in data.split(b"\n"):
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict) and found.get("nonce") == nonce:
            yield found


def _take(trial: Trial, lines: Iterator[dict[str, Any]]) -> bool | None:
    """Put the lines into the trial. True: the child came to its end, with a failure on the way;
    False: without one; None: it did not come to its end."""
    complete = None
    for line in lines:
        if isinstance(begun := line.get("begin"), str):
            trial.last_step = begun
        if isinstance(line.get("step"), str):
            _take_step(trial, line)
        for name in ("devices", "loaded"):
            if isinstance(line.get(name), list):
                setattr(trial, name, [str(one) for one in line[name]])
        for name in ("backend", "device_of_result"):
            if isinstance(line.get(name), str):
                setattr(trial, name, line[name])
        if line.get("end") is True:
            complete = bool(line.get("failed"))
    return complete


def _take_step(trial: Trial, line: dict[str, Any]) -> None:
    seconds = line.get("seconds")
    step = TrialStep(
        step=line["step"],
        ok=line.get("ok") is True,
        value=str(line.get("value", "")),
        error=str(line.get("error", "")),
        seconds=float(seconds) if isinstance(seconds, (int, float)) else 0.0,
    )
    trial.steps.append(step)
    if not step.ok and not trial.error and line.get("optional") is not True:
        trial.error = _headline(step.error)
        trial.traceback = str(line.get("traceback", ""))


def _take_traceback(trial: Trial, output: str) -> None:
    """Before the first step there is only the output: something broke our own few lines."""
    place = output.rfind("Traceback (most recent call last)")
    if place < 0:
        return
    trial.traceback = output[place:][-6000:]
    ends = [line for line in trial.traceback.splitlines()[1:] if line and not line[0].isspace()]
    trial.error = ends[0] if ends else ""


def _headline(error: str) -> str:
    """The kind of exception and the first line of its message, which may begin with empty ones."""
    lines = [line.strip() for line in error.splitlines() if line.strip()]
    if lines and lines[0].endswith(":") and len(lines) > 1:
        return f"{lines[0]} {lines[1]}"
    return lines[0] if lines else ""


def _stacks(output: str) -> str:
    """What faulthandler wrote: where the threads were."""
    return output[before_stacks(output) :][:6000]


def before_stacks(output: str) -> int:
    """Where the stacks of faulthandler begin; the end of the output where there are none."""
    places = [output.find(mark) for mark in STACKS]
    return min((place for place in places if place >= 0), default=len(output))


def _kept(output: str) -> str:
    """The end of what was said before the stacks, and their beginning: they are long."""
    place = before_stacks(output)
    after = output[place:][: KEPT // 2]
    return output[:place][len(after) - KEPT :] + after
