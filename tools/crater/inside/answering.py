"""Imports and attribute chains, executed. Runs inside an examined environment."""

from __future__ import annotations

import importlib
import inspect
import sys
from typing import Any

Asked = dict[str, Any]
"""A question as the fields of `asking.Question`."""
Given = tuple[str, ...]
"""`(answer, why)`; with `no` to a name also its shortest missing prefix."""

ROOTS = ("keras", "tensorflow", "tf_keras")
YES: Given = ("yes", "")


def answer(question: Asked) -> Given:
    """The answer to one question."""
    from tools.crater.inside import trying

    kind = question["kind"]
    try:
        if kind == "import":
            return ask_import(question["name"])
        if kind == "from":
            return ask_from(question["name"], question["part"])
        if kind == "attribute":
            return ask_chain(question["name"], question["bound"])
        if kind == "keyword":
            return trying.ask_keyword(question)
        if kind == "method":
            return trying.ask_member(question)
        if kind == "method-keyword":
            return trying.ask_method_keyword(question)
        if kind == "call":
            return trying.ask_call(question["name"], question["bound"])
        if kind == "name":
            return ask_name(question["name"], question["bound"])
        if kind == "any-keyword":
            return trying.ask_any_keyword(question)
        if kind == "unusable":
            return trying.ask_unusable(question["name"], question["bound"])
    except Exception as problem:
        return ("unknown", describe(problem))
    return ("unknown", "no such kind of question")


def missing(answered: Given, prefix: str) -> Given:
    """An answer with the shortest missing name, where there is one."""
    return (*answered, prefix) if answered[0] == "no" else answered


def describe(problem: BaseException) -> str:
    """An exception as one short line."""
    return f"{type(problem).__name__}: {problem}".replace("\n", " ")[:300]


def try_import(name: str) -> None:
    """Import a module, whether or not there is one."""
    try:
        importlib.import_module(name)
    except BaseException:
        return


def judge(problem: BaseException, wanted: str) -> Given:
    """Whether an error says that `wanted` is missing, or that something else is wrong."""
    why = describe(problem)
    if isinstance(problem, ModuleNotFoundError):
        name = problem.name or ""
        ours = name.partition(".")[0] in ROOTS
        return ("no" if ours and (wanted + ".").startswith(name + ".") else "unknown", why)
    if isinstance(problem, (ImportError, AttributeError)):
        last = wanted.rpartition(".")[2]
        return ("no" if f"'{last}'" in why or f"`{last}`" in why else "unknown", why)
    return ("unknown", why)


def ask_import(name: str) -> Given:
    """Does `import name` run?"""
    try:
        importlib.import_module(name)
    except Exception as problem:
        return missing(judge(problem, name), getattr(problem, "name", None) or name)
    return YES


def ask_from(module: str, part: str) -> Given:
    """Does `from module import part` run? With an empty part: can the module be imported?"""
    answered = ask_import(module)
    if not part or answered != YES:
        return answered
    try:
        exec(f"from {module} import {part}", {})
    except Exception as problem:
        return missing(judge(problem, f"{module}.{part}"), f"{module}.{part}")
    return YES


def ask_chain(name: str, bound: int = 1) -> Given:
    """Can `a.b.c` be evaluated after `import a`?"""
    try:
        find(name, bound)
    except Missing as problem:
        return missing(judge(problem.error, problem.prefix), problem.prefix)
    return YES


def ask_name(name: str, bound: int) -> Given:
    """Is there such a name in any way, as an attribute or as a module?"""
    answered = ask_chain(name, bound)
    return YES if answered[0] != "yes" and ask_import(name) == YES else answered


class Missing(Exception):
    """A component of a chain is not there: `prefix` is the chain up to and with it."""

    def __init__(self, prefix: str, error: Exception) -> None:
        super().__init__(prefix)
        self.prefix = prefix
        self.error = error


def named(value: Any) -> bool:
    """Whether an object is a module or class, whose attributes are names; else it is a value."""
    return inspect.ismodule(value) or inspect.isclass(value)


def find(name: str, bound: int = 1) -> Any:
    """The object that a chain stands for, after `import` of its first component.

    The first `bound` components are what an import gave: a module among them is found though it
    is no attribute of its package. Raises Missing.
    """
    top, *rest = name.split(".")
    value: Any = importlib.import_module(top)
    walked = top
    for place, part in enumerate(rest, start=2):
        walked += f".{part}"
        try:
            value = getattr(value, part)
        except (AttributeError, ImportError) as problem:
            if place <= bound and ask_import(walked) == YES:
                value = sys.modules[walked]
                continue
            if isinstance(problem, AttributeError) and named(value):
                problem = AttributeError(f"no attribute '{part}' ({walked})")
            elif isinstance(problem, AttributeError):
                problem = AttributeError(f"an object lacks it ({walked})")
            raise Missing(walked, problem) from None
    return value
