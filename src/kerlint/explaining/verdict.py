"""The one cause among the lines that were recognised.

What ended the program counts first: the last chain of tracebacks, and in it the earliest message
that is a cause. A follower is led back to the first message before it that it may follow from, or
else to one soon after it. A follower whose reason nobody knows is no cause: the exception is quoted.
Where nothing ended the program, the first cause is told: a GPU that is silently not used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.explaining.reading import TAIL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kerlint.explaining.messages import Message
    from kerlint.explaining.reading import Line, Seen


class Explanation:
    """What a log says.

    `lines`      the lines that were recognised, in order, one for each harmless message
    `counts`     how often each message came, by id
    `read`       how many lines were looked at
    `cause_line` the line that everything else follows from; None for none
    `followers`  lines that follow from it
    `others`     further causes
    `harmless`   lines that mean nothing, one for each message
    `unknown`    the exception that ended the program, where the table does not have it
    """

    def __init__(self, seen: Seen) -> None:
        self.counts = seen.counts
        self.read = seen.read
        self.lines = [line for line in seen.lines if line.message is not None]
        self.cause_line: Line | None = None
        self.followers: list[Line] = []
        self.others: list[Line] = []
        self.harmless: list[Line] = []
        self.unknown: Line | None = None

    @property
    def cause(self) -> Message | None:
        """What is wrong; None where nothing that kerlint knows is."""
        return self.cause_line.message if self.cause_line is not None else None


def judge(seen: Seen, *, gpu: bool = False) -> Explanation:
    """Choose the cause. `gpu`: a GPU is wanted, so that its absence is one."""
    found = Explanation(seen)
    serious = [line for line in found.lines if _kind(line, gpu) != "harmless"]
    found.harmless = [line for line in found.lines if _kind(line, gpu) == "harmless"]
    found.unknown = _unknown(seen.lines)
    cause = _cause(serious, gpu)
    if cause is None:
        found.unknown = found.unknown or seen.loose
        return found
    told: set[str] = set()
    if _kind(cause, gpu) == "follower" and (reason := _before(cause, seen.lines)) is not None:
        found.unknown = reason
    else:
        found.cause_line = cause
        told.add(_id(cause))
    for line in serious:
        if _id(line) in told:
            continue
        told.add(_id(line))
        follows = _kind(line, gpu) == "follower" or _id(_root(line, serious)) == _id(cause)
        (found.followers if follows else found.others).append(line)
    return found


def _cause(serious: Sequence[Line], gpu: bool) -> Line | None:
    fatal = [line for line in serious if _message(line).stops]
    if not fatal:
        causes = [line for line in serious if _kind(line, gpu) == "cause"]
        return _root(causes[0], serious) if causes else _first_root(serious)
    last = fatal[-1]
    chain = [line for line in fatal if line.chain == last.chain] if last.chain else [last]
    causes = [line for line in chain if _kind(line, gpu) == "cause"]
    return _root(causes[0], serious) if causes else _root(chain[0], serious)


def _first_root(serious: Sequence[Line]) -> Line | None:
    return _root(serious[0], serious) if serious else None


def _root(line: Line, serious: Sequence[Line]) -> Line:
    """Where a line leads back to, by what it may follow from."""
    passed = {_id(line)}
    while True:
        named = [
            one for one in serious if _id(one) in _message(line).follows and _id(one) not in passed
        ]
        before = [one for one in named if one.number < line.number]
        soon = [one for one in named if line.number < one.number <= line.number + TAIL]
        if not before and not soon:
            return line
        line = (before or soon)[0]
        passed.add(_id(line))


def _unknown(lines: Iterable[Line]) -> Line | None:
    """The last exception of the last chain, if nothing of that chain is known."""
    exceptions = [line for line in lines if line.chain]
    if not exceptions or exceptions[-1].message is not None:
        return None
    last = exceptions[-1]
    if any(line.message is not None for line in exceptions if line.chain == last.chain):
        return None
    return last


def _before(follower: Line, lines: Iterable[Line]) -> Line | None:
    """The first exception of its chain that it came after, where the table does not have it."""
    exceptions = [one for one in lines if one.message is None and one.chain == follower.chain != 0]
    return exceptions[0] if exceptions and exceptions[0].number < follower.number else None


def _kind(line: Line, gpu: bool) -> str:
    message = _message(line)
    return "cause" if gpu and message.gpu else message.kind


def _message(line: Line) -> Message:
    assert line.message is not None
    return line.message


def _id(line: Line) -> str:
    return _message(line).id
