"""One JSON object: `schema, diagnostics, observations, not_checked`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kerlint.probe.exchange import plain
from kerlint.report.dump import dump
from kerlint.report.json import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.finding import Finding
    from kerlint.probe.outcome import Examination

SCHEMA = 1


def lines(examined: Examination) -> Iterator[str]:
    """The object, in one piece."""
    yield dump(document(examined), indent=2)


def objects(examined: Examination) -> Iterator[str]:
    """Only the findings, one object a line."""
    yield from (dump(_record(found)) for found in examined.diagnostics)


def document(examined: Examination) -> dict[str, Any]:
    """The object. `observations` can be given to `--from-json`, and so can the whole of it."""
    seen = plain(examined.seen)
    gaps = seen.pop("not_checked", [])
    return {
        "schema": SCHEMA,
        "diagnostics": [_record(found) for found in examined.diagnostics],
        "observations": seen,
        "not_checked": gaps,
    }


def _record(found: Finding) -> dict[str, Any]:
    return {
        **record(found),
        "evidence": [{"text": one.text, "where": one.where} for one in found.evidence],
        "confidence": found.confidence,
        "seen": found.seen,
        "commands": list(found.commands),
    }
