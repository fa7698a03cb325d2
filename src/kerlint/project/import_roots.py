"""Folders that Python puts on its search path, and the own modules at their top.

A script's folder comes first on the path, so does the folder in which `python -m` or pytest runs,
and the one that holds a test. A module there hides every installed one of its name. What is
looked at is only the file's names and the import lines of the files beside it: nothing is parsed.
"""

from __future__ import annotations

import os
import sys

from kerlint.project.roots import MARKS, SETTINGS, Layout, is_package, root_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import NamedTuple

    class Importer(NamedTuple):
        """A file that imports a library: `from` or `import` in `line` (1-based).

        `library` its import name, or `tensorflow.keras`
        `runs`    it is started itself: a script, a test, a notebook
        `beside`  it lies in the import root itself, not in a package below it
        """

        path: str
        library: str
        line: int
        runs: bool
        beside: bool

else:
    from collections import namedtuple

    Importer = namedtuple("Importer", "path library line runs beside")

LIBRARIES = frozenset({"keras", "tensorflow", "tf_keras", "jax", "torch"})
DEPENDENCIES = frozenset({"absl", "google", "h5py", "jaxlib", "numpy", "optree", "rich", "scipy"})
"""Packages, not single files, that a library may need: nobody keeps a copy of them by hand."""

_PARTS = {
    "keras": ("src", "api", "engine", "layers", "_tf_keras"),
    "tensorflow": ("python", "_api", "core"),
    "tf_keras": ("src", "api"),
    "jax": ("_src", "interpreters"),
    "torch": ("nn", "csrc"),
}
"""What only the library itself has in its folder, in some release."""

_FOLDER_WORDS = (b"pythonpath", b"package_dir", b"package-dir", b"where", b"from =")
"""Some of these stands where a project says from which folders it imports."""

_READ_LIMIT = 1 << 20
_OF_TENSORFLOW = rb"\b(?:tf|tensorflow)\.keras\b|\btensorflow import [^\n]*\bkeras\b"


class ImportRoot:
    """One folder that is on the search path when the code below it runs.

    `path`       of the folder, "" for the current one
    `hiding`     own modules whose name is also that of an installed one: path by name. A package
                 has an `__init__.py`; a folder without one hides nothing
    `importers`  the files below it that import one of the libraries
    `certain`    some file shows that the folder is on the path
    """

    __slots__ = ("certain", "hiding", "importers", "path")

    def __init__(
        self, path: str, hiding: dict[str, str], importers: tuple[Importer, ...], certain: bool
    ) -> None:
        self.path = path
        self.hiding = hiding
        self.importers = importers
        self.certain = certain

    def __repr__(self) -> str:
        return f"<ImportRoot {self.path or '.'} hiding {sorted(self.hiding)}>"


def import_roots(files: Iterable[str]) -> Iterator[ImportRoot]:
    """The roots of `files` (paths that mention a library) at which something may be hidden."""
    by_root: dict[str, list[str]] = {}
    tops: dict[str, str] = {}
    for path in files:
        folder = os.path.dirname(path)
        top = tops.get(folder)
        if top is None:
            top = tops[folder] = _above_packages(folder)
        by_root.setdefault(top, []).append(path)
    configured = _configured(by_root)
    for root, members in by_root.items():
        hiding = _hiding(root)
        if hiding:
            paths = dict.fromkeys((*members, *configured.get(root, ())))
            importers = tuple(_importers(root, paths))
            if importers:
                known = root in configured or _is_project(root)
                if known or not _is_namespace(root):
                    certain = known or any(one.beside and one.runs for one in importers)
                    yield ImportRoot(root, hiding, importers, certain)
    for root, tests in configured.items():
        hiding = _hiding(root) if tests and root not in by_root else {}
        if hiding:
            yield ImportRoot(root, hiding, tuple(_importers(root, tests)), True)


def _configured(by_root: dict[str, list[str]]) -> dict[str, list[str]]:
    """Folders that the settings of the projects put on the path, with the tests that run there.

    Those of installed packages have no tests: they are known to be on the path, no more.
    """
    from kerlint.project.names import is_test

    found: dict[str, list[str]] = {}
    below: dict[str, list[str]] = {}
    for top, members in by_root.items():
        below.setdefault(root_of(os.path.abspath(top)), []).extend(members)
    for project, members in below.items():
        if not _speaks_of_folders(project):
            continue
        layout = Layout(project)
        for folder in layout.folders:
            found.setdefault(_relative(folder), [])
        for folder in layout.pytest:
            found.setdefault(_relative(folder), []).extend(filter(is_test, members))
    return found


