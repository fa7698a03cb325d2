"""The requirements of a manifest in a short form, one on a line."""

from __future__ import annotations

from collections.abc import Iterable

from kerlint.manifests.model import Manifest, Requirement


def short(one: Requirement) -> str:
    """`10:6 tensorflow[a] >=2.15; marker (origin) role @source +option`; what is usual is left out."""
    extras = f"[{','.join(one.extras)}]" if one.extras else ""
    parts = [f"{one.line}:{one.column}", f"{one.name}{extras}", one.specifier]
    parts += ["?"] if not one.known else []
    text = " ".join(part for part in parts if part)
    text += f"; {one.marker}" if one.marker else ""
    text += f" ({one.origin})" if one.origin else ""
    text += f" {one.role}" if one.role != "requirement" else ""
    text += f" @{one.source}" if one.source != "index" else ""
    return text + "".join(f" +{option}" for option in one.options)


def requirements(manifest: Manifest) -> list[str]:
    return [short(one) for one in manifest.requirements]


def pythons(manifest: Manifest) -> list[str]:
    return [
        f"{one.span.start.line}:{one.span.start.column} {one.specifier}"
        + (f" ({one.origin})" if one.origin else "")
        for one in manifest.pythons
    ]


def includes(manifest: Manifest) -> list[str]:
    return [
        f"{one.span.start.line}:{one.span.start.column} {one.kind} {one.path}"
        + (f" ({one.origin})" if one.origin else "")
        for one in manifest.includes
    ]


def problems(manifest: Manifest) -> list[str]:
    return [
        f"{one.span.start.line}:{one.span.start.column} {one.message}" for one in manifest.problems
    ]


def shown(manifest: Manifest, found: Iterable[Requirement]) -> list[str]:
    """What stands at the places of requirements."""
    lines = manifest.text.replace("\r\n", "\n").split("\n")
    return [
        lines[one.line - 1][one.column - 1 : one.span.end.column - 1]
        for one in found
        if one.span.start.line == one.span.end.line
    ]
