"""`%%writefile net.py`: the text of the cell is that file, and is checked as a module of its own."""

from __future__ import annotations

import os
import re

from kerlint.diagnostics import Position, Span
from kerlint.project.imports_scan import imports_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kerlint.diagnostics import Diagnostic
    from kerlint.source.notebooks.module import VirtualModule
    from kerlint.source.notebooks.translation import OtherFile, Problem

_HOSTED = re.compile(r"^/(?:content|kaggle/working)/(?!drive/)")
"""The working folders of Colab and Kaggle."""

_NONE: Mapping[str, OtherFile] = {}


class WrittenFile:
    """One such file, with the way back to the cell. Like `VirtualModule`, as far as a check asks.

    `home`   the notebook's path
    `path`   that of the file, if an import leads to it or from it to another; else ""
    `files`  the files of which that can be said, by absolute paths, this file included

    Of a file without such imports nothing is said of what else its program does: who runs it, and
    when, is not known.
    """

    __slots__ = ("_cell", "_first", "files", "home", "path", "text")

    is_python_2 = False
    problems: tuple[tuple[int, Problem], ...] = ()

    def __init__(
        self, file: OtherFile, home: str, path: str = "", files: Mapping[str, OtherFile] = _NONE
    ) -> None:
        self._cell = file.cell
        self._first = file.line
        self.home = home
        self.path = path
        self.files = files
        self.text = f"{file.text}\n"

    def without(self, line: int, problem: str) -> bool:
        """The file cannot do without a part of it."""
        return False

    def in_module(self) -> Iterator[tuple[int, int, str]]:
        """No part is passed over."""
        return iter(())

    def map_back(self, found: Diagnostic) -> None:
        """Give a finding the notebook, the cell, and the places in it."""
        found.path = self.home
        found.cell, found.span = self._cell, _moved(found.span, self._first)
        found.fix = None  # its places are those of the file
        found.related = tuple(
            one._replace(path=self.home, cell=self._cell, span=_moved(one.span, self._first))
            if one.path == (self.path or self.home) and one.cell is None
            else one
            for one in found.related
        )


def _moved(span: Span, first: int) -> Span:
    """The same stretch in the cell, where the file begins on the line `first`."""
    start, end = (Position(one.line + first - 1, one.column) for one in span)
    return Span(start, end)


def importable(module: VirtualModule, path: str) -> dict[str, OtherFile]:
    """The Python files that the notebook at `path` writes for itself, by their absolute paths.

    Not those that a cell above imports, for then there was another one before, and not those that
    are written twice.
    """
    found: dict[str, OtherFile] = {}
    names = [file.name for file in module.files]
    for file in module.files:
        if not file.name.endswith(".py") or names.count(file.name) > 1:
            continue
        if not re.search(rf"\b{re.escape(_word(file.name))}\b", module.above(file.cell)):
            name = _HOSTED.sub("", os.path.expanduser(file.name))
            found[os.path.abspath(os.path.join(os.path.dirname(path), name))] = file
    return found


def source_of(file: OtherFile) -> bytes:
    """What is in the file when the cell has run."""
    return f"{file.text}\n".encode("utf-8", "replace")


def sources_of(files: Mapping[str, OtherFile]) -> dict[str, bytes]:
    """The same of several, by their paths."""
    return {path: source_of(file) for path, file in files.items()}


def connected(module: VirtualModule, path: str) -> dict[str, OtherFile]:
    """Those of the importable files that the notebook or another of them imports, or that do so."""
    files = importable(module, path)
    found: set[str] = set()
    texts = [("", module.text), *((place, file.text) for place, file in files.items())]
    for importer, text in texts if files else ():
        names = imports_in(text.encode("utf-8", "replace"))
        words = {part for name in names for part in name.split(".")}
        own = {place for place, file in files.items() if _word(file.name) in words} - {importer}
        if own:
            found |= own | {importer}
    return {place: file for place, file in files.items() if place in found}


def _word(name: str) -> str:
    """What is imported of a file of that name: the module, or the package of an `__init__.py`."""
    folder, file = os.path.split(name)
    stem = os.path.splitext(file)[0]
    return os.path.basename(folder) if stem == "__init__" else stem


def place_in_cells(found: Diagnostic, path: str, files: Mapping[str, OtherFile]) -> None:
    """Give places in other notebooks, and in files that a notebook writes, as places in cells.

    `files`  those that the notebook at `path` writes, by their absolute paths

    What cannot be placed in a cell is left out: nobody could find it.
    """
    placed = []
    for one in found.related:
        if one.cell is None:
            file = files.get(os.path.abspath(one.path)) if files else None
            if file is not None:
                span = _moved(one.span, file.line)
                one = one._replace(path=path, cell=file.cell, span=span)
            elif one.path.endswith(".ipynb"):
                cell = _cell_of(one.path, one.span)
                if cell is None:
                    continue
                one = one._replace(cell=cell[0], span=cell[1])
        placed.append(one)
    found.related = tuple(placed)


def _cell_of(path: str, span: Span) -> tuple[int, Span] | None:
    """The cell, and the place in it, of a place in the notebook read as one module."""
    from kerlint.source.notebooks.cells import NotANotebook, read
    from kerlint.source.notebooks.module import VirtualModule
    from kerlint.source.reading import read_bytes

    try:
        return VirtualModule(read(read_bytes(path))).span(span)
    except (OSError, NotANotebook):
        return None


def written_in(module: VirtualModule, path: str) -> Iterator[tuple[WrittenFile, bytes]]:
    """The Python files that the notebook at `path` writes, and their source."""
    from kerlint.project.discovery import as_shown

    files = connected(module, path)
    places = {id(file): place for place, file in files.items()}
    base = os.path.join(os.getcwd(), "")
    for file in module.files:
        if file.name.endswith(".py"):
            place = places.get(id(file))
            yield (
                (
                    WrittenFile(file, path)
                    if place is None
                    else WrittenFile(file, path, as_shown(place, base), files)
                ),
                source_of(file),
            )
