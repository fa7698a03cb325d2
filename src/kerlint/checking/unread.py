"""Findings about files that could not be read, or not all of them."""

from __future__ import annotations

from kerlint.diagnostics import Diagnostic, Position, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.source.notebooks.cells import NotANotebook
    from kerlint.source.notebooks.module import VirtualModule
    from kerlint.source.notebooks.scripts import Script
    from kerlint.source.notebooks.written import WrittenFile

PARSED_LIMIT = 5_000_000
"""Bytes of a file above which it is not parsed: its tree would take hundreds of times as much."""


def unreadable(path: str, reason: str) -> Diagnostic:
    """KER902 for a file that cannot be opened or read."""
    return house("KER902", path, f"the file cannot be read: {reason}")


def too_large(path: str, size: int) -> Diagnostic:
    """KER902 for a file that would take too much memory."""
    message = (
        f"the file is too large to be parsed: {size / 1e6:.1f} MB, "
        f"and the limit is {PARSED_LIMIT / 1e6:.0f} MB"
    )
    return house("KER902", path, message, help="exclude it, or split it")


def no_notebook(path: str, problem: NotANotebook) -> Diagnostic:
    """KER902 for a notebook that Jupyter could not open either."""
    message = f"this is not a notebook that can be read: {problem.message}"
    return house("KER902", path, message, problem.line, problem.column)


def not_understood(
    path: str, notebook: VirtualModule | Script | WrittenFile
) -> Iterator[Diagnostic]:
    """KER905 for each cell that does not parse; one for all of them in Python 2."""
    problems = sorted(notebook.in_module())
    if notebook.is_python_2 and len(problems) > 1:
        line, column, _ = problems[0]
        cells = f"{len(problems)} cells, of which this is the first, are no Python 3"
        yield house("KER905", path, f"the notebook is for Python 2: {cells}", line, column)
        return
    for line, column, reason in problems:
        yield house("KER905", path, f"the cell does not parse: {reason}", line, column)


_NAMES = {"KER901": "syntax-error", "KER902": "unreadable-file", "KER905": "not-understood"}


def house(
    code: str, path: str, message: str, line: int = 1, column: int = 1, help: str = ""
) -> Diagnostic:
    """A finding of a rule of the house."""
    place = Position(max(line, 1), max(column, 1))
    return Diagnostic(
        code=code,
        name=_NAMES[code],
        severity="warning" if code == "KER905" else "error",
        message=message,
        path=path,
        span=Span(place, place),
        help=help,
    )
