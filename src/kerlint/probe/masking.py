"""What a report of the probe must not carry into a public bug report.

One function for every string that leaves the process: findings, observations, the output of
children. `redacting` knows what is private.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Any

from kerlint.probe.redacting import Redactor, names_here

if TYPE_CHECKING:
    from kerlint.probe.finding import Finding

_USER = re.compile(r"(?<!/home/)(?<!/Users/)(?<!\\)<user>")
"""The name of the user in a path; homes of others stay masked."""


class Masks(Redactor):
    """Masks strings, and whatever holds strings."""

    def command(self, line: str) -> str:
        """A command line, masked so that the shell of its owner still understands it.

        `~` means nothing in quotes, and `<user>` is a redirection.
        """
        line = self.text(line).replace("'~/", "~/'")
        pieces = _USER.split(line)
        made = pieces[0]
        for piece in pieces[1:]:
            quoted = made.count("'") % 2
            made += ("'\"$USER\"'" if quoted else '"$USER"') + piece
        return made

    def deep(self, value: Any) -> Any:
        """A copy of JSON values or observations with every string masked."""
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return dataclasses.replace(
                value,
                **{
                    one.name: self.deep(getattr(value, one.name))
                    for one in dataclasses.fields(value)
                },
            )
        return super().deep(value)

    def finding(self, found: Finding) -> Finding:
        """A copy of a finding, masked."""
        from kerlint.probe.finding import Evidence, Finding

        return Finding(
            code=found.code,
            name=found.name,
            severity=found.severity,
            message=self.text(found.message),
            path=self.text(found.path),
            span=found.span,
            help=self.text(found.help),
            evidence=[
                Evidence(self.text(one.text), self.text(one.where)) for one in found.evidence
            ],
            confidence=found.confidence,
            seen=found.seen,
            commands=[self.command(one) for one in found.commands],
            subject=self.text(found.subject),
            causes=found.causes,
            related=tuple(
                one._replace(path=self.text(one.path), message=self.text(one.message))
                for one in found.related
            ),
        )


class Nothing(Masks):
    """Masks nothing: `--full`."""

    def text(self, text: str) -> str:
        return text

    def variable(self, name: str, value: str) -> str:
        return value


def of_this_machine() -> Masks:
    """The masks for an environment that was examined here."""
    return Masks(*names_here())
