"""Where programs start, and how they come to a module.

A module is judged by the programs that run it: itself, if it is one; pytest, which runs every
`conftest.py` above a test first; the console commands of the project; the scripts, `__main__`
modules and other programs that import it.
"""

from __future__ import annotations

import os
import re

from kerlint.project.finder import Found
from kerlint.project.names import absolute, is_test, module_name
from kerlint.project.running import OwnModules
from kerlint.source.order_state import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kerlint.project.modules import Project
    from kerlint.source.facts import Module
    from kerlint.source.order import Deed

_MAIN = re.compile(rb"__name__[^\n]*__main__|__main__[^\n]*__name__")

_TESTS = re.compile(rb"\bdef\s+test|\bclass\s+\w*Test|TestCase|pytest|unittest|>>> ")
"""What some line of a file holds that pytest finds a test in."""

MOST_STARTS = 12
"""Programs that are walked for one module."""


class Start:
    """A program, as far as it matters to one module.

    `deeds`    what it does, for `order.late_writes`
    `modules`  the own modules that it sees
    `own`      it runs the module for its own sake, not on the way from another one
    `passing`  it is another program, and comes to the module on its way
    `tests`    pytest runs it
    """

    __slots__ = ("deeds", "modules", "own", "passing", "tests")

    def __init__(
        self,
        deeds: Sequence[Deed],
        modules: OwnModules,
        *,
        own: bool = False,
        passing: bool = False,
        tests: bool = False,
    ) -> None:
        self.deeds = deeds
        self.modules = modules
        self.own = own
        self.passing = passing
        self.tests = tests


