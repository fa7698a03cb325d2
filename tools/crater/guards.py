"""Code that may be right although a name is missing, by the standard library's `ast`.

Deliberately wide: whatever smells of a guard is one, and what is guarded counts neither for nor
against kerlint unless the name exists and kerlint says that it does not.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

from tools.crater.scopes import chain_of

CAUGHT = re.compile(
    r"(Import|ModuleNotFound|Attribute|Name|Type|Value|Runtime|NotImplemented)Error$"
    r"|(Base)?Exception$"
)
SIGNS = re.compile(
    r"version|hasattr|getattr|callable|TYPE_CHECKING|find_spec|backend|legacy|available|installed"
    r"|signature|getfullargspec|getargspec|compat|(tf|tensorflow|keras|is_?v|behavior_?v)_?v?[0-9]"
    r"|(has|is|use)_(tf|keras|tensorflow)|tf_?keras|(?<![a-z])[a-z]{0,3}v[12](?![a-z0-9])",
    re.IGNORECASE,
)
# In `isinstance(x, tf.keras.optimizers.legacy.Optimizer)` nothing asks for a version.
LIBRARIES = (("tf",), ("tensorflow",), ("keras",), ("K",), ("tf_keras",))
OF_LIBRARIES = re.compile(r"version|^backend$|tf2|enabled")
LEAVE = (ast.Return, ast.Raise, ast.Continue, ast.Break)


def is_test(node: ast.AST, flags: frozenset[str]) -> bool:
    """Whether a condition asks for a version, a backend, or whether something exists."""
    for part in ast.walk(node):
        name, signs = "", SIGNS
        if isinstance(part, ast.Name):
            name = part.id
        elif isinstance(part, ast.Attribute):
            name = part.attr
            if chain_of(part)[:1] in LIBRARIES:
                signs = OF_LIBRARIES
        if name and (name in flags or signs.search(name)):
            return True
    return False


def flags_of(tree: ast.AST) -> frozenset[str]:
    """Names that are set by such a test, or inside `try` or under such a test to a constant."""
    flags: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and is_test(node.value, frozenset()):
            if not isinstance(node.value, (ast.Call, ast.Attribute, ast.Name)) or _asks(node.value):
                flags.update(names_in(node.targets))
        elif isinstance(node, ast.Try) and catches(node):
            for handler in (*node.body, *node.handlers, *node.orelse):
                flags.update(_constant_targets(handler))
        elif isinstance(node, ast.If) and is_test(node.test, frozenset()):
            for statement in (*node.body, *node.orelse):
                flags.update(_constant_targets(statement))
    return frozenset(flags)


def _asks(node: ast.expr) -> bool:
    """Whether a bare expression is itself a question, such as `hasattr(tf, "x")`."""
    text = ast.unparse(node)
    return bool(re.search(r"version|hasattr|find_spec|startswith|enabled", text))


def _constant_targets(statement: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(statement):
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, (bool, int, str))
        ):
            names |= names_in(node.targets)
    return names


def names_in(targets: Iterable[ast.expr]) -> set[str]:
    """The plain names among targets of an assignment."""
    return {target.id for target in targets if isinstance(target, ast.Name)}


def catches(node: ast.Try) -> bool:
    """Whether a handler would catch a missing name, module or argument."""
    for handler in node.handlers:
        if handler.type is None:
            return True
        kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
        for kind in kinds:
            if CAUGHT.search(ast.unparse(kind)):
                return True
    return False


def leaves(body: list[ast.stmt]) -> bool:
    """Whether a block ends by leaving the code around it."""
    last = body[-1]
    if isinstance(last, LEAVE):
        return True
    return isinstance(last, ast.Expr) and bool(re.search(r"skip|exit", ast.unparse(last)))


def swallows(node: ast.With | ast.AsyncWith) -> bool:
    """Whether a `with` statement expects or suppresses an error."""
    return any(
        re.search(r"[Rr]aises|suppress", ast.unparse(item.context_expr)) for item in node.items
    )


def skipped(decorators: list[ast.expr], flags: frozenset[str]) -> bool:
    """Whether decorators run a function only under a condition."""
    for decorator in decorators:
        text = ast.unparse(decorator)
        if re.search(r"skip|xfail|run_(v1|v2|deprecated)", text, re.IGNORECASE):
            return True
        if isinstance(decorator, ast.Call) and is_test(decorator, flags):
            return True
    return False
