"""The `.env` file that a script loads."""

from __future__ import annotations

import os

from kerlint.rules.order._writes import about_keras
from kerlint.source.events import Event
from kerlint.source.facts import Reference

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kerlint.manifests.settings import Setting, SettingsFile
    from kerlint.project.modules import Project
    from kerlint.source.facts import Module, Node


_LOADERS = frozenset({"dotenv.load_dotenv", "dotenv.main.load_dotenv"})


def loads_nearest(module: Module) -> bool:
    """Whether the module calls `load_dotenv()` with nothing that says which file, or how."""
    return any(_simple(module))


def _simple(module: Module) -> Iterator[Node]:
    """The Name node `load_dotenv` of each such call."""
    for call in module.calls:
        callee = call.callee
        if not isinstance(callee, Reference) or not callee.complete or call.node.args:
            continue
        if all(one.name in _LOADERS for one in callee.candidates):
            yield callee.parts[-1]


def set_by_nearest(
    module: Module, project: Project, variable: str
) -> tuple[SettingsFile, Setting] | None:
    """What the `.env` file that the module loads gives to the variable."""
    file = nearest(module.path, project) if loads_nearest(module) else None
    given = [one for one in file.settings if one.variable == variable] if file else []
    return (file, given[-1]) if file is not None and given and given[-1].value else None


def writes(
    module: Module, project: Project | None, variable: str
) -> Callable[[Event], Event | None]:
    """Which write of the variable a call of `load_dotenv()` is: it sets what is not set yet."""
    known: dict[int, Event] = {}
    nodes: dict[int, Node] | None = None

    def write(event: Event) -> Event | None:
        nonlocal nodes
        if event.how != "dotenv" or project is None or not about_keras(module):
            return None
        if nodes is None:
            nodes = {id(node): node for node in _simple(module)}
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
                how="setdefault",
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
