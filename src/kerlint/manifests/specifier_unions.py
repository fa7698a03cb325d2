"""`>=1,<2` or `>=2,<3`: several ranges as one specifier, which PEP 440 can say of neighbours only."""

from __future__ import annotations

import re

from packaging.specifiers import SpecifierSet
from packaging.version import Version

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple
else:
    from collections import namedtuple

if TYPE_CHECKING:

    class Range(NamedTuple):
        """From `low` to `high`; a bound of None is none."""

        low: Version | None
        with_low: bool
        high: Version | None
        with_high: bool

else:
    Range = namedtuple("Range", "low with_low high with_high")

_LOWEST = Version("0.dev0")


def union(specifiers: list[str], python: bool = False) -> str | None:
    """A specifier that admits what one of them admits; None if there is none.

    `python`  whether these are versions of Python
    """
    ranges = []
    for specifier in specifiers:
        found = _range(specifier)
        if found is None:
            return None
        ranges.append(found)
    ranges.sort(key=lambda one: (one.low or _LOWEST, not one.with_low))
    joined = [ranges[0]]
    holes: list[str] = []
    for one in ranges[1:]:
        last = joined[-1]
        if not _touch(last, one):
            between = _between(last, one, python)
            if between is None:
                return None
            holes += between
            joined.append(one)
            continue
        joined[-1] = _hull(last, one)
    return ",".join([*_said(_hull(joined[0], joined[-1])), *holes])


def _range(specifier: str) -> Range | None:
    low, with_low, high, with_high = None, True, None, False
    for clause in SpecifierSet(specifier):
        text = clause.version
        if clause.operator in ("!=", "==="):
            return None
        if text.endswith(".*"):
            bottom = Version(text[:-2])
            pieces = [(">=", bottom), ("<", _after(bottom))]
        elif clause.operator == "~=":
            bottom = Version(text)
            shorter = Version(".".join(map(str, bottom.release[:-1])))
            pieces = [(">=", bottom), ("<", _after(shorter))]
        elif clause.operator == "==":
            pieces = [(">=", Version(text)), ("<=", Version(text))]
        else:
            pieces = [(clause.operator, Version(text))]
        for operator, version in pieces:
            if operator[0] == ">" and (low is None or version >= low):
                low, with_low = version, operator == ">="
            elif operator[0] == "<" and (high is None or version <= high):
                high, with_high = version, operator == "<="
    return Range(low, with_low, high, with_high)


def _after(version: Version) -> Version:
    """The first version that does not begin with this one."""
    *first, last = version.release
    return Version(".".join(map(str, (*first, last + 1))))


def _touch(left: Range, right: Range) -> bool:
    """Whether nothing lies between two ranges of which `left` begins first."""
    if left.high is None or right.low is None:
        return True
    if right.low == left.high:
        return left.with_high or right.with_low
    return right.low < left.high


def _hull(left: Range, right: Range) -> Range:
    if left.high is None or right.high is None:
        high, with_high = None, False
    elif (left.high, left.with_high) >= (right.high, right.with_high):
        high, with_high = left.high, left.with_high
    else:
        high, with_high = right.high, right.with_high
    return Range(left.low, left.with_low, high, with_high)


def _between(left: Range, right: Range, python: bool) -> list[str] | None:
    """`!=3.0.*` and so on for what lies between, if it is a few whole series of one number."""
    high, low = left.high, right.low
    if high is None or low is None or left.with_high or not right.with_low:
        return None
    start, stop = _pair(high), _pair(low)
    if start is None or stop is None:
        return None
    if start[0] == stop[0] and stop[1] - start[1] <= 40:
        return [f"!={start[0]}.{minor}.*" for minor in range(start[1], stop[1])]
    # The last Python 2 is 2.7, and the next one 3.0.
    if python and start in ((2, 8), (3, 0)) and stop[0] == 3 and stop[1] <= 40:
        return [f"!=3.{minor}.*" for minor in range(stop[1])]
    return None


def _pair(version: Version) -> tuple[int, int] | None:
    """Major and minor of a version that has no more."""
    if not re.fullmatch(r"\d+(\.\d+)?(\.0)*", str(version)):
        return None
    first, second, *_ = (*version.release, 0)
    return first, second


def _said(one: Range) -> list[str]:
    if one.low is not None and one.low == one.high:
        return [f"=={one.low}"]
    found = []
    if one.low is not None:
        found.append(f"{'>=' if one.with_low else '>'}{one.low}")
    if one.high is not None:
        found.append(f"{'<=' if one.with_high else '<'}{one.high}")
    return found
