"""`ENV` and `RUN` of a Dockerfile, stage by stage."""

from __future__ import annotations

import re

from kerlint.manifests.dockerfile_lines import Instruction, instructions
from kerlint.manifests.settings import Launch, Setting
from kerlint.manifests.shell_settings import read_shell, script_of
from kerlint.manifests.shell_words import Word, commands

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.manifests.places import Places
    from kerlint.manifests.settings import Found

_FLAGS = re.compile(r"(\s*--[a-z-]+(=\S+)?)+")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_OLD = re.compile(r"([A-Za-z_]\w*)[ \t]+(\S[^\r\n]*)")
_PAIR = re.compile(
    r"""([A-Za-z_]\w*)=((?:"(?:\\.|[^"\\])*"|'[^']*'|\\[^\r\n]|[^\s\\"'])*)""", re.DOTALL
)
_PIECE = re.compile(r"""("(?:\\.|[^"\\])*"|'[^']*'|[^"']+)""")


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
            for name, value in _pairs(one):
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


def _pairs(one: Instruction) -> list[tuple[str, Word]]:
    """`ENV A=1 B=2`, and the older `ENV A the rest`."""
    text = one.text.replace(one.escape, "\\") if one.escape != "\\" else one.text
    body = text.lstrip(" \t\\\r\n")
    start = one.start + len(text) - len(body)
    old = _OLD.match(body)
    if old:
        raw = old[2].rstrip(" \t\\")
        return [(old[1], Word(raw, _unquoted(raw), start + old.start(2)))]
    return [
        (match[1], Word(match[2], _unquoted(match[2]), start + match.start(2)))
        for match in _PAIR.finditer(body)
    ]


def _unquoted(raw: str) -> str | None:
    """The value of a word with quotes and backslashes; None if a variable is in it."""
    if "$" in raw:
        return None
    parts = [part[1:-1] if part[:1] in "\"'" else part for part in _PIECE.findall(raw)]
    return re.sub(r"\\(.)", r"\1", "".join(parts))


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
