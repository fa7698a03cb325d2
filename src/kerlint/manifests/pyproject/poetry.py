"""`[tool.poetry]`: dependencies, groups and extras.

https://python-poetry.org/docs/pyproject/, https://python-poetry.org/docs/dependency-specification/
"""

from __future__ import annotations

import re

from kerlint.manifests import markers
from kerlint.manifests.links import of_archive
from kerlint.manifests.model import Requirement
from kerlint.manifests.pep508 import Refused, marker_of, normal, normal_extras
from kerlint.manifests.pyproject.other_index import OPTION, for_all
from kerlint.manifests.specifiers import of_poetry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kerlint.manifests.model import Role, Source
    from kerlint.manifests.toml_page import Page
    from kerlint.manifests.toml_places import Path

_POETRY = ("tool", "poetry")
_SOURCES: tuple[tuple[str, Source], ...] = (
    ("git", "vcs"),
    ("path", "path"),
    ("file", "path"),
    ("url", "url"),
)


def read(page: Page) -> None:
    """All groups. What `[project]` has already is only narrowed by `tool.poetry.dependencies`."""
    if not page.table(_POETRY):
        return
    if not page.name and isinstance(page.get((*_POETRY, "name")), str):
        page.name = normal(page.get((*_POETRY, "name")))
    extras = _extras(page)
    dependencies = (*_POETRY, "dependencies")
    declared = {one.name for one in page.requirements if not one.origin or "extra" in one.origin}
    mixed = bool(page.get(("project", "dependencies")))
    for name, value in page.table(dependencies).items():
        key = normal(name)
        if key == "python":
            _python(page, (*dependencies, name))
        elif mixed:
            if key in declared:
                _entry(page, (*dependencies, name), key, ("",), "constraint")
        elif _optional(value):
            origins = [f"extra {one}" for one, names in extras.items() if key in names]
            _entry(page, (*dependencies, name), key, tuple(origins) or (f"optional {key}",))
        else:
            _entry(page, (*dependencies, name), key, ("",))
    for path, group in _groups(page):
        for name in page.table(path):
            if normal(name) != "python":
                _entry(page, (*path, name), normal(name), (f"group {group}",))
    for index, source in enumerate(page.array((*_POETRY, "source"))):
        if isinstance(source, dict) and source.get("priority") != "explicit":
            for_all(page, page.string((*_POETRY, "source", index, "url")))


def _groups(page: Page) -> list[tuple[Path, str]]:
    found: list[tuple[Path, str]] = []
    if page.table((*_POETRY, "dev-dependencies")):
        found.append(((*_POETRY, "dev-dependencies"), "dev"))
    groups = (*_POETRY, "group")
    for group in page.table(groups):
        if page.table((*groups, group)):
            found.append(((*groups, group, "dependencies"), normal(group)))
            for path, other in page.strings((*groups, group, "include-groups")):
                if isinstance(page.get(path), str):
                    page.bring(f"group {normal(group)}", f"group {normal(other)}")
    return found


def _extras(page: Page) -> dict[str, set[str]]:
    extras = (*_POETRY, "extras")
    return {
        normal(extra): {
            normal(name.partition("[")[0]) for _, name in page.strings((*extras, extra))
        }
        for extra in page.table(extras)
    }


def _optional(value: Any) -> bool:
    entries = value if isinstance(value, list) else [value]
    return any(isinstance(one, dict) and one.get("optional") is True for one in entries)


def _python(page: Page, path: Path) -> None:
    """`[project]` has the last word about it."""
    if page.get(("project", "requires-python")) is not None:
        return
    text = page.string(path)
    if text:
        specifier = of_poetry(text)
        if specifier is not None:
            page.python(path, specifier)
        elif _alternatives(text) is None:
            page.problem(path, f"`{text}` is no version constraint")


def _entry(
    page: Page, path: Path, name: str, origins: tuple[str, ...], role: Role = "requirement"
) -> None:
    """A constraint, a table, or a list of them of which the environment chooses."""
    value = page.get(path)
    if isinstance(value, list):
        for index in range(len(value)):
            _one(page, (*path, index), name, origins, role)
    else:
        _one(page, path, name, origins, role)


def _one(page: Page, path: Path, name: str, origins: tuple[str, ...], role: Role) -> None:
    value = page.get(path)
    if isinstance(value, str):
        value, at = {"version": value}, path
    elif isinstance(value, dict):
        at = (*path, "version")
    else:
        page.problem(path, f"`{name}` must be a version constraint or a table")
        return
    source: Source = next((kind for key, kind in _SOURCES if key in value), "index")
    version = value.get("version", "*")
    if not isinstance(version, str):
        page.problem(path, f"`{name}`: its version must be a string")
        return
    specifier = of_poetry(version)
    if not version.strip() or (specifier is None and _alternatives(version) is None):
        page.problem(at, f"`{name}`: `{version}` is no version constraint")
        return
    marker = _marker(page, path, value)
    if marker is None:
        return
    if source == "url" and isinstance(value.get("url"), str):
        archive = of_archive(value["url"])
        specifier = specifier or (archive[1] if archive and archive[0] == name else "")
    extras = [extra for _, extra in page.strings((*path, "extras"))]
    options = ("pre",) if value.get("allow-prereleases") is True else ()
    if isinstance(value.get("source"), str) and value["source"].lower() != "pypi":
        options = (*options, OPTION)
    for origin in origins:
        page.add(
            Requirement(
                name,
                specifier or "",
                known=specifier is not None,
                text=_written(page, path),
                path=page.path,
                span=page.entry(path) if path in page.document.values else page.entry(at),
                extras=normal_extras(",".join(extras)),
                marker=marker,
                role=role,
                origin=origin,
                source=source,
                options=options,
            )
        )


def _written(page: Page, path: Path) -> str:
    """An entry of a list says its name too."""
    written = page.written(path)
    return f"{path[-2]} = {written}" if isinstance(path[-1], int) else written


def _marker(page: Page, path: Path, value: dict[str, Any]) -> str | None:
    """`markers`, `python` and `platform` as one marker; None if one of them is refused."""
    found = []
    for key, convert in (
        ("markers", marker_of),
        ("python", _python_marker),
        ("platform", markers.platform),
    ):
        text = value.get(key)
        if isinstance(text, str) and text.strip() not in ("", "*"):
            try:
                found.append(convert(re.sub(r"\s+", " ", text)))
            except (Refused, ValueError) as error:
                why = error.why if isinstance(error, Refused) else "cannot be understood"
                page.problem((*path, key), f"`{key}`: `{text}` {why}")
                return None
    return markers.both(*found)


def _alternatives(text: str) -> list[str] | None:
    """The constraints between `||` as PEP 440 says them; None if one of them is none."""
    found = [of_poetry(one) for one in re.split(r"\|\|?", text)]
    known = [one for one in found if one is not None]
    return known if len(known) == len(found) else None


def _python_marker(text: str) -> str:
    """The marker for the Pythons that a constraint admits. Raises ValueError."""
    alternatives = _alternatives(text)
    if alternatives is None:
        raise ValueError(text)
    return markers.python(alternatives)
