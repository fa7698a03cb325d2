"""Whether a project gives classes of Keras a method of its own."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.project.modules import Project
    from kerlint.rules.base import Context
    from kerlint.source.facts import Module


def defined(name: str, module: Module, context: Context, *, methods: bool) -> bool:
    """Whether the module or another of its project puts `name` on something.

    By `x.NAME = ...` or `setattr(x, "NAME", ...)`; with `methods`, by `def NAME` as well.
    """
    wanted = {"set", "def"} if methods else {"set"}
    if not wanted.isdisjoint(_defined_in(module.text.encode("utf-8", "replace"), name)):
        return True
    if context.project is None:
        return False
    return not wanted.isdisjoint(_around(name, module.path, context.project))


def _around(name: str, path: str, project: Project) -> frozenset[str]:
    root = project.layout(project.absolute(path)).root
    key = (root, name)
    if key not in project.defining:
        found: frozenset[str] = frozenset()
        for other in project.files(root) or ():
            if project.holds(other, name.encode()):
                found |= _defined_in(project.data(other), name)
        project.defining[key] = found
    return project.defining[key]


def _defined_in(data: bytes, name: str) -> frozenset[str]:
    """`def` if the bytes define a function of that name, `set` if they assign such an attribute."""
    word = re.escape(name.encode())
    found = set()
    if re.search(rb"def[ \t]+" + word + rb"\b", data):
        found.add("def")
    if re.search(rb"\." + word + rb"[ \t]*=(?!=)|setattr\([^()\n]*['\"]" + word + rb"['\"]", data):
        found.add("set")
    return frozenset(found)
