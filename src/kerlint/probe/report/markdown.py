"""For a bug report: findings first, the details folded away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint import __version__
from kerlint.diagnostics import url_of
from kerlint.probe.report import json
from kerlint.probe.subjects import subjects
from kerlint.report.dump import dump
from kerlint.report.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.finding import Finding
    from kerlint.probe.outcome import Examination

MARKS = {"ok": "ok", "note": "note", "problem": "warning", "broken": "error", "unchecked": "-"}


def lines(examined: Examination) -> Iterator[str]:
    """The report, line by line."""
    yield f"### Environment, as kerlint {__version__} saw it"
    yield ""
    yield "| | | |"
    yield "| --- | --- | --- |"
    for subject in subjects(examined):
        if subject.sentence or subject.findings:
            yield f"| {MARKS[subject.mark]} | {subject.title} | {_cell(subject.sentence)} |"
    for found in examined.diagnostics:
        if found.severity != "info":
            yield ""
            yield from _finding(found)
    if examined.seen.not_checked:
        yield ""
        yield "Not checked:"
        yield ""
        yield from (f"- {_cell(one.what)}: {_cell(one.why)}" for one in examined.seen.not_checked)
    yield ""
    yield "<details><summary>Observations</summary>"
    yield ""
    yield from _fenced(dump(json.document(examined)["observations"], indent=1), "json")
    yield ""
    yield "</details>"


def _finding(found: Finding) -> Iterator[str]:
    yield f"**{found.severity} [{found.code}]({url_of(found.name)})** {_cell(found.message)}"
    yield ""
    for one in found.evidence:
        where = f" ({_code(one.where)})" if one.where else ""
        yield f"- {_code(one.text)}{where}"
    if found.help:
        yield ""
        yield _cell(found.help)
    if found.commands:
        yield ""
        yield from _fenced("\n".join(found.commands), "sh")


def _cell(text: str) -> str:
    """`text` where Markdown and HTML have no say."""
    safe = clean(text).replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|")
    return safe.replace("*", "\\*").replace("_", "\\_").replace("`", "\\`")


def _code(text: str) -> str:
    """`text` as code, however many backticks it holds."""
    fence = "`"
    while fence in text:
        fence += "`"
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{clean(text)}{space}{fence}"


def _fenced(text: str, language: str) -> Iterator[str]:
    fence = "```"
    while fence in text:
        fence += "`"
    yield f"{fence}{language}"
    yield from (clean(line) for line in text.splitlines())
    yield fence
