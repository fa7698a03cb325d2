"""Functions and methods that setup.py files put lists and paths together with."""

from __future__ import annotations

import ast

from kerlint.manifests.setup_values import (
    Constant,
    File,
    Many,
    Path,
    Table,
    Text,
    format_called,
    items_of,
    joined_path,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.manifests.setup_values import Value

_SAME_LIST = frozenset({"list", "tuple", "set", "sorted", "frozenset", "str", "filter", "map"})
_SAME_PATH = frozenset({"abspath", "realpath", "normpath", "fspath", "Path", "PurePath", "str"})
_OPENING = frozenset({"open", "io.open", "codecs.open", "os.open"})
_PARSING = frozenset({"parse_requirements", "yield_lines"})


def call(
    function: ast.expr, args: list[Value], named: dict[str, Value], node: ast.Call
) -> Value | None:
    """What a call of a function by its name is; None if that is not known."""
    dotted = _dotted(function)
    last = dotted.rpartition(".")[2]
    first = args[0] if args else None
    if last in _PARSING and first is not None:
        return _file(first, node)
    if dotted in _OPENING and first is not None:
        return _file(first, node)
    if last in _SAME_PATH and isinstance(first, (Path, Text)) and dotted != "str":
        return joined_path([first])
    if last == "join" and dotted.endswith("path.join"):
        return joined_path(args)
    if last == "dirname" and isinstance(first, Path):
        return Path(first.path.rpartition("/")[0])
    if last in ("getcwd", "cwd") and not args:
        return Path("")
    if dotted == "dict":
        items = dict(named)
        others = []
        for one in args:
            if not isinstance(one, Table):
                return None
            items = {**one.items, **items}
            others += one.others
        return Table(items, others)
    if dotted in ("list", "set", "tuple") and not args:
        return Many([])
    if dotted in _SAME_LIST and args:
        return _same(dotted, args, node)
    if dotted == "sum" and len(args) == 2:
        return _chained(first)
    if dotted.endswith("chain.from_iterable"):
        return _chained(first)
    if last == "chain" and dotted in ("chain", "itertools.chain"):
        return Many(one for arg in args for one in items_of(arg))
    return None


def _same(name: str, args: list[Value], node: ast.Call) -> Value | None:
    """`list(x)` and the like; of `filter(None, x)` and `map(str.strip, x)` the second."""
    value = args[-1]
    if name == "map" or name == "filter":
        if len(args) != 2 or len(node.args) != 2:
            return None
        plain = isinstance(args[0], Constant) or _is_harmless(node.args[0], name)
        return value if plain and isinstance(value, (File, Many)) else None
    if name == "str":
        return value if isinstance(value, (Text, Path)) else None
    if isinstance(value, Table):
        return None
    return value if isinstance(value, (File, Many)) else None


_HARMLESS = frozenset({"str.strip", "str", "bool", "str.rstrip"})


def _is_harmless(function: ast.expr, name: str) -> bool:
    """Whether a function that is mapped over lines, or filters them, leaves them what they are."""
    if isinstance(function, ast.Lambda) and len(function.args.args) == 1:
        argument = function.args.args[0].arg
        if name == "filter":
            return keeps_requirements(function.body, argument)
        return is_line(function.body, argument)
    return _dotted(function) in _HARMLESS


def _chained(value: Value | None) -> Value | None:
    """The items of several lists in one."""
    if not isinstance(value, Many):
        return None
    return Many(one for inner in value.items for one in items_of(inner))


def _file(where: Value, node: ast.Call) -> Value | None:
    if isinstance(where, File):
        return where
    path = joined_path([where])
    return File(path.path, node) if path is not None and path.path else None


def method(
    base: Value, name: str, args: list[Value], named: dict[str, Value], node: ast.Call
) -> Value | None:
    """What a method gives; None if that is not known."""
    if isinstance(base, File):
        if name == "replace":
            first = args[0] if args else None
            return base if isinstance(first, Text) and not _has_letters(first.text) else None
        known = ("read", "readlines", "splitlines", "split", "strip", "decode", "rstrip")
        return base if name in known else None
    if isinstance(base, Path):
        if name in ("resolve", "absolute", "expanduser"):
            return base
        if name in ("read_text", "open", "read_bytes") and base.path:
            return File(base.path, node)
        if name == "joinpath":
            return joined_path([base, *args])
        return None
    if isinstance(base, Table) and not base.others:
        if name == "values":
            return Many(base.items.values())
        if name == "copy":
            return Table(dict(base.items))
        if name == "get" and args and isinstance(args[0], Text):
            return base.items.get(args[0].text, args[1] if len(args) > 1 else Constant(None))
        return None
    if isinstance(base, Many):
        return Many(base.items) if name == "copy" else None
    if isinstance(base, Text):
        return _of_text(base, name, args, named, node)
    return None


def _of_text(
    base: Text, name: str, args: list[Value], named: dict[str, Value], node: ast.Call
) -> Value | None:
    if name == "format":
        return format_called(base, args, named, node)
    texts = [one.text for one in args if isinstance(one, Text)]
    if len(texts) < len(args) or named:
        return None
    if name == "strip" and not texts:
        return Text(base.text.strip(), base.node, base.sure)
    if name == "splitlines" and not texts:
        return Many(Text(one, base.node, base.sure) for one in base.text.splitlines())
    if name == "split" and len(texts) < 2 and texts != [""]:
        separator = texts[0] if texts else None
        return Many(Text(one, base.node, base.sure) for one in base.text.split(separator))
    return None


def _dotted(node: ast.expr) -> str:
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join([node.id, *reversed(parts)])


_SAME = frozenset({"strip", "rstrip", "lstrip", "decode", "replace"})
_PARTS = frozenset({"split", "partition"})
_TELLING = frozenset({"isspace", "strip"})


def _has_letters(text: str) -> bool:
    return any(one.isalnum() for one in text)


def _begins_no_name(text: str) -> bool:
    """Whether this begins no line that asks for a distribution by name."""
    return not text[:1].isalnum() or text.startswith(("git", "http"))


def is_line(node: ast.expr, name: str) -> bool:
    """Whether the expression is a line of the file, but for space and comments."""
    if isinstance(node, ast.Name):
        return node.id == name
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        first = node.args[0] if node.args else None
        if node.func.attr == "replace":
            blank = isinstance(first, ast.Constant) and isinstance(first.value, str)
            if not blank or _has_letters(str(getattr(first, "value", ""))):
                return False
        return node.func.attr in _SAME and is_line(node.func.value, name)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id == "str" and len(node.args) == 1 and is_line(node.args[0], name)
    if isinstance(node, ast.Attribute):
        # What pip's own parser yields.
        return node.attr in ("req", "requirement") and is_line(node.value, name)
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Call):
        function = node.value.func
        return (
            isinstance(function, ast.Attribute)
            and function.attr in _PARTS
            and is_line(function.value, name)
            and bool(node.value.args)
            and isinstance(node.value.args[0], ast.Constant)
            and node.value.args[0].value in ("#", " #", ";", "\n")
        )
    return False


def keeps_requirements(test: ast.expr, name: str) -> bool:
    """Whether a condition leaves out nothing but empty lines, comments, options and links."""
    if isinstance(test, ast.BoolOp):
        return all(keeps_requirements(one, name) for one in test.values)
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return keeps_requirements(test.operand, name)
    if isinstance(test, ast.Name):
        return test.id == name
    if isinstance(test, ast.Call) and isinstance(test.func, ast.Attribute):
        if test.func.attr == "startswith":
            said = [one.value for one in ast.walk(test) if isinstance(one, ast.Constant)]
            return all(isinstance(one, str) and _begins_no_name(one) for one in said)
        return test.func.attr in _TELLING and is_line(test.func.value, name)
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        sides = (test.left, test.comparators[0])
        said = [one.value for one in sides if isinstance(one, ast.Constant)]
        return len(said) == 1 and isinstance(said[0], str) and _begins_no_name(said[0])
    return False
