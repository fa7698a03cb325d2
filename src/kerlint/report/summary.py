"""A run in one line: the footer of the reports for people, and the counts by rule."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kerlint.diagnostics import Diagnostic
    from kerlint.report.color import Palette
    from kerlint.report.model import Summary


def footer(diagnostics: Sequence[Diagnostic], summary: Summary, palette: Palette) -> str:
    """`Found 2 errors and 1 warning (3 suppressed) in 14 files.`, or that all is well."""
    files = counted(summary.files, "file")
    aside = f" ({summary.suppressed} suppressed)" if summary.suppressed else ""
    if diagnostics:
        counts = []
        for severity in ("error", "warning", "info"):
            number = sum(1 for found in diagnostics if found.severity == severity)
            if number:
                word = counted(number, severity if severity != "info" else "note")
                counts.append(palette.severity(severity, word))
        line = f"Found {_joined(counts)}{aside} in {files}."
    elif summary.errors:
        line = f"No findings{aside} in {files}, but not everything could be checked."
    elif not summary.files:
        line = "No file was checked."
    else:
        line = f"{palette.good('No findings')}{aside} in {files}."
    if diagnostics and summary.errors:
        line += " Not everything could be checked."
    return line


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 file`, `2 files`; with a `plural` of its own `2 entries`."""
    return f"{number} {noun}" if number == 1 else f"{number} {plural or f'{noun}s'}"


def _joined(parts: Sequence[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def by_rule(diagnostics: Sequence[Diagnostic]) -> list[tuple[int, Diagnostic]]:
    """How often each rule fired, most often first, with one of its findings."""
    counts: dict[str, int] = {}
    first: dict[str, Diagnostic] = {}
    for found in diagnostics:
        counts[found.code] = counts.get(found.code, 0) + 1
        first.setdefault(found.code, found)
    order = sorted(counts, key=lambda code: (-counts[code], code))
    return [(counts[code], first[code]) for code in order]


def statistics(diagnostics: Sequence[Diagnostic], palette: Palette) -> Iterator[str]:
    """One line a rule: count, code and name."""
    rows = by_rule(diagnostics)
    width = len(str(rows[0][0])) if rows else 0
    for number, found in rows:
        code = palette.severity(found.severity, found.code)
        yield f"{palette.bold(f'{number:>{width}}')}  {code}  {found.name}\n"
