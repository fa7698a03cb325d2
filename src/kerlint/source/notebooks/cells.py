"""The code cells of a notebook, from the bytes of its file (nbformat 3 and 4).

https://nbformat.readthedocs.io/en/latest/format_description.html
"""

from __future__ import annotations

from kerlint.source.notebooks.walking import Malformed, Walker, built

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


_PARAMETERS = b'"parameters"'
"""https://papermill.readthedocs.io/en/latest/usage-parameterize.html"""

_LARGEST = 1 << 20
"""Bytes that are looked at in one go."""


class Cell:
    """One code cell.

    `index`  among all cells of the notebook, from 0
    `text`   its source; every line end is "\\n"
    `count`  the execution count that is kept with it, or None
    `raw`    the source as it stands in the file: a JSON string or an array of them
    `place`  where `raw` begins in the file: line from 1, and characters before it on that line
    `parameters`  whether its values are defaults, which papermill may replace in a cell below
    """

    __slots__ = ("count", "index", "parameters", "place", "raw", "text")

    def __init__(
        self,
        index: int,
        text: str,
        count: int | None,
        raw: bytes,
        place: tuple[int, int],
        parameters: bool = False,
    ) -> None:
        self.index = index
        self.text = text
        self.count = count
        self.raw = raw
        self.place = place
        self.parameters = parameters

    def __repr__(self) -> str:
        return f"<Cell {self.index} {self.text[:30]!r}>"


class Notebook:
    """What is read of a notebook.

    `cells`     the code cells, in their order
    `language`  of its kernel in lower case, "" where the notebook does not say
    `version`   the version of that language, "" likewise
    """

    __slots__ = ("cells", "language", "version")

    def __init__(self, cells: list[Cell], language: str, version: str) -> None:
        self.cells = cells
        self.language = language
        self.version = version

    @property
    def is_python(self) -> bool:
        """A notebook that names no language is Python: nbformat 3 never does."""
        return not self.language or "python" in self.language

    @property
    def is_python_2(self) -> bool:
        return self.version.startswith("2.") or self.language == "python2"


class NotANotebook(Exception):
    """The bytes cannot be read as a notebook. `line` and `column` are 1-based."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


def read(data: bytes) -> Notebook:
    """The notebook in `data`. Raises NotANotebook."""
    try:
        return _Reader(data).notebook()
    except Malformed as problem:
        offset = min(problem.offset, len(data))
        start = data.rfind(b"\n", 0, offset) + 1
        column = _characters(data, start, offset) + 1
        raise NotANotebook(
            problem.message, data.count(b"\n", 0, offset) + 1, min(column, 1000)
        ) from None


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        start = 3 if data.startswith(b"\xef\xbb\xbf") else 0
        self.walker = Walker(data, start)
        self.cells: list[Cell] = []
        self.number = 0
        self.language = ""
        self.version = ""
        self._counted = (start, 1, 0)  # an offset, its line, characters before it there

    def notebook(self) -> Notebook:
        walker = self.walker
        if walker.peek() != b"{":
            raise Malformed("it does not begin with the brace of a JSON object", walker.at)
        found = False
        for key in walker.members():
            if key == "cells":
                found = True
                self._cells()
            elif key == "worksheets":
                found = True
                for _ in walker.elements():
                    for inner in walker.members():
                        if inner == "cells":
                            self._cells()
            elif key == "metadata" and walker.peek() == b"{":
                self._metadata()
        walker.space()
        if walker.peek():
            raise Malformed("there is more after the end of the notebook", walker.at)
        if not found:
            raise Malformed("it has no list of cells", 0)
        return Notebook(self.cells, self.language, self.version)

    def _metadata(self) -> None:
        walker = self.walker
        for key in walker.members():
            if key == "language_info":
                info = _object(walker.value())
                self.language = str(info.get("name") or "").lower() or self.language
                self.version = str(info.get("version") or "")
            elif key == "kernelspec":
                spec = _object(walker.value())
                self.language = self.language or str(spec.get("language") or "").lower()
                if spec.get("name") == "python2":
                    self.version = self.version or "2."

    def _cells(self) -> None:
        for _ in self.walker.elements():
            self._cell()
            self.number += 1

    def _cell(self) -> None:
        walker = self.walker
        kind: Any = None
        count: Any = None
        language: Any = None
        source: tuple[int, int] | None = None
        parameters = False
        for key in walker.members():
            if key == "metadata":
                start = walker.at
                walker.skip()
                if self.data.find(_PARAMETERS, start, walker.at) >= 0:
                    tags = _object(built(self.data, start, walker.at)).get("tags")
                    parameters = isinstance(tags, list) and "parameters" in tags
            elif key == "cell_type":
                kind = walker.value()
            elif key in ("execution_count", "prompt_number"):
                count = walker.value()
            elif key == "language":
                language = walker.value()
            elif key in ("source", "input"):
                start = walker.at
                walker.skip()
                source = (start, walker.at)
        if kind != "code":
            return
        if isinstance(language, str) and language.lower() not in ("", "python"):
            return  # nbformat 3 names the language cell by cell
        if source is None:
            raise Malformed("a code cell has no source", walker.at)
        text = _text(built(self.data, *source))
        if text is None:
            raise Malformed("the source of a cell is neither text nor a list of text", source[0])
        self.cells.append(
            Cell(
                self.number,
                text.replace("\r\n", "\n").replace("\r", "\n"),
                count if isinstance(count, int) else None,
                self.data[source[0] : source[1]],
                self._place(source[0]),
                parameters,
            )
        )

    def _place(self, offset: int) -> tuple[int, int]:
        start, line, before = self._counted
        newlines = self.data.count(b"\n", start, offset)
        if newlines:
            start = self.data.rfind(b"\n", start, offset) + 1
            before = 0
        before += _characters(self.data, start, offset)
        self._counted = (offset, line + newlines, before)
        return line + newlines, before


_FOLLOWING = bytes(range(0x80, 0xC0))
"""Bytes that begin no character in UTF-8."""


def _characters(data: bytes, start: int, end: int) -> int:
    """How many characters a stretch of bytes holds; a notebook may be one line of 100 MB."""
    number = 0
    while start < end:
        piece = data[start : min(start + _LARGEST, end)]
        number += len(piece.translate(None, _FOLLOWING))
        start += len(piece)
    return number


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str | None:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(line, str) for line in value):
        return "".join(value)
    return None
