"""`ENV` and `RUN` of a Dockerfile, stage by stage."""

from __future__ import annotations

import re

from kerlint.manifests.dockerfile_lines import Instruction, instructions, pairs
from kerlint.manifests.settings import Launch, Setting
from kerlint.manifests.shell_settings import read_shell, script_of
from kerlint.manifests.shell_words import commands

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.manifests.places import Places
    from kerlint.manifests.settings import Found
    from kerlint.manifests.shell_words import Word

_FLAGS = re.compile(r"(\s*--[a-z-]+(=\S+)?)+")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')


class _Stage:
    """One stage: what `ENV` has set so far, what was copied, what it starts."""

    def __init__(self, number: int) -> None:
        self.name = f"stage {number}"
        self.part = 0
        self.settings: dict[str, Setting] = {}
        self.copied: set[str] = set()
        self.script: str | None = None

    def run(self) -> str:
        """What is set together: a command between two settings may need the first of them."""
        return f"{self.name}, part {self.part}"


def read(text: str, places: Places, found: Found) -> None:
    """Add what the instructions set, and the script that the last stage starts."""
    stage = _Stage(0)
    number = 0
    for one in instructions(text):
        if one.name == "FROM":
            number += 1
            stage = _Stage(number)
        elif one.name == "ENV":
            for name, value in pairs(one):
                _env(name, value, stage, places, found)
        elif one.name == "RUN":
            _run(one, stage, places, found)
        elif one.name in ("COPY", "ADD"):
            words = one.text.split()
            if not any(word.startswith("--from") for word in words):
                stage.copied.update(word for word in words[:-1] if not word.startswith("--"))
        elif one.name in ("CMD", "ENTRYPOINT"):
            stage.script = _started(one.text)
    if stage.script and stage.settings:
        script = stage.script.removeprefix("./")
        if {".", "./", "*", "*.py", "./*.py", script, f"./{script}"} & stage.copied:
            found.launches.append(Launch(script, "", dict(stage.settings)))


def _env(name: str, value: Word, stage: _Stage, places: Places, found: Found) -> None:
    start, end = value.start, value.end
    if value.text is not None and value.raw[:1] in ("'", '"') and len(value.raw) > 2:
        start, end = start + 1, end - 1
    span = places.span(start, max(start, end))
    stage.settings[name] = found.add(name, value.text, span, stage.run())


def _run(one: Instruction, stage: _Stage, places: Places, found: Found) -> None:
    stage.part += 1
    text = one.text
    flags = _FLAGS.match(text)
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


def _started(text: str) -> str | None:
    """The script that CMD or ENTRYPOINT runs, in either form."""
    if text.strip().startswith("["):
        return script_of(list(_STRING.findall(text)))
    for command in commands(text):
        return script_of([word.text for word in command.words])
    return None
