"""Several archives seen as one tree of installed files, and modules found in it as Python would."""

from __future__ import annotations

from collections.abc import Iterable

from .wheels import Sources


class Files:
    """The union of the Python files of several releases.

    `renamed` maps a top folder to another one whose files it replaces: TensorFlow 1.15 to 2.1
    keep the package in `tensorflow_core` behind a forwarding `tensorflow`.
    """

    def __init__(self, archives: Iterable[Sources], renamed: dict[str, str] | None = None) -> None:
        self._where: dict[str, tuple[Sources, str]] = {}
        self.folders: set[str] = set()
        self._children: dict[str, set[str]] = {}
        self.renamed: dict[str, str] = {}
        for sources in archives:
            self._add(sources, renamed or {})

    def _add(self, sources: Sources, renamed: dict[str, str]) -> None:
        tops = {path.partition("/")[0] for path in sources.paths}
        active = {old: new for old, new in renamed.items() if old in tops}
        self.renamed.update(active)
        for path in sources.paths:
            top, _, rest = path.partition("/")
            if top in active.values():
                continue
            name = f"{active[top]}/{rest}" if top in active else path
            self._where.setdefault(name, (sources, path))
            self._enter(name)

    def _enter(self, path: str) -> None:
        folder, _, leaf = path.rpartition("/")
        if leaf != "__init__.py":
            self._children.setdefault(folder, set()).add(leaf.removesuffix(".py"))
        while folder:
            self.folders.add(folder)
            above, _, leaf = folder.rpartition("/")
            self._children.setdefault(above, set()).add(leaf)
            folder = above

    def __contains__(self, path: str) -> bool:
        return path in self._where

    def read(self, path: str) -> str:
        sources, inside = self._where[path]
        return sources.read(inside)

    def find(self, folder: str, name: str) -> tuple[str, bool] | None:
        """The file of module `name` in `folder` and whether it is a package.

        A package beats a module of the same name. A folder without `__init__.py` is a package
        too (its file is ""), but only after every `folder` was searched: callers see to that.
        """
        base = f"{folder}/{name}" if folder else name
        if f"{base}/__init__.py" in self._where:
            return f"{base}/__init__.py", True
        if f"{base}.py" in self._where:
            return f"{base}.py", False
        return None

    def children(self, folder: str) -> list[str]:
        """Names of the modules and packages directly in `folder`."""
        return sorted(name for name in self._children.get(folder, ()) if name.isidentifier())
