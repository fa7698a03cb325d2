"""How the probe tells what it found: text for a terminal, JSON, Markdown for a bug report.

The linter's own formats work too: a finding of the probe is a diagnostic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.report import FORMATS as OF_THE_LINTER

if TYPE_CHECKING:
    from typing import TextIO

    from kerlint.probe.outcome import Examination

FORMATS = ("text", "markdown", *OF_THE_LINTER)


def render(
    format: str,
    examined: Examination,
    out: TextIO,
    *,
    color: bool = False,
    verbose: bool = False,
    quiet: bool = False,
    exit_code: int = 0,
) -> None:
    """Write `examined` to `out` in `format`, one of FORMATS. Raises ValueError for another."""
    from kerlint.report.text import encodable

    spell = encodable(getattr(out, "encoding", None))
    if format == "text":
        from kerlint.probe.report import text

        unicode = spell("✓✗") == "✓✗"
        lines = text.lines(examined, color=color, verbose=verbose, quiet=quiet, unicode=unicode)
    elif format == "markdown":
        from kerlint.probe.report import markdown

        lines = markdown.lines(examined)
    elif format in ("json", "json-lines"):
        from kerlint.probe.report import json

        lines = json.lines(examined) if format == "json" else json.objects(examined)
    else:
        from kerlint.probe.report import plainly

        plainly.render(
            format, examined, out, color=color, verbose=verbose, quiet=quiet, exit_code=exit_code
        )
        return
    for line in lines:
        out.write(spell(line) + "\n")
