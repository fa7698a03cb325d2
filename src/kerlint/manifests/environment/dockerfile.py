"""`ENV` and `RUN` of a Dockerfile, stage by stage, and the script that its last stage starts."""

from __future__ import annotations

import posixpath
import re

from kerlint.manifests.dockerfile_copies import FLAGS, Copies, read_copy
from kerlint.manifests.dockerfile_lines import Instruction, instructions, pairs
from kerlint.manifests.settings import Launch, Setting
from kerlint.manifests.shell_settings import read_shell, script_of
from kerlint.manifests.shell_values import HOLE, value
from kerlint.manifests.shell_words import commands

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.manifests.places import Places
    from kerlint.manifests.settings import Found
    from kerlint.manifests.shell_words import Word

    Words = list[str | None]

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

    def script(self) -> str | None:
        """The script that the image starts, as a path in the build context."""
        started = script_of([*self.entry, *self.command]) or script_of(self.command)
        if started is None:
            return None
        folders = [self.folder or "/", *(() if self.folder else self.copies.targets())]
        paths = [posixpath.normpath(posixpath.join(folder, started)) for folder in folders]
        return next(filter(None, map(self.copies.source, paths)), None)


def read(text: str, places: Places, found: Found) -> None:
    """Add what the instructions set, and the script that the last stage starts."""
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
            stage.entry = _words(one.text)
            stage.command = []  # that of the image before is not taken over
        elif one.name == "CMD":
            stage.command = _words(one.text)
    script = stage.script() if stage.settings and HOLE not in stage.folder else None
    if script is not None:
        found.launches.append(Launch(script, "", dict(stage.settings)))


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
        for start, body in one.documents:
            read_shell(body, start, places, found)
        return
    if one.escape != "\\":
        text = text.replace(one.escape, "\\")
    read_shell(text[skipped:], one.start + skipped, places, found)


def _words(text: str) -> Words:
    """The words of CMD or ENTRYPOINT, in either form; those of the first command of a shell."""
    if text.strip().startswith("["):
        return list(_STRING.findall(text))
    for command in commands(text):
        return [word.text for word in command.words]
    return []
