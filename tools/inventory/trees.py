"""Syntax trees, kept from one release to the next.

Neighbouring releases share most of their files, and parsing is most of the work. Trees are never
changed once parsed, so that releases can share them.
"""

from __future__ import annotations

import ast
import warnings


class Trees:
    """Trees of the texts that the current release or the one before it asked for."""

    def __init__(self) -> None:
        self._kept: dict[str, ast.Module | None] = {}
        self._used: dict[str, ast.Module | None] = {}

    def parse(self, text: str) -> ast.Module | None:
        """The tree of a module's text; None when this Python cannot parse it."""
        if text not in self._used:
            self._used[text] = self._kept[text] if text in self._kept else _parsed(text)
        return self._used[text]

    def next_release(self) -> None:
        """Forget what the release that ends here did not ask for."""
        self._kept, self._used = self._used, {}


def _parsed(text: str) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError):
        return None
