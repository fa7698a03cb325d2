"""What a report needs to know besides the findings."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Protocol

    from kerlint.diagnostics import Diagnostic
    from kerlint.report.texts import Texts

    Sources = Callable[[str], str | None]
    """From a path, as a diagnostic spells it, to the decoded text, or None if it is not there."""

    Lines = Texts
    """The same in lines, and notebooks cell by cell."""

    class Outcome(Protocol):
        """What a run hands over: the shape of the engine's result that the reports read."""

        @property
        def diagnostics(self) -> Sequence[Diagnostic]: ...
        @property
        def files(self) -> int: ...
        @property
        def suppressed(self) -> int: ...
        @property
        def notes(self) -> Sequence[str]: ...
        @property
        def errors(self) -> Sequence[str]: ...


class Summary:
    """A run in numbers and sentences.

    `files`       how many files were checked
    `suppressed`  how many findings a comment silenced
    `notes`       what was assumed, in sentences, for people
    `errors`      what kept kerlint from doing its job, one sentence each
    `exit_code`   what the command will exit with
    """

    __slots__ = ("errors", "exit_code", "files", "notes", "suppressed")

    def __init__(
        self,
        files: int = 0,
        suppressed: int = 0,
        notes: Sequence[str] = (),
        errors: Sequence[str] = (),
        exit_code: int = 0,
    ) -> None:
        self.files = files
        self.suppressed = suppressed
        self.notes = notes
        self.errors = errors
        self.exit_code = exit_code


class Options:
    """How to write.

    `color`       escape codes for colour are welcome
    `links`       so are clickable links (OSC 8): the reader is a terminal
    `verbose`     more detail: every link in full, the notes in every format for people
    `quiet`       findings only, no footer
    `statistics`  counts by rule in place of the findings
    `width`       columns for a source line before it is cropped
    """

    __slots__ = ("color", "links", "quiet", "statistics", "verbose", "width")

    def __init__(
        self,
        color: bool = False,
        links: bool = False,
        verbose: bool = False,
        quiet: bool = False,
        statistics: bool = False,
        width: int = 120,
    ) -> None:
        self.color = color
        self.links = links
        self.verbose = verbose
        self.quiet = quiet
        self.statistics = statistics
        self.width = width
