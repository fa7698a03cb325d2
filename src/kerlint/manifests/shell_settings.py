"""What shell commands do to the environment: `export`, `NAME=value command`, `env`, `$GITHUB_ENV`."""

from __future__ import annotations

from itertools import pairwise

from kerlint.manifests.settings import Launch, Setting
from kerlint.manifests.shell_words import Word, assignment, commands, plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kerlint.manifests.places import Places
    from kerlint.manifests.settings import Found

_BEFORE = frozenset(
    {"if", "then", "else", "elif", "while", "until", "do", "{", "!", "time", "exec", "sudo"}
)
_EXPORTING = frozenset({"export", "declare", "typeset"})
_PASSING = frozenset({"docker", "podman", "singularity", "apptainer", "docker-compose", "conda"})
_PYTHON = ("python", "python3")
_BESIDE = frozenset({"-u", "-B", "-O", "-s", "-E", "-I"})


def read_shell(
    text: str,
    base: int,
    places: Places,
    found: Found,
    around: Mapping[str, Setting] | None = None,
    folder: str | None = None,
) -> None:
    """Add what the commands of `text` set.

    `base`    offset of `text` in the file
    `around`  what is in force before the first command
    `folder`  where the commands run, relative to the file; None if that is not known
    """
    exported: set[str] = set()
    loose: dict[str, list[Word]] = {}
    moved = False
    for command in commands(text, base):
        words = list(_without_keywords(command.words))
        if not words:
            continue
        own: dict[str, Setting] = {}
        while words:
            pair = assignment(words[0])
            if pair is None:
                break
            words.pop(0)
            name, value = pair
            if words:
                own[name] = _note(found, places, name, value)
            else:
                loose.setdefault(name, []).append(value)
        if not words:
            continue
        head = (words[0].text or "").rpartition("/")[2]
        if head == "env":
            words = _of_env(words, own, found, places)
            head = (words[0].text or "").rpartition("/")[2] if words else ""
        if head in _EXPORTING:
            exports = head == "export" or any(word.raw.startswith("-x") for word in words)
            for word in words[1:]:
                pair = assignment(word)
                if pair and exports:
                    _note(found, places, *pair)
                elif exports and word.text:
                    exported.add(word.text)
        elif head in ("echo", "printf") and any("GITHUB_ENV" in one for one in command.output):
            for word in words[1:]:
                pair = _echoed(word)
                if pair:
                    _note(found, places, *pair)
        elif head in _PASSING:
            for name, value in _passed(words):
                _note(found, places, name, value)
        elif head in ("cd", "pushd", "popd"):
            moved = True
        elif head in _PYTHON:
            script = script_of([word.text for word in words])
            before = {**(around or {}), **own}
            if script and folder is not None and not moved and before:
                found.launches.append(Launch(script, folder, before))
    for name in exported & loose.keys():
        for value in loose[name]:
            _note(found, places, name, value)


def _note(found: Found, places: Places, name: str, value: Word) -> Setting:
    start, end = value.start, value.end
    if value.text is not None and value.raw[:1] in ("'", '"') and len(value.raw) > 2:
        start, end = start + 1, end - 1
    if start == end:
        start -= len(name) + 1
    return found.add(name, value.text, places.span(start, end))


def _without_keywords(words: list[Word]) -> Iterator[Word]:
    """The words after `if`, `then`, `sudo` and the like."""
    at = 0
    while at < len(words) and words[at].raw in _BEFORE:
        at += 1
    yield from words[at:]


def _of_env(words: list[Word], own: dict[str, Setting], found: Found, places: Places) -> list[Word]:
    """The command that `env NAME=value ... command` runs."""
    rest = words[1:]
    while rest:
        pair = assignment(rest[0])
        if pair is not None:
            own[pair[0]] = _note(found, places, *pair)
        elif rest[0].raw in ("-u", "-C", "--unset", "--chdir"):
            rest = rest[1:]
        elif not rest[0].raw.startswith("-"):
            break
        rest = rest[1:]
    return rest


def _echoed(word: Word) -> tuple[str, Word] | None:
    """`"NAME=value"` as a word of `echo`: the quotes are around the whole."""
    if word.raw[:1] not in ("'", '"'):
        return assignment(word)
    inner = word.raw[1:-1]
    pair = assignment(Word(inner, None, word.start + 1))
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


def script_of(words: list[str | None]) -> str | None:
    """The script that `python [options] script.py` runs; None for anything else."""
    head = (words[0] or "").rpartition("/")[2] if words else ""
    if not head.startswith("python"):
        return None
    for word in words[1:]:
        if word is None:
            return None
        if word.startswith("-"):
            if word not in _BESIDE:
                return None
            continue
        return word if word.endswith(".py") else None
    return None
