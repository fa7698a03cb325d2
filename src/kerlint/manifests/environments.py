"""The environments that count, and markers as sets of them.

An environment is a minor version of Python on a platform; a set of environments is an int with a
bit for each. Locks are judged one environment at a time, so that this is all that a marker means.
"""

from __future__ import annotations

import re

from kerlint.manifests.pep508 import normal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

PYTHONS = tuple(f"3.{minor}" for minor in range(6, 16))
PATCH = 18
"""The patch release that stands for a minor version."""

PLATFORMS = (
    ("linux", "x86_64", "Linux", "posix"),
    ("linux", "aarch64", "Linux", "posix"),
    ("darwin", "arm64", "Darwin", "posix"),
    ("darwin", "x86_64", "Darwin", "posix"),
    ("win32", "AMD64", "Windows", "nt"),
)
"""`sys_platform`, `platform_machine`, `platform_system`, `os_name`."""

_NAMED = (
    (0b00011, 'sys_platform == "linux"'),
    (0b01100, 'sys_platform == "darwin"'),
    (0b10000, 'sys_platform == "win32"'),
    (0b11100, 'sys_platform != "linux"'),
    (0b10011, 'sys_platform != "darwin"'),
    (0b01111, 'sys_platform != "win32"'),
)
_ALL = (1 << len(PLATFORMS)) - 1
_TOKEN = re.compile(
    r"\s*(?:(?P<paren>[()])|(?P<word>and|or)\b|"
    r"(?P<left>[A-Za-z_.]+|'[^']*'|\"[^\"]*\")\s*"
    r"(?P<operator>===|==|!=|<=|>=|~=|<|>|not\s+in\b|in\b)\s*"
    r"(?P<right>[A-Za-z_.]+|'[^']*'|\"[^\"]*\"))"
)


class NoMarker(ValueError):
    """The text is no environment marker."""


