"""The reports: one file a format. They know diagnostics only."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO

    from kerlint.report.model import Outcome, Sources
    from kerlint.source.notebooks.cells import Notebook

FORMATS = (
    "full",
    "concise",
    "json",
    "json-lines",
    "github",
    "gitlab",
    "sarif",
    "junit",
)


def render(
    format: str,
    result: Outcome,
    out: TextIO,
    *,
    color: bool = False,
    verbose: bool = False,
    quiet: bool = False,
    statistics: bool = False,
    sources: Sources | None = None,
    notebooks: Mapping[str, Notebook] | None = None,
    exit_code: int = 0,
) -> None:
    """Write `result` to `out` in `format`, one of FORMATS.

    `sources` gives the text of a file by the path that its diagnostics carry; without it the
    files are read again from disk, and so are notebooks that are not in `notebooks`. `exit_code` is what the command will exit with (SARIF says it).
    Raises ValueError for an unknown format, and whatever `out` raises (BrokenPipeError).
    """
    from importlib import import_module

    from kerlint.report.color import links
    from kerlint.report.model import Options, Summary
    from kerlint.report.text import encodable
    from kerlint.report.texts import Texts

    if format not in FORMATS:
        raise ValueError(f"unknown output format {format!r}; one of {', '.join(FORMATS)}")
    if sources is None:
        from kerlint.report.sources import read

        sources = read
    options = Options(
        color=color,
        links=color and links(out),
        verbose=verbose,
        quiet=quiet,
        statistics=statistics,
    )
    summary = Summary(
        result.files, result.suppressed, tuple(result.notes), tuple(result.errors), exit_code
    )
    diagnostics = sorted(result.diagnostics, key=lambda found: found.sort_key())
    module = import_module(f"kerlint.report.{format.replace('-', '_')}")
    texts = Texts(sources, notebooks or {})
    spell = encodable(getattr(out, "encoding", None))
    for chunk in module.write(diagnostics, summary, options, texts):
        out.write(spell(chunk))
