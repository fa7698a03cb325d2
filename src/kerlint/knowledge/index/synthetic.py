"""Versions for a package of which only requirements are known.

Two requirements on it exclude each other, whatever was released, if no version at all can fit
both: `==8.9.2.26` and `==9.1.0.70`, or `<3` and `>=3.1`. A finite set of versions decides that:
each that a requirement names, one just above it, and the first of the next series.
"""

from __future__ import annotations

import re

from kerlint.knowledge.index.specifiers import CLAUSE
from kerlint.knowledge.index.versions import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from kerlint.knowledge.index.versions import Key

_RELEASE = re.compile(r"\d+(?:\.\d+)*")


def points(specifiers: Iterable[str]) -> tuple[str, ...]:
    """Ascending versions that tell these specifiers apart; never none."""
    found: dict[Key, str] = {}

    def add(text: str) -> None:
        parsed = parse(text)
        if parsed is not None:
            found.setdefault(parsed[0], text)

    add("0")
    for specifier in specifiers:
        for clause in specifier.split(","):
            match = CLAUSE.fullmatch(clause)
            if match is None:
                continue
            operator, text = match[1], match[2].removesuffix(".*").partition("+")[0]
            parsed = parse(text)
            release = _RELEASE.search(text.partition("!")[2] or text)
            if parsed is None or release is None:
                continue
            epoch = f"{parsed[0][0]}!" if parsed[0][0] else ""
            numbers = release[0].split(".")
            if not match[2].endswith(".*"):
                add(text)
                add(f"{epoch}{release[0]}")  # a pre-release is named: what it leads to
            add(f"{epoch}{release[0]}{'.0' * (4 - len(numbers))}.1")
            if match[2].endswith(".*"):
                add(f"{epoch}{_next(numbers)}")
            elif operator == "~=" and len(numbers) > 1:
                add(f"{epoch}{_next(numbers[:-1])}")
    highest = max(found)
    add(f"{highest[0]}!{highest[1][0] + 1}" if highest[0] else f"{highest[1][0] + 1}")
    return tuple(found[key] for key in sorted(found))


def _next(numbers: list[str]) -> str:
    """The first version of the series after this one: `2.16` after `2.15`."""
    return ".".join([*numbers[:-1], str(int(numbers[-1]) + 1)])
