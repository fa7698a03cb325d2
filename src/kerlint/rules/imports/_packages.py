"""What the rules on whole packages ask of an import."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.rules.base import Context
    from kerlint.source.facts import Reference


def is_part_of(package: str, path: str) -> bool:
    """Whether the file at `path` is part of that package itself."""
    return f"/{package.partition('.')[0]}/" in f"/{path}".replace("\\", "/")


def is_kept(package: str, name: str, path: str, context: Context) -> bool:
    """Whether the project has the package among its own modules: a copy, a fork, or its source.

    `name` is what is imported from it: a folder without `__init__.py` is found by that.
    """
    project = context.project
    if project is None:
        return False
    if any(project.resolve(path, one) for one in (package, name)):
        return True
    # Own modules of the names of Keras are not followed; that they are there counts all the same.
    top = package.partition(".")[0]
    folders = project.layout(project.absolute(path)).folders
    return any("__init__.py" in project.entries(os.path.join(one, top)) for one in folders)


def in_doubt_there(reference: Reference) -> bool:
    """That no import is known to fail at the target, so that its handler never runs."""
    return False


def last_of_module(reference: Reference) -> object:
    """The last Name node of the module that the statement imports (from)."""
    parts = reference.parts
    return parts[-2] if reference.kind == "from" and len(parts) > 1 else parts[-1]
