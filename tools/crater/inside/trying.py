"""Arguments and members, tried on the real callables. Runs inside an examined environment."""

from __future__ import annotations

import inspect
import re
from typing import Any

from tools.crater.inside import answering, samples
from tools.crater.inside.answering import Asked, Given

REFUSALS = re.compile(
    r"unexpected keyword|[Uu]nrecognized|not recognized|not understood|[Uu]nknown (argument|keyword)"
    r"|is deprecated in the new|not a valid|[Ii]nvalid (argument|keyword)|not supported|removed"
)

NOTHING = re.compile(r"takes no (keyword )?arguments")
GONE = re.compile(r"not supported|no longer|deprecated|removed|not available")


def refused(problem: Exception, keyword: str) -> bool:
    """Whether an error says that a callable does not know a keyword."""
    text = str(problem)
    if isinstance(problem, TypeError) and NOTHING.search(text):
        return True
    named = re.search(rf"(?<![A-Za-z0-9_]){re.escape(keyword)}(?![A-Za-z0-9_])", text)
    return bool(named and REFUSALS.search(text)) and isinstance(problem, (TypeError, ValueError))


def ask_keyword(question: Asked) -> Given:
    """Does a callable accept a keyword?"""
    try:
        value = answering.find(question["name"], question["bound"])
    except answering.Missing:
        return ("unknown", "the callable is missing")
    if not callable(value):
        return ("unknown", "not callable")
    return accepts(value, question["keyword"], question["value"], {})


def accepts(value: Any, keyword: str, source: str, given: dict[str, Any]) -> Given:
    """Ask the signature where it is closed, else call; `given` are arguments to call with."""
    try:
        parameters = samples.parameters(value)
    except (TypeError, ValueError):
        return ("unknown", "no signature")
    named = [p.name for p in parameters if p.kind not in (p.POSITIONAL_ONLY, p.VAR_POSITIONAL)]
    open_end = any(p.kind is p.VAR_KEYWORD for p in parameters)
    if keyword in named and not (open_end and keyword == named[-1]):
        return answering.YES
    last = ""
    if not open_end:
        # An unknown keyword is refused before the body runs; if it is not, it is no TypeError.
        try:
            value(**{keyword: None})
        except TypeError as problem:
            if refused(problem, keyword):
                return ("no", answering.describe(problem))
        except Exception as problem:
            last = answering.describe(problem)
    try:
        given = given or samples.arguments(value)
        value(**given)
    except Exception as problem:
        return ("unknown", f"cannot be called: {answering.describe(problem)}")
    if keyword in given:
        return answering.YES
    for guess in samples.guesses(source):
        try:
            # Some arguments are used up by a call (layers, tensors): make them anew.
            fresh = samples.arguments(value, keyword) if inspect.isclass(value) else given
            value(**{**fresh, keyword: guess})
        except Exception as problem:
            last = answering.describe(problem)
            if refused(problem, keyword):
                return ("no", last)
        else:
            return answering.YES
    return ("unknown", last)


def ask_any_keyword(question: Asked) -> Given:
    """Does a callable, or the method of a class, accept a keyword? The name says which."""
    owner, _, method = question["name"].rpartition(".")
    try:
        is_method = inspect.isclass(answering.find(owner, question["bound"]))
    except answering.Missing:
        is_method = False
    if is_method:
        return ask_method_keyword({**question, "name": owner, "part": method})
    return ask_keyword(question)


def ask_unusable(name: str, bound: int) -> Given:
    """`no` if calling what the name stands for says that it is not to be used any more."""
    try:
        value = answering.find(name, bound)
    except answering.Missing as problem:
        return ("no", answering.describe(problem.error))
    try:
        value(**samples.arguments(value))
    except (ImportError, NotImplementedError, RuntimeError) as problem:
        return ("no", answering.describe(problem))
    except Exception as problem:
        return ("unknown", answering.describe(problem))
    return answering.YES


def ask_call(name: str, bound: int) -> Given:
    """Does a class of Keras let itself be constructed? Other callables are not called."""
    try:
        value = answering.find(name, bound)
    except answering.Missing:
        return ("unknown", "the callable is missing")
    if not inspect.isclass(value) or "keras" not in value.__module__.partition(".")[0]:
        return ("unknown", "not a class of Keras")
    try:
        value(**samples.arguments(value))
    except (ImportError, NotImplementedError) as problem:
        if GONE.search(str(problem)):
            return ("no", answering.describe(problem))
        return ("unknown", answering.describe(problem))
    except Exception as problem:
        return ("unknown", answering.describe(problem))
    return answering.YES


def ask_member(question: Asked) -> Given:
    """Has an instance of a class an attribute?"""
    try:
        value = answering.find(question["name"], question["bound"])
    except answering.Missing:
        return ("unknown", "the class is missing")
    if not inspect.isclass(value):
        return ("unknown", "not a class")
    return has(value, question["part"])[0]


def has(value: Any, member: str) -> tuple[Given, Any]:
    """`(answer, object that was looked at)` for a member of a class."""
    if hasattr(value, member):
        return answering.YES, value
    try:
        instance = samples.explored(value)
    except Exception as problem:
        if hasattr(value, "__getattr__") or value.__new__ is not object.__new__ or not plain(value):
            return ("unknown", f"no instance: {answering.describe(problem)}"), value
        if assigns(value, member):
            return ("unknown", "assigned by some method"), value
        return ("no", "not in the class; no instance was made"), value
    try:
        getattr(instance, member)
    except AttributeError as problem:
        if assigns(type(instance), member) or hasattr(type(instance), member):
            return ("unknown", f"assigned by some method: {problem}"), instance
        return ("no", answering.describe(problem)), instance
    except Exception as problem:
        return ("yes", answering.describe(problem)), instance
    return answering.YES, instance


def plain(value: Any) -> bool:
    """Whether calling the class makes an instance of it and nothing else."""
    return type(value) is type


def assigns(value: Any, member: str) -> bool:
    """Whether the source of a class or of its bases assigns `self.member` somewhere."""
    pattern = re.compile(rf"\bself\.{re.escape(member)}\b\s*(:[^=\n]+)?=[^=]|setattr\(self")
    for base in value.__mro__[:-1]:
        try:
            source = inspect.getsource(base)
        except (OSError, TypeError):
            return True
        for found in pattern.finditer(source):
            if "setattr" not in found.group() or member in source:
                return True
    return False


def ask_method_keyword(question: Asked) -> Given:
    """Does a method of a class accept a keyword?"""
    try:
        value = answering.find(question["name"], question["bound"])
    except answering.Missing:
        return ("unknown", "the class is missing")
    if not inspect.isclass(value):
        return ("unknown", "not a class")
    method, keyword = question["part"], question["keyword"]
    answered, looked_at = has(value, method)
    if answered[0] != "yes":
        return ("unknown", "the method is missing")
    if inspect.isclass(looked_at):
        try:
            looked_at = samples.explored(value)
        except Exception as problem:
            return _by_signature(getattr(value, method), keyword, problem)
    given = {"optimizer": "sgd", "loss": "mse"} if method == "compile" else {}
    return accepts(getattr(looked_at, method), keyword, question["value"], given)


def _by_signature(function: Any, keyword: str, problem: Exception) -> Given:
    """Where no instance can be made: what the signature says, if it is closed."""
    parameters = inspect.signature(function).parameters.values()
    if any(p.kind is p.VAR_KEYWORD for p in parameters):
        return ("unknown", f"no instance: {answering.describe(problem)}")
    if any(p.name == keyword for p in parameters):
        return answering.YES
    return ("no", "not in the signature; no instance was made")
