"""What the stages of a Dockerfile install, and what their images bring.

https://docs.docker.com/reference/dockerfile/
"""

from __future__ import annotations

import json
import posixpath
import re

from kerlint.manifests.dockerfile_copies import FLAGS, Copies, read_copy
from kerlint.manifests.dockerfile_lines import instructions, pairs
from kerlint.manifests.drafts import Draft
from kerlint.manifests.images import read_image
from kerlint.manifests.installs import Installs
from kerlint.manifests.scripts import Script
from kerlint.manifests.shell_values import HOLE, value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kerlint.manifests.dockerfile_lines import Instruction
    from kerlint.manifests.model import Manifest

_MOUNT = re.compile(r"--mount=(\S+)")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_LIST = re.compile(r"""\s*\[\s*(["'])[\w./-]+\1\s*,""")
"""A list, and no test of a shell (`[ "$A" = "b" ]`)."""
_PROGRAMS = frozenset({"pip", "python", "conda", "mamba", "micromamba", "uv", "pipenv", "poetry"})
_POSIX = re.compile(r"\"(?:\S*/)?(?:ba|da|a|k)?sh\"")
_FROM = re.compile(r"(?P<image>\S+)(?:\s+as\s+(?P<name>\S+))?", re.IGNORECASE)
_WINDOWS = re.compile(r"windows|nanoserver|servercore")
_LIBRARIES = re.compile(
    r"site-packages|dist-packages|venv|virtualenv|\.local|/env\b|^/usr/local(?:/lib(?:/python.*)?)?/?$"
    r"|^/opt/conda|^/install|wheels?\b"
)
"""Folders that hold installed packages."""


class _Stage:
    """What is in force at one point of a stage."""

    def __init__(self, origin: str, draft: Draft, base: _Stage | None = None) -> None:
        self.origin = origin
        self.folder: str = base.folder if base else "/"
        self.copies: Copies = Copies(base.copies if base else None)
        self.installs: Installs = Installs(
            draft,
            origin=origin,
            variables=base.installs.variables if base else None,
            locate=self.locate,
            posix=base.installs.posix if base else True,
        )
        self.installs.environment = base.installs.environment if base else ""
        self.path = draft.path

    def locate(self, path: str) -> str | None:
        """From a path in the image to that of the file that was copied there."""
        source = self.copies.source(path)
        if source is None:
            return None
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.path), source))


def read(path: str, text: str) -> Manifest:
    """The facts of a Dockerfile."""
    draft = Draft(path, text, "dockerfile")
    read_into(draft, text)
    return draft.manifest()


def read_with(path: str, text: str, given: Sequence[tuple[str, str]]) -> Manifest:
    """The facts of a Dockerfile whose build is given arguments: names and values."""
    draft = Draft(path, text, "dockerfile")
    read_into(draft, text, given=given)
    return draft.manifest()


def read_into(
    draft: Draft, text: str, prefix: str = "", given: Sequence[tuple[str, str]] = ()
) -> None:
    """Add what a Dockerfile says that stands in the draft's file, at the very places of `text`.

    `prefix`  of the names of its stages
    `given`   as in `read_with`
    """
    reader = _Reader(draft, prefix, dict(given))
    for one in instructions(text):
        reader.instruction(one)


