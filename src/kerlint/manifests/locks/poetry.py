"""poetry.lock: pins with their groups and, from Poetry 2 on, with their markers.

An older lock keeps markers only at the edges between packages; what it leaves open, because the
roots stand in pyproject.toml, is taken as required everywhere.
https://python-poetry.org/docs/basic-usage/#installing-with-poetrylock
"""

from __future__ import annotations

import re

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from kerlint.manifests.environments import Environments, within
from kerlint.manifests.locks.graph import Edge, Node, reached
from kerlint.manifests.locks.pins import Pin, locked_all
from kerlint.manifests.locks.slim import holds, packages, page_of, version_of
from kerlint.manifests.pep508 import normal
from kerlint.manifests.specifiers import of_poetry
from kerlint.manifests.toml_page import Page

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kerlint.manifests.model import Manifest, Source
    from kerlint.manifests.toml_places import Path

    Where = dict[str, int]

_SOURCES: dict[str, Source] = {"git": "vcs", "directory": "path", "file": "path", "url": "url"}
_NAME = re.compile(r"\s*([\w.-]+)")
_PUBLIC = "https://pypi.org/simple"


def read(path: str, text: str) -> Manifest:
    """Pins of all groups and extras."""
    page = page_of(path, text)
    python = page.string(("metadata", "python-versions"))
    specifier = of_poetry(python) if python else ""
    if specifier is None:
        page.problem(("metadata", "python-versions"), f"`{python}` is no version constraint")
    elif python:
        page.python(("metadata", "python-versions"), specifier)
    environments = Environments(within(specifier or ""))
    rows = packages(page, "package")
    pins = [_pin(page, index, row) for index, row in rows]
    extras = {
        normal(extra): [normal(name[1]) for one in names if (name := _NAME.match(str(one)))]
        for extra, names in page.table(("extras",)).items()
        if isinstance(names, list)
    }
    said = any("groups" in row for _, row in rows)
    if said:
        where = [_said(page, index, environments, extras) for index, _ in rows]
    else:
        where = _walked(page, rows, pins, environments, extras)
    page.requirements += locked_all(path, pins, where, environments)
    return page.manifest("poetry-lock")


def _pin(page: Page, index: int, row: dict[str, Any]) -> Pin:
    source = row.get("source")
    source = source if isinstance(source, dict) else {}
    url = source.get("url")
    if source.get("type") == "legacy" and isinstance(url, str) and url.rstrip("/") != _PUBLIC:
        page.index(url)
    version = version_of(page, ("package", index, "version"), legacy=True)
    place = page.entry(("package", index, "version" if "version" in row else "name"))
    kind: Source = _SOURCES.get(str(source.get("type")), "index")
    return Pin(normal(row["name"]), version, place, kind)


def _said(
    page: Page, index: int, environments: Environments, extras: dict[str, list[str]]
) -> Where:
    """By `groups` and `markers` of the package itself."""
    row: Path = ("package", index)
    groups = [group for _, group in page.strings((*row, "groups"))]
    several = isinstance(page.get((*row, "markers")), dict)
    found: Where = {}
    for group in groups or ["main"]:
        marker = (*row, "markers", group) if several else (*row, "markers")
        if group != "main":
            found[f"group {normal(group)}"] = holds(page, marker, environments)
            continue
        found[""] = holds(page, marker, environments)
        if "extra" in page.string(marker):
            for extra in extras:
                origin = f"extra {extra}"
                found[origin] = holds(page, marker, environments, frozenset([origin]))
    return found


def _walked(
    page: Page,
    rows: list[tuple[int, dict[str, Any]]],
    pins: list[Pin],
    environments: Environments,
    extras: dict[str, list[str]],
) -> list[Where]:
    """By the edges, from what nothing else requires."""
    by_name: dict[str, list[int]] = {}
    for index, pin in enumerate(pins):
        by_name.setdefault(pin.name, []).append(index)
    nodes = [_node(page, index, by_name, pins, environments) for index, _ in rows]
    required = {edge.to for node in nodes for edge in node.edges}
    everywhere = reached(
        nodes, [Edge(to, environments.all) for to in range(len(rows)) if to not in required]
    )
    by_extra = {
        extra: reached(
            nodes, [Edge(to, environments.all) for name in names for to in by_name.get(name, ())]
        )
        for extra, names in extras.items()
    }
    found: list[Where] = []
    for index, (place, row) in enumerate(rows):
        where = everywhere.get(index, environments.all)
        if "markers" in row:
            holds(page, ("package", place, "markers"), environments)
        if row.get("optional") is True:
            of_extras = {
                f"extra {extra}": there[index]
                for extra, there in by_extra.items()
                if index in there
            }
            found.append(of_extras or {f"optional {pins[index].name}": where})
        else:
            found.append({"group dev" if row.get("category") == "dev" else "": where})
    return found


def _node(
    page: Page,
    index: int,
    by_name: dict[str, list[int]],
    pins: list[Pin],
    environments: Environments,
) -> Node:
    node = Node(environments.all)
    table: Path = ("package", index, "dependencies")
    for name, value in page.table(table).items():
        listed = isinstance(value, list)
        for number, one in enumerate(value if listed else [value]):
            asked = one if isinstance(one, dict) else {"version": one}
            wanted = asked.get("version")
            admits = _admits(wanted if isinstance(wanted, str) else "*")
            # What is for an extra of the package says so in its marker.
            optional = asked.get("optional") is True or "extra ==" in str(asked.get("markers"))
            marker = (*table, name, number, "markers") if listed else (*table, name, "markers")
            where = environments.all if optional else holds(page, marker, environments)
            for to in by_name.get(normal(name), ()):
                if not admits or not pins[to].version or admits.contains(pins[to].version, True):
                    node.edges.append(Edge(to, where))
    return node


def _admits(text: str) -> SpecifierSet | None:
    specifier = of_poetry(text)
    try:
        return SpecifierSet(specifier) if specifier else None
    except InvalidSpecifier:
        return None
