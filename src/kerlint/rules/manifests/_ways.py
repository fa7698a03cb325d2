"""Ways out of a conflict that are none into another fault: each is judged as if it were written."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.manifests.installations import Installation
    from kerlint.manifests.model import Requirement
    from kerlint.rules.installing import InstallContext
    from kerlint.solving import Conflict, WayOut

MOST = 2
"""Ways that are told."""

MOST_ADDED = 3
"""Lines that are added to one way."""


def ways(
    conflict: Conflict, installation: Installation, context: InstallContext
) -> list[tuple[WayOut, list[str]]]:
    """The nearest ways out with which everything can be installed, and what then breaks nothing;
    with the lines to add for that.
    """
    added: dict[int, list[str]] = {}
    kept: list[WayOut] = []

    def accepts(way: WayOut) -> bool:
        more = _added(_changed(installation, way), context)
        if more is None:
            return False
        added[id(way)] = more
        kept.append(way)  # so that no other gets its id
        return True

    return [(way, added[id(way)]) for way in conflict.ways_where(accepts)[:MOST]]


def _changed(installation: Installation, way: WayOut) -> Installation:
    """The installation with the lines of the way in the place of the old ones."""
    from kerlint.manifests.installations import joined

    new = {
        id(old): _rewritten(old, specifier, text)
        for (old, text), specifier in zip(way.changes, way.specifiers, strict=True)
    }
    found = joined(installation, type(installation)("", installation.manifests[0]))
    found.kind = "asked"
    found.requirements = [new.get(id(one), one) for one in found.requirements]
    found.constraints = [new.get(id(one), one) for one in found.constraints]
    found.overrides = [new.get(id(one), one) for one in found.overrides]
    return found


def _rewritten(old: Requirement, specifier: str, text: str) -> Requirement:
    return type(old)(
        old.name,
        specifier,
        text=text,
        path=old.path,
        span=old.span,
        extras=old.extras,
        marker=old.marker,
        role=old.role,
        origin=old.origin,
        source=old.source,
        ecosystem=old.ecosystem,
        command=old.command,
        options=old.options,
    )


def _added(changed: Installation, context: InstallContext) -> list[str] | None:
    """The lines to add so that nothing breaks; None if it cannot be installed, or breaks anyway."""
    from kerlint.manifests.model import Requirement
    from kerlint.rules.manifests._breaking import rows
    from kerlint.solving.verdicts import judge

    first = changed.requirements[0]
    lines: list[str] = []
    for _ in range(1 + MOST_ADDED):
        # Not by the context, which keeps what it has judged.
        verdict = judge(changed, context.index)
        if not verdict.chosen:
            return None
        found = rows(changed, verdict, context)
        if not found:
            return lines
        cure = next((one.cure for one in found if one.cure), "")
        if not cure or len(lines) == MOST_ADDED:
            return None
        name = cure.split("<")[0].split(">")[0].split("=")[0]
        lines.append(cure)
        changed.requirements.append(
            Requirement(name, cure[len(name) :], text=cure, path=first.path, span=first.span)
        )
    return None
