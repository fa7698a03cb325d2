"""Notebooks that are kept as scripts: what nbconvert, Jupytext and Databricks write.

nbconvert writes commands as calls, `get_ipython().run_line_magic("env", "X=v")`. Jupytext writes
them as comments, `# %env X=v`, or, in its `hydrogen` format, as they are; its header says so.

https://jupytext.readthedocs.io/en/latest/formats-scripts.html
"""

from __future__ import annotations

import re

from kerlint.diagnostics import Span
from kerlint.source.notebooks import databricks
from kerlint.source.notebooks.statements import PYTHON, statements
from kerlint.source.notebooks.translation import Translation, column_of, problem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic, Position
    from kerlint.source.notebooks.translation import Install

_FORMAT = re.compile(r"^#\s+format_name:\s*['\"]?(\w+)", re.MULTILINE)
_HEADER = 3000
"""Characters in which the header of Jupytext is looked for."""

_COMMAND = re.compile(r"#[ \t]?(?=[%!][A-Za-z])")
_MARKER = re.compile(r"#\s*%%(?:\s|$)")


class Script:
    """A script whose commands for IPython were replaced by what they mean, line by line.

    It has the same attributes as a `VirtualModule`; places have no cell.
    """

    __slots__ = ("_moved", "installs", "problems", "text")

    is_python_2 = False

    def __init__(self, text: str, translation: Translation) -> None:
        self.text = text
        self.installs: list[Install] = translation.installs
        self.problems: tuple[()] = ()
        self._moved = {line + 1: moved for line, moved in translation.moved.items()}

    def in_module(self) -> Iterator[tuple[int, int, str]]:
        """Nothing: a script parses as a whole, or not at all."""
        return iter(())

    def without(self, _line: int, _problem: str) -> bool:
        """A script has no cells to leave out."""
        return False

    def map_back(self, found: Diagnostic) -> None:
        """Give a finding the columns that it has in the script."""
        found.span = self._span(found.span)
        found.related = tuple(
            one._replace(span=self._span(one.span)) if one.path == found.path else one
            for one in found.related
        )
        found.fix = None

    def _span(self, span: Span) -> Span:
        return Span(self._place(span.start), self._place(span.end, True))

    def _place(self, position: Position, is_end: bool = False) -> Position:
        moved = self._moved.get(position.line)
        return position._replace(column=column_of(moved, position.column, is_end))


def script_in(data: bytes) -> Script | None:
    """The script in a file, if it has commands for IPython that mean something; else None."""
    from kerlint.source.reading import Undecodable, decode

    try:
        return script(decode(data))
    except (ValueError, LookupError, Undecodable):
        return None


def script(text: str) -> Script | None:
    """The script, if it has commands for IPython that mean something; else None."""
    header = text[:_HEADER]
    match = _FORMAT.search(header) if "jupytext:" in header else None
    format = match[1] if match else ""
    translation = Translation(0, text, is_script=True)
    if format == "hydrogen":
        translation.translate()
    elif header.startswith(databricks.HEADER):
        databricks.translate(translation)
    else:
        for statement in statements(text):
            if statement.kind == PYTHON and text.startswith("get_ipython()", statement.at):
                translation.replace(0, text, statement)
        if format:
            _comments(translation)
    if not translation.moved:
        return None
    if format != "hydrogen" and problem(translation.text) is not None:
        return None  # a comment that stands where no statement can
    return Script(translation.text, translation)


def _comments(translation: Translation) -> None:
    """Replace comments that Jupytext makes commands of. What stands in prose is prose."""
    prose = False
    block: list[int] = []
    text = "\n".join(translation.lines)
    for statement in statements(text):
        number = text.count("\n", 0, statement.start)
        line = text[statement.at : statement.end]
        if _MARKER.match(line):
            prose = "[markdown]" in line or "[md]" in line or "[raw]" in line
        elif line.startswith("#"):
            block.append(number)
            continue
        if not prose:
            _uncomment(translation, block)
        block = []
    if not prose:
        _uncomment(translation, block)


def _uncomment(translation: Translation, block: list[int]) -> None:
    """A stretch of comments is meant for IPython if each of them is a command."""
    found = []
    for number in block:
        line = translation.lines[number]
        before = len(line) - len(line.lstrip(" \t"))
        match = _COMMAND.match(line, before)
        if "kerlint:" in line:
            continue
        if match is None or line.startswith("%%", match.end()):
            return
        found.append((number, line[:before], match.end()))
    for number, indent, column in found:
        translation.uncomment(number, indent, column)
