"""Patterns for files, as `exclude` and `per-file-ignores` use them."""

from __future__ import annotations

import os
import re
from functools import lru_cache


def matches(pattern: str, folder: str, path: str) -> bool:
    """Whether `pattern`, written relative to `folder`, covers the file at `path`.

    It covers a file if it matches its path, its name, or a folder above it, by path or by name.
    `*` and `?` match anything, `/` included; `[...]` is a set of characters.
    """
    full = os.path.abspath(path)
    base = os.path.abspath(folder)
    prefix = base if base.endswith(os.sep) else base + os.sep
    below = full[len(prefix) :] if full.startswith(prefix) else full
    below = below.replace(os.sep, "/")
    matcher, anchored = _compiled(pattern)
    while below and below != "/":
        if matcher.match(below) or (not anchored and matcher.match(below.rpartition("/")[2])):
            return True
        if below == full.replace(os.sep, "/") and not full.startswith(prefix):
            # Outside the folder only the file's own path and name can be meant.
            return False
        below = below.rpartition("/")[0]
    return False


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> tuple[re.Pattern[str], bool]:
    """The pattern as a regular expression, and whether it names a place, not just a name."""
    from fnmatch import translate

    plain = pattern.replace(os.sep, "/")
    while plain.startswith("./"):
        plain = plain[2:]
    plain = plain.rstrip("/")
    anchored = "/" in plain
    if plain.startswith("**/"):
        plain, anchored = plain[3:], "/" in plain[3:]
        if anchored:
            return re.compile(f"(?:.*/)?(?:{translate(plain)})", re.DOTALL), True
    if plain.endswith("/**"):
        plain = plain[:-3]
    return re.compile(translate(plain)), anchored
