"""Calls: arguments, what a call returns, and the few calls with a meaning of their own."""

from __future__ import annotations

from kerlint.source import conditions, environment, fields, patches, trying
from kerlint.source.facts import Application, Call, Candidate, Event, Guard, Member, Reference
from kerlint.source.tree import kind_of, present
from kerlint.source.values import (
    ANYTHING,
    CLASS,
    FUNCTION,
    NAME,
    OBJECTS,
    OUTPUT,
    PART,
    RESULT,
    RETURNED,
    SAME,
    SELF,
    TEST,
    TEXT,
    UNKNOWN,
    VARIABLE,
    VERSION,
    Output,
    OwnCall,
    answered,
    join_all,
    one_of,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kerlint.source.state import State
    from kerlint.source.values import Atom, Value

_COPIES = frozenset({"copy.copy", "copy.deepcopy"})

_RELOADS = frozenset({"importlib.reload", "imp.reload", "sys.modules.pop", "sys.modules.clear"})
_FIND = frozenset({"importlib.util.find_spec", "importlib.find_loader", "pkgutil.find_loader"})
_RUNNERS = frozenset(
    {
        "absl.app.run",
        "fire.Fire",
        "tensorflow.app.run",
        "tensorflow.compat.v1.app.run",
        "typer.run",
    }
)
"""What calls the function that it is given, at once and in this process."""

_SPAWNS = ("subprocess.", "multiprocessing.", "os.exec", "os.spawn", "os.posix_spawn")
_SPAWN_NAMES = frozenset({"os.system", "os.popen", "os.fork"})
_PACKAGE_VERSION = frozenset({"importlib.metadata.version", "importlib_metadata.version"})


def call(state: State, node: Any) -> Value:
    """Record the call `node` and what its arguments use; return what it may return."""
    from kerlint.source.expressions import evaluate

    if kind_of(node.func) in ("Attribute", "Name"):
        value, callee = fields.chain(state, node.func, "call")
    else:
        value, callee = evaluate(state, node.func), None
    special = _guarding(state, node, value)
    if special is not None:
        return special
    wanted = trying.ALL_KINDS if trying.expects_error(node, value) else ()
    with state.guarded(*map(Guard, wanted)):  # `self.assertRaises(ValueError, lambda: ...)`
        arguments = [evaluate(state, argument.value) for argument in node.args]
    if callee is not None:
        state.calls.append(_record(callee, node, arguments))
    if value[0][0] in OBJECTS:
        state.applications.append(
            Application(value, arguments, node, state.guards, state.scope.name)
        )
    _happens(state, node, value, arguments)
    return _returned(state, node, value, arguments)


def _record(callee: Reference | Member | fields.Later, node: Any, arguments: list[Value]) -> Call:
    keywords = []
    positional = 0
    star = double_star = False
    for argument in node.args:
        if argument.star == "*":
            star = True
        elif argument.star == "**":
            double_star = True
        elif present(argument.keyword):
            keywords.append((argument.keyword.value, argument.keyword, argument.value))
        elif not star:
            positional += 1
    given: Any = callee  # a `Later` until the module is complete
    return Call(given, tuple(keywords), positional, star, double_star, node, arguments)


def names_of(value: Value) -> list[str]:
    """The imported names among the possibilities."""
    return [atom[1] for atom in value if atom[0] == NAME]


def _guarding(state: State, node: Any, value: Value) -> Value | None:
    """`hasattr`, `getattr`, `dir`, `find_spec`, `version(...)`: they ask, they do not use."""
    from kerlint.source.expressions import evaluate, literal_text

    plain = [argument.value for argument in node.args if not present(argument.keyword)]
    builtin = node.func.value if kind_of(node.func) == "Name" and value == ANYTHING else ""
    if builtin in ("hasattr", "getattr") and len(plain) >= 2:
        subject = evaluate(state, plain[0])
        text = literal_text(plain[1])
        for extra in plain[2:]:
            evaluate(state, extra)
        names = names_of(subject)
        if builtin == "getattr" and len(plain) == 2:
            return _got(state, node, plain, subject, text)
        if text is not None and len(names) == 1 and len(subject) == 1:
            return conditions.exists(f"{names[0]}.{text}")
        if conditions.is_protocol(text):
            return ANYTHING
        return ((TEST, conditions.UNKNOWN_CONDITION),)
    if builtin in ("dir", "vars") and len(plain) == 1:
        subject = evaluate(state, plain[0])
        return tuple(
            (NAME, f"{atom[1]}.__dict__", atom[2] + 1) if atom[0] == NAME else (UNKNOWN,)
            for atom in subject
        )
    names = names_of(value)
    if names and names[0] in _FIND and plain:
        text = literal_text(plain[0])
        return ((TEST, conditions.UNKNOWN_CONDITION),) if text is None else conditions.exists(text)
    if names and names[0] in _PACKAGE_VERSION and plain:
        text = literal_text(plain[0])
        if text is not None:
            return ((VERSION, text.replace("-", "_") + ".__version__", "text"),)
    on_version = bool(value) and value[0][0] == VERSION and kind_of(node.func) == "Attribute"
    if on_version and node.func.attr.value == "startswith" and plain:
        return conditions.starts_with(value, plain[0])
    return None


def _got(state: State, node: Any, plain: list[Any], subject: Value, text: str | None) -> Value:
    """`getattr(module, "name")` is `module.name`."""
    if text is None or not text.isidentifier():
        return ANYTHING
    candidates = tuple(
        Candidate(f"{atom[1]}.{text}", atom[2]) for atom in subject if atom[0] == NAME
    )
    written = fields.written_names(plain[0])
    if not candidates or not written:
        return ANYTHING
    state.references.append(
        Reference(
            candidates,
            len(candidates) == len(subject),
            "attribute",
            written,
            state.guards,
            state.scope.name,
            len(state.references),
        )
    )
    return tuple((NAME, candidate.name, candidate.name.count(".") + 1) for candidate in candidates)


def _returned(state: State, node: Any, value: Value, arguments: list[Value]) -> Value:
    """The value of the call."""
    versions = [atom for given in arguments for atom in given if atom[0] == VERSION]
    if versions:
        return _version_of_version(node, versions)
    results: list[Value] = []
    for atom in value:
        tag = atom[0]
        if tag == NAME:
            results.append(_result_of(state, node, atom, arguments))
        elif tag == CLASS:
            results.append(((SELF, atom[1]),))
        elif tag in (VERSION, TEST):
            results.append((atom,))
        elif tag == PART:
            results.append(answered(atom))
        elif tag in OBJECTS:
            results.append(((OUTPUT, Output(atom, arguments)),))
        elif tag == FUNCTION and atom[1].tests:
            results.append(((TEST, conditions.UNKNOWN_CONDITION),))
        elif tag == FUNCTION and atom[1].called_runs and not atom[1].decorated:
            results.append(((RETURNED, atom[1]),))
        else:
            results.append(ANYTHING)
    return join_all(results)


def _version_of_version(node: Any, versions: list[Atom]) -> Value:
    """`Version(tf.__version__)`, `int(tf.__version__[0])`, `tuple(map(int, parts))`."""
    _, subject, form = versions[0]
    if len(versions) > 1:
        return ((TEST, conditions.UNKNOWN_CONDITION),)
    name = node.func.value if kind_of(node.func) == "Name" else ""
    if form == "text" and name != "str":
        form = "float" if name == "float" else "full"
    return ((VERSION, subject, form),)


def _result_of(state: State, node: Any, atom: Atom, arguments: list[Value]) -> Value:
    name = atom[1]
    text = arguments[0][0][1] if arguments and arguments[0][0][0] == TEXT else None
    if name in ("importlib.import_module", "importlib.__import__"):
        if text is None or text.startswith(".") or len(node.args) > 1:
            return ANYTHING
        return environment.imported(state, node, text)
    if name.startswith("inspect."):  # it asks what a callable accepts
        return ((TEST, conditions.UNKNOWN_CONDITION),)
    if name in ("os.getenv", "os.environ.get") and text is not None:
        state.events.append(Event("read", variable=text, guards=state.guards))
        return ((VARIABLE, text),)
    if name in _COPIES and len(arguments) == 1 and {atom[0] for atom in arguments[0]} <= OBJECTS:
        return ((SAME, arguments[0]),)
    return ((RESULT, name),)


def _happens(state: State, node: Any, value: Value, arguments: list[Value]) -> None:
    """The events of a call."""
    if value == ANYTHING and kind_of(node.func) == "Name":
        _builtin(state, node, arguments)
        return
    if environment.method(state, node, value, arguments):
        return
    patches.put_by_patch(state, node, value, arguments)
    used: list[str] = []
    for atom in value:
        if atom[0] == FUNCTION:
            state.own_calls.append(OwnCall(atom[1], node, arguments, state.guards))
            if atom[1].called_runs:
                state.events.append(
                    Event("call", node.func, body=atom[1].events, guards=state.guards)
                )
        elif atom[0] == CLASS:
            constructor = atom[1].names.get("__init__", ())
            for inner in constructor:
                if inner[0] == FUNCTION:
                    state.own_calls.append(OwnCall(inner[1], node, arguments, state.guards))
                    state.events.append(
                        Event("call", node.func, body=inner[1].events, guards=state.guards)
                    )
        elif atom[0] == NAME:
            used.append(atom[1])
    for name in used:
        if name.startswith(_SPAWNS) or name in _SPAWN_NAMES:
            state.events.append(Event("spawn", node.func, names=(name,), guards=state.guards))
        elif name in _RELOADS:
            reloaded = tuple(names_of(arguments[0])) if arguments else ()
            state.events.append(Event("unload", names=reloaded, guards=state.guards))
        elif name in _RUNNERS and arguments:
            state.events.extend(
                Event("call", node.func, body=atom[1].events, guards=state.guards)
                for atom in arguments[0]
                if atom[0] == FUNCTION and atom[1].called_runs
            )
        elif name in _LEAVES or _ends_itself(name, node):
            state.events.append(Event("leave"))
    if kind_of(node.func) == "Attribute" and node.func.attr.value == "skipTest":
        state.events.append(Event("leave"))
    if used:
        first = node.func
        while kind_of(first) == "Attribute":
            first = first.value
        last = node.func.attr if kind_of(node.func) == "Attribute" else node.func
        state.events.append(Event("use", first, last, names=tuple(used), guards=state.guards))


_LEAVES = frozenset(
    {
        "os._exit",
        "os.abort",
        "pytest.exit",
        "pytest.fail",
        "pytest.skip",
        "pytest.xfail",
        "sys.exit",
    }
)


def _ends_itself(name: str, node: Any) -> bool:
    """`os.kill(os.getpid(), 9)`: how a notebook in Colab starts its kernel anew."""
    if name != "os.kill" or not node.args or kind_of(node.args[0].value) != "Call":
        return False
    asked = node.args[0].value.func
    last = asked.attr if kind_of(asked) == "Attribute" else asked
    return kind_of(last) == "Name" and last.value == "getpid"


def _builtin(state: State, node: Any, arguments: list[Value]) -> None:
    name = node.func.value
    if name in ("exit", "quit"):
        state.events.append(Event("leave"))
    elif name == "reload" and arguments:
        state.events.append(
            Event("unload", names=tuple(names_of(arguments[0])), guards=state.guards)
        )
    elif name == "__import__" and arguments and arguments[0][0][0] == TEXT:
        environment.imported(state, node, arguments[0][0][1])
    elif name == "setattr" and len(arguments) == 3:
        patches.put_by_setattr(state, arguments)


def subscripted(state: State, value: Value, node: Any) -> Value:
    """`value[...]`."""
    if len(value) == 1 and value[0][0] == VERSION:
        return conditions.sliced(value, node)
    if any(atom[0] in (VERSION, TEST) for atom in value):
        return ((TEST, conditions.UNKNOWN_CONDITION),)
    if value == ((NAME, "os.environ", 2),) and len(node.slice) == 1:
        from kerlint.source.expressions import literal_text

        index = getattr(node.slice[0].slice, "value", None)
        text = literal_text(index) if present(index) else None
        if text is not None:
            state.events.append(Event("read", variable=text, guards=state.guards))
            return ((VARIABLE, text),)
    single = len(node.slice) == 1 and kind_of(node.slice[0].slice) == "Index"
    return one_of(value) if single else ANYTHING
