"""One requirement as PEP 508 has it, taken apart: `name[extra]>=1,<2; marker`, `name @ address`.

`packaging` judges what is not plain; importing it costs more than reading a file of plain lines.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kerlint.project.specifiers import valid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple

    from kerlint.manifests.model import Requirement
else:
    from collections import namedtuple

LONGEST = 4000
"""Characters of a requirement above which nothing is looked at."""

_PLAIN = re.compile(
    r"([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?) ?(?:\[([A-Za-z0-9 ,._-]*)\])? ?"
    r"(?:\( ?([^()]*)\)|([<>=!~][^;@()]*))? ?"
)
_EXTRA = r" *[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])? *"
_EXTRAS = re.compile(rf"(?:{_EXTRA}(?:,{_EXTRA})*)? *")
_OPERATOR = re.compile(r"(===|==|!=|>=|<=|~=|>|<) *")
_SEPARATORS = re.compile(r"[-_.]+")

if TYPE_CHECKING:

    class Parsed(NamedTuple):
        """`name` and `extras` normalised, `specifier` in the order written, `url` as written."""

        name: str
        specifier: str
        extras: tuple[str, ...]
        marker: str
        url: str

else:
    Parsed = namedtuple("Parsed", "name specifier extras marker url")


class Refused(Exception):
    """No requirement: why, as the end of a sentence that begins with its text.

    `found`  what it says all the same, if that is clear
    """

    def __init__(self, why: str, found: Requirement | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.found = found


def normal(name: str) -> str:
    """A distribution's or extra's name as the index spells it (PEP 503)."""
    return _SEPARATORS.sub("-", name).lower()


def normal_extras(text: str) -> tuple[str, ...]:
    """The extras of `[a, b]`, given without brackets; normalised and sorted."""
    return tuple(sorted({normal(one.strip()) for one in text.split(",") if one.strip()}))


def parse(text: str) -> Parsed:
    """The parts of a requirement. Raises Refused."""
    text = " ".join(text.split())
    if len(text) > LONGEST:
        raise Refused(f"is longer than {LONGEST} characters")
    before, semicolon, marker = text.partition(";")
    plain = _PLAIN.fullmatch(before)
    if plain is None:
        return _by_packaging(text)
    specifier = _specifier(plain[3] if plain[3] is not None else plain[4] or "")
    if specifier is None or (plain[2] is not None and not _EXTRAS.fullmatch(plain[2])):
        return _by_packaging(text)
    if semicolon:
        marker = marker_of(marker)
    return Parsed(normal(plain[1]), specifier, normal_extras(plain[2] or ""), marker, "")


def _specifier(text: str) -> str | None:
    """The specifier without blanks; None if it is none."""
    clauses = [_OPERATOR.sub(r"\1", clause.strip()) for clause in text.split(",")]
    if clauses[-1] == "" and len(clauses) > 1:
        clauses.pop()
    if "" in clauses and len(clauses) > 1:
        return None
    specifier = ",".join(clauses)
    return specifier if valid(specifier) else None


@lru_cache(maxsize=512)
def marker_of(text: str) -> str:
    """An environment marker as `packaging` writes it. Raises Refused."""
    from packaging.markers import InvalidMarker, Marker

    try:
        return str(Marker(text.strip()))
    except InvalidMarker as error:
        raise Refused(f"has no valid marker: {_reason(error)}") from None
    except RecursionError:
        raise Refused("has a marker that is too deeply nested") from None


def _by_packaging(text: str) -> Parsed:
    from packaging.requirements import InvalidRequirement, Requirement

    try:
        found = Requirement(text)
    except InvalidRequirement as error:
        raise Refused(f"is no valid requirement: {_hint(text) or _reason(error)}") from None
    except RecursionError:
        raise Refused("is too deeply nested") from None
    marker = str(found.marker) if found.marker else ""
    extras = tuple(sorted({normal(one) for one in found.extras}))
    return Parsed(normal(found.name), str(found.specifier), extras, marker, found.url or "")


def _reason(error: Exception) -> str:
    """The first line of what `packaging` says."""
    lines = str(error).splitlines() or [""]
    reason = lines[0].strip().rstrip(".:")
    return f"{reason[:1].lower()}{reason[1:]}" if reason[1:2].islower() else reason


def _hint(text: str) -> str:
    """A better word for what is often mistaken; "" for anything else."""
    single = re.match(r"[\w.\[\]-]+ ?=[^=]", text)
    if single and not re.search(r"[<>!~=]=", text):
        return "a version is pinned with `==`, not `=`"
    if re.match(r"[\w.\[\]-]+ v?[0-9][\w.]*$", text):
        return "there is no `==` between name and version"
    return ""
