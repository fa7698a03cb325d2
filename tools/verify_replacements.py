"""Hold the hand-kept tables of replacements against an installed Keras and TensorFlow.

Run it with the interpreter of an environment that has a current keras and tensorflow:

    .venv/bin/python tools/verify_replacements.py src/kerlint/knowledge/data

It executes every row it can: what is said to replace a name can be reached, and so can its
`tf.keras` twin; what is `same` is the same object, where the old name still lives under
`tf.keras`; a stub raises what the table says when it is called; an argument that is to be written
is accepted, and the one it replaces is not, or is gone from the signature; a member to be used
exists. Prints what is wrong, and exits with 1 if anything is. Needs the standard library alone.
"""

from __future__ import annotations

import importlib
import inspect
import os
import re
import sys
from types import ModuleType
from typing import Any

THROUGH_KWARGS = {("keras.models.Model", "inputs"), ("keras.models.Model", "outputs")}
"""What is accepted without standing in a signature: a functional model takes what it wants."""


MODULES = (
    "callbacks",
    "constraints",
    "datasets.imdb",
    "layers",
    "models",
    "optimizers",
    "regularizers",
    "saving",
    "utils",
)


def reach(name: str) -> Any:
    """The object of that full name; raises ImportError or AttributeError."""
    parts = name.split(".")
    found: Any = importlib.import_module(parts[0])
    path = parts[0]
    for part in parts[1:]:
        path = f"{path}.{part}"
        try:
            found = getattr(found, part)
        except AttributeError:
            if not isinstance(found, ModuleType):
                raise
            found = importlib.import_module(path)
    return found


def rows(folder: str, file: str) -> list[tuple[str, ...]]:
    """The rows of a table, without comments and heading."""
    with open(os.path.join(folder, file), encoding="utf-8") as lines:
        found = [tuple(line.rstrip("\n").split("\t")) for line in lines if line[:1] != "#"]
    return found[1:]


class Checker:
    """Counts what was executed and collects what is wrong."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.wrong: list[str] = []
        self.executed: dict[str, int] = {}

    def done(self, what: str) -> None:
        self.executed[what] = self.executed.get(what, 0) + 1

    def reached(self, name: str, row: str) -> Any:
        try:
            found = reach(name)
        except (ImportError, AttributeError) as error:
            self.wrong.append(f"{row}: {name} cannot be reached: {error}")
            return None
        self.done("names reached")
        return found

    def replacements(self) -> None:
        table = rows(self.folder, "replacements.tsv")
        own = {row[0] for row in table}
        for old, new, same, *_ in table:
            for name in new.split():
                found = self.reached(name, old)
                twin = f"tensorflow.{old}"
                if not old.startswith("keras."):
                    continue
                if twin not in own and not self._lives(twin):
                    self.reached(f"tensorflow.{name}", twin)
                if same == "rename" and self._lives(twin) and found is not None:
                    self.done("signatures")
                    if _names(reach(twin)) != _names(found)[: len(_names(reach(twin)))]:
                        self.wrong.append(f"{old}: {name} has other parameters")
                if same == "same" and self._lives(twin) and found is not None:
                    self.done("identities")
                    if not _alike(reach(twin), found):
                        self.wrong.append(f"{old}: {twin} is not {name}")

    def _lives(self, name: str) -> bool:
        try:
            reach(name)
        except (ImportError, AttributeError):
            return False
        return True

    def stubs(self) -> None:
        for name, _, _, last, error, *_ in rows(self.folder, "stubs.tsv"):
            if last or "*" in name:
                continue
            try:
                reach(name)()
            except Exception as raised:
                self.done("stubs called")
                if type(raised).__name__ != error:
                    self.wrong.append(f"{name}: raises {type(raised).__name__}, not {error}")
            else:
                self.wrong.append(f"{name}: works")

    def arguments(self) -> None:
        known = _public_callables()
        for keyword, pattern, advice, _ in rows(self.folder, "arguments.tsv"):
            new = re.match(r"write `(\w+)=", advice)
            for name, found in known:
                if not new or not _fits(pattern.split("."), name.split(".")):
                    continue
                self.done("arguments")
                family = "*" in pattern  # not every member of a family takes it
                taken = new[1] in _parameters(found) or (name, new[1]) in THROUGH_KWARGS
                if not taken and not family:
                    self.wrong.append(f"{name}({keyword}=): does not take {new[1]}=")

    def members(self) -> None:
        keras = reach("keras")

        classes = {
            "Model": keras.Model,
            "Sequential": keras.Sequential,
            "Layer": keras.layers.Layer,
            "Metric": keras.metrics.Metric,
            "Optimizer": keras.optimizers.Optimizer,
        }
        for member, _, advice, _ in rows(self.folder, "members.tsv"):
            use = re.match(r"use `(?:\w+\.)*(\w+)`", advice)
            if use and member not in ("input_shape", "output_shape"):
                self.done("members")
                if not any(_has(cls, use[1]) for cls in classes.values()):
                    self.wrong.append(f"{member}: no class has {use[1]}")


def _alike(one: Any, other: Any) -> bool:
    """The same object, or the same class or function under a legacy wrapper."""
    return one is other or getattr(one, "__wrapped__", None) is other


def _names(found: Any) -> list[str]:
    return list(inspect.signature(found).parameters)


def _has(cls: Any, member: str) -> bool:
    source = "".join(inspect.getsource(base) for base in cls.__mro__[:-1] if _readable(base))
    return hasattr(cls, member) or f"self.{member} =" in source


def _readable(cls: Any) -> bool:
    return str(cls.__module__).startswith("keras")


def _public_callables() -> list[tuple[str, Any]]:
    keras = reach("keras")

    found: list[tuple[str, Any]] = []
    for module_name in MODULES:
        module = reach(f"keras.{module_name}")
        for name in dir(module):
            value = getattr(module, name)
            if callable(value) and not name.startswith("_"):
                found.append((f"keras.{module_name}.{name}", value))
    for cls in ("Model", "Sequential"):
        for name in ("compile", "evaluate", "fit", "load_weights", "predict", "save"):
            found.append((f"keras.{cls}.{name}", getattr(getattr(keras, cls), name)))
    return found


def _parameters(found: Any) -> set[str]:
    """The parameters of a callable, those of the bases included where `**kwargs` goes up."""
    targets = [found]
    if inspect.isclass(found):
        targets = [vars(base)["__init__"] for base in found.__mro__ if "__init__" in vars(base)]
    names: set[str] = set()
    for target in targets:
        try:
            parameters = inspect.signature(target).parameters.values()
        except (TypeError, ValueError):
            continue
        names.update(parameter.name for parameter in parameters)
        if not any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters):
            break
    return names


def _fits(pattern: list[str], parts: list[str]) -> bool:
    tail = parts[-len(pattern) :]
    return len(tail) == len(pattern) and all(
        re.fullmatch(re.escape(piece).replace(r"\*", ".*"), part)
        for piece, part in zip(pattern, tail, strict=True)
    )


def main(folder: str) -> int:
    """Check all tables in `folder`."""
    checker = Checker(folder)
    checker.replacements()
    checker.stubs()
    checker.arguments()
    checker.members()
    for line in checker.wrong:
        print(line)
    print(", ".join(f"{count} {what}" for what, count in sorted(checker.executed.items())))
    return 1 if checker.wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
