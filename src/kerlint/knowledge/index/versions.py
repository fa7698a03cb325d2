"""The order of versions (PEP 440), without `packaging`, of which the import alone costs more than
a whole check of a small manifest.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    Key = tuple[int, tuple[int, ...], int, int, int, int]

_VERSION = re.compile(
    r"\s*v?(?:(\d+)!)?(\d+(?:\.\d+)*)"
    r"(?:[-_.]?(a|b|c|rc|alpha|beta|pre|preview)[-_.]?(\d*))?"
    r"(-\d+|[-_.]?(?:post|rev|r)[-_.]?\d*)?"
    r"([-_.]?dev[-_.]?\d*)?"
    r"(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?\s*",
    re.IGNORECASE,
)
_PHASES = {"a": -3, "alpha": -3, "b": -2, "beta": -2, "c": -1, "rc": -1, "pre": -1, "preview": -1}
DEV = -4
FINAL = 0
LAST = 1 << 60
"""Greater than any number of a development release: stands for "none"."""


def parse(version: str) -> tuple[Key, str] | None:
    """A key that sorts as PEP 440 does, and the local part; None if it is no version.

    The key: epoch, release without zeros at its end, phase, number of the phase, number of the
    post-release (-1: none), number of the development release (`LAST`: none).
    """
    parts = version.split(".")
    if all(map(str.isdecimal, parts)):  # nearly all are
        while len(parts) > 1 and not parts[-1].strip("0"):
            parts.pop()
        return (0, tuple(map(int, parts)), FINAL, 0, -1, LAST), ""
    match = _VERSION.fullmatch(version)
    if match is None:
        return None
    epoch, release, letters, number, post, dev, local = match.groups()
    numbers = [int(part) for part in release.split(".")]
    while len(numbers) > 1 and not numbers[-1]:
        numbers.pop()
    phase = _PHASES[letters.lower()] if letters else FINAL
    post_number = -1 if post is None else _digits(post)
    dev_number = LAST if dev is None else _digits(dev)
    if phase == FINAL and post is None and dev is not None:
        phase = DEV  # 1.0.dev1 lies below 1.0a1
    key = (int(epoch or 0), tuple(numbers), phase, int(number or 0), post_number, dev_number)
    return key, (local or "").lower()


def _digits(text: str) -> int:
    found = "".join(character for character in text if character.isdigit())
    return int(found or 0)


def is_prerelease(version: str) -> bool:
    """Whether pip leaves it out unless asked for it."""
    if version.replace(".", "").isdigit():
        return False
    parsed = parse(version)
    return parsed is not None and (parsed[0][2] < FINAL or parsed[0][5] != LAST)
