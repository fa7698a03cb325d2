"""What makes a finding the same finding after the lines around it have moved."""

from __future__ import annotations

from kerlint.report.paths import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kerlint.diagnostics import Diagnostic
    from kerlint.report.model import Lines


def fingerprints(diagnostics: Sequence[Diagnostic], lines: Lines) -> list[str]:
    """A unique hexadecimal string for each finding, in the same order.

    It is made of the path, the code, the name at fault and the text of the line without its
    indentation: not of the number of the line or the cell, nor of the message, which may speak of other lines.
    Equal findings are told apart by counting them from the top of the file.
    """
    from hashlib import sha256

    seen: dict[str, int] = {}
    result = []
    for found in diagnostics:
        text = lines(found.path, found.cell)
        number = found.span.start.line
        line = text[number - 1].strip() if text is not None and number <= len(text) else ""
        cell = str(found.cell) if text is None else ""
        what = (shown(found.path), cell, found.code, found.qualified_name or "", line)
        key = "\0".join(what)
        seen[key] = seen.get(key, 0) + 1
        digest = sha256(f"{key}\0{seen[key]}".encode("utf-8", "surrogatepass"))
        result.append(digest.hexdigest())
    return result
