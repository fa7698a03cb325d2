"""Running a project for real, with stand-ins for the libraries that note what they read."""

from __future__ import annotations

import builtins
import os
import sys
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import suppress
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any
from unittest.mock import patch

LIBRARIES = ("keras", "tensorflow", "jax")
MOST_ANSWERS = 7

Places = dict[tuple[str, int], bool]
"""Of every write of KERAS_BACKEND by file and line: whether it was too late, each time."""


class Environment(MutableMapping[str, str]):
    """An `os.environ` that notes its writes."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.read: dict[str, str | None] = {}
        self.writes: Places = {}

    def __setitem__(self, key: str, value: str) -> None:
        if key == "KERAS_BACKEND":
            frame: Any = sys._getframe()
            while not frame.f_code.co_filename.startswith("project:"):
                frame = frame.f_back
            place = (frame.f_code.co_filename[len("project:") :], frame.f_lineno)
            late = key in self.read and self.read[key] != value
            self.writes[place] = self.writes.get(place, True) and late
        self.values[key] = value

    def __getitem__(self, key: str) -> str:
        return self.values[key]

    def __delitem__(self, key: str) -> None:
        del self.values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)

    def __len__(self) -> int:
        return len(self.values)


class Modules(MetaPathFinder, Loader):
    """The project's own modules and the stand-ins."""

    def __init__(self, files: dict[str, str], environment: Environment) -> None:
        self.files = files
        self.environment = environment
        self.names = {name_of(path): path for path in files}

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        file = self.names.get(fullname)
        if file is not None:
            return ModuleSpec(fullname, self, is_package=file.endswith("__init__.py"))
        if fullname.partition(".")[0] in LIBRARIES:
            return ModuleSpec(fullname, self, is_package=True)
        if any(name.startswith(f"{fullname}.") for name in self.names):
            return ModuleSpec(fullname, None, is_package=True)  # a namespace package
        return None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return ModuleType(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        name = module.__name__
        if name in self.names:
            path = self.names[name]
            exec(_compiled(path, self.files[path]), module.__dict__)
        elif name == "keras":
            self.environment.read.setdefault("KERAS_BACKEND", self.environment.get("KERAS_BACKEND"))
        elif name == "tensorflow":
            import keras  # noqa: F401


def name_of(path: str) -> str:
    """The name under which the file is imported from the root."""
    return path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")


def _compiled(path: str, text: str) -> Any:
    return compile(text, f"project:{path}", "exec")


def as_program(path: str, *, module: bool) -> Callable[[Modules], None]:
    """Run the file by its path, or with `python -m`."""

    def start(modules: Modules) -> None:
        package = name_of(path).rpartition(".")[0]
        names: dict[str, Any] = {"__name__": "__main__"}
        if module and package:
            __import__(package)
            names["__package__"] = package
        exec(_compiled(path, modules.files[path]), names)

    return start


def as_import(path: str) -> Callable[[Modules], None]:
    """Import the module by its name."""

    def start(_modules: Modules) -> None:
        __import__(name_of(path))

    return start


def run(
    files: dict[str, str], start: Callable[[Modules], None], flags: tuple[bool, ...]
) -> tuple[Places, int]:
    """The writes of one run, and how often it asked `flag()`: answered by `flags`, then False."""
    environment = Environment()
    modules = Modules(files, environment)
    asked = 0

    def flag() -> bool:
        nonlocal asked
        asked += 1
        return asked <= len(flags) and flags[asked - 1]

    ours = {*LIBRARIES, *(name.partition(".")[0] for name in modules.names)}
    kept = {name: sys.modules.pop(name) for name in list(sys.modules) if _top(name) in ours}
    sys.meta_path.insert(0, modules)
    try:
        with (
            patch.object(os, "environ", environment),
            patch.object(builtins, "flag", flag, create=True),
            suppress(SystemExit),
        ):
            start(modules)
    finally:
        sys.meta_path.remove(modules)
        for name in [name for name in sys.modules if _top(name) in ours]:
            del sys.modules[name]
        sys.modules.update(kept)
    return environment.writes, asked


def _top(name: str) -> str:
    return name.partition(".")[0]


class Unending(Exception):
    """There are too many runs to look at them all."""


def outcome(files: dict[str, str], start: Callable[[Modules], None]) -> Places:
    """Of every write that some run makes: whether it is too late in every run that makes it.

    Runs are told apart by their answers. Raises Unending.
    """
    seen: Places = {}
    waiting: list[tuple[bool, ...]] = [()]
    while waiting:
        flags = waiting.pop()
        writes, asked = run(files, start, flags)
        for place, late in writes.items():
            seen[place] = seen.get(place, True) and late
        if asked > MOST_ANSWERS:
            raise Unending
        for number in range(len(flags), asked):
            waiting.append((*flags, *(False,) * (number - len(flags)), True))
    return seen
