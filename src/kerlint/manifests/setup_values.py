"""What an expression of a setup.py is, if that can be said without running it.

Literals, `+`, `%`, `.format`, f-strings, names, lists put together, and texts of files by name.
Everything else is `Unknown`, and never guessed.
"""

from __future__ import annotations

import ast
import posixpath

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TypeAlias

    Value: TypeAlias = "Text | File | Many | Table | Constant | Path | Unknown"


class Unknown:
    """What only running the program would tell."""

    __slots__ = ("node",)

    def __init__(self, node: ast.AST) -> None:
        self.node = node


class Text:
    """A string, and the expression that it comes from.

    `sure`  False if it belongs there only under a condition
    """

    __slots__ = ("node", "sure", "text")

    def __init__(self, text: str, node: ast.expr, sure: bool = True) -> None:
        self.text = text
        self.node = node
        self.sure = sure


class Constant:
    """A number, a truth value or None."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value


class Path:
    """A path relative to the folder of the setup.py."""

    __slots__ = ("path",)

    def __init__(self, path: str) -> None:
        self.path = path


class File:
    """A file, its text or its lines. `path` is relative to the folder of the setup.py."""

    __slots__ = ("node", "path", "sure")

    def __init__(self, path: str, node: ast.expr, sure: bool = True) -> None:
        self.path = path
        self.node = node
        self.sure = sure


class Many:
    """A list, tuple or set."""

    __slots__ = ("items",)

    def __init__(self, items: Iterable[Value]) -> None:
        self.items = list(items)


class Table:
    """A dict with strings for keys; `others` is what cannot be said of it."""

    __slots__ = ("items", "others")

    def __init__(self, items: dict[str, Value], others: Iterable[Unknown] = ()) -> None:
        self.items = items
        self.others = list(others)


LONGEST = 100_000
"""Characters of a text, or items of a list, above which nothing is computed."""


def added(left: Value, right: Value, node: ast.expr) -> Value:
    """`left + right`."""
    if isinstance(left, Text) and isinstance(right, Text):
        if len(left.text) + len(right.text) > LONGEST:
            return Unknown(node)
        return Text(left.text + right.text, node, left.sure and right.sure)
    if isinstance(left, Many) or isinstance(right, Many):
        items = [*items_of(left), *items_of(right)]
        return Many(items) if len(items) < LONGEST else Unknown(node)
    if isinstance(left, File) and isinstance(right, File):
        return Many([left, right])
    return Unknown(node)


def items_of(value: Value) -> list[Value]:
    """The items of a list; of anything else itself, as one item that stands for some."""
    if isinstance(value, Many):
        return value.items
    if isinstance(value, Table):
        return [Text(key, _NOWHERE) for key in value.items]
    return [value]


_NOWHERE = ast.Constant(value="", lineno=1, col_offset=0, end_lineno=1, end_col_offset=0)


def formatted(left: Value, right: Value, node: ast.expr) -> Value:
    """`left % right`."""
    if not isinstance(left, Text):
        return Unknown(node)
    if isinstance(right, Table):
        named = {key: plain(value) for key, value in right.items.items()}
        if None in named.values() or right.others or _is_large(left.text, "%", named.values()):
            return Unknown(node)
        return _computed(lambda: left.text % named, node, left.sure)
    parts = [plain(one) for one in items_of(right)]
    if None in parts or _is_large(left.text, "%", parts):
        return Unknown(node)
    return _computed(lambda: left.text % tuple(parts), node, left.sure)


def format_called(
    left: Text, positional: list[Value], named: dict[str, Value], node: ast.expr
) -> Value:
    """`left.format(...)`."""
    args = [plain(one) for one in positional]
    kwargs = {name: plain(one) for name, one in named.items()}
    given = [*args, *kwargs.values()]
    if None in given or not _harmless(left.text) or _is_large(left.text, "{", given):
        return Unknown(node)
    return _computed(lambda: left.text.format(*args, **kwargs), node, left.sure)


def _is_large(text: str, sign: str, given: Iterable[object]) -> bool:
    """Whether the fields of a format, each begun by `sign`, could be filled in to a large text."""
    import re

    if re.search(r"%[^%a-zA-Z]*(?:\d{4}|\*)", text):
        return True
    longest = max((len(one) if isinstance(one, str) else 40 for one in given), default=0)
    return len(text) + text.count(sign) * longest > LONGEST


def _harmless(text: str) -> bool:
    """Whether the fields of a format are plain names or numbers: no attributes, no widths."""
    import re

    return not re.search(r"\{[^{}]*[.\[:!][^{}]*\}", text)


def _computed(compute: Callable[[], str], node: ast.expr, sure: bool) -> Value:
    try:
        text = compute()
    except (ValueError, TypeError, KeyError, IndexError, OverflowError, MemoryError):
        return Unknown(node)
    return Text(text, node, sure) if len(text) < LONGEST else Unknown(node)


def plain(value: Value) -> str | int | float | None:
    """The value of a text or number; None for anything else."""
    if isinstance(value, Text):
        return value.text if value.sure else None
    if isinstance(value, Constant) and isinstance(value.value, (int, float)):
        return value.value
    return None


def joined_path(parts: Iterable[Value]) -> Path | None:
    """The path that `os.path.join` makes; None if a part is unknown."""
    path = ""
    for part in parts:
        if isinstance(part, Path):
            path = posixpath.join(path, part.path)
        elif isinstance(part, Text):
            path = posixpath.join(path, part.text.replace("\\", "/"))
        else:
            return None
    return Path(posixpath.normpath(path) if path else "")


def unsure(value: Value) -> Value:
    """The same, but under a condition."""
    if isinstance(value, Text):
        return Text(value.text, value.node, False)
    if isinstance(value, File):
        return File(value.path, value.node, False)
    if isinstance(value, Many):
        return Many(unsure(one) for one in value.items)
    if isinstance(value, Table):
        items = {key: unsure(one) for key, one in value.items.items()}
        return Table(items, value.others)
    return value
