"""Running a program with the stand-ins: which of its lines ask for what is not there."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any

from tests.names_property.library import Libraries, loaded

PROGRAM = "program:main.py"
MOST_FAULTS = 60


class Unfit(Exception):
    """The program fails for a reason that has nothing to do with the libraries."""


def run(text: str, answers: Sequence[bool] = ()) -> tuple[set[int], set[int]]:
    """The lines whose fault nobody catches, and all lines that ran.

    A fault ends the run; it is forgiven in the next one, until a run comes to the end. `answers`
    is what the calls of `flag()` return, in turn. Raises Unfit.
    """
    code = compile(text, PROGRAM, "exec", dont_inherit=True)
    faults: set[int] = set()
    for _ in range(MOST_FAULTS):
        libraries = Libraries(_place, set(faults))
        lines: set[int] = set()
        try:
            with _installed(libraries), _traced(lines):
                exec(code, _names(libraries, iter(answers)))
        except Exception as error:
            if not libraries.fault or libraries.fault in faults:
                raise Unfit from error
            faults.add(libraries.fault)
        else:
            return faults, lines
    raise Unfit


def _names(libraries: Libraries, answers: Iterator[bool]) -> dict[str, Any]:
    """The names of the program before it runs."""

    def importing(*arguments: Any, **keywords: Any) -> Any:
        try:
            return builtins.__import__(*arguments, **keywords)
        finally:
            libraries.forget()

    names = {**vars(builtins), "__import__": importing}
    return {"__name__": "__main__", "__builtins__": names, "flag": lambda: next(answers, False)}


def _place() -> int:
    frame: FrameType | None = sys._getframe()
    while frame is not None and frame.f_code.co_filename != PROGRAM:
        frame = frame.f_back
    return frame.f_lineno if frame is not None else 0


@contextmanager
def _installed(libraries: Libraries) -> Iterator[None]:
    before = {name: sys.modules.pop(name) for name in loaded()}
    sys.meta_path.insert(0, libraries)
    try:
        yield
    finally:
        sys.meta_path.remove(libraries)
        for name in loaded():
            del sys.modules[name]
        sys.modules.update(before)


@contextmanager
def _traced(lines: set[int]) -> Iterator[None]:
    def inside(frame: FrameType, event: str, _argument: object) -> Any:
        if event == "line":
            lines.add(frame.f_lineno)
        return inside

    def entered(frame: FrameType, _event: str, _argument: object) -> Any:
        return inside if frame.f_code.co_filename == PROGRAM else None

    before = sys.gettrace()
    sys.settrace(entered)
    try:
        yield
    finally:
        sys.settrace(before)
