"""What a check of the probe yields: a diagnostic with evidence and the commands that mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from kerlint.diagnostics import Diagnostic, Position, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kerlint.diagnostics import Related, Severity

Confidence = Literal["certain", "likely"]
Seen = Literal["static", "live"]

START = Span(Position(1, 1), Position(1, 1))


class Evidence(NamedTuple):
    """One thing that was seen, and where it was read (a path, a variable, `python -c ...`)."""

    text: str
    where: str = ""


class Finding(Diagnostic):
    """A diagnostic about an environment.

    `evidence`    what was seen, the most telling first
    `confidence`  `certain`: read from files or seen running; `likely`: inferred
    `seen`        `live` where a child showed it, else `static`
    `commands`    lines for a shell that mend it, in order; empty where no command does
    `subject`     what is broken, e.g. `distribution keras`, `backend jax`, `gpu`
    `causes`      subjects that are broken because this one is: findings about them with the
                  same or a later place in the chain become evidence of this one
    """

    __slots__ = ("causes", "commands", "confidence", "evidence", "seen", "subject")

    def __init__(
        self,
        *,
        code: str,
        name: str,
        severity: Severity,
        message: str,
        path: str,
        span: Span = START,
        help: str = "",
        evidence: Sequence[Evidence] = (),
        confidence: Confidence = "certain",
        seen: Seen = "static",
        commands: Sequence[str] = (),
        subject: str = "",
        causes: Sequence[str] = (),
        related: tuple[Related, ...] = (),
    ) -> None:
        super().__init__(
            code=code,
            name=name,
            severity=severity,
            message=message,
            path=path,
            span=span,
            help=help,
            related=related,
        )
        self.evidence = tuple(evidence)
        self.confidence: Confidence = confidence
        self.seen: Seen = seen
        self.commands = tuple(commands)
        self.subject = subject
        self.causes = tuple(causes)
