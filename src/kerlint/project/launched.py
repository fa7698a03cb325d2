"""The programs that files of settings start: which file of the project runs, and how."""

from __future__ import annotations

import os

from kerlint.project.starts import Starts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.manifests.programs import Program
    from kerlint.project.modules import Project
    from kerlint.project.starts import Start


def found(program: Program, folder: str, project: Project) -> tuple[str, str] | None:
    """The file of code that a program in `folder` (absolute) begins with, and its full name.

    The name is empty where it runs by its path. None if there is no such file.
    """
    for path, name in _candidates(program, folder, project):
        if os.path.isfile(path):
            return path, name
    return None


def _candidates(program: Program, folder: str, project: Project) -> Iterator[tuple[str, str]]:
    if program.kind == "script":
        yield os.path.normpath(os.path.join(folder, program.name)), ""
    elif program.kind == "tests":
        for inner in _of_tests(program.name, folder, project):
            yield os.path.join(folder, inner, "conftest.py"), ""
    elif program.kind in ("module", "import"):
        inner = os.path.join(*program.name.split("."))
        for above in _folders(folder, project):
            path = os.path.join(above, inner)
            yield f"{path}.py", program.name
            if program.kind == "module":
                yield os.path.join(path, "__main__.py"), f"{program.name}.__main__"
            else:
                yield os.path.join(path, "__init__.py"), program.name


def _of_tests(name: str, folder: str, project: Project) -> Iterator[str]:
    """The folders whose `conftest.py` pytest runs at once, the innermost first.

    Without a folder it looks at those whose names begin with `test`, unless its settings name some:
    https://docs.pytest.org/en/stable/how-to/writing_plugins.html#plugin-discovery-order-at-tool-startup
    """
    inner = [name.removeprefix(".")] if name else ["tests", "test"]
    if not name and b"testpaths" in project.layout(os.path.join(folder, "x.py")).settings:
        inner = []
    for one in inner:
        while one:
            yield one
            one = os.path.dirname(one)
    yield ""


def start(program: Program, path: str, name: str, folder: str, starts: Starts) -> Start:
    """How the program runs, whose file and name are those that `found` has told."""
    if not name:
        return starts.by_path(tests=program.kind == "tests")
    folders = _folders(folder, starts.project)
    return starts.by_name(name, folders, main=program.kind == "module")


def _folders(folder: str, project: Project) -> tuple[str, ...]:
    layout = project.layout(os.path.join(folder, "x.py"))
    return tuple(dict.fromkeys((folder, *layout.folders)))