class Starts:
    """The starts of one module.

    `variables`, `readers`, `unnamed`  what makes another module matter: see `OwnModules`
    `adopt`  take the module's facts for what its file says; else the file is read when it matters
    """

    def __init__(
        self,
        project: Project,
        module: Module,
        variables: tuple[bytes, ...],
        readers: tuple[bytes, ...],
        *,
        unnamed: bool = False,
        adopt: bool = True,
    ) -> None:
        self.project = project
        self.path = project.adopt(module) if adopt else project.absolute(module.path)
        self.layout = project.layout(self.path)
        self.packaged = "." in module_name(project, self.path)[1]
        self._variables = variables
        self._readers = readers
        self._unnamed = unnamed

    def __iter__(self) -> Iterator[Start]:
        yield self.own()
        if not is_test(self.path):  # nobody imports a file of such a name
            yield from self._as_import()
        yield from self._commands()
        yield from self._others()

    def own(self) -> Start:
        """The module for its own sake: as a test, with `python -m`, or by its path."""
        return self._program(self.path, own=True)

    def by_path(self, *, tests: bool = False) -> Start:
        """The file as a script; `tests`: as the `conftest.py` with which pytest begins."""
        if tests:
            return self._test(self.path, *module_name(self.project, self.path), True)
        folder = os.path.dirname(self.path)
        modules = self._modules((folder, *self._appended(self.path), *self.layout.folders))
        return Start([(self._main(modules, self.path, ""), None)], modules, own=True)

    def by_name(self, name: str, folders: Sequence[str], *, main: bool) -> Start:
        """The module under its full name; `main`: as `python -m` runs it."""
        modules = self._modules(folders)
        places = modules.imported(name)
        if main and places:
            places[-1] = self._main(modules, self.path, places[-1].package)
        return Start([(place, None) for place in places], modules, own=True)

    def _program(self, path: str, *, own: bool = False) -> Start:
        """A program for its own sake, or (not `own`) as one that comes to the module.

        A part of a package runs by its path or with `-m`. What is said of another program must
        hold for the second, where the package runs first.
        """
        base, name = module_name(self.project, path)
        if self._is_test(path):
            return self._test(path, base, name, own)
        file = os.path.basename(path)
        inside = "." in name or file == "__init__.py"
        as_part = not own or file in ("__init__.py", "__main__.py") or self._is_relative(path)
        if inside and as_part:
            modules = self._modules((base, *self.layout.folders))
            found = modules.finder.find(name)
            if found is not None and found.path == path:
                *parents, last = modules.imported(name)
                if file != "__init__.py":
                    last = self._main(modules, path, found.package)
                return Start([(place, None) for place in (*parents, last)], modules, own=own)
        folder = os.path.dirname(path)
        modules = self._modules((folder, *self._appended(path), *self.layout.folders))
        return Start([(self._main(modules, path, ""), None)], modules, own=own)

    def _test(self, path: str, base: str, name: str, own: bool) -> Start:
        configured = [one for one in self._conftests(path) if one != path]
        names = [module_name(self.project, one) for one in configured]
        bases = [base, *(folder for folder, _ in reversed(names))]
        modules = self._modules((*bases, *self.layout.pytest, *self.layout.folders))
        deeds: list[Deed] = []
        for one, (folder, full) in zip((*configured, path), (*names, (base, name)), strict=True):
            *parents, last = self.project.finder((folder,)).chain(full) or [Found(full, one)]
            deeds += [(modules.place(parent), None) for parent in parents if parent.path]
            # Files of one name in several folders are several modules all the same.
            key = full if "." in full else one
            as_program = one == path and not configured  # it may as well be run by its path
            deeds.append((self._place(modules, one, last.package, key, as_program), None))
        return Start(deeds, modules, own=own, tests=True)

    def _conftests(self, path: str) -> list[str]:
        """The files `conftest.py` that pytest runs before a test, from the root downward."""
        found = []
        folder = os.path.dirname(path)
        while True:
            if "conftest.py" in self.project.entries(folder):
                found.append(os.path.join(folder, "conftest.py"))
            parent = os.path.dirname(folder)
            if folder == self.layout.root or parent == folder:
                return found[::-1]
            folder = parent

    def _as_import(self) -> Iterator[Start]:
        """`import package.module`: the package runs first, whoever imports it.

        And what a module does only as the program does not happen.
        """
        if self.path.endswith(("__init__.py", "__main__.py")) or not self._is_name():
            return
        base, name = module_name(self.project, self.path)
        names = {name: (base, *self.layout.folders)}
        for folder in self.layout.folders:  # perhaps it is in a namespace package
            inner = os.path.relpath(self.path, folder)
            names.setdefault(inner[:-3].replace(os.sep, "."), self.layout.folders)
        for full, folders in names.items():
            modules = self._modules(folders)
            places = modules.imported(full)
            if places and places[-1].path == self.path:
                yield Start([(place, None) for place in places], modules)

    def _is_name(self) -> bool:
        """Whether the file has a name that can be imported."""
        stem, dot, end = os.path.basename(self.path).partition(".")
        return stem.isidentifier() and dot + end == ".py"

    def _commands(self) -> Iterator[Start]:
        """The console commands of the project that come to the module."""
        for name, function in self.layout.commands:
            modules = self._modules(self.layout.folders)
            found = modules.finder.find(name)
            if found is None or not modules.reaches(found, self.path):
                continue
            deeds: list[Deed] = [(place, None) for place in modules.imported(name)]
            called = modules.function("", f"{name}.{function}")
            if called is not None:
                deeds.append(called)
            yield Start(deeds, modules, passing=found.path != self.path)

    def _others(self) -> Iterator[Start]:
        """The scripts and other programs that come to the module."""
        if not self._is_spoken_of() or not self._other_programs():
            return
        importers = self._importers()
        number = 0
        for path in sorted(importers):
            if number == MOST_STARTS:
                return
            if path != self.path and self._is_program(path, importers[path]):
                number += 1
                start = self._program(path)
                start.passing = True
                yield start

    def _other_programs(self) -> bool:
        """Whether the project has another program at all."""
        key = (self.layout.root, self._is_test(self.path))
        if key not in self.project.programs:
            files = self.project.files(self.layout.root) or ()
            self.project.programs[key] = {one for one in files if self._is_program(one, False)}
        return bool(self.project.programs[key] - {self.path})

    def _is_program(self, path: str, imported: bool) -> bool:
        if self._is_test(path):
            return self._is_test(self.path)
        if path.endswith(("__main__.py", ".ipynb")):
            return True
        if not imported and "__init__.py" not in self.project.entries(os.path.dirname(path)):
            return True
        data = self.project.data(path)
        return b"__main__" in data and _MAIN.search(data) is not None

    def _is_test(self, path: str) -> bool:
        """Whether pytest runs the file.

        A script that is called `test_gpu.py`, has no tests in it and lies where nothing else
        speaks of tests is run by its path.
        """
        if not is_test(path):
            return False
        return (
            os.path.basename(os.path.dirname(path)) in ("test", "tests")
            or bool(self._conftests(path))
            or _TESTS.search(self.project.data(path)) is not None
        )

    def _importers(self) -> dict[str, bool]:
        """The files that may come to the module, and whether some file imports each of them."""
        found = {self.path: False}
        by_target = self._importers_of_all()
        waiting = [self.path]
        while waiting:
            for path in by_target.get(target := waiting.pop(), ()):
                found[target] = True
                if path not in found:
                    found[path] = False
                    waiting.append(path)
        return found

    def _is_spoken_of(self) -> bool:
        """Whether another file holds the name under which the module would be imported."""
        imported = self.project.imported_by.get(self.layout.root)
        if imported is not None:  # the answer to the next question is known
            return self.path in imported
        known = self.project.spoken_of
        if self.path not in known:
            folder, file = os.path.split(self.path)
            stem = os.path.basename(folder) if file == "__init__.py" else file.partition(".")[0]
            word = os.fsencode(stem)
            files = self.project.files(self.layout.root) or ()
            known[self.path] = any(
                path != self.path and self.project.holds(path, word) for path in files
            )
        return known[self.path]

    def _importers_of_all(self) -> dict[str, list[str]]:
        """For every file of the project, the others that may import it."""
        known = self.project.imported_by.get(self.layout.root)
        if known is None:
            known = self.project.imported_by[self.layout.root] = {}
            for path in self.project.files(self.layout.root) or ():
                for target in self._imported_by(path) - {path}:
                    known.setdefault(target, []).append(path)
        return known

    def _imported_by(self, path: str) -> set[str]:
        """The files that a file may import itself, were it a program or a part of a package."""
        base, name = module_name(self.project, path)
        package = name if path.endswith("__init__.py") else name.rpartition(".")[0]
        folders = (os.path.dirname(path), *self._appended(path), base, *self.layout.folders)
        finder = self.project.finder(folders)
        found: set[str] = set()
        for imported in self.project.imports(path):
            full = absolute(package, imported)
            found.update(one.path for one in (finder.chain(full) if full else ()))
        return found

    def _is_relative(self, path: str) -> bool:
        return any(name.startswith(".") for name in self.project.imports(path))

    def _appended(self, path: str) -> list[str]:
        """Folders that a program may have put on `sys.path`."""
        from kerlint.project.sys_path import added

        data, folder = self.project.data(path), os.path.dirname(path)
        return list(added(data, folder, self.layout.root, self.project.has_folder))

    def _modules(self, folders: Sequence[str]) -> OwnModules:
        wanted = self._variables, self._readers, self._unnamed
        key = (tuple(dict.fromkeys(folders)), *wanted)
        if key not in self.project.own_modules:
            finder = self.project.finder(key[0])
            self.project.own_modules[key] = OwnModules(self.project, finder, *wanted)
        return self.project.own_modules[key]

    def _main(self, modules: OwnModules, path: str, package: str) -> Place:
        return self._place(modules, path, package, module_name(self.project, path)[1], True)

    def _place(self, modules: OwnModules, path: str, package: str, name: str, main: bool) -> Place:
        return Place(path, modules.reading(path), name=name, package=package, main=main)
