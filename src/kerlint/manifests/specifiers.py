"""What other tools write for versions, as PEP 440 writes it.

Poetry: https://python-poetry.org/docs/dependency-specification/#version-constraints
"""

from __future__ import annotations

import re

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

_PIECE = re.compile(r"(\^|~=|~|===|==|!=|<=|>=|<>|<|>|=)?\s*v?([^\s,]+)")
_UNION = re.compile(r"\s*\|\|?\s*")
_AND = re.compile(r"(?<!^)(?<![~^=<>!,|\s-])\s*(?:,|\s)\s*(?![,|\s]|$)")


class NotOne(ValueError):
    """The text is no constraint of its tool. The message says why."""


def poetry(text: str) -> tuple[str, ...]:
    """The alternatives (`||`) of a constraint of Poetry; "" is any version. Raises NotOne.

    >>> poetry("^2.15"), poetry("~2.15.1"), poetry("2.*"), poetry("2.15"), poetry("<1 || >=2")
    (('>=2.15,<3.0',), ('>=2.15.1,<2.16.0',), ('==2.*',), ('==2.15',), ('<1', '>=2'))
    """
    return tuple(_all_of(part) for part in _UNION.split(text.strip()))


def _all_of(text: str) -> str:
    """One conjunction: pieces with commas or spaces between."""
    pieces = [_piece(*_split(part)) for part in re.split(_AND, text.rstrip(", ")) if part]
    if not pieces:
        raise NotOne("it is empty")
    joined = ",".join(piece for piece in pieces if piece)
    try:
        SpecifierSet(joined)
    except InvalidSpecifier:
        raise NotOne(f"`{text}` is no version constraint") from None
    return joined


def _split(text: str) -> tuple[str, str]:
    found = _PIECE.fullmatch(text.strip())
    if found is None:
        raise NotOne(f"`{text}` is no version constraint")
    return found[1] or "", found[2]


def _piece(operator: str, version: str) -> str:
    if version in ("*", "x", "X") and operator in ("", "==", "=", ">=", "^", "~"):
        return ""
    if operator == "^":
        return caret(version)
    if operator == "~":
        return tilde(version)
    if operator == "<>":
        operator = "!="
    version = re.sub(r"\.[xX*](?:\.[xX*])*$", ".*", version)
    if operator in ("", "="):
        operator = "=="
    if version.endswith(".*") and operator in (">=", "<", ">", "<="):
        version = version[:-2]
    return f"{operator}{version}"


def caret(version: str) -> str:
    """`^1.2.3`: whatever keeps the first number that is not 0. Raises NotOne."""
    low = _version(version)
    release = low.release
    kept = next((index for index, number in enumerate(release) if number), len(release) - 1)
    return f">={version},<{_next(low, kept)}"


def tilde(version: str) -> str:
    """`~1.2.3`: whatever keeps the first two numbers, or the one that is given. Raises NotOne."""
    low = _version(version)
    return f">={version},<{_next(low, min(1, len(low.release) - 1))}"


def _version(text: str) -> Version:
    try:
        return Version(text)
    except InvalidVersion:
        raise NotOne(f"`{text}` is no version") from None


def _next(version: Version, kept: int) -> str:
    """The first version after all that share the numbers up to `kept`."""
    numbers = list(version.release)
    numbers[kept] += 1
    numbers[kept + 1 :] = [0] * (len(numbers) - kept - 1)
    epoch = f"{version.epoch}!" if version.epoch else ""
    return epoch + ".".join(
        str(number) for number in (*numbers, *([0] if len(numbers) == 1 else []))
    )
