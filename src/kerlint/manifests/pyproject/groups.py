"""`[dependency-groups]`.

https://packaging.python.org/en/latest/specifications/dependency-groups/
"""

from __future__ import annotations

from kerlint.manifests.pep508 import normal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.manifests.toml_page import Page
    from kerlint.manifests.toml_places import Path

_TABLE = ("dependency-groups",)
_TOGETHER = ("uv", "pdm", "poetry", "rye")
"""Tools that install the project along with its groups; `pip install --group` does not."""
MOST_CIRCULAR = 50
"""Groups of which it is said that they include themselves."""


def read(page: Page) -> None:
    """Each group with what it includes."""
    names: dict[str, str] = {}
    for group in page.table(_TABLE):
        name = normal(group)
        if name in names:
            page.problem((*_TABLE, group), f"the group `{names[name]}` is written twice")
            continue
        names[name] = group
    included: dict[str, list[tuple[str, Path]]] = {}
    for name, group in names.items():
        included[name] = _group(page, group, f"group {name}", names)
    if not _together(page):
        page.apart = frozenset(f"group {name}" for name in names)
    circular = _circular({name: [one for one, _ in some] for name, some in included.items()})
    for name in circular[:MOST_CIRCULAR]:
        _cycle(page, name, included)


def _together(page: Page) -> bool:
    """Whether the file itself names a tool that installs the project with its groups."""
    tool = page.get(("tool",))
    if isinstance(tool, dict) and any(name in tool for name in _TOGETHER):
        return True
    backend = page.get(("build-system", "build-backend"))
    return isinstance(backend, str) and backend.startswith(_TOGETHER)


def _group(page: Page, group: str, origin: str, names: dict[str, str]) -> list[tuple[str, Path]]:
    """The requirements of a group; returns which other ones it includes, and where."""
    found: list[tuple[str, Path]] = []
    for index, entry in enumerate(page.array((*_TABLE, group))):
        path: Path = (*_TABLE, group, index)
        if isinstance(entry, str):
            page.pep508(path, origin=origin)
        elif isinstance(entry, dict) and list(entry) == ["include-group"]:
            path = (*path, "include-group")
            other = normal(page.string(path))
            if other in names:
                found.append((other, path))
                page.bring(origin, f"group {other}")
            elif other:
                page.problem(path, f"there is no dependency group `{page.string(path)}`")
        else:
            page.problem(path, "only requirements and `{ include-group = ... }` can be in a group")
    return found


def _circular(included: dict[str, list[str]]) -> list[str]:
    """The groups that include themselves, or one that does: what is left without all others."""
    includers: dict[str, list[str]] = {}
    left = {name: len(others) for name, others in included.items()}
    for name, others in included.items():
        for other in others:
            includers.setdefault(other, []).append(name)
    done = [name for name, count in left.items() if not count]
    for name in done:
        for includer in includers.get(name, ()):
            left[includer] -= 1
            if not left[includer]:
                done.append(includer)
    return [name for name, count in left.items() if count]


def _cycle(page: Page, start: str, included: dict[str, list[tuple[str, Path]]]) -> None:
    """Say which include leads back to the group itself."""
    for first, path in included[start]:
        seen: set[str] = set()
        waiting = [first]
        while waiting:
            name = waiting.pop()
            if name == start:
                page.problem(path, f"the group `{start}` includes itself by way of `{first}`")
                break
            if name not in seen:
                seen.add(name)
                waiting += [other for other, _ in included.get(name, [])]
