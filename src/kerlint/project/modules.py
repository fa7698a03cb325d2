"""The project's own modules: which file an import means, and what that file says.

Everything is looked up on demand and kept for the run, so that a file without an own import costs
nothing. Nothing is executed.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kerlint.project.finder import Finder
    from kerlint.project.roots import Layout
    from kerlint.project.running import OwnModules
    from kerlint.source.facts import Module

    Words = tuple[bytes, ...]

LARGEST = 2_000_000
"""Bytes of an own module above which it is not read."""

LARGEST_NOTEBOOK = 10_000_000
"""The same of a notebook with its outputs, which are stepped over."""

PARSED_LIMIT = 2_400_000
"""Bytes of own modules that are parsed to see what an import of them does."""

MOST_FILES = 3000
"""Files of a project above which nobody looks for those that import a module."""


class Project:
    """The files around the ones that are checked, for one run.

    `written`  the source of files that a notebook writes before anybody imports them, by their
               absolute paths: they are taken to be there
    `notebook` the absolute path of that notebook, where it alone is to be asked what it does with
               them: to another one a file of the same name is another file
    """

    def __init__(self, written: Mapping[str, bytes] | None = None, notebook: str = "") -> None:
        self._written = written or {}
        self._alone = (notebook, *self._written) if notebook else None
        self._modules: dict[str, Module | None] = {}
        self._last: tuple[str, bytes] = ("", b"")
        self._notebooks: dict[str, bytes] = {}
        self._entries: dict[str, frozenset[str]] = {}
        self._imports: dict[str, tuple[str, ...]] = {}
        self._roots: dict[str, str] = {}
        self._layouts: dict[str, Layout] = {}
        self._finders: dict[tuple[str, ...], Finder] = {}
        self._files: dict[str, tuple[str, ...] | None] = {}
        self._mentions: dict[tuple[str, bytes], bool] = {}
        self._holding: dict[tuple[str, Words], bool] = {}
        self._sets_unnamed: dict[str, bool] = {}
        self.imported_by: dict[str, dict[str, list[str]]] = {}
        """What `Starts` found out: below a root, by which files each one may be imported."""
        self.own_modules: dict[tuple[tuple[str, ...], Words, Words, bool], OwnModules] = {}
        """And what a program sees, by its search path and by what is looked for."""
        self._to_parse = PARSED_LIMIT
        self.passed_over: set[str] = set()
        """Own modules that were not read for their number: what they do is not known."""
        self.crowded: set[str] = set()
        """Roots of projects whose files are too many for it to be asked which imports which."""
        self.programs: dict[tuple[str, bool], set[str]] = {}
        """And which files below a root are programs, those of pytest included or not."""
        self.switched: dict[str, bool] = {}
        """And whether settings files of a folder turn the legacy switch on."""
        self.spoken_of: dict[str, bool] = {}
        """And whether other files hold the name of a module."""
        self.defining: dict[tuple[str, str], frozenset[str]] = {}
        """And how the files below a root define a method: see `rules.api._defined`."""

    def module(self, path: str) -> Module | None:
        """The facts of the Python file at `path`; None if it cannot be read or parsed."""
        path = self.absolute(path)
        if path not in self._modules:
            self._modules[path] = self._analysed(path)
        return self._modules[path]

    def adopt(self, module: Module) -> str:
        """Take `module` for what its file says, with all of its facts; its absolute path."""
        path = self.absolute(module.path)
        if self._modules.get(path) is not module:
            self._modules[path] = module
            self.own_modules.clear()  # they may hold what was read of the file before
        return path

    def resolve(self, path: str, name: str) -> tuple[str, str] | None:
        """The own module that a full name in the file at `path` begins with, and what is left.

        The name is as that file's imports spell it, with leading dots if they are relative:
        `("/home/me/net.py", "build")` for `net.build`. None if it leads to no own file.
        """
        from kerlint.project.names import absolute, module_name

        path = os.path.abspath(path)
        base, own = module_name(self, path)
        package = own if path.endswith("__init__.py") else own.rpartition(".")[0]
        full = absolute(package, name)
        if full is None:
            return None
        found = self.finder((os.path.dirname(path), base, *self.layout(path).folders)).split(full)
        return None if found is None or not found[0].path else (found[0].path, found[1])

    def data(self, path: str) -> bytes:
        """The source of a file, of a notebook its code; none if it cannot be read, or is too large."""
        if path.endswith(".ipynb"):
            if path not in self._notebooks:
                self._notebooks[path] = _code(self._raw(path))
            return self._notebooks[path]
        # To read a file again costs less than the memory to keep all.
        if path != self._last[0]:
            self._last = path, self._raw(path)
        return self._last[1]

    def holds(self, path: str, word: bytes) -> bool:
        """Whether the file may hold the word in its source."""
        if path.endswith(".ipynb") and path not in self._notebooks and word not in self._raw(path):
            return False
        return word in self.data(path)

    def holds_any(self, path: str, words: Words) -> bool:
        """Whether the file holds one of the words; asked of it by every program that may reach it."""
        key = (path, words)
        if key not in self._holding:
            data = self.data(path)
            self._holding[key] = any(word in data for word in words)
        return self._holding[key]

    def sets_unnamed(self, path: str) -> bool:
        """Whether the file may set environment variables that it does not name."""
        if path not in self._sets_unnamed:
            from kerlint.source.variables import sets_unnamed

            self._sets_unnamed[path] = sets_unnamed(self.data(path))
        return self._sets_unnamed[path]

    def _raw(self, path: str) -> bytes:
        from kerlint.source.reading import read_bytes

        if path in self._written:
            return self._written[path]
        if not os.path.isfile(path):  # a pipe would wait for ever
            return b""
        most = LARGEST_NOTEBOOK if path.endswith(".ipynb") else LARGEST
        try:
            return b"" if os.path.getsize(path) > most else read_bytes(path)
        except OSError:
            return b""

    def imports(self, path: str) -> tuple[str, ...]:
        """Names that the file may import, as it spells them."""
        if path not in self._imports:
            from kerlint.project.imports_scan import as_notebooks, imports_in

            names = imports_in(self.data(path))
            if self.imports_notebooks(path):
                more = (one for name in names for one in as_notebooks(name))
                names = tuple(dict.fromkeys((*names, *more)))
            self._imports[path] = names
        return self._imports[path]

    def imports_notebooks(self, path: str) -> bool:
        """Whether an import in the file may run a notebook."""
        from kerlint.project.imports_scan import NOTEBOOK_IMPORTERS

        return self.holds_any(path, NOTEBOOK_IMPORTERS)

    def entries(self, folder: str) -> frozenset[str]:
        """The names in a folder; none if it is not one."""
        if folder not in self._entries:
            try:
                names = frozenset(os.listdir(folder))
            except OSError:
                names = frozenset()
            inside = os.path.join(folder, "")
            self._entries[folder] = names.union(
                path[len(inside) :].partition(os.sep)[0]
                for path in self._written
                if path.startswith(inside)
            )
        return self._entries[folder]

    def has_folder(self, folder: str) -> bool:
        """Whether there is such a folder, and something in it."""
        return bool(self.entries(folder))

    def layout(self, path: str) -> Layout:
        """What the project of the file at `path` says of its imports."""
        from kerlint.project.roots import Layout, start_of

        folder = os.path.dirname(path)
        if folder not in self._roots:
            self._roots[folder] = start_of(folder)
        root = self._roots[folder]
        if root not in self._layouts:
            self._layouts[root] = Layout(root)
        return self._layouts[root]

    def finder(self, folders: Sequence[str]) -> Finder:
        """Finds modules below `folders`, which are in the order of `sys.path`."""
        from kerlint.project.finder import Finder

        key = tuple(folders)
        if key not in self._finders:
            self._finders[key] = Finder(key, self.entries)
        return self._finders[key]

    def files(self, root: str) -> tuple[str, ...] | None:
        """All Python files and notebooks of the project; None if they are too many to look at."""
        if self._alone is not None:
            return self._alone
        if root not in self._files:
            files = _code_files(self._below(root))
            if len(files) > MOST_FILES:  # the data and the caches of the project may be among them
                from kerlint.project.discovery import below

                files = _code_files(below(root, [], []))
            if len(files) > MOST_FILES:
                self.crowded.add(root)
            self._files[root] = None if root in self.crowded else tuple(sorted(files))
        return self._files[root]

    def _below(self, root: str) -> Iterator[str]:
        from kerlint.project.discovery import walked
        from kerlint.project.roots import MARKS

        if not self.entries(root).isdisjoint((*MARKS, "__init__.py")):
            yield from walked(root, [])
            return
        # A folder that is no project and no package may be anybody's home: one level down is
        # enough, but for packages.
        for name in self.entries(root):
            path = os.path.join(root, name)
            yield path
            inside = self.entries(path)
            if "__init__.py" in inside:
                yield from walked(path, [])
            else:
                yield from (os.path.join(path, inner) for inner in inside)

    def mentions(self, root: str, word: bytes) -> bool:
        """Whether some Python file of the project holds the word."""
        key = (root, word)
        if key not in self._mentions:
            files = self.files(root) or ()
            self._mentions[key] = any(self.holds(path, word) for path in files)
        return self._mentions[key]

    def absolute(self, path: str) -> str:
        """The path by which files are told apart here."""
        return os.path.abspath(path)

    def _analysed(self, path: str) -> Module | None:
        from kerlint.project.discovery import as_shown
        from kerlint.source.names import analyse
        from kerlint.source.nesting import too_deep
        from kerlint.source.reading import Undecodable, decode
        from kerlint.source.tree import SyntaxProblem

        data = self.data(path)
        if (not data and not os.path.exists(path)) or too_deep(data) is not None:
            return None
        self._to_parse -= len(data)
        if self._to_parse < 0:
            self.passed_over.add(path)
            return None
        try:
            return analyse(as_shown(path, os.path.join(os.getcwd(), "")), decode(data))
        except (SyntaxProblem, Undecodable, ValueError, LookupError):
            return None


def _code_files(paths: Iterator[str]) -> list[str]:
    """The Python files and notebooks, as far as somebody would look at them, and one more."""
    from itertools import islice

    return list(islice((one for one in paths if one.endswith((".py", ".ipynb"))), MOST_FILES + 1))


def _code(data: bytes) -> bytes:
    """The code of a notebook as one module; none if it is no notebook of Python."""
    from kerlint.source.notebooks.cells import NotANotebook, read
    from kerlint.source.notebooks.module import VirtualModule

    try:
        notebook = read(data)
    except NotANotebook:
        return b""
    return VirtualModule(notebook).text.encode("utf-8", "replace") if notebook.is_python else b""
