"""What the sessions of a noxfile.py install. The file is parsed, never run.

https://nox.thea.codes/en/stable/config.html
"""

from __future__ import annotations

import ast

from kerlint.manifests.drafts import Draft
from kerlint.manifests.nox_sessions import sessions_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.manifests.model import Manifest


def read(path: str, text: str) -> Manifest:
    """The facts of a noxfile; nothing for one that does not parse."""
    import warnings

    draft = Draft(path, text, "nox")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
        for node in tree.body:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                for session in sessions_of(node, tree, draft):
                    session.put()
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return draft.manifest()
    return draft.manifest()
