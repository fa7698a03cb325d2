"""`ENV` and `RUN` of a Dockerfile, stage by stage, and what its last stage starts."""

from __future__ import annotations

import posixpath
import re

from kerlint.manifests.dockerfile_copies import FLAGS, Copies, read_copy
from kerlint.manifests.dockerfile_lines import Instruction, instructions, pairs
from kerlint.manifests.programs import inner, program_of, shell_text
from kerlint.manifests.settings import Found, Launch, Setting
from kerlint.manifests.shell_settings import Shell, read_shell
from kerlint.manifests.shell_values import HOLE, value
from kerlint.manifests.shell_words import Word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.manifests.places import Places
    from kerlint.manifests.programs import Program

    Words = list[Word]

_FROM = re.compile(r"(\S+)(?:\s+as\s+(\S+))?", re.IGNORECASE)
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')


class _Stage:
    """One stage, and what it has from the one that it goes on from (`base`).

    `settings`  what `ENV` has set so far
    `known`     the values of variables for the instructions below
    `folder`    the working directory; "" where the image before may have chosen it
    `entry`, `command`  the words of `ENTRYPOINT` and `CMD`
    """

    def __init__(self, number: int, base: _Stage | None = None) -> None:
        self.name = f"stage {number}"
        self.part = 0
        self.settings: dict[str, Setting] = dict(base.settings) if base else {}
        self.known: dict[str, str] = dict(base.known) if base else {}
        self.folder: str = base.folder if base else ""
        self.copies: Copies = Copies(base.copies if base else None)
        self.entry: Words = base.entry if base else []
        self.command: Words = base.command if base else []

    def run(self) -> str:
        """What is set together: a command between two settings may need the first of them."""
        return f"{self.name}, part {self.part}"

    def starts(self) -> Words:
        """The words of the command that the image runs, if they start a program that is known."""
        for words in ([*self.entry, *self.command], self.command):
            started, _ = inner(words)
            if shell_text(started) is not None or program_of(started) is not None:
                return words
        return []


def read(text: str, places: Places, found: Found) -> None:
    """Add what the instructions set, and what the last stage starts."""
    stage = _Stage(0)
    stages: dict[str, _Stage] = {}
    for one in instructions(text):
        if one.name == "FROM":
            stage = _begun(one, len(stages) + 1, stages)
        elif one.name == "ENV":
            for name, word in pairs(one):
                stage.known[name] = value(word.raw, stage.known)
                _env(name, word, stage, places, found)
        elif one.name == "WORKDIR":
            folder = value(one.text.strip(), stage.known)
            stage.folder = posixpath.normpath(posixpath.join(stage.folder or "/", folder))
        elif one.name == "RUN":
            _run(one, stage, places, found)
        elif one.name in ("COPY", "ADD"):
            copy = read_copy(one, stage.folder or "/", stage.known)
            if copy is not None:
                stage.copies.take(copy)
        elif one.name == "ENTRYPOINT":
            stage.entry = _words(one)
            stage.command = []  # that of the image before is not taken over
        elif one.name == "CMD":
            stage.command = _words(one)
    if HOLE not in stage.folder:
        found.launches.extend(_launched(stage, places, found))


def _launched(stage: _Stage, places: Places, found: Found) -> Iterator[Launch]:
    """What the image starts, by paths in the build context.

    Where the image before may have chosen the working directory, it is where something lies.
    """
    words = stage.starts()
    folders = [stage.folder or "/", *(() if stage.folder else stage.copies.targets())]
    for number, folder in enumerate(folders):
        inside = Found()
        Shell(places, inside, stage.settings, folder).starts(words)
        if not number:
            found.settings.extend(inside.settings)
        launches = _here(inside, stage.copies)
        if launches:
            yield from launches
            return


def _here(inside: Found, copies: Copies) -> list[Launch]:
    """Those launches in an image whose program lies in the build context."""
    return [
        Launch(*here, one.settings)
        for one in inside.launches
        if (here := _in_context(one.program, one.folder, copies)) is not None
    ]


def _in_context(program: Program, folder: str, copies: Copies) -> tuple[Program, str] | None:
    """The program and its folder as the build context has them; None if that is not known."""
    if program.kind in ("script", "shell"):
        path = copies.source(posixpath.normpath(posixpath.join(folder, program.name)))
        return None if path is None else (program._replace(name=path), "")
    if program.kind == "tests":
        files = ["conftest.py"]
    else:
        path = program.name.replace(".", "/")
        files = [f"{path}.py", f"{path}/__main__.py", f"{path}/__init__.py"]
    for file in files:
        path = copies.source(posixpath.normpath(posixpath.join(folder, file)))
        if path is not None and f"/{path}".endswith(f"/{file}"):
            return program, path[: -len(file)].rstrip("/")
    return None


def _begun(one: Instruction, number: int, stages: dict[str, _Stage]) -> _Stage:
    """The stage that a `FROM` begins, which is added to those before."""
    flags = FLAGS.match(one.text)
    named = _FROM.match(one.text[flags.end() if flags else 0 :].strip())
    image, name = named.groups() if named else ("", None)
    stage = _Stage(number, stages.get(image.lower()))
    stages[(name or f"\0{number}").lower()] = stage
    return stage


def _env(name: str, word: Word, stage: _Stage, places: Places, found: Found) -> None:
    start, end = word.start, word.end
    if word.text is not None and word.raw[:1] in ("'", '"') and len(word.raw) > 2:
        start, end = start + 1, end - 1
    span = places.span(start, max(start, end))
    stage.settings[name] = found.add(name, word.text, span, stage.run())


def _run(one: Instruction, stage: _Stage, places: Places, found: Found) -> None:
    stage.part += 1
    text = one.text
    flags = FLAGS.match(text)
    skipped = flags.end() if flags else 0
    if text[skipped:].lstrip().startswith("["):
        return
    if text[skipped:].lstrip().startswith("<<"):
        scripts = one.documents
    else:
        if one.escape != "\\":
            text = text.replace(one.escape, "\\")
        scripts = [(one.start + skipped, text[skipped:])]
    folder = stage.folder if stage.folder and HOLE not in stage.folder else None
    for start, body in scripts:
        inside = Found()
        read_shell(body, start, places, inside, stage.settings, folder)
        found.settings.extend(inside.settings)
        found.launches.extend(_here(inside, stage.copies))


def _words(one: Instruction) -> Words:
    """The words of CMD or ENTRYPOINT; the other form is run by a shell."""
    text = one.text.replace(one.escape, "\\") if one.escape != "\\" else one.text
    body = text.lstrip()
    start = one.start + len(text) - len(body)
    if body.startswith("["):
        return [
            Word(match[1], re.sub(r"\\(.)", r"\1", match[1]), start + match.start(1))
            for match in _STRING.finditer(body)
        ]
    words = ["/bin/sh", "-c", body.rstrip()]
    return [Word(word, word, start) for word in words]
