"""Environment variables and modules: what is written, read, imported, taken away."""

from __future__ import annotations

from kerlint.source.facts import Candidate, Event, Reference
from kerlint.source.tree import kind_of, present
from kerlint.source.values import ANYTHING, NAME, TEXT, VARIABLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kerlint.source.state import State
    from kerlint.source.values import Value

_ENVIRON = "os.environ"
_METHODS = frozenset({"setdefault", "update", "pop", "clear", "putenv"})

READS_FILE = frozenset(
    {
        "dotenv.load_dotenv",
        "dotenv.main.load_dotenv",
        "environs.Env.read_env",
        "environs.env.read_env",
    }
)
"""Calls that write to the environment what a file says."""

_RESTARTS = frozenset({"do_shutdown", "restartPython"})
"""Methods that end the kernel of a notebook: `get_ipython().kernel.do_shutdown(True)`, and
`dbutils.library.restartPython()` of Databricks."""

SHELLS = frozenset(
    {
        "os.popen",
        "os.system",
        "subprocess.Popen",
        "subprocess.call",
        "subprocess.check_call",
        "subprocess.check_output",
        "subprocess.run",
    }
)
"""Calls that may give a text to a shell."""

_PATCHES = frozenset({"unittest.mock.patch.dict", "mock.patch.dict"})


def imported(state: State, node: Any, module: str) -> Value:
    """`importlib.import_module("module")`: an import like any other; its value."""
    first = node.func
    while kind_of(first) == "Attribute":
        first = first.value
    last = node.func.attr if kind_of(node.func) == "Attribute" else node.func
    count = module.count(".") + 1
    state.references.append(
        Reference(
            (Candidate(module, 0),),
            True,
            "import",
            (first, last),
            state.guards,
            state.scope.name,
            len(state.references),
        )
    )
    state.events.append(Event("import", first, last, names=(module,), guards=state.guards))
    return ((NAME, module, count),)


def is_environ(value: Value) -> bool:
    """Whether the value is `os.environ` itself."""
    return len(value) == 1 and value[0][0] == NAME and value[0][1] == _ENVIRON


def write(state: State, first: Any, last: Any, variable: Value, value: Value, how: str) -> None:
    """`os.environ[variable] = value`; any variable where its name is not known."""
    if len(variable) != 1 or variable[0][0] != TEXT:
        if how in ("assign", "setdefault", "update"):
            anything(state, first, last, "any")
        return
    name = variable[0][1]
    text = value[0][1] if len(value) == 1 and value[0][0] == TEXT else None
    if any(atom[0] == VARIABLE and atom[1] == name for atom in value):
        how = "restore"
    state.events.append(
        Event("write", first, last, variable=name, value=text, how=how, guards=state.guards)
    )


def anything(state: State, first: Any, last: Any, how: str) -> None:
    """Some variables are set, nobody knows which."""
    state.events.append(Event("write", first, last, how=how, guards=state.guards))


def assigned(state: State, target: Any, value: Value) -> bool:
    """Handle `os.environ[...] = value`, `sys.modules[...] = value`; False for no subscript.

    A module that is put into `sys.modules` as part of a package is one that the program makes.
    """
    return _changed(state, target, value, "assign")


def deleted(state: State, target: Any) -> bool:
    """Handle `del os.environ[...]`, `del sys.modules[...]`; False for no subscript."""
    return _changed(state, target, ANYTHING, "delete")


def _changed(state: State, target: Any, value: Value, how: str) -> bool:
    from kerlint.source.expressions import evaluate

    if kind_of(target) != "Subscript" or len(target.slice) != 1:
        return False
    owner = evaluate(state, target.value)
    index = getattr(target.slice[0].slice, "value", None)
    key = evaluate(state, index) if present(index) else ANYTHING
    if is_environ(owner):
        first, last = _ends(target.value)
        write(state, first, last, key, value, how)
    elif len(owner) == 1 and owner[0][1:2] == ("sys.modules",):
        state.events.append(Event("unload", guards=state.guards))
        if how == "assign" and len(key) == 1 and key[0][0] == TEXT and "." in key[0][1]:
            state.assigned.add(key[0][1])
    return True


def merged(state: State, target: Any, value: Any) -> None:
    """`os.environ |= {...}`."""
    from kerlint.source.expressions import evaluate

    if kind_of(target) in ("Name", "Attribute") and is_environ(evaluate(state, target)):
        first, last = _ends(target)
        _write_dict(state, first, last, value, "update")


