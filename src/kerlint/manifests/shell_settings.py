"""What shell commands do to the environment, and which programs they start in it.

`export`, `NAME=value command`, `env`, `unset`, `$GITHUB_ENV`.
"""

from __future__ import annotations

import posixpath
import re
from itertools import pairwise

from kerlint.manifests.programs import inner, program_of, shell_text
from kerlint.manifests.settings import Found, Launch, Setting
from kerlint.manifests.shell_words import Word, assignment, commands, plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kerlint.manifests.places import Places
    from kerlint.manifests.shell_words import Command

_BEFORE = frozenset(
    {"if", "then", "else", "elif", "while", "until", "do", "{", "!", "time", "exec", "sudo"}
)
_OPENING = frozenset({"if", "while", "until", "for", "case", "select"})
_CLOSING = frozenset({"fi", "done", "esac"})
_EXPORTING = frozenset({"export", "declare", "typeset"})
_PASSING = frozenset({"docker", "podman", "singularity", "apptainer", "docker-compose", "conda"})
_FUNCTION = re.compile(r"^\s*(?:function\s+[\w-]+|[\w-]+\s*\(\s*\))", re.MULTILINE)
_HARMLESS = re.compile(r"(?:activate|conda\.sh|\.venv)\b|\bconda|mamba")
"""What is sourced to choose an environment of packages."""
_SUCCEEDING = frozenset(
    {"", "cd", "pushd", "mkdir", "export", "unset", "set", "source", ".", "echo", "pip", "uv"}
)
"""What stands before `&&` and is no test."""
_DEEPEST = 4


def read_shell(
    text: str,
    base: int,
    places: Places,
    found: Found,
    around: Mapping[str, Setting] | None = None,
    folder: str | None = None,
) -> Shell:
    """Add what the commands of `text` set, and what they start.

    `base`    offset of `text` in the file
    `around`  what is in force before the first command
    `folder`  where the commands run, relative to the file; None if that is not known
    """
    shell = Shell(places, found, around, folder)
    shell.read(text, base)
    return shell


