"""`%%writefile net.py`: the text of the cell is that file, and is checked as a module of its own."""

from __future__ import annotations

import os
import re

from kerlint.diagnostics import Position, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kerlint.diagnostics import Diagnostic
    from kerlint.source.notebooks.module import VirtualModule
    from kerlint.source.notebooks.translation import OtherFile, Problem


class WrittenFile:
    """One such file, with the way back to the cell. Like `VirtualModule`, as far as a check asks.

    Nothing is said of what else its program does: who runs it, and when, is not known.
    """

    __slots__ = ("_cell", "_first", "text")

    alone = True
    is_python_2 = False
    problems: tuple[tuple[int, Problem], ...] = ()

    def __init__(self, file: OtherFile) -> None:
        self._cell = file.cell
        self._first = file.line
        self.text = f"{file.text}\n"

    def without(self, line: int, problem: str) -> bool:
        """The file cannot do without a part of it."""
        return False

    def in_module(self) -> Iterator[tuple[int, int, str]]:
        """No part is passed over."""
        return iter(())

    def map_back(self, found: Diagnostic) -> None:
        """Give a finding the cell, and the places in it."""
        found.cell, found.span = self._cell, self._moved(found.span)
        found.fix = None  # its places are those of the file
        found.related = tuple(
            one._replace(cell=self._cell, span=self._moved(one.span))
            if one.path == found.path and one.cell is None
            else one
            for one in found.related
        )

    def _moved(self, span: Span) -> Span:
        start, end = (Position(one.line + self._first - 1, one.column) for one in span)
        return Span(start, end)


def importable(module: VirtualModule, path: str) -> dict[str, OtherFile]:
    """The Python files that the notebook at `path` writes for itself, by their absolute paths.

    Not those that a cell above imports, for then there was another one before, and not those that
    are written twice.
    """
    found: dict[str, OtherFile] = {}
    names = [file.name for file in module.files]
    for file in module.files:
        stem, ending = os.path.splitext(os.path.basename(file.name))
        if ending != ".py" or names.count(file.name) > 1:
            continue
        word = os.path.basename(os.path.dirname(file.name)) if stem == "__init__" else stem
        if not re.search(rf"\b{re.escape(word)}\b", module.above(file.cell)):
            place = os.path.join(os.path.dirname(path), os.path.expanduser(file.name))
            found[os.path.abspath(place)] = file
    return found


def source_of(file: OtherFile) -> bytes:
    """What is in the file when the cell has run."""
    return f"{file.text}\n".encode("utf-8", "replace")


def place_in_cells(found: Diagnostic, path: str, files: Mapping[str, OtherFile]) -> None:
    """Give places in files that the notebook at `path` writes as those of the cells that do so."""
    related = []
    for one in found.related:
        file = files.get(os.path.abspath(one.path))
        if file is not None and one.cell is None:
            start, end = (Position(at.line + file.line - 1, at.column) for at in one.span)
            one = one._replace(path=path, cell=file.cell, span=Span(start, end))
        related.append(one)
    found.related = tuple(related)


def written_in(module: VirtualModule) -> Iterator[tuple[WrittenFile, bytes]]:
    """The Python files that the notebook writes, and their source."""
    for file in module.files:
        if file.name.endswith(".py"):
            yield WrittenFile(file), source_of(file)
