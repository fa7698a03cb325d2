"""`[tool.uv]`, and the groups of rye, from which uv has them.

https://docs.astral.sh/uv/reference/settings/
"""

from __future__ import annotations

from kerlint.manifests.pep508 import normal
from kerlint.manifests.pyproject.other_index import OPTION, for_all

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kerlint.manifests.model import Role, Source
    from kerlint.manifests.toml_page import Page
    from kerlint.manifests.toml_places import Path

_UV = ("tool", "uv")
_LISTS: tuple[tuple[Path, Role, str], ...] = (
    ((*_UV, "dev-dependencies"), "requirement", "group dev"),
    (("tool", "rye", "dev-dependencies"), "requirement", "group dev"),
    ((*_UV, "override-dependencies"), "override", ""),
    ((*_UV, "constraint-dependencies"), "constraint", ""),
    ((*_UV, "build-constraint-dependencies"), "constraint", "build"),
)
_SOURCES: tuple[tuple[str, Source], ...] = (
    ("git", "vcs"),
    ("url", "url"),
    ("path", "path"),
    ("workspace", "path"),
)
_PLATFORMS = {"linux": "linux", "darwin": "macos", "win32": "windows"}


def read(page: Page) -> None:
    """Lists of requirements, sources, members of the workspace, and Pythons of groups."""
    for path, role, origin in _LISTS:
        for below, _ in page.strings(path):
            page.pep508(below, role=role, origin=origin)
    if not page.table(_UV):
        return
    for path, pattern in page.strings((*_UV, "workspace", "members")):
        page.include("workspace", path, pattern)
    for group, settings in page.table((*_UV, "dependency-groups")).items():
        python = (*_UV, "dependency-groups", group, "requires-python")
        if isinstance(settings, dict) and page.string(python):
            page.python(python, page.string(python), f"group {normal(group)}")
    _metadata(page)
    _environments(page)
    indexes = (*_UV, "index")
    for index, entry in enumerate(page.array(indexes)):
        if isinstance(entry, dict) and entry.get("explicit") is not True:
            for_all(page, page.string((*indexes, index, "url")))
    for key in ("index-url", "extra-index-url"):
        value = page.get((*_UV, key))
        for url in value if isinstance(value, list) else [value]:
            for_all(page, url)
    for name, value in page.table((*_UV, "sources")).items():
        for entry in value if isinstance(value, list) else [value]:
            if isinstance(entry, dict):
                _source(page, normal(name), entry)
            else:
                page.problem((*_UV, "sources", name), f"the source of `{name}` must be a table")


def _source(page: Page, name: str, entry: dict[str, Any]) -> None:
    """Where the requirements of a name come from; perhaps only those of an extra or a group."""
    origins = [f"{key} {normal(entry[key])}" for key in ("extra", "group") if _text(entry, key)]
    found: Source | None = next((kind for key, kind in _SOURCES if entry.get(key)), None)
    for one in page.requirements:
        if one.name != name or one.origin == "build" or (origins and one.origin not in origins):
            continue
        if found:
            one.source = found
        elif _text(entry, "index") and OPTION not in one.options:
            one.options = (*one.options, OPTION)


def _metadata(page: Page) -> None:
    """Packages that the project says to require something else than what was published."""
    entries = page.array((*_UV, "dependency-metadata"))
    names = {normal(one["name"]) for one in entries if isinstance(one, dict) and _text(one, "name")}
    for one in page.requirements:
        if one.name in names:
            one.options = (*one.options, "no-deps")


def _text(entry: dict[str, Any], key: str) -> bool:
    return isinstance(entry.get(key), str)


def _environments(page: Page) -> None:
    """One platform, if the project admits no other one."""
    platforms = set()
    for _, marker in page.strings((*_UV, "environments")):
        words = marker.replace("'", '"').split('"')
        named = "sys_platform ==" in marker and " or " not in marker and len(words) > 1
        platforms.add(_PLATFORMS.get(words[1], "") if named else "")
    if len(platforms) == 1 and "" not in platforms:
        page.platforms[""] = platforms.pop()
