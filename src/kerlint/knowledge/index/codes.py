"""How sets and columns are written in the data file.

releases   `3-17,20` for the releases with these numbers (from 0); "" for none
a column   `4*12 7 5*2`: 12 releases with the value 4, one with 7, two with 5
its sets   `4=1ffe 7=2000`: the same by value, with the bits of its releases in hexadecimal; quicker
           to read where few values come in many runs
"""

from __future__ import annotations


def mask_of(ranges: str) -> int:
    """The bits (`1 << number + 1`) of releases written as ranges."""
    mask = 0
    if ranges:
        for part in ranges.split(","):
            first, _, last = part.partition("-")
            mask |= (2 << int(last or first) + 1) - (2 << int(first))
    return mask


def ranges_of(mask: int) -> str:
    """The other way round; ValueError if bit 0 is set, which no release has."""
    if mask & 1:
        raise ValueError("bit 0 is not a release")
    parts = []
    number = 0
    mask >>= 1
    while mask:
        gap = (mask & -mask).bit_length() - 1
        mask >>= gap
        number += gap
        length = (~mask & (mask + 1)).bit_length() - 1
        parts.append(f"{number}-{number + length - 1}" if length > 1 else str(number))
        mask >>= length
        number += length
    return ",".join(parts)


def column_of(text: str) -> list[str]:
    """The values of a column, one a release."""
    values: list[str] = []
    for part in text.split(" ") if text else ():
        value, _, times = part.partition("*")
        values.extend([value] * int(times or 1))
    return values


def runs_of(text: str) -> list[tuple[str, int]]:
    """The values of a column, each with the bits of the releases that have it in one run."""
    runs = []
    start = 2
    for part in text.split(" ") if text else ():
        value, star, times = part.partition("*")
        if star:
            end = start << int(times)
            runs.append((value, end - start))
            start = end
        else:
            runs.append((value, start))
            start += start
    return runs


def sets_of(text: str) -> list[tuple[str, int]]:
    """The values of a column that is written as sets, each with the bits of its releases."""
    return [
        (value, int(bits, 16))
        for value, _, bits in (part.partition("=") for part in text.split(" ") if part)
    ]


def text_of_sets(column: list[str]) -> str:
    """The other way round."""
    sets: dict[str, int] = {}
    for number, value in enumerate(column):
        sets[value] = sets.get(value, 0) | 2 << number
    return " ".join(f"{value}={bits:x}" for value, bits in sets.items())


def text_of(column: list[str]) -> str:
    """The other way round."""
    parts: list[str] = []
    start = 0
    for place in range(1, len(column) + 1):
        if place == len(column) or column[place] != column[start]:
            length = place - start
            parts.append(f"{column[start]}*{length}" if length > 1 else column[start])
            start = place
    return " ".join(parts)
