"""Where a release can be installed: which CPython, on which platform.

A set of places is an int: the bit of a place is `bit(python, platform)`.
"""

from __future__ import annotations

PYTHONS = (
    "2.7",
    "3.4",
    "3.5",
    "3.6",
    "3.7",
    "3.8",
    "3.9",
    "3.10",
    "3.11",
    "3.12",
    "3.13",
    "3.14",
    "3.15",
)
"""CPython, of which the last micro release is meant."""

PLATFORMS = ("linux-x86_64", "linux-aarch64", "macos-arm64", "macos-x86_64", "windows-x86_64")
"""Linux with glibc; the newest release of each system."""


_BITS = {
    (python, platform): 1 << (row * len(PLATFORMS) + column)
    for row, python in enumerate(PYTHONS)
    for column, platform in enumerate(PLATFORMS)
}
_ON = {platform: sum(_BITS[python, platform] for python in PYTHONS) for platform in PLATFORMS}


def bit(python: str, platform: str) -> int:
    """The bit of one place; KeyError for one that is not listed."""
    return _BITS[python, platform]


def on(platform: str) -> int:
    """All Pythons on one platform."""
    return _ON[platform]


def under(python: str) -> int:
    """One Python on all platforms."""
    return ((1 << len(PLATFORMS)) - 1) << (PYTHONS.index(python) * len(PLATFORMS))


EVERYWHERE = (1 << (len(PYTHONS) * len(PLATFORMS))) - 1
