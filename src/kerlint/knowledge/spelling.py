"""Which name may have been meant. Used in messages only."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def closest(word: str, pool: Iterable[str]) -> str | None:
    """The word of `pool` that is nearest to `word`, or None if none is near.

    Near: equal but for case and underscores, or at most one edit (two from eight letters on,
    three from fourteen on). Among equals the first in the alphabet wins.
    """
    plain = _plain(word)
    limit = 1 if len(word) < 8 else 2 if len(word) < 14 else 3
    if len(word) < 3:
        limit = 0
    best: tuple[int, int, str] | None = None
    for other in pool:
        if other == word or (other[0] == "_" and word[0] != "_"):
            continue
        if _plain(other) == plain:
            rank = (0, 0, other)
        elif abs(len(other) - len(word)) <= limit:
            distance = edits(word.lower(), other.lower(), limit)
            if distance > limit:
                continue
            rank = (1, distance, other)
        else:
            continue
        if best is None or rank < best:
            best = rank
    return best[2] if best else None


def _plain(word: str) -> str:
    return word.replace("_", "").lower()


def edits(left: str, right: str, limit: int) -> int:
    """How many letters must be put in, taken out, changed or swapped with their neighbour.

    Gives up with `limit + 1` as soon as it is more than `limit`.
    """
    before: list[int] = []
    previous = list(range(len(right) + 1))
    for row, a in enumerate(left, 1):
        current = [row]
        for column, b in enumerate(right, 1):
            cost = min(
                previous[column] + 1,
                current[column - 1] + 1,
                previous[column - 1] + (a != b),
            )
            if row > 1 and column > 1 and a == right[column - 2] and left[row - 2] == b:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) > limit:
            return limit + 1
        before, previous = previous, current
    return previous[-1]
