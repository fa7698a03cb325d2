"""The lock of the workspace that a folder is a member of: it lies in the workspace's own folder."""

from __future__ import annotations

import os
from fnmatch import fnmatchcase

from kerlint.project.manifest_names import LOCKS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.project.library import Library


def lock_of(folder: str, library: Library) -> str:
    """The path of the lock that governs a folder (absolute) without one of its own; "" if none."""
    if any(os.path.isfile(os.path.join(folder, name)) for name in LOCKS):
        return ""
    root = folder
    while os.path.dirname(root) != root and not os.path.exists(os.path.join(root, ".git")):
        root = os.path.dirname(root)
        lock = next(
            (path for name in LOCKS if os.path.isfile(path := os.path.join(root, name))), ""
        )
        if lock and _is_member(folder, root, library):
            return lock
    return ""


def _is_member(folder: str, root: str, library: Library) -> bool:
    """Whether the pyproject.toml of `root` counts the folder among its workspace."""
    path = os.path.join(root, "pyproject.toml")
    try:
        with open(path, "rb") as stream:
            if b"workspace" not in stream.read():
                return False
    except OSError:
        return False
    manifest = library.manifest(path)
    if manifest is None:
        return False
    for include in manifest.includes:
        if include.kind == "workspace":
            parts = os.path.relpath(os.path.abspath(include.path), root).split(os.sep)
            here = os.path.relpath(folder, root).split(os.sep)
            if len(parts) == len(here) and all(map(fnmatchcase, here, parts)):
                return True
    return False
