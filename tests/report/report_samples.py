"""Findings to report, each with a trap for some format."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kerlint.diagnostics import Diagnostic, Edit, Fix, Position, Related, Span
from kerlint.report import render

if TYPE_CHECKING:
    from kerlint.diagnostics import Severity


class Result:
    """A run, in the shape that `render` takes."""

    def __init__(
        self,
        diagnostics: Sequence[Diagnostic],
        files: int = 3,
        suppressed: int = 0,
        notes: Sequence[str] = (),
        errors: Sequence[str] = (),
    ) -> None:
        self.diagnostics = diagnostics
        self.files = files
        self.suppressed = suppressed
        self.notes = notes
        self.errors = errors


def span(line: int, column: int, end_column: int, end_line: int | None = None) -> Span:
    return Span(Position(line, column), Position(end_line or line, end_column))


def finding(
    place: Span | None = None,
    *,
    path: str = "a.py",
    code: str = "KER302",
    name: str = "missing-name",
    severity: Severity = "error",
    message: str = "it is gone",
    help: str = "",
    label: str = "",
    qualified_name: str | None = None,
    related: tuple[Related, ...] = (),
    fix: Fix | None = None,
    cell: int | None = None,
) -> Diagnostic:
    return Diagnostic(
        code=code,
        name=name,
        severity=severity,
        message=message,
        path=path,
        span=place or span(1, 1, 6),
        help=help,
        label=label,
        qualified_name=qualified_name,
        related=related,
        fix=fix,
        cell=cell,
    )


def written(format: str, result: Result | Sequence[Diagnostic], **options: object) -> str:
    """What `render` writes. `sources` is a mapping from path to text here."""
    texts = options.pop("sources", {})
    assert isinstance(texts, dict)
    out = io.StringIO()
    if not isinstance(result, Result):
        result = Result(result)
    render(format, result, out, sources=texts.get, **options)  # type: ignore[arg-type]
    return out.getvalue()


SOURCE = 'import keras\nimport os\nos.environ["KERAS_BACKEND"] = "jax"\nkeras.layers.CuDNNLSTM(4)\n'

NOT_UTF8 = os.fsdecode(b"caf\xe9.py")

NASTY: list[Diagnostic] = [
    finding(span(3, 1, 28), code="KER201", name="backend-set-after-import", label="too late"),
    finding(
        span(4, 1, 23),
        qualified_name="keras.layers.CuDNNLSTM",
        help="write `keras.layers.LSTM`",
        related=(
            Related("a.py", span(1, 8, 13), "keras is imported here"),
            Related("other dir/b.py", span(7, 1, 2), "and 100% here"),
        ),
        fix=Fix("Use LSTM", "safe", (Edit(75, 80, "LSTM"),)),
    ),
    finding(span(1, 1, 1), path=NOT_UTF8, code="KER902", name="unreadable-file", message="\udce9?"),
    finding(
        span(1, 1, 9, 3), path="ünï/数 据.py", severity="warning", message="a\nb\r\n\x1b[31m: ,%"
    ),
    finding(span(2, 1, 4), path="nb.ipynb", severity="info", cell=2, message='<&">\x00\ufffe 😀'),
    finding(span(2, 1, 4), path="nb.ipynb", severity="info", cell=2, message="lone \ud800 one"),
]
