"""What the locks and manifests of a project ask for in the examined environment.

Only files count from which an environment is made: those in the project's first folder that say
what is always installed. What a Dockerfile or a workflow installs makes other environments, and of
`requirements-gpu.txt` and the like nobody can say whether this one was made from them.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from kerlint.manifests.installations import LOCKS, installations
from kerlint.probe.asked import Pinned
from kerlint.probe.installed import applies

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kerlint.manifests.model import Requirement
    from kerlint.probe.observations import Observations

MANIFESTS = (
    *("pyproject.toml", "setup.cfg", "setup.py", "Pipfile", "requirements.txt"),
    *("environment.yml", "environment.yaml"),
)
LOCK_NAMES = (
    "uv.lock",
    "poetry.lock",
    "pdm.lock",
    "Pipfile.lock",
    "pylock.toml",
    "conda-lock.yml",
)


def pins_of(root: str, seen: Observations) -> list[Pinned]:
    """What holds for the examined interpreter: locks first, manifests second.

    `root`  the project's first folder
    """
    from kerlint.project.library import Library

    library = Library({})
    found: dict[tuple[str, str, str, str, int], Pinned] = {}
    for name in (*LOCK_NAMES, *MANIFESTS):
        path = os.path.join(root, name)
        manifest = library.manifest(path) if os.path.isfile(path) else None
        if manifest is None:
            continue
        kind = "lock" if manifest.format in LOCKS else "manifest"
        for one in installations(manifest, library.manifest):
            if one.origin.split(" ")[0] in ("build", "tool", "env"):
                continue
            # A constraint asks for nothing: it binds what is there under that very name.
            bound = [line for line in one.constraints if seen.distribution(line.name)]
            lines = [(kind, line) for line in one.requirements]
            for what, line in [*lines, *(("constraint", line) for line in bound)]:
                pinned = _pinned(line, what, bool(one.origin), seen.interpreter.markers)
                if pinned is not None:
                    key = (what, pinned.name, pinned.specifier, pinned.path, pinned.line)
                    known = found.get(key)
                    if known is None or known.optional:
                        found[key] = pinned
    return sorted(found.values(), key=lambda one: one.kind != "lock")


def _pinned(
    line: Requirement, kind: str, optional: bool, markers: Mapping[str, str]
) -> Pinned | None:
    """The line as a pin; None where it does not hold here, or is not of the package index."""
    if not line.name or not line.known or line.source != "index":
        return None
    if line.marker and not applies(line.marker, markers):
        return None
    return Pinned(
        line.name,
        line.specifier,
        line.extras,
        kind,
        line.path,
        line.line,
        line.column,
        line.text,
        optional,
    )


def by_name(pins: tuple[Pinned, ...], *kinds: str) -> Iterator[tuple[str, list[Pinned]]]:
    """The pins of some kinds for each distribution: of several alternatives one must fit."""
    found: dict[str, list[Pinned]] = {}
    for one in pins:
        if one.kind in kinds:
            found.setdefault(one.name, []).append(one)
    yield from found.items()
