"""A manifest that is a program, as a tree; it is never run."""

from __future__ import annotations

import ast
import re
import warnings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.manifests.drafts import Draft

NO_PYTHON = "this is not Python that can be parsed"
"""What KER901 says of the same file, too; once is enough."""

_NEWER = re.compile(
    r"""\b[rR]?[fFtT][rR]?["']|^\s*(?:type\s+\w|except\b|(?:async\s+)?(?:def|class)\s+\w+\s*\[)"""
)
"""Lines that may be fine for a Python newer than the one that runs kerlint: f-strings in f-strings
(3.12), `type`, type parameters (3.12), `except*` (3.11), `except` without brackets (3.14)."""


def tree_of(found: Draft) -> ast.Module | None:
    """The tree of the whole file; None, with a problem noted, if there is none."""
    start = end = 0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(found.text)
    except SyntaxError as error:
        # Which character is at fault depends on the Python that parses; the line hardly does.
        start = found.places.offset(max((error.lineno or 1) - 1, 0), 0)
        end = found.places.offset(max(error.lineno or 1, 1), 0)
    except (ValueError, RecursionError, MemoryError):
        pass
    found.unread.append(found.places.span(0, 0))
    line = found.text[start:end]
    if not _NEWER.search(line):
        start += len(line) - len(line.lstrip())
        span = found.places.span(start, max(start, start + len(line.strip())))
        found.problem(NO_PYTHON, span)
    return None
