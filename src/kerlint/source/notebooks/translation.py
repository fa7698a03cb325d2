"""A cell as Python, line by line: what is for IPython alone is replaced by what it means.

Every line of the cell keeps its number, so that only columns have to be mapped back, and these
only on the lines that were replaced.
"""

from __future__ import annotations

import re

from kerlint.source.notebooks import magics
from kerlint.source.notebooks.statements import ASSIGNED, HELP, PYTHON, statements

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple

    from kerlint.source.notebooks.magics import Meaning
    from kerlint.source.notebooks.statements import Statement

    class Install(NamedTuple):
        """What an installer is told: `text` from `line` and `column` (1-based) of the cell on."""

        cell: int
        line: int
        column: int
        text: str

    class OtherFile(NamedTuple):
        """A file that a cell writes: the text begins on `line` (1-based) of the cell."""

        cell: int
        line: int
        name: str
        text: str

    class Moved(NamedTuple):
        """How the columns of a line are mapped back.

        With `end` < 0 they are moved by `start`; else every place stands for the 0-based columns
        from `start` to `end`.
        """

        start: int
        end: int

else:
    from collections import namedtuple

    Install = namedtuple("Install", "cell line column text")
    OtherFile = namedtuple("OtherFile", "cell line name text")
    Moved = namedtuple("Moved", "start end")


_PROMPTS = (
    re.compile(r"(?:>>>|\.\.\.)(?: |$)"),
    re.compile(r"In \[\d+\]: | {3,}\.{3,}: "),
)
"""What Python and IPython write before a line; IPython takes it off."""

_SUPPRESSION = re.compile(r"(?<=\s)#\s*(?:kerlint:|noqa\b).*", re.IGNORECASE)


