"""The same for modules that a notebook writes itself: two Keras libraries can meet in a cell, or in
a file that a cell writes, although the words there name only one.
"""

from __future__ import annotations

import os

from kerlint.checking.neighbours import RULE, Neighbours
from kerlint.checking.work import Work
from kerlint.project.modules import Project
from kerlint.source.notebooks.written import WrittenFile, connected, sources_of, written_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kerlint.project.targets import Target, Versions
    from kerlint.settings import SettingsTree
    from kerlint.source.notebooks.module import VirtualModule
    from kerlint.source.notebooks.opening import Opener


def add_works(
    mentioning: Mapping[str, tuple[Target, bool]],
    works: list[Work],
    written: list[Work],
    tree: SettingsTree,
    opener: Opener,
) -> None:
    """Add the rule to the works of the cells and files where two may meet, or give them one.

    `works` are those of the files of the run, `written` those of what notebooks write.
    """
    for path, module in opener.written.items():
        settings = tree.of_file(path)
        selected = settings.selected() - settings.ignored(path)
        if path not in mentioning or RULE not in selected:
            continue
        target, _ = mentioning[path]
        for part, data in _meeting(path, module, target.newest):
            own = written if isinstance(part, WrittenFile) else works
            work = next((one for one in own if _is_of(one, path, part)), None)
            if work is None:
                work = Work(path, data, 0, frozenset(), selected, target, part)
                own.append(work)
            work.ask(RULE, target, len(data))


def _is_of(work: Work, path: str, part: VirtualModule | WrittenFile) -> bool:
    """Whether it is the work of the notebook's cells, or of the file that it writes."""
    if work.path != path:
        return False
    if isinstance(part, WrittenFile):
        return isinstance(work.notebook, WrittenFile) and work.notebook.path == part.path
    return True


def _meeting(
    path: str, module: VirtualModule, versions: Versions
) -> Iterator[tuple[VirtualModule | WrittenFile, bytes]]:
    """The notebook and the files that it writes, as far as two may meet in them; their source."""
    files = connected(module, path)
    if not files:
        return
    home = os.path.abspath(path)
    parts: Sequence[tuple[str, VirtualModule | WrittenFile, bytes]] = [
        (home, module, module.text.encode("utf-8", "replace")),
        *(
            (os.path.abspath(file.path), file, data)
            for file, data in written_in(module, path)
            if file.path
        ),
    ]
    near = Neighbours({}, (), Project(sources_of(files)))
    reached = near.reached([place for place, _, _ in parts], versions)
    for place, part, data in parts:
        if len(reached[place]) > 1:
            yield part, data
