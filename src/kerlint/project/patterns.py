"""Patterns for files, as `exclude` and `per-file-ignores` use them."""

from __future__ import annotations

import os
import re
from functools import lru_cache


def matches(pattern: str, folder: str, path: str) -> bool:
    """Whether `pattern`, written relative to `folder`, covers the file at `path`.

    It covers a file if it matches its path, its name, or a folder above it, by path or by name.
    Outside of `folder` only the file's name counts, unless the pattern is absolute.
    `*` and `?` match anything, `/` included; `[...]` is a set of characters.
    """
    full = os.path.abspath(path).replace(os.sep, "/")
    base = os.path.abspath(folder).replace(os.sep, "/").rstrip("/") + "/"
    matcher, anchored = _compiled(pattern)
    if os.path.isabs(pattern):
        tried = full
    elif full.startswith(base):
        tried = full[len(base) :]
    else:
        return not anchored and bool(matcher.match(full.rpartition("/")[2]))
    while tried:
        if matcher.match(tried) or (not anchored and matcher.match(tried.rpartition("/")[2])):
            return True
        tried = tried.rpartition("/")[0]
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