class Shell:
    """A shell that runs some texts, one after the other.

    `in_force`  what it hands on to the programs that it starts
    `folder`    where it is by now; None if that is not known
    `later`     what it wants to hold for the steps after it (`$GITHUB_ENV`)
    """

    def __init__(
        self,
        places: Places,
        found: Found,
        around: Mapping[str, Setting] | None = None,
        folder: str | None = None,
    ) -> None:
        self._places = places
        self._found = found
        self.in_force: dict[str, Setting] = dict(around or {})
        self.folder = folder
        self.later: dict[str, Setting] = {}
        self._exported: set[str] = set()
        self._loose: dict[str, list[Word]] = {}
        self._outer: list[tuple[dict[str, Setting], str | None]] = []
        self._depth = 0
        self._before = ""
        self._has_functions = False
        self._all_exported = False

    def read(self, text: str, base: int) -> None:
        """Add what the commands of `text`, at the offset `base` of the file, set and start."""
        self._has_functions = self._has_functions or _FUNCTION.search(text) is not None
        for command in commands(text, base):
            self._between(command)
            words = list(_without_keywords(command.words))
            self._depth += sum(word.raw in _OPENING for word in command.words[:2])
            if words:
                self._command(words, command)
            self._depth -= sum(word.raw in _CLOSING for word in command.words[:1])
            self._depth = max(self._depth, 0)
        for name in self._exported & self._loose.keys():
            for value in self._loose.pop(name):
                self._note(name, value)

    def read_again(self, text: str, base: int) -> None:
        """Let commands that another shell has read do to this one what they do."""
        found, self._found = self._found, Found()
        self.read(text, base)
        self._found = found

    def _between(self, command: Command) -> None:
        """What a subshell has done to itself ends with it."""
        for operator in command.before:
            if operator == "(":
                self._outer.append((dict(self.in_force), self.folder))
            elif operator == ")" and self._outer:
                self.in_force, self.folder = self._outer.pop()

    def _command(self, words: list[Word], command: Command) -> None:
        sure = self._is_sure(command)
        own: dict[str, Setting] = {}
        while words:
            pair = assignment(words[0])
            if pair is None:
                break
            words.pop(0)
            name, value = pair
            if words:
                own[name] = self._note(name, value)
            else:
                self._assigned(name, value, sure)
        if not words:
            return
        head = (words[0].text or "").rpartition("/")[2]
        self._before = words[0].raw
        if head in _EXPORTING:
            self._exports(head, words, sure)
        elif head == "unset":
            for word in words[1:]:
                self._forget(word.raw)
        elif head in ("echo", "printf") and any("GITHUB_ENV" in one for one in command.output):
            for word in words[1:]:
                pair = _echoed(word)
                if pair:
                    setting = self._note(*pair)
                    self.later[pair[0]] = setting if sure else _unknown(setting)
        elif head in ("cd", "pushd", "popd"):
            self._moves(words, sure)
        elif head in ("source", ".", "eval"):
            if not any(_HARMLESS.search(word.raw) for word in words[1:]):
                self.folder = None  # from here on nobody knows what is in force
        elif head == "set":
            self._all_exported = any(word.raw in ("-a", "allexport") for word in words[1:])
        else:
            if head in _PASSING:
                for name, value in _passed(words):
                    self._note(name, value)
            self._starts(words, own)

    def _is_sure(self, command: Command) -> bool:
        """Whether the command is certainly run, where the script does not fail."""
        if self._depth or self._has_functions or "||" in command.before:
            return False
        return "&&" not in command.before or self._before in _SUCCEEDING

    def _assigned(self, name: str, value: Word, sure: bool) -> None:
        """`NAME=value` on its own: a variable of the shell, unless it has been handed on."""
        if name in self.in_force or self._all_exported:
            self._force(name, self._note(name, value), sure)
        else:
            self._loose.setdefault(name, []).append(value)

    def _exports(self, head: str, words: list[Word], sure: bool) -> None:
        if head != "export" and not any(word.raw.startswith("-x") for word in words):
            return
        for word in words[1:]:
            pair = assignment(word)
            if pair:
                self._force(pair[0], self._note(*pair), sure)
            elif word.text:
                self._exported.add(word.text)
                given = self._loose.pop(word.text, [])
                for value in given:
                    setting = self._note(word.text, value)
                    self._force(word.text, setting, sure and len(given) == 1)

    def _force(self, name: str, setting: Setting, sure: bool) -> None:
        self.in_force[name] = setting if sure else _unknown(setting)

    def _forget(self, name: str) -> None:
        setting = self.in_force.pop(name, None)
        if setting is not None and (self._depth or self._has_functions):
            self.in_force[name] = _unknown(setting)

    def _moves(self, words: list[Word], sure: bool) -> None:
        to = words[1].text if len(words) == 2 else None
        if to is None or to.startswith("-") or words[0].text == "popd" or not sure:
            self.folder = None
        elif self.folder is not None:
            self.folder = posixpath.join(self.folder, to)

    def _starts(self, words: Sequence[Word], own: dict[str, Setting], depth: int = 0) -> None:
        started, given = inner(words)
        for name, value in given:
            own[name] = self._note(name, value)
        settings = {**self.in_force, **own}
        text = shell_text(started)
        if text is not None and text.text is not None and depth < _DEEPEST:
            start = text.start + (text.raw[:1] in ("'", '"'))
            within = Shell(self._places, self._found, settings, self.folder)
            within.read(text.text, start)
            return
        program = program_of(started)
        if program is not None and self.folder is not None:
            self._found.launches.append(Launch(program, self.folder, settings))

    def starts(self, words: Sequence[Word]) -> None:
        """Add what a command starts that no shell has looked at."""
        self._starts(words, {})

    def _note(self, name: str, value: Word) -> Setting:
        start, end = value.start, value.end
        if value.text is not None and value.raw[:1] in ("'", '"') and len(value.raw) > 2:
            start, end = start + 1, end - 1
        if start == end:
            start -= len(name) + 1
        return self._found.add(name, value.text, self._places.span(start, end))


def _unknown(setting: Setting) -> Setting:
    """The variable, where it is not known whether it is set so."""
    return Setting(setting.variable, None, setting.span)


def _without_keywords(words: list[Word]) -> Iterator[Word]:
    """The words after `if`, `then`, `sudo` and the like."""
    at = 0
    while at < len(words) and words[at].raw in _BEFORE:
        at += 1
    yield from words[at:]


def _echoed(word: Word) -> tuple[str, Word] | None:
    """`"NAME=value"` as a word of `echo`: the quotes are around the whole."""
    if word.raw[:1] not in ("'", '"'):
        return assignment(word)
    inside = word.raw[1:-1]
    pair = assignment(Word(inside, None, word.start + 1))
    if pair is None:
        return None
    name, value = pair
    text = plain(f'"{value.raw}"') if word.raw[0] == '"' else value.raw
    return name, Word(value.raw, text, value.start)


def _passed(words: list[Word]) -> Iterator[tuple[str, Word]]:
    """`-e NAME=value`, `--env NAME=value`, `--env=NAME=value`."""
    for before, word in pairwise(words):
        pair = None
        if before.raw in ("-e", "--env", "set") or before.raw.startswith("-e"):
            pair = assignment(word)
        if pair is None and word.raw.startswith("--env="):
            pair = assignment(Word(word.raw[6:], None, word.start + 6))
        if pair is not None:
            yield pair
