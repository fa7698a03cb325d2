"""The words that all rooms share: what was found, where, how bad it is, and what mends it.

Plain classes, no `dataclasses`, no `enum`: this file is imported at every commit, and those two
modules cost more to start than everything else kerlint does for a clean file.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final, Literal, NamedTuple

    Severity = Literal["error", "warning", "info"]
    Safety = Literal["safe", "unsafe", "display"]
else:
    from collections import namedtuple

SEVERITIES: Final = ("info", "warning", "error")
"""From mild to grave; the index is the rank that `--fail-on` compares."""

if TYPE_CHECKING:

    class Position(NamedTuple):
        """A place in a text: 1-based line, 1-based column in Unicode characters."""

        line: int
        column: int

    class Span(NamedTuple):
        """From `start` to `end`; `end` is the position just after the last character."""

        start: Position
        end: Position

    class Edit(NamedTuple):
        """Replace the characters `[start, end)` of the decoded text (offsets, 0-based) by `text`."""

        start: int
        end: int
        text: str

    class Fix(NamedTuple):
        """A cure that can be applied: all `edits` land together or not at all."""

        title: str
        safety: Safety
        edits: tuple[Edit, ...]

    class Related(NamedTuple):
        """A second place that belongs to the finding, with its own short phrase.

        `cell` is the 0-based index of a notebook cell, or None.
        """

        path: str
        span: Span
        message: str
        cell: int | None = None

else:
    Position = namedtuple("Position", "line column")
    Span = namedtuple("Span", "start end")
    Edit = namedtuple("Edit", "start end text")
    Fix = namedtuple("Fix", "title safety edits")
    Related = namedtuple("Related", "path span message cell", defaults=(None,))


class Diagnostic:
    """One finding.

    `message` says what is wrong and why, `help` what to do, `label` is the short phrase under the
    arrow in the `full` output. `qualified_name` is the Keras name at fault, where there is one.
    `cell` is the 0-based index of a notebook cell, or None.
    """

    __slots__ = (
        "cell",
        "code",
        "fix",
        "help",
        "label",
        "message",
        "name",
        "path",
        "qualified_name",
        "related",
        "severity",
        "span",
    )

    def __init__(
        self,
        *,
        code: str,
        name: str,
        severity: Severity,
        message: str,
        path: str,
        span: Span,
        help: str = "",
        label: str = "",
        qualified_name: str | None = None,
        related: tuple[Related, ...] = (),
        fix: Fix | None = None,
        cell: int | None = None,
    ) -> None:
        self.code = code
        self.name = name
        self.severity: Severity = severity
        self.message = message
        self.path = path
        self.span = span
        self.help = help
        self.label = label
        self.qualified_name = qualified_name
        self.related = related
        self.fix = fix
        self.cell = cell

    def sort_key(self) -> tuple[str, int, Span, str, str]:
        """By file, then place, then code: the order of every report."""
        return (self.path, self.cell or 0, self.span, self.code, self.message)

    def __repr__(self) -> str:
        start = self.span.start
        cell = "" if self.cell is None else f"cell {self.cell + 1}:"
        return f"<{self.code} {self.path}:{cell}{start.line}:{start.column} {self.message!r}>"


def url_of(name: str) -> str:
    """The page of a rule, by its kebab-case name."""
    return f"https://github.com/kerlint/kerlint/blob/main/docs/rules/{name}.md"