def _speaks_of_folders(project: str) -> bool:
    """Whether some settings file may name folders to import from; most do not."""
    for name in SETTINGS:
        data = _beginning(os.path.join(project, name))
        if any(word in data for word in _FOLDER_WORDS):
            return True
    return False


def _beginning(path: str) -> bytes:
    """What a file says, as far as it is looked at; nothing where it is none or cannot be read."""
    try:
        if not os.path.isfile(path):  # a pipe would wait for ever
            return b""
        with open(path, "rb") as stream:
            return stream.read(_READ_LIMIT)
    except OSError:
        return b""


def _listed(folder: str) -> list[str]:
    """The names in a folder; none where it cannot be listed."""
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _above_packages(folder: str) -> str:
    """The nearest folder that is no package; `my-project` is none, even with an `__init__.py`."""
    if not os.path.exists(os.path.join(folder, "__init__.py")):
        return folder
    folder = os.path.abspath(folder)
    while is_package(folder):
        folder = os.path.dirname(folder)
    return _relative(folder)


def _relative(folder: str) -> str:
    """The path of a folder from the current one, if it lies below."""
    here = os.getcwd()
    if folder == here:
        return ""
    inside = folder.startswith(os.path.join(here, ""))
    return os.path.relpath(folder, here) if inside else folder


def _hiding(root: str) -> dict[str, str]:
    """Modules of `root` that bear the name of a library or of a module of Python's own."""
    found: dict[str, str] = {}
    for name in _listed(root or "."):
        stem, dot, suffix = name.partition(".")
        if not (stem in sys.stdlib_module_names or stem in LIBRARIES or stem in DEPENDENCIES):
            continue
        path = os.path.join(root, name)
        if dot and suffix == "py" and stem not in found:
            found[stem] = path
        elif not dot and _is_package(path) and not _holds_library(stem, path):
            found[stem] = os.path.join(path, "__init__.py")  # a package goes before a file
    return found


def _is_package(folder: str) -> bool:
    return os.path.isfile(os.path.join(folder, "__init__.py"))


def _holds_library(name: str, folder: str) -> bool:
    """Whether the folder is the library itself, or a copy of it, or the work of its makers."""
    return name in DEPENDENCIES or any(
        os.path.exists(os.path.join(folder, part)) for part in _PARTS.get(name, ())
    )


def _is_project(folder: str) -> bool:
    """Whether tests and modules are run from here: the top of a project, or its `src`."""
    if os.path.basename(folder) == "src":
        folder = os.path.dirname(folder)
    return any(os.path.exists(os.path.join(folder, name)) for name in MARKS)


def _is_namespace(folder: str) -> bool:
    """Whether files in or above the folder import its modules by its name: `folder.module`.

    Then it is a package without `__init__.py`, and those are run from above it.
    """
    import re

    folder = os.path.abspath(folder)
    own = re.escape(os.fsencode(os.path.basename(folder)))
    pattern = re.compile(rb"^[ \t]*(?:from|import)[ \t]+(?:\w+\.)*" + own + rb"\.\w", re.MULTILINE)
    for place in (folder, os.path.dirname(folder)):
        for name in _listed(place):
            code = name.endswith((".py", ".ipynb"))
            if code and pattern.search(_beginning(os.path.join(place, name))):
                return True
    return False


def _importers(root: str, paths: Iterable[str]) -> Iterator[Importer]:
    import re

    notebook = rb'"\s*(?:import|from)[ \t]+(%s)\b'
    plain = rb"^(?:import|from)[ \t]+(%s)\b"
    names = b"|".join(sorted(name.encode() for name in LIBRARIES))
    for path in paths:
        data = _beginning(path)
        pattern = notebook if path.endswith(".ipynb") else plain
        beside = os.path.dirname(path) == root
        runs = _runs(path, data)
        seen = set()
        for match in re.finditer(pattern % names, data, re.MULTILINE):
            library = match[1].decode()
            if library == "tensorflow" and re.search(_OF_TENSORFLOW, data):
                library = "tensorflow.keras"
            if library not in seen:
                seen.add(library)
                yield Importer(path, library, data.count(b"\n", 0, match.start()) + 1, runs, beside)


def _runs(path: str, data: bytes) -> bool:
    """Whether the file is started itself, and not only imported."""
    from kerlint.project.names import is_test

    if path.endswith(".ipynb") or is_test(path):
        return True
    import re

    return b"__main__" in data or bool(re.search(rb"^[A-Za-z_][\w.]*\(", data, re.MULTILINE))
