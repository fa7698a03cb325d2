"""What the code of a project uses, as far as its bytes tell; looked up when a rule asks."""

from __future__ import annotations

import os
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.project.modules import Project

MOST_BYTES = 40_000_000
"""Of code that is looked through; a larger project says nothing."""

_BACKEND = re.compile(
    rb"""environ\s*(?:\[\s*["']KERAS_BACKEND["']\s*\]\s*=|\.\s*setdefault\(\s*["']KERAS_BACKEND["']\s*,)"""
    rb"""\s*["'](\w+)["']"""
)
_TESTS = re.compile(r"(^|/)(tests?|docs?|examples?|benchmarks?)/|(^|/)(test_[^/]*|conftest)\.py$")


class Usage:
    """The code below the folder `root` (absolute).

    Nothing is read before the first question, and every file once.
    """

    def __init__(self, root: str, project: Project) -> None:
        self.root = root
        self._project = project
        self._found: dict[bytes, str] = {}
        self._files: list[tuple[str, bytes]] | None = None

    def first(self, pattern: re.Pattern[bytes]) -> str:
        """The path of the first file whose code matches, or ""."""
        key = pattern.pattern
        if key not in self._found:
            self._found[key] = next(
                (path for path, data in self._code() if pattern.search(data)), ""
            )
        return self._found[key]

    def backends(self) -> dict[str, str]:
        """The backends that the code chooses, each with the file that does so.

        Tests and examples may try others, and are passed over.
        """
        found: dict[str, str] = {}
        for path, data in self._code():
            if b"KERAS_BACKEND" in data and not _TESTS.search(self.relative(path)):
                for match in _BACKEND.finditer(data):
                    found.setdefault(match[1].decode(), path)
        return found

    def relative(self, path: str) -> str:
        """The path below the root, with `/`."""
        return os.path.relpath(path, self.root).replace(os.sep, "/")

    def _code(self) -> Iterator[tuple[str, bytes]]:
        if self._files is None:
            self._files = []
            read = 0
            for path in self._project.files(self.root) or ():
                data = self._project.data(path)
                read += len(data)
                if read > MOST_BYTES:
                    self._files = []
                    break
                if b"keras" in data or b"tensorflow" in data or b"KERAS" in data:
                    self._files.append((path, data))
        yield from self._files
