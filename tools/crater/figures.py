"""Recall and precision from verdicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from tools.crater.comparing import Verdict

GROUPS = ("names", "arguments", "methods")
WRONG = ("false", "twice")


class Figures(NamedTuple):
    """How many places had each outcome."""

    hits: int
    misses: int
    wrong: int
    unseen: int
    unclear: int
    guarded: int

    @property
    def recall(self) -> float | None:
        """Hits among what is missing; None where nothing is."""
        return _part(self.hits, self.misses)

    @property
    def precision(self) -> float | None:
        """True among what kerlint says and execution can judge; None where there is nothing."""
        return _part(self.hits + self.unseen, self.wrong)


def _part(good: int, bad: int) -> float | None:
    return good / (good + bad) if good + bad else None


def figures(verdicts: Iterable[Verdict], groups: Iterable[str] = GROUPS) -> Figures:
    """The figures of verdicts of these groups."""
    wanted = frozenset(groups)
    count = Counter(verdict.outcome for verdict in verdicts if verdict.group in wanted)
    return Figures(
        count["hit"],
        count["miss"],
        sum(count[outcome] for outcome in WRONG),
        count["unseen"],
        count["unclear"],
        count["guarded"],
    )


def means(packages: Iterable[Iterable[Verdict]]) -> tuple[float | None, float | None]:
    """Recall and precision, each as the mean over the packages that have one."""
    of_each = [figures(verdicts) for verdicts in packages]
    return _mean(one.recall for one in of_each), _mean(one.precision for one in of_each)


def _mean(parts: Iterable[float | None]) -> float | None:
    known = [part for part in parts if part is not None]
    return sum(known) / len(known) if known else None
