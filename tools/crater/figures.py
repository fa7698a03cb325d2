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


def mean_recall(packages: Iterable[Iterable[Verdict]]) -> float | None:
    """The mean over the packages in which something is missing."""
    recalls = [figures(verdicts).recall for verdicts in packages]
    known = [recall for recall in recalls if recall is not None]
    return sum(known) / len(known) if known else None
