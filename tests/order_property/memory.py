"""A project whose files are a dictionary, for kerlint."""

from __future__ import annotations

import os
from types import SimpleNamespace
from typing import Any

from kerlint.project.modules import Project
from kerlint.project.targets import Target, Versions
from kerlint.rules.base import Context
from kerlint.rules.order.backend_set_after_import import BackendSetAfterImport
from kerlint.rules.order.backend_set_after_transitive_import import (
    BackendSetAfterTransitiveImport,
)
from kerlint.source.names import analyse

ROOT = os.path.abspath(os.path.join(os.sep, "kerlint-no-such-folder"))
RULES = (BackendSetAfterImport(), BackendSetAfterTransitiveImport())
VERSIONS = Versions("3.15.1", "2.21.0", None, "3.11")
_API: Any = SimpleNamespace(legacy=False, versions=VERSIONS)


class MemoryProject(Project):
    """`files`: paths with `/`, relative to the root, and their texts."""

    def __init__(self, files: dict[str, str]) -> None:
        super().__init__()
        self.texts = {full(path): text.encode() for path, text in files.items()}
        self.folders: dict[str, set[str]] = {}
        for path in [*self.texts, full("pyproject.toml")]:
            while path != ROOT:
                path, name = os.path.split(path)
                self.folders.setdefault(path, set()).add(name)

    def data(self, path: str) -> bytes:
        return self.texts.get(path, b"")

    def entries(self, folder: str) -> frozenset[str]:
        return frozenset(self.folders.get(folder, ()))

    def files(self, root: str) -> tuple[str, ...]:
        return tuple(sorted(self.texts))

    def layout(self, path: str) -> Any:
        return SimpleNamespace(root=ROOT, folders=(ROOT,), pytest=(), commands=[], settings=b"")


def full(path: str) -> str:
    """The absolute path of a file of a project."""
    return os.path.join(ROOT, *path.split("/"))


def found(files: dict[str, str]) -> set[tuple[str, int]]:
    """The file and line of every late write of KERAS_BACKEND that kerlint finds."""
    project = MemoryProject(files)
    places = set()
    for path, text in files.items():
        if "KERAS_BACKEND" not in text:
            continue
        module = analyse(full(path), text)
        context = Context(_API, Target(VERSIONS, VERSIONS, ""), project)
        for rule in RULES:
            places |= {(path, one.span.start.line) for one in rule.check(module, context)}
    return places
