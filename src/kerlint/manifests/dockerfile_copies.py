"""Which file of the build context lies where in an image: what `COPY` has put there."""

from __future__ import annotations

import posixpath
from fnmatch import fnmatchcase

from kerlint.manifests.shell_values import HOLE

_FILES = frozenset(
    {"Pipfile", "Makefile", "Dockerfile", "LICENSE", "NOTICE", "README", "VERSION", "CHANGELOG"}
)
_MOST = 200
"""Copies of one stage that are looked at."""


class Copies:
    """The copies so far, the later ones first in `source`."""

    def __init__(self, base: Copies | None = None) -> None:
        self._made: list[tuple[list[str], str, bool]] = list(base._made) if base else []

    def add(self, sources: list[str], target: str, into: bool) -> None:
        """`sources` lie at `target`, an absolute path; `into`: it is a folder for sure."""
        if len(self._made) < _MOST:
            self._made.append((sources, target, into))

    def mount(self, options: str, folder: str) -> None:
        """`--mount=type=bind,source=...,target=...` for one command."""
        given = dict(part.partition("=")[::2] for part in options.split(","))
        if given.get("type", "bind") != "bind":
            return
        target = given.get("target") or given.get("dst") or given.get("destination")
        if target:
            source = HOLE if "from" in given else given.get("source") or given.get("src") or "."
            self.add([source], posixpath.normpath(posixpath.join(folder, target)), False)

    def source(self, path: str) -> str | None:
        """The path in the build context of what lies at `path`; None if it is not known."""
        if not path.startswith("/"):
            return None
        for sources, target, into in reversed(self._made):
            if path == target and not into and len(sources) == 1:
                return _known(sources[0])
            if path == target and any(_is_folder(one) for one in sources):
                return next(_known(one) for one in sources if _is_folder(one))
            below = path[len(target) :].lstrip("/") if target != "/" else path[1:]
            if target != "/" and not path.startswith(f"{target}/"):
                continue
            for one in sources:
                if one == HOLE:
                    return None
                name = posixpath.basename(one.rstrip("/"))
                if fnmatchcase(below, name) and not _is_folder(one):
                    return _known(posixpath.join(posixpath.dirname(one), below))
            for one in sources:
                if _is_folder(one):
                    return _known(posixpath.join(one, below))
        return None


def _is_folder(source: str) -> bool:
    """By its name: what has an ending is a file."""
    name = posixpath.basename(source.rstrip("/"))
    return name not in _FILES and "*" not in name and "." not in name.strip(".")


def _known(source: str) -> str | None:
    if HOLE in source or "://" in source:
        return None
    return posixpath.normpath(source.lstrip("/") or ".")
