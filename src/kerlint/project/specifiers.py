"""Version specifiers (PEP 440), without `packaging` where they are plain.

Importing `packaging` costs more than checking a handful of files, and nearly every requirement on
Keras or TensorFlow is plain: numbers, dots, one of the usual operators. Others are left to it.
"""

from __future__ import annotations

import re
from functools import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_CLAUSE = re.compile(r"\s*(==|!=|>=|<=|~=|>|<)\s*(\d+(?:\.\d+)*)(\.\*)?\s*")
_VERSION = re.compile(r"(\d+(?:\.\d+)*)((?:a|b|rc|\.post)\d+)?")


def admits(specifier: str, version: str) -> bool:
    """Whether `version` (pre-releases too) fits `specifier`; an empty one admits everything."""
    clauses = _plain(specifier)
    match = _VERSION.fullmatch(version)
    if clauses is None or match is None:
        found: bool = _set(specifier).contains(version, prereleases=True)
        return found
    numbers = _numbers(match[1])
    phase = 0 if match[2] is None else 1 if "post" in match[2] else -1
    return all(_holds(numbers, phase, *clause) for clause in clauses)


def valid(specifier: str) -> bool:
    """Whether this is a specifier at all."""
    if _plain(specifier) is not None:
        return True
    from packaging.specifiers import InvalidSpecifier

    try:
        _set(specifier)
    except InvalidSpecifier:
        return False
    return True


def pinned(specifier: str) -> str:
    """The version that `==1.2.3` names; "" for anything else."""
    text = specifier.strip()
    if not text.startswith("==") or "," in text or text.endswith(".*"):
        return ""
    return text.lstrip("=").strip()


@lru_cache(maxsize=256)
def _plain(specifier: str) -> tuple[tuple[str, tuple[int, ...], bool], ...] | None:
    """(operator, numbers, whether it ends in `.*`) for each clause; None if one is not plain."""
    clauses = []
    for text in specifier.split(","):
        if not text.strip():
            continue
        match = _CLAUSE.fullmatch(text)
        if match is None:
            return None
        operator, numbers, star = match[1], _numbers(match[2]), bool(match[3])
        if star and operator not in ("==", "!="):
            return None
        if operator == "~=" and len(numbers) < 2:
            return None
        clauses.append((operator, numbers, star))
    return tuple(clauses)


@lru_cache(maxsize=256)
def _set(specifier: str) -> Any:
    from packaging.specifiers import SpecifierSet

    return SpecifierSet(specifier)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _holds(
    version: tuple[int, ...], phase: int, operator: str, wanted: tuple[int, ...], star: bool
) -> bool:
    """Whether a version fits one clause; `phase` is -1 for a pre-release of it, 1 for a post-."""
    length = max(len(version), len(wanted))
    have = version + (0,) * (length - len(version))
    want = wanted + (0,) * (length - len(wanted))
    at_least = (have, phase) >= (want, 0)
    if star or operator == "~=":
        prefix = wanted if star else wanted[:-1]
        alike = have[: len(prefix)] == prefix
        return alike != (operator == "!=") if star else alike and at_least
    return {
        "==": (have, phase) == (want, 0),
        "!=": (have, phase) != (want, 0),
        ">=": at_least,
        "<=": (have, phase) <= (want, 0),
        # A pre-release of the bound is not below it, a post-release is not above.
        ">": have > want,
        "<": have < want,
    }[operator]