class _Reader:
    def __init__(self, draft: Draft, prefix: str, arguments: dict[str, str]) -> None:
        self.draft = draft
        self.prefix = prefix
        self.arguments = arguments
        self.given: dict[str, str] = {}  # ARG before the first FROM
        self.stages: dict[str, _Stage] = {}
        self.number = 0
        self.stage: _Stage | None = None
        self.told = 0  # problems before the instruction that is being read

    def instruction(self, one: Instruction) -> None:
        if one.unended is not None:
            self.refuse(f"the here-document `{one.unended[1]}` is never ended", one.unended[0], 2)
        if one.name == "FROM":
            self.begin(one)
            return
        if one.name == "ARG":
            self.argument(one)
            return
        if self.stage is None:
            if one.name != "RUN":
                return
            # A part of a Dockerfile, that others put together.
            self.stage = _Stage(f"{self.prefix}stage 1", self.draft)
        stage = self.stage
        if one.name == "ENV":
            known = stage.installs.variables
            for name, word in pairs(one):
                known[name] = value(word.raw, known)
            path = known.get("PATH", "").split(":")[0]
            if re.search(r"(?:env|conda/envs/[^/]+)/bin$", path):
                stage.installs.environment = posixpath.dirname(path)
        elif one.name == "WORKDIR":
            folder = value(one.text.strip(), stage.installs.variables)
            stage.folder = posixpath.normpath(posixpath.join(stage.folder, folder))
        elif one.name in ("COPY", "ADD"):
            self.copy(one, stage)
        elif one.name == "SHELL":
            named = re.search(r'"-(?:n|p)"\s*,\s*"([^"]+)"', one.text)
            stage.installs.environment = named[1] if named else stage.installs.environment
            stage.installs.posix = _POSIX.search(one.text) is not None
        elif one.name == "RUN":
            self.told = len(self.draft.problems)
            self.run(one, stage)
        elif one.name.lower() in _PROGRAMS:
            # The instruction before it ends too early: that is said here, not twice.
            del self.draft.problems[self.told :]
            self.refuse(
                f"`{one.name.lower()}` is no instruction of a Dockerfile: "
                "the line before it may lack its backslash",
                one.start - len(one.name),
                len(one.name),
            )

    def refuse(self, message: str, start: int, length: int) -> None:
        """Tell what Docker would not build."""
        self.draft.problem(message, self.draft.places.span(start, start + length))

    def begin(self, one: Instruction) -> None:
        self.number += 1
        flags = FLAGS.match(one.text)
        at = flags.end() if flags else 0
        body = one.text[at:].rstrip()
        found = _FROM.match(body)
        if found is None:
            self.refuse("`FROM` names no image", one.start - len(one.name), len(one.name))
        image = value(found["image"], self.given) if found else ""
        name = (found["name"] or "").lower() if found else ""
        origin = f"{self.prefix}stage {name or self.number}"
        base = self.stages.get(image.lower())
        self.stage = _Stage(origin, self.draft, base)
        self.stages[name or str(self.number - 1)] = self.stage
        self.stages.setdefault(str(self.number - 1), self.stage)
        if base is not None:
            self.draft.bring(origin, base.origin)
            if base.installs.environment:
                inner = f", {base.installs.environment}"
                self.draft.bring(origin + inner, base.origin + inner)
        elif found:
            start = one.start + at
            span = self.draft.places.span(start, start + found.end("image"))
            read_image(self.draft, image, span, origin, found["image"])
            self.stage.installs.posix = _WINDOWS.search(image) is None

    def argument(self, one: Instruction) -> None:
        """`ARG NAME=default`; whoever builds the image may give another value, and rarely does."""
        given = pairs(one) if "=" in one.text else []
        names = {name for name, _ in given}
        known = self.stage.installs.variables if self.stage else self.given
        for name, word in given:
            # An empty default is there to be replaced.
            default = value(word.raw, {**self.given, **known}) or HOLE
            known[name] = self.arguments.get(name, default)
        for bare in one.text.split():
            if bare in self.arguments and bare not in names:
                known[bare] = self.arguments[bare]
            elif bare in self.given and bare not in names and self.stage is not None:
                known[bare] = self.given[bare]

    def copy(self, one: Instruction, stage: _Stage) -> None:
        copy = read_copy(one, stage.folder, stage.installs.variables)
        if copy is None:
            return
        stage.copies.take(copy)
        base = self.stages.get(copy.stage.lower()) if copy.stage else None
        if base is None or base is stage:
            return
        for source in copy.sources:
            if _LIBRARIES.search(source):
                inner = f"{base.origin}, {source.rstrip('/')}"
                self.draft.bring(stage.origin, base.origin)
                self.draft.bring(stage.origin, inner)
                self.draft.bring(f"{stage.origin}, {copy.target}", inner)

    def run(self, one: Instruction, stage: _Stage) -> None:
        text = one.text if one.escape == "\\" else one.text.replace(one.escape, "\\")
        flags = FLAGS.match(text)
        at = flags.end() if flags else 0
        mounted = Copies(stage.copies)
        before, stage.copies = stage.copies, mounted
        for mount in _MOUNT.findall(flags[1] if flags else ""):
            mounted.mount(mount, stage.folder)
        stage.installs.folder = stage.folder
        stage.installs.posix = stage.installs.posix and one.escape == "\\"
        body = text[at:]
        start = one.start + at
        if body.lstrip().startswith("[") and self.listed(body, start, stage):
            pass
        elif body.lstrip().startswith("<<"):
            for offset, document in one.documents:
                stage.installs.read(Script.of(document, offset))
        else:
            stage.installs.read(Script.of(body, start))
            for offset, document in one.documents:
                if re.match(r"(?:\S*/)?(?:ba|z|da)?sh\b[^|;&\n]*<<", body.lstrip()):
                    stage.installs.read(Script.of(document, offset))
        stage.copies = before

    def listed(self, body: str, start: int, stage: _Stage) -> bool:
        """`RUN ["pip", "install", "keras"]`; False for what Docker hands to a shell instead."""
        try:
            words = json.loads(body.replace("\\\n", "  ").replace("\\\r\n", "   "))
        except (ValueError, RecursionError):
            if _LIST.match(body):
                at = start + len(body) - len(body.lstrip())
                self.refuse("this is no list in JSON, so that a shell is to run it", at, 1)
            return False
        places = list(_STRING.finditer(body))
        if not all(isinstance(word, str) for word in words) or len(words) != len(places):
            return False
        script = Script.of(body, start)
        stage.installs.words(
            [(word, at.start(1), at.end(1)) for word, at in zip(words, places, strict=True)],
            script,
        )
        return True
