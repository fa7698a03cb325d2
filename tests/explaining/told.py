"""What an explanation says, in a word."""

from __future__ import annotations

from collections.abc import Iterable

from kerlint.explaining import Explanation, Line, explain


def named(found: Explanation) -> str:
    """The id of the cause; "" for none."""
    return found.cause.id if found.cause is not None else ""


def cause(log: str, *, gpu: bool = False) -> str:
    """The id of the cause of a log; "" for none."""
    return named(explain(log, gpu=gpu))


def ids(lines: Iterable[Line]) -> list[str]:
    """Of lines that the table knows."""
    return [one.message.id for one in lines if one.message is not None]
