"""pylock.toml (PEP 751): pins with markers that may ask for extras and groups.

https://packaging.python.org/en/latest/specifications/pylock-toml/
"""

from __future__ import annotations

from kerlint.manifests.environments import Environments, within
from kerlint.manifests.locks.pins import Pin, locked_all
from kerlint.manifests.locks.slim import holds, packages, page_of, version_of
from kerlint.manifests.pep508 import normal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kerlint.manifests.model import Manifest, Source
    from kerlint.manifests.toml_page import Page

_SOURCES: tuple[tuple[str, Source], ...] = (
    ("vcs", "vcs"),
    ("directory", "path"),
    ("archive", "url"),
)
_PUBLIC = "https://pypi.org/simple"


def read(path: str, text: str) -> Manifest:
    """Pins of what is installed by default, and of each extra and group."""
    page = page_of(path, text)
    python = page.string(("requires-python",))
    if python:
        page.python(("requires-python",), python)
    environments = Environments(within(python))
    admitted = 0
    for path_of_marker, _ in page.strings(("environments",)):
        admitted |= holds(page, path_of_marker, environments)
    default = [f"group {normal(name)}" for _, name in page.strings(("default-groups",))]
    origins = {"": frozenset(default)}
    for key, kind in (("extras", "extra"), ("dependency-groups", "group")):
        for _, name in page.strings((key,)):
            origin = f"{kind} {normal(name)}"
            origins[origin] = frozenset([*default, origin])
    rows = packages(page, "packages")
    pins = [_pin(page, index, row) for index, row in rows]
    where = []
    for index, _ in rows:
        marker = ("packages", index, "marker")
        there = {
            origin: holds(page, marker, environments, active) & (admitted or environments.all)
            for origin, active in origins.items()
        }
        where.append(there)
    page.requirements += locked_all(path, pins, where, environments)
    return page.manifest("pylock")


def _pin(page: Page, index: int, row: dict[str, Any]) -> Pin:
    index_url = row.get("index")
    if isinstance(index_url, str) and index_url.rstrip("/") != _PUBLIC:
        page.index(index_url)
    version = version_of(page, ("packages", index, "version"))
    source: Source = next((kind for key, kind in _SOURCES if key in row), "index")
    place = page.entry(("packages", index, "version" if "version" in row else "name"))
    return Pin(normal(row["name"]), version, place, source)
