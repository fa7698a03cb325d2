"""What the sessions of a noxfile.py install. The file is parsed, never run.

https://nox.thea.codes/en/stable/config.html
"""

from __future__ import annotations

import ast
import contextlib

from kerlint.manifests.drafts import Draft
from kerlint.manifests.nox_sessions import sessions_of
from kerlint.manifests.python_text import tree_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.manifests.model import Manifest


def read(path: str, text: str) -> Manifest:
    """The facts of a noxfile."""
    draft = Draft(path, text, "nox")
    tree = tree_of(draft)
    if tree is None:
        return draft.manifest()
    with contextlib.suppress(RecursionError):
        for node in tree.body:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                for session in sessions_of(node, tree, draft):
                    session.put()
    return draft.manifest()
