"""How the data files write states and stretches of releases; shared with the packer.

A *profile* says what something was in which releases of its axis, e.g. `c3-17,20;H21-94`: a class
in the releases 3 to 17 and 20, a module in 21 to 94 (numbers are places on the axis, from 0).
The letter is the state:

    c class, f function, v constant
    A to H  module; the place in the alphabet is the sum of 1 (can be imported by its name),
            2 (is an attribute of its parent after a plain import), 4 (may hold unseen names)
    m method, p property, a attribute (of a class)

A *timeline* has the same shape with numbers for letters: `12:3-17;40:18-94`.
"""

from __future__ import annotations

MODULE = frozenset("ABCDEFGH")
IMPORTABLE = frozenset("BDFH")
ATTRIBUTE = frozenset("CDGH")
OPEN = frozenset("EFGH")

KINDS = {
    "c": "class",
    "f": "function",
    "v": "constant",
    **dict.fromkeys(MODULE, "module"),
    "m": "method",
    "p": "property",
    "a": "attribute",
}


def within(runs: str, index: int) -> bool:
    """Whether the place `index` lies in one of `runs`, e.g. `3-17,20`."""
    for run in runs.split(","):
        first, _, last = run.partition("-")
        if int(first) <= index <= int(last or first):
            return True
    return False


def state_at(profile: str, index: int) -> str:
    """The state at a place of the axis, "" where there is none."""
    for part in profile.split(";"):
        if within(part[1:], index):
            return part[0]
    return ""


def value_at(timeline: str, index: int) -> int:
    """The number at a place of the axis, -1 where there is none."""
    for part in timeline.split(";"):
        value, _, runs = part.partition(":")
        if runs and within(runs, index):
            return int(value)
    return -1


def mask_of(runs: str) -> int:
    """The places as bits: bit n is place n."""
    mask = 0
    for run in runs.split(","):
        first, _, last = run.partition("-")
        low, high = int(first), int(last or first)
        mask |= (1 << high + 1) - (1 << low)
    return mask


def profile_mask(profile: str) -> int:
    """All places where the profile has a state."""
    mask = 0
    for part in profile.split(";"):
        if part:
            mask |= mask_of(part[1:])
    return mask


def runs_of(mask: int) -> list[tuple[int, int]]:
    """The stretches of set bits: first and last place of each, ascending."""
    runs = []
    place = 0
    while mask:
        skip = (mask & -mask).bit_length() - 1
        mask >>= skip
        place += skip
        length = (~mask & (mask + 1)).bit_length() - 1
        runs.append((place, place + length - 1))
        mask >>= length
        place += length
    return runs
