"""Lock files without their lists of files, which are most of their text and say nothing of versions.

The lines stay where they are, so that places hold.
"""

from __future__ import annotations

import re

from kerlint.manifests.environments import NoMarker
from kerlint.manifests.pep508 import Refused, marker_of
from kerlint.manifests.places import Malformed
from kerlint.manifests.toml_page import Page
from kerlint.project.specifiers import valid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kerlint.manifests.environments import Environments
    from kerlint.manifests.toml_places import Path

_PLAIN = r'[^"\'#\r\n\\]*(?:"[^"\r\n\\]*"[^"\'#\r\n\\]*)*'
_FILES = re.compile(
    rf"^([\w.\"-]+ = )\[\r?\n(?:[ \t]+\{{{_PLAIN}\}},?\r?\n)+\]"
    rf"|^((?:sdist|wheels) = )(?:\{{{_PLAIN}\}}|\[\{{{_PLAIN}\}}\])(?=\r?$)",
    re.MULTILINE,
)


def page_of(path: str, text: str) -> Page:
    """The text as TOML; what is wrong with it is said of the whole text."""
    try:
        page = Page(path, _FILES.sub(_emptied, text))
    except Malformed:
        page = Page(path, text)
    page.whole = text
    return page


def _emptied(found: re.Match[str]) -> str:
    return f"{found[1] or found[2]}[]" + "\n" * found[0].count("\n")


def packages(page: Page, key: str) -> list[tuple[int, dict[str, Any]]]:
    """The packages that have a name, by their index; what is wrong with the others is noted."""
    rows = page.array((key,))
    found = []
    for index, row in enumerate(rows):
        if not isinstance(row, dict):
            page.problem((key, index), f"`{key}[{index}]` must be a table")
        elif page.string((key, index, "name")):
            found.append((index, row))
        elif "name" not in row:
            page.problem((key, index), "a package of the lock has no name")
    return found


def version_of(page: Page, path: Path, *, legacy: bool = False) -> str:
    """The version at the path; "" if there is none, or, with a problem noted, no valid one.

    `legacy`  whether older tools have locked what PEP 440 does not allow (`2004d`)
    """
    version = page.string(path)
    if not version or valid(f"=={version}"):
        return version
    if not legacy or not version[:1].isdigit():
        page.problem(path, f"`{version}` is no version")
    return ""


def holds(
    page: Page, path: Path, environments: Environments, active: frozenset[str] = frozenset()
) -> int:
    """The environments in which the marker at the path holds; all, if there is none.

    What is no marker is noted, and taken to hold.
    """
    marker = page.string(path)
    try:
        return environments.where(marker, active)
    except NoMarker:
        refused = reason(marker)
        if refused:
            page.problem(path, f"`{' '.join(marker.split())[:80]}` {refused}")
        return environments.all


def reason(marker: str) -> str:
    """Why a text is no marker, as the end of a sentence; "" if it is one."""
    try:
        marker_of(marker)
    except Refused as refused:
        return refused.why
    return ""
