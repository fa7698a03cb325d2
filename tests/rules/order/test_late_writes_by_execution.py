"""The answers on order agree with what happens when the programs run."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.order.executed import always_late
from tests.rules.order.order_cases import lines

STATEMENTS = (
    "import keras",
    "import tensorflow as tf",
    "from keras import layers",
    "from tensorflow.keras import layers",
    "import tf_keras",
    "import json",
    'os.environ["KERAS_BACKEND"] = "jax"',
    'os.environ["KERAS_BACKEND"] = "torch"',
    'environ["KERAS_BACKEND"] = "jax"',
    'os.environ.setdefault("KERAS_BACKEND", "jax")',
    'os.environ.update({"KERAS_BACKEND": "torch"})',
    'os.environ.update(KERAS_BACKEND="jax")',
    'os.environ |= {"KERAS_BACKEND": "torch"}',
    "os.environ[VARIABLE] = BACKEND",
    'os.environ["TF_USE_LEGACY_KERAS"] = "1"',
    'os.environ["TF_USE_LEGACY_KERAS"] = "0"',
    'os.environ.get("KERAS_BACKEND")',
)
PREFACE = [
    "import os",
    "from os import environ",
    'VARIABLE = "KERAS_BACKEND"',
    'BACKEND = "jax"',
]
MOST_QUESTIONS = 4  # in the text; a function may ask again


class Program:
    """Source lines, and how often they ask `flag()`."""

    def __init__(self) -> None:
        self.lines = list(PREFACE)
        self.questions = 0
        self.functions: list[str] = []

    def add(self, indent: int, text: str) -> None:
        self.lines.append("    " * indent + text)

    def ask(self) -> bool:
        if self.questions >= MOST_QUESTIONS:
            return False
        self.questions += 1
        return True


def block(draw: st.DrawFn, program: Program, indent: int, *, function: bool, jumps: bool) -> None:
    """Up to four statements at one depth; at least one, so that the block is not empty."""
    for _ in range(draw(st.integers(1, 4))):
        kinds = ["statement"] * 5
        if indent < 3:
            kinds += ["if", "call", "with", "class"]
            if not function:
                kinds.append("def")
            if program.functions and not function:
                kinds += ["decorator", "alias", "default"]
            if jumps:
                kinds += ["loop", "try", "while", "match"]
        if function:
            kinds.append("return")
        kind = draw(st.sampled_from(kinds))
        if kind == "if" and program.ask():
            program.add(indent, "if flag():")
            block(draw, program, indent + 1, function=function, jumps=jumps)
            if draw(st.booleans()):
                program.add(indent, "else:")
                block(draw, program, indent + 1, function=function, jumps=jumps)
        elif kind == "with":
            program.add(indent, "with open(os.devnull):")
            block(draw, program, indent + 1, function=function, jumps=jumps)
        elif kind == "class":
            program.add(indent, "class Holder:")
            program.add(indent + 1, draw(st.sampled_from(STATEMENTS)))
        elif kind == "loop" and program.ask():
            program.add(indent, "for _ in range(2 * flag()):")
            block(draw, program, indent + 1, function=function, jumps=jumps)
            if program.ask():
                program.add(indent + 1, "if flag():")
                program.add(indent + 2, draw(st.sampled_from(["break", "continue"])))
        elif kind == "try" and program.ask():
            program.add(indent, "try:")
            block(draw, program, indent + 1, function=function, jumps=jumps)
            program.add(indent + 1, "if flag():")
            program.add(indent + 2, "raise ImportError")
            block(draw, program, indent + 1, function=function, jumps=jumps)
            program.add(indent, "except ImportError:")
            block(draw, program, indent + 1, function=function, jumps=jumps)
            if not function and draw(st.booleans()):  # a return would go through it
                program.add(indent, "finally:")
                block(draw, program, indent + 1, function=function, jumps=jumps)
        elif kind == "while" and program.ask():
            program.add(indent, "while flag():")
            block(draw, program, indent + 1, function=function, jumps=jumps)
        elif kind == "match" and program.ask():
            program.add(indent, "match flag():")
            program.add(indent + 1, "case True:")
            block(draw, program, indent + 2, function=function, jumps=jumps)
            if draw(st.booleans()):
                program.add(indent + 1, "case _:")
                block(draw, program, indent + 2, function=function, jumps=jumps)
        elif kind in ("decorator", "alias", "default"):
            name = draw(st.sampled_from(program.functions))
            program.add(indent, f"if {name!r} in globals():")
            if kind == "decorator":
                program.add(indent + 1, f"@{name}")
                program.add(indent + 1, "class Decorated: pass")
            elif kind == "alias":
                program.add(indent + 1, f"other = {name}")
                program.add(indent + 1, "other()")
            else:
                program.add(indent + 1, f"def defaulted(value={name}()): pass")
        elif kind == "def":
            name = f"function_{len(program.functions)}"
            program.add(indent, f"def {name}(*_):")
            block(draw, program, indent + 1, function=True, jumps=jumps)
            program.functions.append(name)
            if draw(st.booleans()):
                program.add(indent, f"{name}()")
        elif kind == "call" and program.functions and not function:
            # Defined perhaps under a condition: the call asks first.
            name = draw(st.sampled_from(program.functions))
            program.add(indent, f"if {name!r} in globals():")
            program.add(indent + 1, f"{name}()")
        elif kind == "return" and program.ask():
            program.add(indent, "if flag():")
            program.add(indent + 1, "return")
        else:
            program.add(indent, draw(st.sampled_from(STATEMENTS)))


@st.composite
def programs(draw: st.DrawFn, *, jumps: bool) -> Program:
    program = Program()
    block(draw, program, 0, function=False, jumps=jumps)
    return program


@settings(max_examples=100, deadline=None, derandomize=True)
@given(programs(jumps=True))
def test_what_is_found_is_late_in_every_run(program: Program) -> None:
    text = "\n".join(program.lines) + "\n"
    for code, variable in (("KER201", "KERAS_BACKEND"), ("KER203", "TF_USE_LEGACY_KERAS")):
        uncalled = _lines_never_run(text, program)
        found = set(lines(code, text)) - uncalled
        assert found <= always_late(text, variable), text


def _lines_never_run(text: str, program: Program) -> set[int]:
    """Lines inside of functions that no line names again: nothing can be executed there."""
    dead: set[int] = set()
    name = ""
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("def "):
            name = line.split()[1].partition("(")[0]
            depth = len(line) - len(line.lstrip())
        elif name and len(line) - len(line.lstrip()) <= depth:
            name = ""
        if name and text.count(name) == 1:
            dead.add(number)
    return dead


@settings(max_examples=100, deadline=None, derandomize=True)
@given(programs(jumps=False))
def test_what_is_late_in_every_run_is_found(program: Program) -> None:
    text = "\n".join(program.lines) + "\n"
    if "if 'function" in text:
        return  # a call that may not happen is not followed for certain
    # A default that may be set already is left alone.
    defaults = {number for number, line in enumerate(text.splitlines(), 1) if "setdefault" in line}
    assert always_late(text, "KERAS_BACKEND") - defaults <= set(lines("KER201", text)), text
