"""One argument of an installer as a requirement: `keras>=3`, `.[gpu]`, `git+https://...#egg=x`."""

from __future__ import annotations

import re

from kerlint.manifests.links import is_link, of_archive, read_link, source_of
from kerlint.manifests.pep508 import Refused, normal, normal_extras, parse
from kerlint.manifests.shell_values import HOLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple

    class Asked(NamedTuple):
        """What an argument asks for; see `Requirement`.

        `kind`  `requirement`; `path`, with the folder in `name`; `unread`; `invalid`, with the
                reason in `name`
        """

        kind: str
        name: str = ""
        specifier: str = ""
        extras: tuple[str, ...] = ()
        marker: str = ""
        source: str = "index"
        known: bool = True

else:
    from collections import namedtuple

    Asked = namedtuple(
        "Asked",
        "kind name specifier extras marker source known",
        defaults=("", "", (), "", "index", True),
    )

_NAMED = re.compile(r"([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[[^\]\0]*\])?\s*(?:[=<>~!(@]|\Z)")
_PLACEHOLDER = re.compile(r"<[A-Za-z_][\w .-]*>|\{\{|\}\}|%\(|\.\.\.|\u2026|\{\w*\}|^<|>$")
"""What a person or a template engine is to fill in."""


def asked(text: str) -> Asked:
    """What `text` asks for; a `HOLE` in it is what nobody knows."""
    text = text.strip()
    gap = _PLACEHOLDER.search(text)
    at = min(
        (found for found in (text.find(HOLE), gap.start() if gap else -1) if found >= 0),
        default=-1,
    )
    if at >= 0:
        match = _NAMED.match(text, 0, at)
        if match and (match.end() < at or text[match.end() - 1] in "=<>~!(@"):
            return Asked("requirement", normal(match[1]), known=False)
        return Asked("unread")
    try:
        return _named(text) if _is_named(text) or not is_link(text) else _link(text)
    except Refused as refused:
        return Asked("invalid", refused.why)


def _is_named(text: str) -> bool:
    """`name @ address`, with or without the blanks."""
    return bool(re.match(r"[A-Za-z0-9][\w.-]*\s*(?:\[[^\]]*\])?\s*@(?:\s|[a-z+]+:)", text))


def _named(text: str) -> Asked:
    found = parse(text.rstrip(";"))
    specifier, source, known = found.specifier, "index", True
    if found.url:
        source = source_of(found.url)
        archive = of_archive(found.url)
        if archive and archive[0] == found.name:
            specifier = archive[1]
        known = bool(specifier)
    return Asked("requirement", found.name, specifier, found.extras, found.marker, source, known)


def _link(text: str) -> Asked:
    if "*" in text or "?" in text.partition("://")[0]:
        return Asked("unread")
    link = read_link(text)
    if link.source == "path" and not link.name and not link.address.lower().startswith("file:"):
        return Asked("path", link.address, extras=_extras(text))
    known = bool(link.name and link.specifier)
    return Asked(
        "requirement", link.name, link.specifier, link.extras, link.marker, link.source, known
    )


def _extras(text: str) -> tuple[str, ...]:
    found = re.search(r"\[([^\]]*)\]\s*$", text.partition(";")[0])
    return normal_extras(found[1]) if found else ()
