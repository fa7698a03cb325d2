"""Files that set a variable and name no library: `settings.py` with `TF_CPP_MIN_LOG_LEVEL`.

Whether they come too late is told by those that import them. So they are looked at only where files
of the same project, in the same run, do name a library.
"""

from __future__ import annotations

import os

from kerlint.checking.work import Work
from kerlint.knowledge.variable_table import VARIABLES
from kerlint.project.roots import start_of
from kerlint.source.reading import read_bytes
from kerlint.source.variables import may_write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kerlint.project.targets import Target
    from kerlint.settings import Settings, SettingsTree

RULE = "KER204"

_NAMES = tuple(variable.name.encode() for variable in VARIABLES if variable.moment == "import")
"""What is read later than at an import is told only where the file itself has it read."""


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
        if not any(may_write(name, data) for name in _NAMES):
            continue
        settings = tree.of_file(path)
        selected = settings.selected() - settings.ignored(path)
        roots = roots or {_root(folder) for folder in set(map(os.path.dirname, mentioning))}
        if RULE not in selected or _root(os.path.dirname(path)) not in roots:
            continue
        work = known.get(path)
        if work is None:
            work = Work(path, None, 0, frozenset(), selected, None)
            works.append(work)
        work.ask(RULE, target_of(path, settings), len(data))


def _root(folder: str) -> str:
    return start_of(os.path.abspath(folder))
