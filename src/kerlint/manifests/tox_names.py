"""Names of tox environments: braces that stand for several, and factors that choose lines.

https://tox.wiki/en/latest/config.html#generative-environments
"""

from __future__ import annotations

import re

MOST = 300
"""Environments of one file that are looked at."""

_BRACES = re.compile(r"\{([^{}]*)\}")
_FACTORS = re.compile(r"(?P<names>[\w{}.!,-]+(?:\s*,\s*[\w{}.!,-]+)*)\s*:(?=\s|$)\s*")
_NUMBERS = re.compile(r"(\d+)-(\d+)")


def expanded(text: str) -> list[str]:
    """The names that a list of names with braces stands for: `py{39,310}-tf, lint`."""
    found: list[str] = []
    for part in _parts(text):
        found += _one(part)[: MOST - len(found)]
    return found


def _parts(text: str) -> list[str]:
    """Split at commas and line ends that are outside of braces."""
    parts, depth, start = [], 0, 0
    for at, one in enumerate(text):
        depth += (one == "{") - (one == "}")
        if (one == "," and depth <= 0) or one == "\n":
            parts.append(text[start:at].strip())
            start, depth = at + 1, 0
    return [part for part in [*parts, text[start:].strip()] if part]


def _one(name: str) -> list[str]:
    found = [""]
    at = 0
    for braces in _BRACES.finditer(name):
        before = name[at : braces.start()]
        numbers = _NUMBERS.fullmatch(braces[1].strip())
        if numbers and int(numbers[2]) - int(numbers[1]) < MOST:
            values = [str(one) for one in range(int(numbers[1]), int(numbers[2]) + 1)]
        else:
            values = [value.strip() for value in braces[1].split(",")]
        found = [f"{known}{before}{value}" for known in found for value in values][:MOST]
        at = braces.end()
    return [re.sub(r"\s+", "", f"{known}{name[at:]}").strip("-") for known in found]


def condition(line: str) -> tuple[str, int]:
    """The names before a line that only holds for some environments, and where the rest begins."""
    found = _FACTORS.match(line)
    return (found["names"], found.end()) if found else ("", 0)


def chosen(names: str, environment: str) -> bool:
    """Whether a condition (`py39,!tf2-gpu`) holds for an environment; "" holds for all."""
    if not names:
        return True
    factors = {*environment.split("-"), environment}
    return any(
        all((one.lstrip("!") in factors) != one.startswith("!") for one in group.split("-"))
        for group in expanded(names)
    )
