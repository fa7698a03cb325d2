"""Which file of the build context lies where in an image: what `COPY` has put there."""

from __future__ import annotations

import posixpath
import re
from fnmatch import fnmatchcase

from kerlint.manifests.shell_values import HOLE, value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import NamedTuple

    from kerlint.manifests.dockerfile_lines import Instruction

    class Copy(NamedTuple):
        """One `COPY` or `ADD`: `sources` lie at `target`, an absolute path, from then on.

        `into`   the target is a folder for sure
        `stage`  the stage or image from which they come, "" for the build context
        """

        sources: list[str]
        target: str
        into: bool
        stage: str

else:
    from collections import namedtuple

    Copy = namedtuple("Copy", "sources target into stage")

FLAGS = re.compile(r"(?:\s|\\\r?\n)*((?:--[a-z-]+(?:=\S+)?(?:\s|\\\r?\n)+)*)")
"""What stands between the name of an instruction and its words."""

_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_FILES = frozenset(
    {"Pipfile", "Makefile", "Dockerfile", "LICENSE", "NOTICE", "README", "VERSION", "CHANGELOG"}
)
_MOST = 200
"""Copies of one stage that are looked at."""


def read_copy(one: Instruction, folder: str, variables: Mapping[str, str]) -> Copy | None:
    """What a `COPY` or `ADD` does in `folder`; None if its target is not known."""
    flags = FLAGS.match(one.text)
    body = one.text[flags.end() if flags else 0 :]
    if body.lstrip().startswith("["):
        words = _STRING.findall(body)
    else:
        words = [value(word, variables) for word in body.replace("\\\n", " ").split()]
    if len(words) < 2 or HOLE in words[-1] or words[0].startswith("<<"):
        return None
    target = posixpath.normpath(posixpath.join(folder, words[-1]))
    into = words[-1].endswith(("/", ".")) or len(words) > 2
    other = re.search(r"--from=(\S+)", flags[1] if flags else "")
    return Copy(words[:-1], target, into, other[1] if other else "")


class Copies:
    """The copies so far, the later ones first in `source`."""

    def __init__(self, base: Copies | None = None) -> None:
        self._made: list[tuple[list[str], str, bool]] = list(base._made) if base else []

    def take(self, copy: Copy) -> None:
        """Note what is copied; what comes from another stage is no file of the context."""
        self.add([HOLE] if copy.stage else copy.sources, copy.target, copy.into)

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

    def targets(self) -> list[str]:
        """Where something was copied to, the latest first."""
        return [target for _, target, _ in reversed(self._made)]

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
