"""pdm.lock: pins with their groups and markers.

https://pdm-project.org/latest/usage/lockfile/
"""

from __future__ import annotations

from kerlint.manifests.environments import Environments, within
from kerlint.manifests.locks.pins import Pin, locked_all
from kerlint.manifests.locks.slim import holds, packages, page_of, version_of
from kerlint.manifests.pep508 import normal
from kerlint.manifests.specifier_unions import union
from kerlint.project.specifiers import valid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kerlint.manifests.model import Manifest, Source
    from kerlint.manifests.toml_page import Page

_SOURCES: tuple[tuple[str, Source], ...] = (("git", "vcs"), ("path", "path"), ("url", "url"))


def read(path: str, text: str) -> Manifest:
    """Pins of all groups; extras and groups for development are both called groups here."""
    page = page_of(path, text)
    environments = Environments(within(_python(page)))
    rows = packages(page, "package")
    pins = [_pin(page, index, row) for index, row in rows]
    where = [_where(page, index, environments) for index, _ in rows]
    page.requirements += locked_all(path, pins, where, environments)
    return page.manifest("pdm-lock")


def _python(page: Page) -> str:
    """The Pythons of all targets, or what an older lock says."""
    targets = ("metadata", "targets")
    found = []
    for index in range(len(page.array(targets))):
        path = (*targets, index, "requires_python")
        if page.string(path):
            page.python(path, page.string(path))
            found.append(page.string(path))
    if found:
        return (union(found) or "") if all(map(valid, found)) else ""
    older = ("metadata", "requires_python")
    if page.string(older):
        page.python(older, page.string(older))
    return page.string(older)


def _pin(page: Page, index: int, row: dict[str, Any]) -> Pin:
    version = version_of(page, ("package", index, "version"))
    extras = page.strings(("package", index, "extras"))
    source: Source = next((kind for key, kind in _SOURCES if key in row), "index")
    return Pin(
        normal(row["name"]),
        version,
        page.entry(("package", index, "version" if "version" in row else "name")),
        source,
        tuple(sorted(normal(one) for _, one in extras)),
    )


def _where(page: Page, index: int, environments: Environments) -> dict[str, int]:
    where = holds(page, ("package", index, "marker"), environments)
    names = [name for _, name in page.strings(("package", index, "groups"))]
    return {
        "" if name == "default" else f"group {normal(name)}": where for name in names or ["default"]
    }
