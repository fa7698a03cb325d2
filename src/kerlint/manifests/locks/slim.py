"""Lock files without their lists of files, which are most of their text and say nothing of versions.

The lines stay where they are, so that places hold.
"""

from __future__ import annotations

import re

from kerlint.manifests.toml_page import Page

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_PLAIN = r'[^"\'#\r\n\\]*(?:"[^"\r\n\\]*"[^"\'#\r\n\\]*)*'
_FILES = re.compile(
    rf"^([\w.\"-]+ = )\[\r?\n(?:[ \t]+\{{{_PLAIN}\}},?\r?\n)+\]"
    rf"|^((?:sdist|wheels) = )(?:\{{{_PLAIN}\}}|\[\{{{_PLAIN}\}}\])(?=\r?$)",
    re.MULTILINE,
)


def page_of(path: str, text: str) -> Page:
    """The text as TOML; what is wrong with it is said of the whole text."""
    page = Page(path, _FILES.sub(_emptied, text))
    if page.problems:
        page = Page(path, text)
    page.whole = text
    return page


def _emptied(found: re.Match[str]) -> str:
    return f"{found[1] or found[2]}[]" + "\n" * found[0].count("\n")


def packages(page: Page, key: str) -> list[tuple[int, dict[str, Any]]]:
    """The packages that have a name, by their index."""
    rows = page.array((key,))
    found = []
    for index, row in enumerate(rows):
        if isinstance(row, dict) and page.string((key, index, "name")):
            found.append((index, row))
    return found
