"""Files that set a variable and name no library: `settings.py` with `TF_CPP_MIN_LOG_LEVEL`, or with
`load_dotenv()`.

Whether they come too late is told by those that import them. So they are looked at only where files
of the same project, in the same run, do name a library.
"""

from __future__ import annotations

import os

from kerlint.checking.work import Work
from kerlint.knowledge.variable_table import VARIABLES
from kerlint.knowledge.variables import LEGACY_SWITCH
from kerlint.project.roots import start_of
from kerlint.source.reading import read_bytes
from kerlint.source.variables import may_write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kerlint.project.targets import Target
    from kerlint.settings import Settings, SettingsTree

_NAMED = tuple(variable.name.encode() for variable in VARIABLES if variable.moment == "import")
"""What is read later than at an import is told only where the file itself has it read."""

_LOADED = {"KERAS_BACKEND": ("KER202", "KER208"), LEGACY_SWITCH: ("KER203",)}
"""Variables that a `.env` file may have, and the rules on them."""


def add_works(
    paths: Iterable[str],
    mentioning: Iterable[str],
    works: list[Work],
    tree: SettingsTree,
    target_of: Callable[[str, Settings], Target],
) -> None:
    """Add a work for each file that may set a variable which others have made read.

    `paths`       of files that set variables of some kind
    `mentioning`  files that name a library
    """
    roots: set[str] = set()
    known = {work.path: work for work in works}
    for path in paths:
        try:
            data = read_bytes(path)
        except OSError:
            continue
        rules = {"KER204"} if any(may_write(name, data) for name in _NAMED) else set()
        if b"load_dotenv" in data:
            rules.update(_of_dotenv(path))
        if not rules:
            continue
        settings = tree.of_file(path)
        selected = settings.selected() - settings.ignored(path)
        roots = roots or {_root(folder) for folder in set(map(os.path.dirname, mentioning))}
        if rules.isdisjoint(selected) or _root(os.path.dirname(path)) not in roots:
            continue
        work = known.get(path)
        if work is None:
            work = Work(path, None, 0, frozenset(), selected, None)
            works.append(work)
        for rule in sorted(rules & selected):
            work.ask(rule, target_of(path, settings), len(data))


def _of_dotenv(path: str) -> Iterator[str]:
    """The rules on the variables in the `.env` file that the file at `path` may load."""
    from kerlint.project.modules import Project
    from kerlint.rules.order._dotenv import nearest

    file = nearest(path, Project())
    for setting in file.settings if file is not None else ():
        if setting.value and setting.variable in _LOADED:
            yield from _LOADED[setting.variable]


def _root(folder: str) -> str:
    return start_of(os.path.abspath(folder))
