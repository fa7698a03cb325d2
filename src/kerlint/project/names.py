"""Names of modules: which name a file has, and what a relative name means."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.project.modules import Project


def module_name(project: Project, path: str) -> tuple[str, str]:
    """The folder from which the file is imported, and its full name there.

    The folder is the first one upward that is no package; one whose name is no name of Python
    cannot be imported, whatever is in it. A package's `__init__.py` has the name of the package.
    """
    folder, file = os.path.split(path)
    parts = [] if file == "__init__.py" else [file.partition(".")[0]]
    while "__init__.py" in project.entries(folder):
        above, name = os.path.split(folder)
        if not name.isidentifier():
            break
        parts.append(name)
        folder = above
    return folder, ".".join(reversed(parts))


def absolute(package: str, name: str) -> str | None:
    """The full name of what `name` means in a module of `package`; None if Python would fail."""
    level = len(name) - len(name.lstrip("."))
    if level == 0:
        return name
    parts = package.split(".") if package else []
    if level > len(parts):
        return None
    base = parts[: len(parts) - level + 1]
    rest = name[level:]
    return ".".join([*base, rest] if rest else base)


def is_test(path: str) -> bool:
    """Whether pytest runs the file by itself."""
    name = os.path.basename(path)
    return name == "conftest.py" or name.startswith("test_") or name.endswith("_test.py")