def method(state: State, node: Any, value: Value, arguments: list[Value]) -> bool:
    """`os.environ.setdefault(...)`, `.update(...)`, `.pop(...)`, `os.putenv(...)`.

    Also what sets variables for a test (`monkeypatch.setenv`), from a file (`load_dotenv`), or for
    a shell that ends at once (`os.system("export ...")`).
    """
    if len(value) != 1 or value[0][0] != NAME:
        return _by_name(state, node, value, arguments)
    called = value[0][1]
    if called in READS_FILE:
        anything(state, *_ends(node.func), "dotenv")
        return False
    if called in _PATCHES:
        _patched_dict(state, node)
        return False
    if called in SHELLS:
        _exported(state, node, called, arguments)
        return False
    owner, _, name = called.rpartition(".")
    if (
        name not in _METHODS
        or owner not in (_ENVIRON, "os")
        or (owner == "os") != (name == "putenv")
    ):
        return False
    first, last = _ends(node.func)
    if name in ("setdefault", "putenv"):
        if len(arguments) >= 2:
            # A third argument, which `os.putenv` does not take, marks what a notebook tells a shell.
            shell = name == "putenv" and arguments[2:] == [((TEXT, "shell"),)]
            how = "shell" if shell else name
            write(state, first, last, arguments[0], arguments[1], how)
    elif name == "update":
        for argument, given in zip(node.args, arguments, strict=True):
            if present(argument.keyword):
                key: Value = ((TEXT, argument.keyword.value),)
                write(state, first, last, key, given, "update")
            elif argument.star in ("", "**"):
                _write_dict(state, first, last, argument.value, "update")
    elif arguments:
        write(state, first, last, arguments[0], ANYTHING, "delete")
    elif name == "clear":
        anything(state, first, last, name)
    return True


def _write_dict(state: State, first: Any, last: Any, node: Any, how: str) -> None:
    kind = kind_of(node)
    if kind == "Dict":
        for element in node.elements:
            if present(getattr(element, "key", None)):
                key = again(state, element.key)
                write(state, first, last, key, again(state, element.value), how)
            elif how == "update":
                anything(state, first, last, "any")
    elif kind == "Call" and kind_of(node.func) == "Name" and node.func.value == "dict":
        for argument in node.args:
            if present(argument.keyword):
                key = ((TEXT, argument.keyword.value),)
                write(state, first, last, key, again(state, argument.value), how)
            elif how == "update":
                anything(state, first, last, "any")
    elif how == "update":
        anything(state, first, last, "any")


def _by_name(state: State, node: Any, value: Value, arguments: list[Value]) -> bool:
    """`monkeypatch.setenv("X", "v")`, for the time of a test; `env.read_env()` of environs; what
    starts the kernel of a notebook anew.
    """
    if kind_of(node.func) != "Attribute":
        return False
    name, receiver = node.func.attr.value, node.func.value
    if name == "read_env":
        anything(state, *_ends(node.func), "dotenv")
    elif name in _RESTARTS:
        state.events.append(Event("leave"))
    elif name == "setenv" and value == ANYTHING and len(arguments) >= 2:
        first, last = _ends(node.func)
        if kind_of(receiver) == "Name":
            write(state, first, last, arguments[0], arguments[1], "patch")
            return True
    return False


def _patched_dict(state: State, node: Any) -> None:
    """`mock.patch.dict(os.environ, {"X": "v"})`, `mock.patch.dict("os.environ", X="v")`."""
    plain = [argument.value for argument in node.args if not present(argument.keyword)]
    if not plain:
        return
    target = again(state, plain[0])
    if not is_environ(target) and target != ((TEXT, _ENVIRON),):
        return
    first, last = _ends(node.func)
    if len(plain) > 1:
        _write_dict(state, first, last, plain[1], "patch")
    for argument in node.args:
        if present(argument.keyword) and argument.keyword.value not in ("values", "clear"):
            key: Value = ((TEXT, argument.keyword.value),)
            write(state, first, last, key, again(state, argument.value), "patch")


def _exported(state: State, node: Any, called: str, arguments: list[Value]) -> None:
    """`os.system("export X=v")`: the shell that it is set for ends with the call."""
    if not arguments or arguments[0][0][0] != TEXT:
        return
    if called.startswith("subprocess.") and not any(
        present(argument.keyword) and argument.keyword.value == "shell" for argument in node.args
    ):
        return
    from kerlint.source.shell import exports_only

    first, last = _ends(node.func)
    for name, given in exports_only(arguments[0][0][1]):
        write(state, first, last, ((TEXT, name),), ((TEXT, given),), "shell")


def again(state: State, node: Any) -> Value:
    """The value of an expression whose uses have been recorded already."""
    from kerlint.source.expressions import literal_text

    text = literal_text(node)
    if text is not None:
        return ((TEXT, text),)
    from kerlint.source.fields import peek

    return peek(state, node)


def _ends(node: Any) -> tuple[Any, Any]:
    """The first and the last Name node of a chain; (None, None) for anything else."""
    last = node.attr if kind_of(node) == "Attribute" else node
    while kind_of(node) == "Attribute":
        node = node.value
    if kind_of(node) != "Name":
        node = last
    return node, last
