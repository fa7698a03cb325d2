"""What the sessions of a noxfile.py set: `session.env[...]`, `session.run(..., env={...})`.

https://nox.thea.codes/en/stable/config.html#nox.sessions.Session.env
"""

from __future__ import annotations

import ast

from kerlint.manifests.shell_settings import Shell
from kerlint.manifests.shell_words import Word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.manifests.places import Places
    from kerlint.manifests.settings import Found, Setting


def read(text: str, places: Places, found: Found) -> None:
    """Add what is set by name; a file that does not parse sets nothing here."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return
    moves = "chdir(" in text or "session.cd(" in text
    for node in ast.walk(tree):
        own: dict[str, Setting] = {}
        for name, value in _set(node):
            if isinstance(name, ast.Constant) and isinstance(name.value, str):
                where = _offset(value, places)
                end = places.offset((value.end_lineno or 1) - 1, 0) + _columns(value, places)
                known = value.value if isinstance(value, ast.Constant) else None
                own[name.value] = found.add(
                    name.value, known if isinstance(known, str) else None, places.span(where, end)
                )
        if own and isinstance(node, ast.Call) and not moves:
            words = [_word(argument, places) for argument in node.args]
            Shell(places, found, own, "").starts(words)


def _word(node: ast.expr, places: Places) -> Word:
    known = node.value if isinstance(node, ast.Constant) else None
    text = known if isinstance(known, str) else None
    return Word(text or "", text, _offset(node, places))


def _set(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Names and values that a statement or call sets."""
    if isinstance(node, ast.Assign):
        for target in node.targets:
            if isinstance(target, ast.Subscript) and _is_env(target.value):
                yield target.slice, node.value
    elif isinstance(node, ast.Call):
        for keyword in node.keywords:
            if keyword.arg == "env":
                yield from _pairs(keyword.value)
        function = node.func
        if isinstance(function, ast.Attribute) and function.attr == "update":
            for argument in node.args if _is_env(function.value) else ():
                yield from _pairs(argument)


def _is_env(node: ast.expr) -> bool:
    """Whether it is `session.env`."""
    return isinstance(node, ast.Attribute) and node.attr == "env"


def _pairs(node: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if key is not None:
                yield key, value
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "dict":
        for keyword in node.keywords:
            if keyword.arg is not None:
                yield ast.Constant(keyword.arg), keyword.value


def _offset(node: ast.expr, places: Places) -> int:
    start = places.offset(node.lineno - 1, 0)
    return start + _characters(places, start, node.col_offset)


def _columns(node: ast.expr, places: Places) -> int:
    start = places.offset((node.end_lineno or 1) - 1, 0)
    return _characters(places, start, node.end_col_offset or 0)


def _characters(places: Places, start: int, width: int) -> int:
    """How many characters the first `width` bytes of a line are: `ast` counts bytes of UTF-8."""
    line = places.text[start : start + width].encode()[:width]
    return len(line.decode("utf-8", "ignore"))
