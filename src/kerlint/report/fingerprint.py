"""What makes a finding the same finding after the lines around it have moved."""

from __future__ import annotations

from kerlint.report.paths import shown
from kerlint.report.text import lines_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kerlint.diagnostics import Diagnostic
    from kerlint.report.model import Sources


def fingerprints(diagnostics: Sequence[Diagnostic], sources: Sources) -> list[str]:
    """A unique hexadecimal string for each finding, in the same order.

    It is made of the path, the code, the name at fault and the text of the line without its
    indentation: not of the line's number, nor of the message, which may speak of other lines.
    Equal findings are told apart by counting them from the top of the file.
    """
    from hashlib import sha256

    seen: dict[str, int] = {}
    result = []
    text_of: dict[str, list[str]] = {}
    path = None
    for found in diagnostics:
        if found.path != path:
            path = found.path
            text_of = {path: lines_of(sources(path) or "")}
        lines = text_of[path]
        number = found.span.start.line
        line = lines[number - 1].strip() if found.cell is None and number <= len(lines) else ""
        what = (shown(path), str(found.cell), found.code, found.qualified_name or "", line)
        key = "\0".join(what)
        seen[key] = seen.get(key, 0) + 1
        digest = sha256(f"{key}\0{seen[key]}".encode("utf-8", "surrogatepass"))
        result.append(digest.hexdigest())
    return result
