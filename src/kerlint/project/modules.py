"""The project's own modules: which file an import means, and what that file says.

Everything is looked up on demand and kept for the process, so that a file without an own import
costs nothing. Nothing is executed.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.source.facts import Module


class Project:
    """The files around the one that is checked."""

    def module(self, path: str) -> Module | None:
        """The facts of the Python file at `path`; None if it cannot be read or parsed."""
        raise NotImplementedError