class Environments:
    """Sets of environments with the given Pythons, oldest first."""

    def __init__(self, pythons: Sequence[str] = PYTHONS) -> None:
        self.pythons = pythons
        self.all = (1 << (len(pythons) * len(PLATFORMS))) - 1
        self._atoms: dict[tuple[str, str, str], int] = {}
        self._sets: dict[str, int] = {}
        self._asked: dict[str, frozenset[str]] = {}
        self._chosen: dict[tuple[str, frozenset[str]], int] = {}
        self._texts: dict[int, str] = {}

    def where(self, marker: str, active: Collection[str] = ()) -> int:
        """The environments in which a marker holds. Raises NoMarker.

        `active`  which extras and groups are installed: `extra gpu`, `group dev`
        """
        if not marker:
            return self.all
        if "extra" in marker or "group" in marker:
            asked = self._asked.get(marker)
            if asked is None:
                asked = self._asked[marker] = _asked(marker)
            key = (marker, frozenset(one for one in asked if one in active))
            found = self._chosen.get(key)
            if found is None:
                found = self._chosen[key] = self._parse(marker, active)
            return found
        found = self._sets.get(marker)
        if found is None:
            found = self._sets[marker] = self._parse(marker, ())
        return found

    def _parse(self, marker: str, active: Collection[str]) -> int:
        tokens = _tokens(marker)
        found = self._either(tokens, active, 0)
        if next(tokens, None) is not None:
            raise NoMarker(marker)
        return found

    def _either(self, tokens: Iterator[re.Match[str]], active: Collection[str], depth: int) -> int:
        """`or` of `and`s, up to the end or the closing parenthesis."""
        if depth > 50:
            raise NoMarker("too deeply nested")
        found = 0
        all_of = self.all
        wants = True
        for token in tokens:
            if token["word"]:
                if wants:
                    raise NoMarker(token.string)
                wants = True
                if token["word"] == "or":
                    found |= all_of
                    all_of = self.all
            elif token["paren"] == ")":
                if wants or not depth:
                    raise NoMarker(token.string)
                return found | all_of
            else:
                if not wants:
                    raise NoMarker(token.string)
                wants = False
                if token["paren"]:
                    all_of &= self._either(tokens, active, depth + 1)
                else:
                    all_of &= self._atom(token, active)
        if wants or depth:
            raise NoMarker("it ends too early")
        return found | all_of

    def _atom(self, token: re.Match[str], active: Collection[str]) -> int:
        left, operator, right = token["left"], token["operator"], token["right"]
        operator = "not in" if operator.startswith("not") else operator
        names = _named(token)
        if names:
            holds = any(one in active for one in names)
            return self.all if holds == (operator in ("==", "in")) else 0
        key = (left, operator, right)
        found = self._atoms.get(key)
        if found is None:
            found = self._atoms[key] = self._evaluate(f"{left} {operator} {right}")
        return found

    def _evaluate(self, atom: str) -> int:
        """By `packaging`; what it cannot compare holds."""
        from packaging.markers import InvalidMarker, Marker

        try:
            marker = Marker(atom)
        except InvalidMarker as error:
            raise NoMarker(atom) from error
        found = 0
        for bit, environment in enumerate(self._environments()):
            try:
                holds = marker.evaluate(environment)
            except Exception:  # undefined comparisons and names, by release
                holds = True
            found |= holds << bit
        return found

    def _environments(self) -> Iterator[dict[str, str]]:
        for python in self.pythons:
            for system, machine, platform, name in PLATFORMS:
                yield {
                    "python_version": python,
                    "python_full_version": f"{python}.{PATCH}",
                    "implementation_version": f"{python}.{PATCH}",
                    "implementation_name": "cpython",
                    "platform_python_implementation": "CPython",
                    "sys_platform": system,
                    "platform_machine": machine,
                    "platform_system": platform,
                    "os_name": name,
                }

    def text(self, where: int) -> str:
        """A marker for a set that is not empty; "" for all."""
        where &= self.all
        if where == self.all:
            return ""
        found = self._texts.get(where)
        if found is None:
            found = self._texts[where] = self._said(where)
        return found

    def _said(self, where: int) -> str:
        width = len(PLATFORMS)
        rows = [where >> (index * width) & _ALL for index in range(len(self.pythons))]
        parts = []
        index = 0
        while index < len(rows):
            start = index
            while index < len(rows) and rows[index] == rows[start]:
                index += 1
            if rows[start]:
                low = f'python_version >= "{self.pythons[start]}"' if start else ""
                high = f'python_version < "{self.pythons[index]}"' if index < len(rows) else ""
                platforms = _platforms(rows[start])
                parts.append([one for one in (low, high, platforms) if one])
        if len(parts) == 1:
            return " and ".join(parts[0])
        return " or ".join(
            f"({' and '.join(part)})" if len(part) > 1 or " or " in part[0] else part[0]
            for part in parts
        )


def _named(token: re.Match[str]) -> tuple[str, ...]:
    """`extra gpu`, as written and normalised, for a comparison that asks for it; else ()."""
    left, right = token["left"], token["right"]
    names = {left, right} & {"extra", "extras", "dependency_groups"}
    if not names:
        return ()
    kind = "group" if "dependency_groups" in names else "extra"
    name = (right if left in names else left)[1:-1]
    return f"{kind} {name}", f"{kind} {normal(name)}"


def _asked(marker: str) -> frozenset[str]:
    """The extras and groups that a marker asks for. Raises NoMarker."""
    return frozenset(name for token in _tokens(marker) for name in _named(token))


def _tokens(marker: str) -> Iterator[re.Match[str]]:
    at = 0
    end = len(marker.rstrip())
    while at < end:
        token = _TOKEN.match(marker, at)
        if token is None:
            raise NoMarker(marker)
        yield token
        at = token.end()


def _platforms(row: int) -> str:
    if row == _ALL:
        return ""
    for bits, text in _NAMED:
        if bits == row:
            return text
    each = []
    for bits, text in _NAMED[:3]:
        if row & bits == bits:
            each.append(text)
        else:
            for bit, (_, machine, _, _) in enumerate(PLATFORMS):
                if row & bits & (1 << bit):
                    each.append(f'{text} and platform_machine == "{machine}"')
    return each[0] if len(each) == 1 else f"({' or '.join(each)})"


def within(specifier: str) -> tuple[str, ...]:
    """The minor versions of Python that a specifier admits some release of; all if none."""
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    try:
        admits = SpecifierSet(specifier)
    except InvalidSpecifier:
        return PYTHONS
    found = tuple(
        one for one in PYTHONS if any(f"{one}.{patch}" in admits for patch in (0, 5, 10, PATCH, 40))
    )
    return found or PYTHONS
