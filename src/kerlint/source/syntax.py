"""Whether text that no rule has to look at is Python at all.

Who names a file wants to hear that it does not parse, even if the gates prove it free of all
else. The running Python's own parser answers in no time; LibCST then has the last word.
"""

from __future__ import annotations


def parses(data: bytes) -> bool:
    """Whether the running Python can parse the source; True also where it cannot tell."""
    import warnings

    try:
        from _symtable import symtable  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        return True
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            symtable(data, "source", "exec")
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
    return True
