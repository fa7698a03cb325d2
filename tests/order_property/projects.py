"""Random projects of a program, two modules, a package and a namespace package.

Every module begins with a function, so that others can call it even while the module is still
being imported. A function calls only those of later modules: nothing runs for ever.
"""

from __future__ import annotations

from hypothesis import strategies as st

MODULES = ("main", "a", "b", "pack", "pack.c", "pack.d", "space.e")
PACKAGES = ("pack",)
LIBRARY = (
    "import keras",
    "import tensorflow as tf",
    "from keras import layers",
    "from tensorflow.keras import layers",
    "import jax",
    "import json",
)
WRITE = (
    'os.environ["KERAS_BACKEND"] = "jax"',
    'os.environ["KERAS_BACKEND"] = "torch"',
    'os.environ.update(KERAS_BACKEND="jax")',
    "environ[VARIABLE] = BACKEND",
)
PREFACE = [
    "import importlib, os",
    "from os import environ",
    "from typing import TYPE_CHECKING",
    'VARIABLE = "KERAS_BACKEND"',
    'BACKEND = "jax"',
    "MARK = 1",
]
MOST_QUESTIONS = 3


def path_of(module: str) -> str:
    """The file of a module."""
    path = module.replace(".", "/")
    return f"{path}/__init__.py" if module in PACKAGES else f"{path}.py"


class Text:
    """The lines of one module. `questions` counts for the whole project."""

    def __init__(self, module: str, modules: list[str], unsure: bool) -> None:
        self.module = module
        self.modules = modules
        self.unsure = unsure
        self.questions = [0]
        self.lines = list(PREFACE)

    def add(self, indent: int, line: str) -> None:
        self.lines.append("    " * indent + line)

    def ask(self) -> bool:
        """Whether one more question fits."""
        self.questions[0] += 1
        return self.unsure and self.questions[0] <= MOST_QUESTIONS


def function_of(module: str) -> str:
    """The function that every module has."""
    return "run_" + module.replace(".", "_")


def own_imports(module: str, other: str) -> list[str]:
    """Ways to import `other` in `module`."""
    parent, _, leaf = other.rpartition(".")
    ways = [f"import {other}", f"import {other} as other", f"importlib.import_module({other!r})"]
    ways.append(f"from {other} import MARK")
    if parent:
        ways.append(f"from {parent} import {leaf}")
    if module in ("pack", "pack.c", "pack.d") and other in ("pack.c", "pack.d"):
        ways += [f"from . import {leaf}", f"from .{leaf} import MARK"]
    if module in ("pack.c", "pack.d") and other == "pack":
        ways += ["from . import MARK"]
    return ways


def calls(module: str, other: str) -> list[list[str]]:
    """Ways to call the function of `other` in `module`."""
    name = function_of(other)
    ways = [
        [f"from {other} import {name}", f"{name}()"],
        [f"from {other} import {name} as run", "run()"],
        [f"import {other} as other", f"other.{name}()"],
    ]
    if module in ("pack", "pack.c", "pack.d") and other in ("pack.c", "pack.d"):
        leaf = other.rpartition(".")[2]
        ways.append([f"from .{leaf} import {name}", f"{name}()"])
    return ways


def statement(draw: st.DrawFn, text: Text, indent: int, *, inside: bool) -> None:
    """One statement; `inside` a function."""
    kinds = ["library", "library", "write", "write", "own", "own", "call"]
    if indent < 2:
        kinds += ["types", "class"]
        if not inside:
            kinds.append("main")
        if text.unsure:
            kinds += ["if", "loop", "try", "missing"]
    kind = draw(st.sampled_from(kinds))
    position = MODULES.index(text.module)
    others = [one for one in text.modules if one not in ("main", text.module)]
    if kind == "call" and inside:
        others = [one for one in others if MODULES.index(one) > position]
    if kind in ("own", "call") and not others:
        kind = "library"
    if kind == "library":
        text.add(indent, draw(st.sampled_from(LIBRARY)))
    elif kind == "write":
        text.add(indent, draw(st.sampled_from(WRITE)))
    elif kind == "own":
        ways = own_imports(text.module, draw(st.sampled_from(others)))
        if not inside and not indent:  # a star stands only at the top of a module
            ways.append(f"from {others[0]} import *")
        text.add(indent, draw(st.sampled_from(ways)))
    elif kind == "call":
        for line in draw(st.sampled_from(calls(text.module, draw(st.sampled_from(others))))):
            text.add(indent, line)
    elif kind == "types":
        text.add(indent, "if TYPE_CHECKING:")
        block(draw, text, indent + 1, inside=inside)
    elif kind == "main":
        text.add(indent, draw(st.sampled_from(MAIN)))
        block(draw, text, indent + 1, inside=inside)
        if draw(st.booleans()):
            text.add(indent, "else:")
            block(draw, text, indent + 1, inside=inside)
    elif kind == "class":
        text.add(indent, "class Holder:")
        statement(draw, text, 3, inside=True)
    elif not text.ask():
        text.add(indent, "pass")
    elif kind == "if":
        text.add(indent, "if flag():")
        block(draw, text, indent + 1, inside=inside)
        if draw(st.booleans()):
            text.add(indent, "else:")
            block(draw, text, indent + 1, inside=inside)
    elif kind == "loop":
        text.add(indent, "for _ in range(2 * flag()):")
        block(draw, text, indent + 1, inside=inside)
    elif kind == "try":
        text.add(indent, "try:")
        block(draw, text, indent + 1, inside=inside)
        text.add(indent + 1, "if flag():")
        text.add(indent + 2, "raise ImportError")
        text.add(indent, "except ImportError:")
        block(draw, text, indent + 1, inside=inside)
    else:
        text.add(indent, "try:")
        text.add(indent + 1, "import there_is_no_such_module")
        text.add(indent, "except ImportError:")
        block(draw, text, indent + 1, inside=inside)


MAIN = (
    'if __name__ == "__main__":',
    'if "__main__" == __name__:',
    'if __name__ != "__main__":',
)


def block(draw: st.DrawFn, text: Text, indent: int, *, inside: bool) -> None:
    """One to three statements."""
    for _ in range(draw(st.integers(1, 3))):
        statement(draw, text, indent, inside=inside)


@st.composite
def projects(draw: st.DrawFn, *, unsure: bool) -> dict[str, str]:
    """Paths and texts. With `unsure`, there are tests whose outcome nobody knows."""
    modules = ["main", *draw(st.lists(st.sampled_from(MODULES[1:]), min_size=1, unique=True))]
    if any(module.startswith("pack.") for module in modules) and "pack" not in modules:
        modules.append("pack")
    files = {}
    questions = [0]
    for module in modules:
        text = Text(module, modules, unsure)
        text.questions = questions
        text.add(0, f"def {function_of(module)}():")
        block(draw, text, 1, inside=True)
        block(draw, text, 0, inside=False)
        files[path_of(module)] = "\n".join(text.lines) + "\n"
    return files
