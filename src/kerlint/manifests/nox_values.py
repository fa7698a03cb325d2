"""The values of expressions in a noxfile that are plain to see."""

from __future__ import annotations

import ast

from kerlint.manifests.shell_values import HOLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from kerlint.manifests.drafts import Draft

_DEEPEST = 20


def constants(tree: ast.Module) -> dict[str, ast.expr]:
    """Names that a module sets once, at its top level."""
    found: dict[str, ast.expr] = {}
    again: set[str] = set()
    for node in tree.body:
        targets: list[ast.expr] = []
        value: ast.expr | None = None
        if isinstance(node, ast.Assign):
            targets, value = node.targets, node.value
        elif isinstance(node, ast.AnnAssign):
            targets, value = [node.target], node.value
        elif isinstance(node, ast.AugAssign):
            targets = [node.target]
        for target in targets:
            if isinstance(target, ast.Name):
                if target.id in found or value is None:
                    again.add(target.id)
                else:
                    found[target.id] = value
    return {name: node for name, node in found.items() if name not in again}


def text_of(
    node: ast.expr, known: Mapping[str, ast.expr], own: Mapping[str, str], depth: int = 0
) -> str | None:
    """The text of an expression, a `HOLE` for parts that are not known; None if none of it is.

    `own`  the values of parameters
    """
    if depth > _DEEPEST:
        return None
    if isinstance(node, ast.Constant):
        return str(node.value) if isinstance(node.value, (str, int, float)) else None
    if isinstance(node, ast.Name):
        if node.id in own:
            return own[node.id]
        value = known.get(node.id)
        return text_of(value, known, own, depth + 1) if value is not None else None
    if isinstance(node, ast.JoinedStr):
        parts = []
        for value in node.values:
            inner = value.value if isinstance(value, ast.FormattedValue) else value
            plain = not isinstance(value, ast.FormattedValue) or (
                value.format_spec is None and value.conversion == -1
            )
            text = text_of(inner, known, own, depth + 1) if plain else None
            parts.append(HOLE if text is None else text)
        return "".join(parts)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left = text_of(node.left, known, own, depth + 1)
        right = text_of(node.right, known, own, depth + 1)
        if left is None and right is None:
            return None
        return (HOLE if left is None else left) + (HOLE if right is None else right)
    return None


def elements(
    node: ast.expr, known: Mapping[str, ast.expr], depth: int = 0
) -> list[ast.expr] | None:
    """The elements of a list or tuple, of a name for one, of two put together; None if unknown."""
    if depth > _DEEPEST:
        return None
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        found: list[ast.expr] = []
        for one in node.elts:
            if isinstance(one, ast.Starred):
                inner = elements(one.value, known, depth + 1)
                if inner is None:
                    return None
                found += inner
            else:
                found.append(one)
        return found
    if isinstance(node, ast.Name) and node.id in known:
        return elements(known[node.id], known, depth + 1)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left = elements(node.left, known, depth + 1)
        right = elements(node.right, known, depth + 1)
        return None if left is None or right is None else left + right
    return None


def offsets(node: ast.expr, draft: Draft) -> tuple[int, int]:
    """Where an expression stands in the file; of a plain string what is between the quotes."""
    places = draft.places
    start = _offset(draft, node.lineno, node.col_offset)
    end = _offset(draft, node.end_lineno or node.lineno, node.end_col_offset or 0)
    raw = places.text[start:end]
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        at = raw.find(node.value) if node.value else -1
        if at > 0:
            return start + at, start + at + len(node.value)
    elif isinstance(node, ast.JoinedStr) and raw[-1:] in ("'", '"'):
        quote = raw[-1]
        at = raw.find(quote)
        if raw[at : at + 3] != quote * 3:
            return start + at + 1, end - 1
    return start, end


def _offset(draft: Draft, line: int, width: int) -> int:
    """`ast` counts bytes of UTF-8, and lines as the lexer of Python does."""
    start = draft.places.offset(line - 1, 0)
    whole = draft.text[start : start + width]
    if whole.isascii():
        return start + width
    return start + len(whole.encode()[:width].decode("utf-8", "ignore"))
