"""For people: one line a subject with a mark, details under what failed, one thing to do first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.diagnostics import url_of
from kerlint.probe.subjects import subjects
from kerlint.report.color import Palette
from kerlint.report.summary import counted
from kerlint.report.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.finding import Finding
    from kerlint.probe.outcome import Examination

MARKS = {"ok": "✓", "note": "i", "problem": "!", "broken": "✗", "unchecked": "-"}
PLAIN_MARKS = {**MARKS, "ok": "ok", "broken": "x"}

INDENT = "    "
MOST_EVIDENCE = 3
"""Lines of evidence without `--verbose`."""


def lines(
    examined: Examination, *, color: bool, verbose: bool, quiet: bool, unicode: bool = True
) -> Iterator[str]:
    """The report, line by line."""
    palette = Palette(color)
    marks = MARKS if unicode else PLAIN_MARKS
    width = max(map(len, marks.values()))
    if not quiet:
        yield from (clean(note) for note in examined.notes)
        if examined.notes:
            yield ""
    for subject in subjects(examined):
        if not subject.sentence and not subject.findings:
            continue
        hidden = quiet or (subject.mark == "unchecked" and subject.sentence == "not installed")
        if hidden and not subject.findings and not verbose:
            continue
        mark = _painted(palette, subject.mark, f"[{marks[subject.mark]:^{width}}]")
        yield f"{mark} {palette.bold(f'{subject.title:<15}')} {clean(subject.sentence)}".rstrip()
        for found in subject.findings:
            if found.severity == "info" and not verbose:
                yield f"{INDENT}{clean(found.message)} ({found.code})"
            else:
                yield from _details(found, palette, verbose)
    if not quiet:
        yield from _gaps(examined, verbose)
    yield from _end(examined, palette)


def _painted(palette: Palette, mark: str, text: str) -> str:
    if mark == "ok":
        return palette.good(text)
    if mark == "unchecked":
        return palette.related(text)
    return palette.severity({"broken": "error", "problem": "warning"}.get(mark, "info"), text)  # type: ignore[arg-type]


def _details(found: Finding, palette: Palette, verbose: bool) -> Iterator[str]:
    code = palette.severity(found.severity, f"{found.severity}[{found.code}]")
    yield f"{INDENT}{code} {found.name}: {palette.bold(clean(found.message))}"
    evidence = found.evidence if verbose else found.evidence[:MOST_EVIDENCE]
    for one in evidence:
        where = f" ({clean(one.where)})" if one.where else ""
        yield f"{INDENT}  seen: {clean(one.text)}{where}"
    left = len(found.evidence) - len(evidence)
    if left:
        yield f"{INDENT}  seen: {left} more with --verbose"
    if found.confidence == "likely":
        yield f"{INDENT}  sure: likely; this was inferred, not seen to fail"
    if found.help:
        yield f"{INDENT}  help: {clean(found.help)}"
    for command in found.commands:
        yield f"{INDENT}   run: {palette.bold(clean(command))}"
    if verbose:
        yield f"{INDENT}   see: {url_of(found.name)}"


def _gaps(examined: Examination, verbose: bool) -> Iterator[str]:
    gaps = examined.seen.not_checked
    if not gaps:
        return
    yield ""
    if verbose or len(gaps) <= MOST_EVIDENCE:
        yield "Not checked:"
        yield from (f"{INDENT}{clean(one.what)}: {clean(one.why)}" for one in gaps)
    else:
        first = ", ".join(clean(one.what) for one in gaps[:MOST_EVIDENCE])
        yield f"Not checked: {first} and {len(gaps) - MOST_EVIDENCE} more (--verbose says why)."


def _end(examined: Examination, palette: Palette) -> Iterator[str]:
    grave = [one for one in examined.diagnostics if one.severity != "info"]
    yield ""
    if not grave and examined.errors:
        yield "The environment could not be examined."
        return
    if not grave:
        yield palette.good("Nothing wrong was found") + " in what was looked at."
        return
    errors = sum(1 for one in grave if one.severity == "error")
    parts = []
    if errors:
        parts.append(palette.severity("error", counted(errors, "error")))
    if len(grave) > errors:
        parts.append(palette.severity("warning", counted(len(grave) - errors, "warning")))
    yield f"Found {' and '.join(parts)}."
    first = grave[0]
    yield f"{palette.bold('Do this first')} ({first.code}): {clean(first.help or first.message)}"
    yield from (f"{INDENT}{palette.bold(clean(command))}" for command in first.commands)
