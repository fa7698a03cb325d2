"""Workflow commands that GitHub Actions turns into annotations on the changed lines.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

import os

from kerlint.report.concise import place
from kerlint.report.paths import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kerlint.diagnostics import Diagnostic, Span
    from kerlint.report.model import Lines, Options, Summary

COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def write(
    diagnostics: Sequence[Diagnostic], summary: Summary, options: Options, lines: Lines
) -> Iterator[str]:
    for found in diagnostics:
        yield _annotation(found, lines.on_disk(found))


def _annotation(found: Diagnostic, on_disk: Span | None) -> str:
    properties: dict[str, str | int] = {
        "title": f"kerlint {found.code} {found.name}",
        "file": _file(found.path),
    }
    if on_disk is not None:
        (line, column), (end_line, end_column) = on_disk
        properties["line"] = line
        # GitHub takes columns only where the annotation stays on one line.
        if line == end_line:
            properties |= {"col": column, "endLine": end_line, "endColumn": end_column}
        else:
            properties["endLine"] = end_line
    written = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    # The place is repeated because the log shows the message only.
    message = f"{place(found)}: {found.code} {found.message}"
    if found.help:
        message += f"\n{found.help}"
    return f"::{COMMANDS[found.severity]} {written}::{_data(message)}\n"


def _file(path: str) -> str:
    """GitHub looks for the file below the workspace, whatever the step's working directory."""
    workspace = os.environ.get("GITHUB_WORKSPACE")
    return shown(os.path.abspath(path), workspace) if workspace else shown(path)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