class Problem(Exception):
    """A cell is no Python. `line` and `column` are 1-based."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column

    def __reduce__(self) -> tuple[type[Problem], tuple[str, int, int]]:
        """Notebooks are sent to other processes, and what does not parse with them."""
        return Problem, (self.message, self.line, self.column)


class Translation:
    """The Python of one cell, or of a whole script (`is_script`).

    `lines`     as many as the cell has
    `moved`     lines (from 0) whose columns are not those of the cell
    `installs`, `files`  what is installed and written
    `unknown`   names of commands that are not understood
    """

    __slots__ = ("cell", "files", "installs", "is_script", "lines", "moved", "unknown")

    def __init__(self, cell: int, text: str, *, is_script: bool = False) -> None:
        self.cell = cell
        self.is_script = is_script
        self.lines = text.split("\n")
        self.moved: dict[int, Moved] = {}
        self.installs: list[Install] = []
        self.files: list[OtherFile] = []
        self.unknown: list[str] = []

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def dedent(self) -> None:
        """Take off the indentation of the first line from all lines, as IPython does."""
        first = next((line for line in self.lines if line.strip()), "")
        indent = first[: len(first) - len(first.lstrip(" \t"))]
        for number, line in enumerate(self.lines):
            if indent and line.startswith(indent):
                self._put(number, line[len(indent) :], Moved(len(indent), -1))
        for prompt in _PROMPTS:
            if any(prompt.match(line) for line in self.lines[:2]):
                for number, line in enumerate(self.lines):
                    if match := prompt.match(line):
                        self._put(number, line[match.end() :], Moved(match.end(), -1))

    def translate(self, first: int = 0) -> None:
        """Replace what is for IPython from the line `first` (from 0) on."""
        while first < len(self.lines) and not self.lines[first].strip():
            first += 1
        if first == len(self.lines):
            return
        first = self._below_comments(first)
        head = self.lines[first]
        if head.startswith("%%") and head[2:3].strip() and not head.rstrip().endswith("?"):
            self._cell_command(first, head)
            return
        if not any(line.strip() for line in self.lines[first + 1 :]) and self._bare(first, head):
            return
        text = "\n".join(self.lines[first:])
        for statement in statements(text):
            self.replace(first, text, statement)

    def _below_comments(self, first: int) -> int:
        """The line of a command for the whole cell that stands below comments, else `first`.

        Colab runs it there, below `#@title` and the like; Jupyter complains of it.
        """
        if self.is_script:
            return first
        for number, line in enumerate(self.lines[first:], first):
            if line.startswith("%%") and line[2:3].isalpha():
                return number
            if line.strip() and not line.startswith("#"):
                break
        return first

    def _bare(self, number: int, line: str) -> bool:
        """IPython lets the `%` be left out in a cell of one line: `pip install keras`."""
        word = line.split(None, 1)[0]
        known = magics.KNOWN | magics.RUN
        # `ls.x` is one word; `ls ./data` is a command and a path.
        if word not in known or line[len(word) :].lstrip()[:1] in ("=", "(", ","):
            return False
        self._replace(number, 1, "", -1, f"%{line}", magics.meaning(f"%{line}"))
        return True

    def replace(self, first: int, text: str, statement: Statement) -> None:
        """Replace one statement of `text`, whose first line has the number `first`."""
        number = first + text.count("\n", 0, statement.start)
        count = 1 + text.count("\n", statement.start, statement.end)
        column = statement.at - statement.start
        left = text[statement.start : statement.at]
        command = text[statement.at : statement.end]
        if statement.kind == PYTHON:
            if command.startswith("get_ipython()") and (call := magics.of_call(command)):
                self._replace(number, count, left, column, command, call)
            return
        if statement.kind == HELP:
            self._put(number, f"{left}pass", Moved(column, column + len(command)))
            return
        meaning = magics.meaning(command)
        if statement.kind == ASSIGNED and meaning.shift < 0:
            value = magics.value_of(command)
            if meaning.python.startswith(magics.ENVIRON):
                indent = left[: len(left) - len(left.lstrip())]
                left, value = indent, f"{meaning.python}; {left.strip()} {value}"
            meaning.python = value
            meaning.mark = meaning.mark or (0, len(command.split("\n")[0]))
        self._replace(number, count, left, column, command, meaning)

    def _replace(
        self, number: int, count: int, left: str, column: int, command: str, meaning: Meaning
    ) -> None:
        """Put `meaning` in the place of `count` lines. `left` stays before it; `column` is where
        the command begins.
        """
        if meaning.unknown:
            self.unknown.append(meaning.unknown)
        if meaning.install >= 0:
            self.install(number, column, command, meaning.install)
        if meaning.shift >= 0:
            moved = Moved(column + meaning.shift - len(left), -1)
        else:
            start, end = meaning.mark or (0, len(command.split("\n")[0]))
            moved = Moved(max(column + start, 0), max(column + end, 1))
        python = (left + meaning.python).split("\n")
        for offset in range(count):
            line_moved = moved if offset == 0 else None
            self._put(number + offset, "".join(python[offset : offset + 1]), line_moved)

    def uncomment(self, number: int, indent: str, column: int) -> None:
        """Let the command that stands in a comment from `column` (from 0) on take its place."""
        command = self.lines[number][column:]
        meaning = magics.meaning(command)
        if meaning.install >= 0:
            self.install(number, column, command, meaning.install)
        if meaning.python != "pass" and meaning.shift < 0:
            start, end = meaning.mark or (0, len(command))
            self.lines[number] = indent + meaning.python
            self.moved[number] = Moved(column + start, column + end)

    def install(self, number: int, column: int, command: str, offset: int) -> None:
        """Keep what an installer is told: what follows `offset` in `command`, which begins in the
        line `number` (from 0) at `column` (from 0).
        """
        before = command[:offset]
        line = before.count("\n")
        on_line = offset - (before.rfind("\n") + 1)
        place = number + line + 1, on_line + 1 + (0 if line else column)
        self.installs.append(Install(self.cell, *place, command[offset:]))

    def _put(self, number: int, line: str, moved: Moved | None) -> None:
        """The new text of a line, and how its columns come from those that it had.

        A comment that suppresses something stays at the end of its line.
        """
        comment = _SUPPRESSION.search(self.lines[number])
        if comment and comment[0] not in line:
            before = self.lines[number - 1] if number else ""
            indent = before[: len(before) - len(before.lstrip())]
            line = f"{line or f'{indent}pass'}  {comment[0]}"
            moved = moved or Moved(*comment.span())
        old = self.moved.get(number)
        if old is not None and old.end < 0 and moved is not None:
            by = old.start
            moved = Moved(moved.start + by, moved.end + by if moved.end >= 0 else -1)
        self.lines[number] = line
        if moved is not None:
            self.moved[number] = moved

    def _cell_command(self, first: int, head: str) -> None:
        name, _, rest = head[2:].rstrip().partition(" ")
        whole = Moved(0, len(head.rstrip()))
        if name in magics.PYTHON_CELLS:
            python = "pass"
            if name == "capture":
                variable = next((word for word in rest.split() if word.isidentifier()), "")
                python = f"{variable} = ..." if variable else "pass"
            self._put(first, python, whole)
            self.translate(first + 1)
            return
        body = "\n".join(self.lines[first + 1 :])
        for number in range(first, len(self.lines)):
            self._put(number, "", None)
        if name in magics.FILES:
            *options, file = rest.split() or [""]
            if not options:  # `-a` adds to the file: this is a part of it only
                name = file.strip("\"'")
                self.files.append(OtherFile(self.cell, first + 2, name, body))
                if name.endswith(".py"):  # its comments are for that file, too
                    self.lines[first + 1 :] = [""] * len(self.lines[first + 1 :])
        elif name in magics.SHELLS:
            self._shell(first + 1, body)
        elif name in ("python", "python2", "python3", "pypy"):
            self._put(first, "import os as _kerlint_os; _kerlint_os.system('')", whole)
        elif name not in magics.OTHER_CELLS:
            self.unknown.append(f"%%{name}")

    def _shell(self, first: int, body: str) -> None:
        """What shell lines set and install; `first` is the line where they begin."""
        from kerlint.source.notebooks.shell import read_shell

        shell = read_shell(body)
        if shell.starts:
            self._put(first, "import os as _kerlint_os; _kerlint_os.system('')", Moved(0, 1))
        for export in shell.exports:
            line = body.count("\n", 0, export.start)
            start = body.rfind("\n", 0, export.start) + 1
            python = f"_kerlint_os.putenv({export.name!r}, {export.python}, 'shell')"
            before = self.lines[first + line] or "import os as _kerlint_os"
            moved = Moved(export.start - start, export.end - start)
            self._put(first + line, f"{before}; {python}", moved)
        if shell.install >= 0:
            line = body.count("\n", 0, shell.install)
            start = body.rfind("\n", 0, shell.install) + 1
            end = body.find("\n", shell.install)
            text = body[shell.install : end if end >= 0 else len(body)]
            place = first + line + 1, shell.install - start + 1
            self.installs.append(Install(self.cell, *place, text))


def translated(cell: int, text: str) -> Translation:
    """The Python of a cell. Raises Problem if it has none."""
    translation = Translation(cell, text)
    if text.lstrip()[:2] != "%%" and "get_ipython()" not in text and problem(text) is None:
        return translation
    translation.dedent()
    translation.translate()
    found = problem(translation.text)
    if found is not None:
        line = min(found.line, len(translation.lines))
        column = column_of(translation.moved.get(line - 1), found.column)
        raise Problem(found.message, line, column)
    return translation


def column_of(moved: Moved | None, column: int, is_end: bool = False) -> int:
    """The column in the cell of a 1-based column in the Python."""
    if moved is None:
        return column
    if moved.end < 0:
        return max(column + moved.start, 1)
    return (moved.end if is_end else moved.start) + 1


_AST_ONLY = 0x400
_TOP_LEVEL_AWAIT = 0x2000


def problem(text: str) -> Problem | None:
    """Why the text of a cell does not parse; None if it does.

    The running Python is asked first; what it refuses may be newer than it, so LibCST has the last
    word.
    """
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "<cell>", "exec", _AST_ONLY | _TOP_LEVEL_AWAIT, dont_inherit=True)
        return None
    except SyntaxError as error:
        found = Problem(error.msg, max(error.lineno or 1, 1), max(error.offset or 1, 1))
    except UnicodeEncodeError:
        return Problem("it holds a lone surrogate", 1, 1)
    except (ValueError, RecursionError, MemoryError) as error:
        return Problem(str(error) or "it is nested too deeply", 1, 1)
    from kerlint.source.nesting import too_deep
    from kerlint.source.tree import SyntaxProblem, parse

    if too_deep(text.encode("utf-8", "replace")) is not None:
        return found
    try:
        parse(text)
    except SyntaxProblem:
        return found
    return None
