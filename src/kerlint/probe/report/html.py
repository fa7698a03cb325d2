"""For a notebook: the report as a small page without scripts, readable on light and dark."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from kerlint.diagnostics import url_of
from kerlint.probe.report.text import MARKS
from kerlint.probe.subjects import subjects
from kerlint.report.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.finding import Finding
    from kerlint.probe.outcome import Examination
    from kerlint.probe.subjects import Subject

COLORS = {
    "ok": "#2e7d32",
    "note": "#1976d2",
    "problem": "#b26a00",
    "broken": "#d32f2f",
    "unchecked": "#808080",
}
_CODE = "font-family:monospace;white-space:pre-wrap"


def page(examined: Examination, *, verbose: bool = False) -> str:
    """The report as HTML."""
    return "".join(_page(examined, verbose))


def _page(examined: Examination, verbose: bool) -> Iterator[str]:
    yield '<div style="line-height:1.5">'
    yield from (f"<div>{escape(note)}</div>" for note in examined.notes)
    for subject in subjects(examined):
        if subject.sentence or subject.findings:
            yield from _subject(subject, verbose)
    gaps = examined.seen.not_checked
    if gaps:
        rows = "".join(f"<li>{escape(one.what)}: {escape(one.why)}</li>" for one in gaps)
        yield f"<details><summary>Not checked: {len(gaps)}</summary><ul>{rows}</ul></details>"
    grave = [one for one in examined.diagnostics if one.severity != "info"]
    if grave:
        first = grave[0]
        yield f"<p><b>Do this first</b> ({first.code}): {escape(first.help or first.message)}</p>"
        yield _commands(first)
    elif examined.errors:
        yield f"<p><b>{escape('; '.join(examined.errors))}</b></p>"
    else:
        yield "<p><b>Nothing wrong was found</b> in what was looked at.</p>"
    yield "</div>"


def _subject(subject: Subject, verbose: bool) -> Iterator[str]:
    color = COLORS[subject.mark]
    head = (
        f'<span style="color:{color};font-weight:bold">{MARKS[subject.mark]}</span> '
        f"<b>{escape(subject.title)}</b> {escape(subject.sentence)}"
    )
    if not subject.findings:
        yield f"<div>{head}</div>"
        return
    unfolded = ' open="open"' if verbose or subject.mark == "broken" else ""
    yield f"<details{unfolded}><summary>{head}</summary>"
    for found in subject.findings:
        yield from _finding(found)
    yield "</details>"


def _finding(found: Finding) -> Iterator[str]:
    yield f'<div style="margin-left:1.5em"><a href="{escape(url_of(found.name))}">{found.code}</a> '
    yield f"{escape(found.message)}<ul>"
    for one in found.evidence:
        where = f" ({escape(one.where)})" if one.where else ""
        yield f'<li><span style="{_CODE}">{escape(one.text)}</span>{where}</li>'
    yield f"</ul>{escape(found.help)}{_commands(found)}</div>"


def _commands(found: Finding) -> str:
    if not found.commands:
        return ""
    return f'<pre style="{_CODE}">{chr(10).join(map(escape, found.commands))}</pre>'


def escape(text: str) -> str:
    """`text` where HTML has no say, without characters that no page may hold."""
    return html.escape(clean(text))
