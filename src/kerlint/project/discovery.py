"""Which files to read.

A file that is named is read, whatever its name. A folder is searched for `*.py`, `*.pyi` and
`*.ipynb`, for files that set environment variables or configure Keras, and for those that ask for
packages: inside a git work tree by what git tracks or would track, else by a walk of our own.
Neither ever enters a virtual environment, `node_modules`, a cache or an installed package.
"""

from __future__ import annotations

import os

from kerlint.project.kinds import SUFFIXES as SUFFIXES
from kerlint.project.kinds import is_read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kerlint.settings import SettingsTree

NEVER = frozenset(
    (
        *(".git", ".hg", ".svn", ".bzr", ".direnv", ".ipynb_checkpoints"),
        *(".tox", ".nox", ".venv", ".eggs", "__pypackages__", "node_modules"),
        *("site-packages", "dist-packages", "__pycache__", ".hypothesis"),
        *(".mypy_cache", ".pytest_cache", ".ruff_cache", ".pytype", ".pyre"),
    )
)
"""Names of folders that hold nobody's own code."""

ENVIRONMENT_MARKS = ("pyvenv.cfg", "conda-meta")
"""An entry that only the root of a virtual or conda environment has."""


class File:
    """One file to check.

    `path`      as reports show it: relative to the current folder where it lies below it
    `explicit`  it was named, not found
    `data`      its bytes where they do not come from the disk (standard input), else None
    """

    __slots__ = ("data", "explicit", "path")

    def __init__(self, path: str, explicit: bool = False, data: bytes | None = None) -> None:
        self.path = path
        self.explicit = explicit
        self.data = data

    def __repr__(self) -> str:
        return f"File({self.path!r})"


def find(
    paths: Iterable[str],
    settings: SettingsTree,
    errors: list[str],
    warnings: list[str] | None = None,
) -> list[File]:
    """The files under `paths`, each once, in the order of the arguments, then by name.

    What cannot be looked at is said in `errors`, what was done without in `warnings`; the rest is
    found all the same.
    Raises Failure for wrong settings on the way.
    """
    files: dict[str, File] = {}
    here = _with_separator(os.getcwd())
    for given in paths:
        try:
            mode = os.stat(given).st_mode
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            missing = isinstance(error, (FileNotFoundError, NotADirectoryError))
            why = "no such file or folder" if missing else f"cannot be read ({reason})"
            errors.append(f"{given}: {why}")
            continue
        if mode & 0o170000 == 0o040000:
            for path in sorted(below(given, errors, [] if warnings is None else warnings)):
                shown = as_shown(path, here)
                if not is_read(shown):
                    continue  # `workflows/ci.yml` is nothing of ours, seen from within `.github`
                if shown not in files and not settings.of_file(shown).excludes(shown):
                    files[shown] = File(shown)
        else:
            shown = as_shown(given, here)
            own = settings.of_file(shown)
            if not (own.force_exclude and own.excludes(shown)):
                files[shown] = File(shown, explicit=True)
    return list(files.values())


def _with_separator(folder: str) -> str:
    return folder if folder.endswith(os.sep) else folder + os.sep


def as_shown(path: str, here: str) -> str:
    """`path` normalised, and relative to the current folder if it lies below it."""
    if path.startswith(here):
        path = path[len(here) :]
    if "//" in path or path.startswith("./") or "/." in path or os.sep != "/":
        path = os.path.normpath(path)
    return path


def below(folder: str, errors: list[str], warnings: list[str]) -> Iterator[str]:
    """All files to read below a folder, nested repositories included."""
    found = None
    if _in_work_tree(folder):
        from kerlint.project.git import Refused, listed

        try:
            found = listed(folder)
        except Refused as refused:
            warnings.append(f"{folder}: {refused}; .gitignore is not heard there")
    if found is None:
        yield from walked(folder, errors)
        return
    errors.extend(f"{folder}: git says: {one}" for one in found.unopened)
    for name in _own(found.names, folder):
        yield os.path.join(folder, name)
    for name in found.nested:
        inner = os.path.join(folder, name)
        # A submodule that was not checked out is an empty folder.
        if os.path.exists(os.path.join(inner, ".git")) and NEVER.isdisjoint(name.split("/")):
            yield from below(inner, errors, warnings)


def _in_work_tree(folder: str) -> bool:
    """Whether some folder above, or this one, has a `.git`."""
    current = os.path.abspath(folder)
    while not os.path.exists(os.path.join(current, ".git")):
        parent = os.path.dirname(current)
        if parent == current:
            return False
        current = parent
    return True


def _own(names: list[str], folder: str = ".") -> Iterator[str]:
    """Those of git's names in `folder` that are to be read, outside of environments and caches."""
    environments = set()
    for name in names:
        for mark in ENVIRONMENT_MARKS:
            if mark in name:
                head, _, tail = name.partition(mark)
                if head.endswith("/") and tail[:1] in ("", "/"):
                    environments.add(head)
    roots = tuple(environments)
    above = "" if folder == "." else f"{folder}/"
    for name in names:
        if not is_read(above + name):
            continue
        if NEVER.isdisjoint(name.split("/")) and not name.startswith(roots) and not _lock(name):
            yield name


def _lock(name: str) -> bool:
    """Editors mark an open file by a dangling link of this name."""
    return name.rpartition("/")[2].startswith(".#")


def walked(root: str, errors: list[str]) -> Iterator[str]:
    """Files to read below `root`, without entering links to folders."""
    pending = [root]
    while pending:
        folder = pending.pop()
        try:
            with os.scandir(folder) as entries:
                listing = list(entries)
        except OSError as error:
            errors.append(f"{folder}: cannot be searched ({error.strerror})")
            continue
        if folder != root and any(entry.name in ENVIRONMENT_MARKS for entry in listing):
            continue
        for entry in listing:
            name = entry.name
            try:
                if entry.is_dir(follow_symlinks=False):
                    if name not in NEVER:
                        pending.append(entry.path)
                elif is_read(entry.path) and not _lock(name) and _is_text(entry):
                    yield entry.path
            except OSError as error:
                errors.append(f"{entry.path}: cannot be looked at ({error.strerror})")


def _is_text(entry: os.DirEntry[str]) -> bool:
    """A file, or a link to one, or a link that leads nowhere: reading it will say so."""
    try:
        return entry.is_file() or (entry.is_symlink() and not entry.is_dir())
    except OSError:
        return True  # a link that leads in a circle
