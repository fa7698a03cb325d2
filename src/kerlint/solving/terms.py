"""Sets of releases as ints.

Bit i + 1 stands for the i-th release in ascending order, bit 0 for "not installed". So a set and
its complement are both plain ints, and a term needs no sign: "not numpy<2" is the set of all other
releases together with bit 0.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ABSENT = 1
"""Only "not installed"."""

YES = 2
"""The second value of an extra, which is a package with a single release."""


def every(count: int) -> int:
    """All of `count` releases, and absence."""
    return (1 << (count + 1)) - 1


def highest(mask: int) -> int:
    """The newest release in a set that is not empty, as a set of one."""
    return 1 << (mask.bit_length() - 1)


def lowest(mask: int) -> int:
    """The oldest release in a set that is not empty, as a set of one."""
    return mask & -mask


def position(bit: int) -> int:
    """The index of the release that a set of one stands for."""
    return bit.bit_length() - 2


def is_single(mask: int) -> bool:
    return mask & (mask - 1) == 0


def positions(mask: int) -> Iterator[int]:
    """The indexes of the releases in a set, ascending; absence is passed over."""
    mask >>= 1
    while mask:
        bit = mask & -mask
        yield bit.bit_length() - 1
        mask ^= bit


def runs(mask: int, among: int) -> list[tuple[int, int]]:
    """First and last index of each stretch of `mask` that no other member of `among` interrupts."""
    found: list[tuple[int, int]] = []
    whole = False
    for index in positions(among | mask):
        if not mask >> (index + 1) & 1:
            whole = False
        elif whole:
            found[-1] = (found[-1][0], index)
        else:
            found.append((index, index))
            whole = True
    return found


def in_words(mask: int, among: int, versions: Sequence[str]) -> str:
    """`2.15.0 to 2.15.1`; stretches are those of the releases `among`."""
    told = [
        versions[first] if first == last else f"{versions[first]} to {versions[last]}"
        for first, last in runs(mask, among)
    ]
    if len(told) > 3:
        count = sum(1 for _ in positions(mask))
        indexes = list(positions(mask))
        return f"{versions[indexes[0]]} to {versions[indexes[-1]]} ({count} releases)"
    return ", ".join(told)
