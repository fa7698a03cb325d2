"""JUnit XML: one test suite a file, one failed test a finding."""

from __future__ import annotations

import re
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from kerlint.diagnostics import url_of
from kerlint.report.concise import place
from kerlint.report.paths import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kerlint.diagnostics import Diagnostic
    from kerlint.report.model import Lines, Options, Summary

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to say, not even as a character reference."""


def write(
    diagnostics: Sequence[Diagnostic], summary: Summary, options: Options, lines: Lines
) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    total = len(diagnostics) + len(summary.errors)
    counts = f'failures="{len(diagnostics)}" errors="{len(summary.errors)}" time="0"'
    yield f'<testsuites name="kerlint" tests="{total or 1}" {counts}>\n'
    for path, group in groupby(diagnostics, key=lambda found: found.path):
        yield from _suite(shown(path), list(group), lines)
    if summary.errors:
        yield _opening("kerlint", len(summary.errors), 0, len(summary.errors))
        for message in summary.errors:
            yield '    <testcase name="run" classname="kerlint" time="0">\n'
            yield f"      <error message={_attribute(message)}/>\n    </testcase>\n"
        yield "  </testsuite>\n"
    if not total:  # a report without a test counts as broken for some readers
        yield _opening("kerlint", 1, 0, 0)
        yield '    <testcase name="no findings" classname="kerlint" time="0"/>\n  </testsuite>\n'
    yield "</testsuites>\n"


def _suite(path: str, diagnostics: Sequence[Diagnostic], lines: Lines) -> Iterator[str]:
    yield _opening(path, len(diagnostics), len(diagnostics), 0)
    for found in diagnostics:
        line, column = found.span.start
        cell = "" if found.cell is None else f"cell {found.cell + 1}:"
        name = f"{found.code} {found.name} ({cell}{line}:{column})"
        where = place(found)
        on_disk = lines.on_disk(found)
        if cell and on_disk is not None:
            where += f"\n{path}:{on_disk.start.line}:{on_disk.start.column}"
        body = f"{where}\n{found.help}\n{url_of(found.name)}".replace("\n\n", "\n")
        yield f'    <testcase name={_attribute(name)} classname={_attribute(path)} time="0">\n'
        yield f"      <failure message={_attribute(found.message)} type={_attribute(found.code)}>"
        yield f"{_text(body)}</failure>\n    </testcase>\n"
    yield "  </testsuite>\n"


def _opening(name: str, tests: int, failures: int, errors: int) -> str:
    counts = f'tests="{tests}" failures="{failures}" errors="{errors}" skipped="0" time="0"'
    return f"  <testsuite name={_attribute(name)} {counts}>\n"


def _attribute(text: str) -> str:
    return _ascii(quoteattr(_plain(text)))


def _text(text: str) -> str:
    return _ascii(escape(_plain(text)))


def _plain(text: str) -> str:
    return _NOT_XML.sub(lambda match: f"\\x{ord(match[0]):02x}", text)


def _ascii(text: str) -> str:
    """Character references for all that is not ASCII: right whatever the stream's encoding."""
    return text.encode("ascii", "xmlcharrefreplace").decode("ascii")
