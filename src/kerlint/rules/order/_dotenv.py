"""The `.env` file that a script loads."""

from __future__ import annotations

import os

from kerlint.source.events import Event
from kerlint.source.facts import Reference
from kerlint.source.tree import kind_of, present

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kerlint.manifests.settings import Setting, SettingsFile
    from kerlint.project.modules import Project
    from kerlint.source.facts import Call, Module, Node


_LOADERS = frozenset({"dotenv.load_dotenv", "dotenv.main.load_dotenv"})
"""What loads the file into the environment for certain. `read_env()` of environs did so until its
release 14, and keeps what it reads for itself since 15; which one is installed is not known."""

_FINDERS = frozenset({"dotenv.find_dotenv", "dotenv.main.find_dotenv"})
"""Calls that say, without arguments, which file is loaded anyway."""

_PLAIN = frozenset({"encoding", "interpolate", "recurse", "verbose"})
"""Options that do not change which file it is, nor what wins."""


def loads_nearest(module: Module) -> bool:
    """Whether the module loads the nearest file in a way that leaves alone what is set already."""
    return any(not overrides for _, overrides in _simple(module))


def _simple(module: Module) -> Iterator[tuple[Node, bool]]:
    """Each call that loads the nearest file: its last Name node, and whether the file wins over
    what is set already.
    """
    finding = {id(call.node) for call in module.calls if _is(call, _FINDERS) and not call.node.args}
    for call in module.calls:
        if not isinstance(call.callee, Reference) or not _is(call, _LOADERS):
            continue
        node = call.callee.parts[-1]
        overrides = False
        for index, argument in enumerate(call.node.args):
            keyword = argument.keyword.value if present(argument.keyword) else ""
            value = argument.value.value if kind_of(argument.value) == "Name" else None
            if keyword == "override" and value in ("False", "True"):
                overrides = value == "True"
            elif keyword not in _PLAIN and not (
                (keyword == "dotenv_path" or (not keyword and index == 0))
                and id(argument.value) in finding
            ):
                break
        else:
            yield node, overrides


def _is(call: Call, names: frozenset[str]) -> bool:
    """Whether what is called is certainly one of these functions."""
    callee = call.callee
    return (
        isinstance(callee, Reference)
        and callee.complete
        and all(one.name in names for one in callee.candidates)
    )


def set_by_nearest(
    module: Module, project: Project, variable: str
) -> tuple[SettingsFile, Setting] | None:
    """What the `.env` file that the module loads gives to the variable."""
    file = nearest(module.path, project) if any(_simple(module)) else None
    given = [one for one in file.settings if one.variable == variable] if file else []
    return (file, given[-1]) if file is not None and given and given[-1].value else None


def writes(
    module: Module, project: Project | None, variable: str
) -> Callable[[Event], Event | None]:
    """Which write of the variable a call of `load_dotenv()` is: mostly it sets what is not set."""
    known: dict[int, Event] = {}
    nodes: dict[int, bool] | None = None

    def write(event: Event) -> Event | None:
        nonlocal nodes
        if event.how != "dotenv" or project is None:
            return None
        if nodes is None:
            nodes = {id(node): overrides for node, overrides in _simple(module)}
        if id(event.last) not in nodes:
            return None
        if id(event) not in known:
            found = set_by_nearest(module, project, variable)
            if found is None:
                return None
            known[id(event)] = Event(
                "write",
                event.node,
                event.last,
                names=(found[0].path,),
                variable=variable,
                value=found[1].value,
                how="assign" if nodes[id(event.last)] else "setdefault",
                guards=event.guards,
            )
        return known[id(event)]

    return write


def nearest(path: str, project: Project) -> SettingsFile | None:
    """The file that `load_dotenv()` finds from the code at `path`: in its folder or above it.

    https://github.com/theskumar/python-dotenv: `find_dotenv` goes up from the file that calls it.
    """
    from kerlint.manifests.environment import read
    from kerlint.source.reading import Undecodable, decode

    folder = os.path.dirname(path)
    while True:
        own = os.path.normpath(os.path.join(folder, ".env"))
        data = project.data(own)
        if data:
            try:
                return read(own, decode(data))
            except (Undecodable, UnicodeError, LookupError):
                return None
        here = os.path.abspath(folder)
        if os.path.exists(os.path.join(here, ".git")) or os.path.dirname(here) == here:
            return None
        folder = os.path.normpath(os.path.join(folder, ".."))
