"""The source lines that reports show, and where cells of notebooks stand in their files."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kerlint.diagnostics import Diagnostic, Related, Span
    from kerlint.report.model import Sources
    from kerlint.source.notebooks.cells import Cell, Notebook


class Texts:
    """Texts by path, remembered for a while: findings come file by file.

    `sources` gives the text of a file, `notebooks` are those that were opened already.
    """

    def __init__(self, sources: Sources, notebooks: Mapping[str, Notebook]) -> None:
        self._sources = sources
        self._notebooks = dict(notebooks)
        self._known: dict[tuple[str, int | None], Sequence[str] | None] = {}

    def __call__(self, path: str, cell: int | None = None) -> Sequence[str] | None:
        """The lines of a file, or of one cell of a notebook, as Python counts them."""
        from kerlint.report.text import lines_of

        key = (path, cell)
        if key not in self._known:
            if len(self._known) >= 4:
                del self._known[next(iter(self._known))]
            if cell is None:
                text = self._sources(path)
            else:
                found = self._cell(path, cell)
                text = None if found is None else found.text
            self._known[key] = None if text is None else lines_of(text)
        return self._known[key]

    def on_disk(self, found: Diagnostic | Related) -> Span | None:
        """Where a finding, or what belongs to it, stands in the file: for a notebook the place in
        its JSON, None if that cannot be read.
        """
        if found.cell is None:
            return found.span
        cell = self._cell(found.path, found.cell)
        if cell is None:
            return None
        from kerlint.source.notebooks.disk import span_on_disk

        return span_on_disk(cell, found.span)

    def _cell(self, path: str, index: int) -> Cell | None:
        if path not in self._notebooks:
            self._notebooks[path] = _opened(path)
        return next((cell for cell in self._notebooks[path].cells if cell.index == index), None)


def _opened(path: str) -> Notebook:
    """The notebook at `path`; one without cells if there is none."""
    from kerlint.source.notebooks.cells import NotANotebook, Notebook, read
    from kerlint.source.reading import read_bytes

    try:
        return read(read_bytes(path))
    except (OSError, ValueError, NotANotebook):
        return Notebook([], "", "")
