"""From the text of one requirement to the model: PEP 508, and what pip takes besides."""

from __future__ import annotations

import re

from kerlint.manifests.model import Requirement
from kerlint.manifests.pep508 import Refused, normal, parse
from kerlint.manifests.secrets import masked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.diagnostics import Span
    from kerlint.manifests.model import Role, Source

__all__ = ["Refused", "read_requirement", "unknown"]

_BEGINS = re.compile(r"\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?=$|[\[\s<>=!~(@;])")


def read_requirement(
    text: str,
    *,
    path: str,
    span: Span,
    role: Role = "requirement",
    origin: str = "",
    links: bool = True,
    editable: bool = False,
    hashes: tuple[str, ...] = (),
) -> Requirement:
    """The requirement that `text` is. Raises Refused, with the requirement where it is clear.

    `links`  whether addresses and paths without a name are admitted, as in requirements files
    """
    shown = masked(" ".join(text.split()))
    source: Source = "index"
    wrong = ""
    if links and (editable or _is_link(text)) and not _is_named(text):
        from kerlint.manifests.links import read_link

        link = read_link(text, editable)
        name, specifier, extras, marker = link.name, link.specifier, link.extras, link.marker
        source, wrong = link.source, link.wrong
    else:
        before, _, after = text.partition(";")
        parsed = parse(before if links and not after.strip() else text)
        name, specifier, extras, marker = parsed[:4]
        if parsed.url:
            from kerlint.manifests.links import of_archive, source_of

            source = source_of(parsed.url)
            archive = of_archive(parsed.url)
            if archive and archive[0] == name:
                specifier = archive[1]
    found = Requirement(
        name,
        specifier,
        text=shown,
        path=path,
        span=span,
        extras=extras,
        marker=marker,
        role=role,
        origin=origin,
        source=source,
        known=bool(name),
        hashes=hashes,
    )
    if wrong:
        raise Refused(wrong, found)
    return found


def unknown(
    text: str, *, path: str, span: Span, role: Role = "requirement", origin: str = ""
) -> Requirement:
    """A requirement of which not all is known: only the name, if the text begins with one."""
    found = _BEGINS.match(text)
    source: Source = "index"
    if found is None and _is_link(text):
        from kerlint.manifests.links import source_of

        source = source_of(text)
    return Requirement(
        normal(found[1]) if found else "",
        "",
        text=masked(" ".join(text.split())),
        path=path,
        span=span,
        role=role,
        origin=origin,
        source=source,
        known=False,
    )


_SIGNS = ("/", "\\", ":", ".whl", ".zip", ".t")
"""Every address, path and name of an archive has one of these, or begins with a dot or a tilde."""


def _is_link(text: str) -> bool:
    """`links.is_link`, which is imported only for what may be one."""
    small = text.lower()
    if small[:1] not in (".", "~") and not any(sign in small for sign in _SIGNS):
        return False
    from kerlint.manifests.links import is_link

    return is_link(text)


def _is_named(text: str) -> bool:
    """`name @ address`."""
    return bool(re.match(r"\s*[A-Za-z0-9][\w.-]*\s*(?:\[[^\]]*\])?\s*@\s", text)) or bool(
        re.match(r"\s*[A-Za-z0-9][\w.-]*\s*(?:\[[^\]]*\])?\s*@[a-z+]+:", text)
    )
