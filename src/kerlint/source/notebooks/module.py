"""The code cells of a notebook as one Python module, and the way back to them."""

from __future__ import annotations

import re
from bisect import bisect_right

from kerlint.diagnostics import Position, Span
from kerlint.source.notebooks.translation import Problem, Translation, column_of, translated

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kerlint.diagnostics import Diagnostic, Fix
    from kerlint.source.notebooks.cells import Notebook
    from kerlint.source.notebooks.translation import Install, Moved, OtherFile


_ASSIGNED = re.compile(r"^([A-Za-z_]\w*)[ \t]*(?::[^=\n]+)?=(?!=)", re.MULTILINE)


class VirtualModule:
    """One module made of cells, in their order; every line stands for one line of a cell.

    `text`      the Python source
    `problems`  for each cell that does not parse, its index and why; such a cell is left empty
    `installs`  what `!pip install` and its like are told
    `files`     what `%%writefile` writes
    `unknown`   names of commands that were passed over because nobody knows them
    """

    __slots__ = (
        "_cells",
        "_counts",
        "_moved",
        "_starts",
        "files",
        "installs",
        "is_python_2",
        "problems",
        "text",
        "unknown",
    )

    def __init__(self, notebook: Notebook) -> None:
        self.problems: list[tuple[int, Problem]] = []
        self.installs: list[Install] = []
        self.files: list[OtherFile] = []
        self.unknown: list[str] = []
        self._starts: list[int] = []  # the first line of each cell, from 1
        self._cells: list[int] = []  # their indexes in the notebook
        self._counts: dict[int, int] = {}
        self._moved: dict[int, Moved] = {}
        lines: list[str] = []
        for cell in notebook.cells:
            self._starts.append(len(lines) + 1)
            self._cells.append(cell.index)
            if cell.count is not None:
                self._counts[cell.index] = cell.count
            try:
                python = translated(cell.index, cell.text)
            except Problem as problem:
                self.problems.append((cell.index, problem))
                lines += _emptied(cell.text.split("\n"), problem.line)
                continue
            self._take(python, len(lines) + 1)
            lines += python.lines
            if cell.parameters:
                lines += _given(python.text)
        self.text = "\n".join([*lines, ""])
        self.is_python_2 = notebook.is_python_2

    def above(self, cell: int) -> str:
        """The text of the cells above one."""
        first = self._starts[self._cells.index(cell)]
        return "\n".join(self.text.split("\n")[: first - 1])

    def _take(self, python: Translation, start: int) -> None:
        self.installs += python.installs
        self.files += python.files
        self.unknown += python.unknown
        for line, moved in python.moved.items():
            self._moved[start + line] = moved

    def without(self, line: int, problem: str) -> bool:
        """Empty the cell that holds `line` of the module; False if it is empty already."""
        number = self._number(line)
        start = self._starts[number]
        ends = [*self._starts[1:], self.text.count("\n") + 1]
        lines = self.text.split("\n")
        cell = lines[start - 1 : ends[number] - 1]
        index = self._cells[number]
        if any(index == known for known, _ in self.problems):
            return False
        lines[start - 1 : ends[number] - 1] = _emptied(cell, line - start + 1)
        self.text = "\n".join(lines)
        self.problems.append((index, Problem(problem, line - start + 1, 1)))
        return True

    def in_module(self) -> Iterator[tuple[int, int, str]]:
        """Line and column in the module, and the reason, of each problem."""
        for index, problem in self.problems:
            start = self._starts[self._cells.index(index)]
            yield start + problem.line - 1, problem.column, problem.message

    def place(self, position: Position, is_end: bool = False) -> tuple[int, Position]:
        """The index of a cell, and the place in it, of a place in the module."""
        line = min(position.line, max(self.text.count("\n"), 1))
        number = self._number(line)
        column = column_of(self._moved.get(line), position.column, is_end)
        return self._cells[number], Position(line - self._starts[number] + 1, column)

    def _number(self, line: int) -> int:
        return max(bisect_right(self._starts, line) - 1, 0)

    def span(self, span: Span) -> tuple[int, Span]:
        """The same for a stretch; it never leaves the cell in which it starts."""
        if not self._cells:
            return 0, span
        cell, start = self.place(span.start)
        other, end = self.place(span.end, True)
        return cell, Span(start, end if other == cell and end >= start else start)

    def lines_of(self, cell: int, span: Span) -> Span:
        """The lines of the module that stand for those of a stretch in a cell."""
        if cell not in self._cells:
            return span
        first = self._starts[self._cells.index(cell)] - 1
        start, end = span
        return Span(Position(start.line + first, 1), Position(end.line + first, 1))

    def map_back(self, found: Diagnostic) -> None:
        """Give a finding in the module its cell, and the places in the cells."""
        start = found.span.start.line
        found.fix = self._fix(found.fix, start) if found.fix else None
        found.cell, found.span = self.span(found.span)
        related = []
        for one in found.related:
            if one.path == found.path and one.cell is None:
                cell, span = self.span(one.span)
                one = one._replace(cell=cell, span=span)
            related.append(one)
        found.related = tuple(related)
        if found.code.startswith("KER2"):
            self._tell_order(found)

    def _tell_order(self, found: Diagnostic) -> None:
        """When the cells were last run in another order than they stand in, say so."""
        late = found.cell
        for one in found.related:
            early = one.cell
            if late is None or early is None or one.path != found.path:
                continue
            first, second = self._counts.get(late), self._counts.get(early)
            if early < late and first is not None and second is not None and first < second:
                told = (
                    f"cell {late + 1} was last run as [{first}], before cell {early + 1} as "
                    f"[{second}]: run top to bottom, this cell comes too late"
                )
                found.help = f"{found.help}; {told}" if found.help else told
                return

    def _fix(self, fix: Fix, line: int) -> Fix | None:
        """Edits count from the start of the cell; None where they cannot be made there."""
        number = self._number(line)
        lines = self.text.split("\n")
        first = self._starts[number]
        last = self._starts[number + 1] - 1 if number + 1 < len(self._starts) else len(lines) - 1
        base = sum(len(text) + 1 for text in lines[: first - 1])
        size = sum(len(text) + 1 for text in lines[first - 1 : last])
        if any(first <= moved <= last for moved in self._moved):
            return None
        if any(edit.start < base or edit.end > base + size for edit in fix.edits):
            return None
        edits = tuple(
            edit._replace(start=edit.start - base, end=edit.end - base) for edit in fix.edits
        )
        return fix._replace(edits=edits)


def _given(text: str) -> list[str]:
    """A line that says that the names assigned in a cell may mean anything by now."""
    names = dict.fromkeys(_ASSIGNED.findall(text))
    return ["; ".join(f"{name} = _kerlint_given" for name in names)] if names else []


def _emptied(lines: Sequence[str], at: int) -> list[str]:
    """Nothing but the comments to kerlint; at the line `at`, something they can be about."""
    kept = []
    for number, line in enumerate(lines, 1):
        comment = ""
        if "kerlint:" in line or "noqa" in line.lower():
            comment = line[line.find("#") :] if "#" in line else ""
        kept.append(f"pass  {comment}".rstrip() if number == at else comment)
    return kept
