"""From a module's name to its file, as Python's own finder goes: folder by folder.

A package (`__init__.py`) comes before a module, both before a folder without `__init__.py`, which
is a part of a namespace package only if nothing better is found in any folder.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FOREIGN = frozenset(
    {
        "cv2",
        "jax",
        "jaxlib",
        "keras",
        "keras_core",
        "matplotlib",
        "numpy",
        "pandas",
        "scipy",
        "sklearn",
        "tensorflow",
        "tf_keras",
        "theano",
        "torch",
    }
)
"""Libraries: an own module of such a name is another matter, and is not followed."""


class Found:
    """What a full module name stands for.

    `path`     its file; empty for a namespace package
    `folders`  where its submodules are looked for; empty if it is no package
    """

    __slots__ = ("folders", "name", "path")

    def __init__(self, name: str, path: str, folders: tuple[str, ...] = ()) -> None:
        self.name = name
        self.path = path
        self.folders = folders

    @property
    def package(self) -> str:
        """What its relative imports are relative to."""
        return self.name if self.folders else self.name.rpartition(".")[0]

    def __repr__(self) -> str:
        return f"<Found {self.name} {self.path}>"


class Finder:
    """Finds modules below `folders` (absolute paths, in the order of `sys.path`).

    `entries(folder)` names what is in a folder; it is asked once for each.
    """

    __slots__ = ("_entries", "_found", "folders")

    def __init__(self, folders: Sequence[str], entries: Callable[[str], frozenset[str]]) -> None:
        self.folders = tuple(dict.fromkeys(folders))
        self._entries = entries
        self._found: dict[str, Found | None] = {}

    def find(self, name: str) -> Found | None:
        """The own module of that full name; None if there is none."""
        if name not in self._found:
            self._found[name] = self._look_up(name)
        return self._found[name]

    def chain(self, name: str) -> list[Found]:
        """What an import of `name` imports, parents first, as far as it can be found."""
        chain: list[Found] = []
        parts = name.split(".")
        for end in range(1, len(parts) + 1):
            found = self.find(".".join(parts[:end]))
            if found is None:
                break
            chain.append(found)
        return chain

    def split(self, name: str) -> tuple[Found, str] | None:
        """The longest beginning of a full name that is an own module, and the rest."""
        head, rest = name, ""
        while head:
            found = self.find(head)
            if found is not None:
                return found, rest
            head, _, last = head.rpartition(".")
            rest = f"{last}.{rest}" if rest else last
        return None

    def _look_up(self, name: str) -> Found | None:
        parent, _, leaf = name.rpartition(".")
        if parent:
            above = self.find(parent)
            return None if above is None else self._in(above.folders, name, leaf)
        if name.startswith("_kerlint_"):
            return self._file(name)
        return None if name in FOREIGN else self._in(self.folders, name, leaf)

    def _file(self, name: str) -> Found | None:
        """A file that a notebook runs, from the folder of the program."""
        from kerlint.source.notebooks.running import path_of

        path = path_of(name)
        for folder in self.folders[:1]:
            full = os.path.normpath(os.path.join(folder, path))
            if path and os.path.basename(full) in self._entries(os.path.dirname(full)):
                return Found(name, full)
        return None

    def _in(self, folders: Sequence[str], name: str, leaf: str) -> Found | None:
        if not leaf.isidentifier():
            return None
        portions = []
        for folder in folders:
            entries = self._entries(folder)
            inner = os.path.join(folder, leaf)
            if leaf in entries:
                if "__init__.py" in self._entries(inner):
                    return Found(name, os.path.join(inner, "__init__.py"), (inner,))
                if self._entries(inner):
                    portions.append(inner)
            if f"{leaf}.py" in entries:
                return Found(name, f"{inner}.py")
        return Found(name, "", tuple(portions)) if portions else None
