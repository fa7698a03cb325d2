"""Which of a package's versions a specifier admits, by bisection: few versions are looked at."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from kerlint.knowledge.index.versions import DEV, FINAL, LAST, parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.knowledge.index.versions import Key

CLAUSE = re.compile(r"\s*(===|==|!=|>=|<=|~=|>|<)\s*([^\s,]+)\s*")
_LOWEST = -1 << 60


class Invalid(ValueError):
    """A specifier that PEP 440 does not allow."""


class Ordered:
    """Versions in ascending order; the key of one is made at its first look-up."""

    __slots__ = ("_keys", "versions")

    def __init__(self, versions: tuple[str, ...]) -> None:
        self.versions = versions
        self._keys: dict[int, Key] = {}

    def __len__(self) -> int:
        return len(self.versions)

    def __getitem__(self, number: int) -> Key:
        key = self._keys.get(number)
        if key is None:
            parsed = parse(self.versions[number])
            if parsed is None:
                raise Invalid(self.versions[number])
            key = self._keys[number] = parsed[0]
        return key


def mask_of(specifier: str, ordered: Ordered) -> int:
    """The bits of the versions that fit, pre-releases among them; Invalid if it is no specifier.

    A local part (`2.1.0+cu121`) is compared by its public part: the index has no others.
    """
    whole = (2 << len(ordered)) - 2
    mask = whole
    for clause in specifier.split(","):
        if clause.strip():
            mask &= _clause(clause, ordered, whole)
    return mask


def names_prerelease(specifier: str) -> bool:
    """Whether it speaks of a pre-release, with which pip admits pre-releases at all."""
    for clause in specifier.split(","):
        match = CLAUSE.fullmatch(clause)
        if match is None or match[1] == "!=":
            continue
        parsed = parse(match[2].removesuffix(".*"))
        if parsed is not None and (parsed[0][2] < FINAL or parsed[0][5] != LAST):
            return True
    return False


def _clause(clause: str, ordered: Ordered, whole: int) -> int:
    match = CLAUSE.fullmatch(clause)
    if match is None:
        raise Invalid(clause.strip())
    operator, text = match.groups()
    if operator == "===":
        return sum(2 << i for i, version in enumerate(ordered.versions) if version == text)
    star = text.endswith(".*")
    parsed = parse(text.removesuffix(".*"))
    if parsed is None or (star and operator not in ("==", "!=")):
        raise Invalid(clause.strip())
    key = parsed[0]
    if operator in ("==", "!="):
        low, high = _prefix(text[:-2], ordered) if star else _span(ordered, key, key)
        found = _bits(low, high)
        return found if operator == "==" else whole & ~found
    if operator == "~=":
        release = text.partition("!")[2] or text
        numbers = re.match(r"\s*v?(\d+(?:\.\d+)*)", release)
        if numbers is None or "." not in numbers[1]:
            raise Invalid(clause.strip())
        epoch = f"{key[0]}!" if key[0] else ""
        _, high = _prefix(epoch + numbers[1].rpartition(".")[0], ordered)
        return _bits(bisect_left(ordered, key), high)
    if operator == ">=":
        return _bits(bisect_left(ordered, key), len(ordered))
    if operator == "<=":
        return _bits(0, bisect_right(ordered, key))
    if operator == "<":
        below = _bits(0, bisect_left(ordered, key))
        if key[2] >= FINAL and key[4] < 0 and key[5] == LAST:
            # Pre-releases of the version itself do not count as below it; of a post-release they do.
            first = (*key[:2], DEV, 0, _LOWEST, _LOWEST)
            final = (*key[:2], FINAL, 0, -1, LAST)
            below &= ~_bits(bisect_left(ordered, first), bisect_left(ordered, final))
        return below
    if key[4] < 0 and key[5] == LAST:
        # Post-releases of the version itself do not count as above it, but for a
        # development release.
        key = (*key[:4], LAST, LAST)
    return _bits(bisect_right(ordered, key), len(ordered))


def _prefix(text: str, ordered: Ordered) -> tuple[int, int]:
    """The numbers of the first version of a series (`2.15`) and of the first beyond it."""
    parsed = parse(text)
    numbers = re.search(r"\d+(?:\.\d+)*$", text)
    if parsed is None or numbers is None:
        raise Invalid(text)
    parts = [int(part) for part in numbers[0].split(".")]
    return (
        bisect_left(ordered, _floor(parsed[0][0], parts)),
        bisect_left(ordered, _floor(parsed[0][0], [*parts[:-1], parts[-1] + 1])),
    )


def _floor(epoch: int, numbers: list[int]) -> Key:
    """Just below every version of a series, its pre-releases among them."""
    numbers = list(numbers)
    while len(numbers) > 1 and not numbers[-1]:
        numbers.pop()
    return (epoch, tuple(numbers), DEV, 0, _LOWEST, _LOWEST)


def _span(ordered: Ordered, first: Key, last: Key) -> tuple[int, int]:
    return bisect_left(ordered, first), bisect_right(ordered, last)


def _bits(low: int, high: int) -> int:
    return (2 << high) - (2 << low) if high > low else 0
