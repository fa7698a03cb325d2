"""Running a program for real, with stand-ins for keras and tensorflow that note what they read.

The stand-ins read `KERAS_BACKEND` and `TF_USE_LEGACY_KERAS` when the real libraries do, and the
environment notes, for each write, whether its reader had been there before.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import suppress
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any
from unittest.mock import patch

ROOTS = ("keras", "tensorflow", "tf_keras")
MOST_ANSWERS = 6


class Environment(MutableMapping[str, str]):
    """An `os.environ` that remembers every write: (line, variable, too late and different)."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.read: dict[str, str | None] = {}
        self.writes: list[tuple[int, str, bool]] = []

    def __getitem__(self, key: str) -> str:
        return self.values[key]

    def __setitem__(self, key: str, value: str) -> None:
        frame: Any = sys._getframe()
        while frame.f_code.co_filename != "program.py":
            frame = frame.f_back
        late = key in self.read and self.read[key] != value
        self.writes.append((frame.f_lineno, key, late))
        self.values[key] = value

    def __delitem__(self, key: str) -> None:
        del self.values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)

    def __len__(self) -> int:
        return len(self.values)

    def __ior__(self, other: Mapping[str, str]) -> Environment:
        self.update(other)
        return self

    def is_read(self, key: str) -> None:
        """Somebody reads the variable `key` for good."""
        self.read.setdefault(key, self.values.get(key))


class StandIns(MetaPathFinder, Loader):
    """keras, tensorflow and tf_keras, as far as the order of imports goes."""

    def __init__(self, environment: Environment) -> None:
        self.environment = environment

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if fullname.partition(".")[0] in ROOTS:
            return ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return ModuleType(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        if module.__name__ == "keras":
            self.environment.is_read("KERAS_BACKEND")
        elif module.__name__ == "tensorflow":
            self.environment.is_read("TF_USE_LEGACY_KERAS")
            if self.environment.get("TF_USE_LEGACY_KERAS") not in ("1", "true", "True"):
                import keras  # noqa: F401
        elif module.__name__ == "tf_keras":
            import tensorflow  # noqa: F401


def run(program: str, flags: tuple[bool, ...] = ()) -> tuple[list[tuple[int, str, bool]], int]:
    """The writes of one run, and how often it asked `flag()`: answered by `flags`, then False."""
    environment = Environment()
    asked = 0

    def flag() -> bool:
        nonlocal asked
        asked += 1
        return asked <= len(flags) and flags[asked - 1]

    kept = {name: sys.modules.pop(name) for name in list(sys.modules) if _ours(name)}
    finder = StandIns(environment)
    sys.meta_path.insert(0, finder)
    try:
        names = {"__name__": "__main__", "flag": flag}
        with patch.object(os, "environ", environment), suppress(SystemExit):
            exec(compile(program, "program.py", "exec"), names)
    finally:
        sys.meta_path.remove(finder)
        for name in [name for name in sys.modules if _ours(name)]:
            del sys.modules[name]
        sys.modules.update(kept)
    return environment.writes, asked


def _ours(name: str) -> bool:
    return name.partition(".")[0] in ROOTS


def always_late(program: str, variable: str) -> set[int]:
    """The lines whose every write of `variable`, in every run that makes it, is too late.

    Runs are told apart by their first six answers.
    """
    seen: dict[int, bool] = {}
    waiting: list[tuple[bool, ...]] = [()]
    while waiting:
        flags = waiting.pop()
        writes, asked = run(program, flags)
        for line, key, late in writes:
            if key == variable:
                seen[line] = seen.get(line, True) and late
        for place in range(len(flags), min(asked, MOST_ANSWERS)):
            waiting.append((*flags, *(False,) * (place - len(flags)), True))
    return {line for line, late in seen.items() if late}
