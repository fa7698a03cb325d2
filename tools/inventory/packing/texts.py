"""The words of the data files: runs, profiles, interned lines, sections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kerlint.knowledge.codes import runs_of
from kerlint.knowledge.store import SECTION


def runs_text(mask: int) -> str:
    """Releases as bits, written as runs: `3-17,20`."""
    return ",".join(
        str(first) if first == last else f"{first}-{last}" for first, last in runs_of(mask)
    )


def profile_text(masks: Mapping[str, int]) -> str:
    """States and their releases, the earliest first."""
    parts = [(mask & -mask, state, mask) for state, mask in masks.items() if mask]
    return ";".join(f"{state}{runs_text(mask)}" for _, state, mask in sorted(parts))


def timeline_text(masks: Mapping[int, int]) -> str:
    """Numbers and their releases, the earliest first."""
    parts = [(mask & -mask, number, mask) for number, mask in masks.items() if mask]
    return ";".join(f"{number}:{runs_text(mask)}" for _, number, mask in sorted(parts))


class Table:
    """Lines that occur often, numbered. The commonest get the shortest numbers."""

    def __init__(self, lines: Iterable[str]) -> None:
        counts: dict[str, int] = {}
        for line in lines:
            counts[line] = counts.get(line, 0) + 1
        self.lines = sorted(counts, key=lambda line: (-counts[line], line))
        self.number = {line: number for number, line in enumerate(self.lines)}

    def __str__(self) -> str:
        return "\n".join(self.lines)


def joined(sections: Iterable[str]) -> bytes:
    """The bytes of a data file. The same sections give the same bytes: no date is in them."""
    return SECTION.join(sections).encode()
