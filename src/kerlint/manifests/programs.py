"""Which Python program a command starts, with whatever else in front of it.

`uv run python -u train.py`, `horovodrun -np 4 python train.py` and `bash -lc "python train.py"` all
start train.py, in the environment in which they are started themselves.
"""

from __future__ import annotations

import re

from kerlint.manifests.shell_words import Word, assignment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NamedTuple

    class Program(NamedTuple):
        """What runs.

        `kind`  `script` (`name` is a path), `module` (as with `python -m`), `import` (a server
                imports it), `tests` (pytest runs what lies below the folder `name`; "": all, ".":
                it is not known what), `shell` (a script of the shell), `image` (`name` is the path
                of a Dockerfile; it says itself what it starts)
        """

        kind: str
        name: str

else:
    from collections import namedtuple

    Program = namedtuple("Program", "kind name")

_PYTHON = re.compile(r"(?:python|pypy)[\d.]*(?:\.exe)?")
_PYTHON_VARIABLE = re.compile(r'"?[${]+[({]?(?:which )?\w*python[\w)}]*"?', re.IGNORECASE)
"""`$(PYTHON)`, `"${PYTHON}"`, `$(which python3)`, `{envpython}`."""
_PLAIN_OPTION = re.compile(r"-[bBdEiIOPqsSuvx]+|-[WX].+")
_DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")
_APPLICATION = re.compile(r"([A-Za-z_]\w*(?:\.\w+)*):[A-Za-z_]\w*(?:\(.*\))?")
_SHELL_OPTION = re.compile(r"-[a-z]*c")

_RUNNERS = frozenset(
    {"uv", "poetry", "pdm", "pipenv", "hatch", "conda", "mamba", "micromamba", "pixi", "rye"}
)
"""What stands after their `run` is started."""

_WITH_VALUE = frozenset(
    {"-n", "--name", "-p", "--prefix", "--python", "--with", "--extra", "--group", "-e", "--env"}
)
"""Options of the runners that are followed by a value."""

_ELSEWHERE = ("--directory", "--project", "--cwd", "-C", "--env-file", "--chdir", "--manifest-path")
"""With one of these options a runner starts the command in another folder or environment."""

_LAUNCHERS = frozenset(
    {
        *("nohup", "time", "nice", "ionice", "timeout", "stdbuf", "setsid", "numactl", "taskset"),
        *("xvfb-run", "tini", "dumb-init", "catchsegv", "gosu", "su-exec", "exec", "command"),
        *("srun", "mpirun", "mpiexec", "horovodrun"),
    }
)
"""They start the command that stands after their options."""

_OF_SCRIPTS = frozenset({"torchrun", "deepspeed", "ipython", "ipython3", "papermill", "pdb"})
"""They run the first script that is named."""

_SUBCOMMANDS = {
    "accelerate": "launch",
    "coverage": "run",
    "streamlit": "run",
    "jupyter": "execute",
}
"""They run the first script that is named after this word."""

_SERVERS = frozenset({"gunicorn", "uvicorn", "hypercorn", "daphne", "waitress-serve"})
_PYTEST = frozenset({"pytest", "py.test"})
_TESTS = re.compile(r"(?:\./)?(?:[\w-]+/)*tests?(?:/[\w./:\[\]-]*)?")
"""What names a folder or file of tests, and is no value of an option."""
_NO_CONFTEST = ("--noconftest", "--rootdir", "--confcutdir", "--pyargs", "-c", "--config-file")

_MODULES = {
    "torch.distributed.run": "torchrun",
    "torch.distributed.launch": "torchrun",
    "accelerate.commands.launch": "torchrun",
    "cProfile": "pdb",
    "IPython": "ipython",
}
"""`python -m` with one of these is the command of that name."""

_AWAY = frozenset(
    {"docker", "podman", "singularity", "apptainer", "kubectl", "ssh", "docker-compose"}
)
"""What they start runs on another machine, as it were."""

SHELLS = frozenset({"sh", "bash", "dash", "ash", "zsh"})


def inner(words: Sequence[Word]) -> tuple[list[Word], list[tuple[str, Word]]]:
    """The command that is started in the end, and what `env` sets for it on the way.

    No words where that is not known.
    """
    given: list[tuple[str, Word]] = []
    left = list(words)
    for _ in range(12):
        if not left or left[0].text in _AWAY:
            break
        name = _name(left[0])
        if name == "env":
            left = _after_env(left, given)
        elif name in _RUNNERS:
            left = _of_runner(left[1:])
        elif name in _LAUNCHERS:
            left = _from_command(left[1:])
        else:
            return left, given
    return [], given


def program_of(words: Sequence[Word]) -> Program | None:
    """What a command, as `inner` returns it, starts; None if that is no Python, or not known."""
    if not words:
        return None
    name = _name(words[0])
    rest = list(words[1:])
    if is_python(words[0]):
        return _of_python(rest)
    if name in SHELLS:
        first = next((word.text for word in rest if not word.raw.startswith("-")), None)
        return Program("shell", first) if first and first.endswith((".sh", ".bash")) else None
    if name in _OF_SCRIPTS:
        return _first_script(rest)
    if name in _SUBCOMMANDS:
        texts = [word.text for word in rest]
        if name == "jupyter" and "nbconvert" in texts[:1] and "--execute" in texts:
            return _first_script(rest)
        return _first_script(rest[1:]) if texts[:1] == [_SUBCOMMANDS[name]] else None
    if name in _SERVERS:
        return _application(rest)
    if name in _PYTEST:
        return _tests(rest)
    text = words[0].text or ""
    if text.endswith((".sh", ".bash")):
        return Program("shell", text)
    return Program("script", text) if text.endswith(".py") and "/" in text else None


def shell_text(words: Sequence[Word]) -> Word | None:
    """The commands of `sh -c "..."`; None for any other command."""
    if not words or _name(words[0]) not in SHELLS:
        return None
    for at, word in enumerate(words[1:], 1):
        if _SHELL_OPTION.fullmatch(word.raw):
            return words[at + 1] if at + 1 < len(words) else None
        if not word.raw.startswith("-"):
            break
    return None


def is_python(word: Word) -> bool:
    """Whether the word is an interpreter, by its path or by the name of a variable."""
    if word.text is None or "{" in word.text:
        return _PYTHON_VARIABLE.fullmatch(word.raw) is not None
    return _PYTHON.fullmatch(_name(word)) is not None


def _name(word: Word) -> str:
    return (word.text or "").rpartition("/")[2]


def _after_env(words: list[Word], given: list[tuple[str, Word]]) -> list[Word]:
    """What `env NAME=value ... command` runs."""
    rest = words[1:]
    while rest:
        pair = assignment(rest[0])
        if pair is not None:
            given.append(pair)
        elif rest[0].raw in ("-C", "--chdir") or rest[0].raw.startswith("--chdir="):
            return []
        elif rest[0].raw in ("-u", "--unset"):
            rest = rest[1:]
        elif not rest[0].raw.startswith("-"):
            break
        rest = rest[1:]
    return rest


def _of_runner(words: list[Word]) -> list[Word]:
    """The command after `run` and its options."""
    at = next((at for at, word in enumerate(words) if word.text == "run"), len(words))
    options = words[:at]
    rest = words[at + 1 :]
    while rest:
        raw = rest[0].raw
        options.append(rest[0])
        if raw in ("-m", "--module") and len(rest) > 1:
            return [_python(rest[0]), *rest]
        if raw == "--":
            rest = rest[1:]
            break
        if not raw.startswith("-"):
            break
        rest = rest[2 if raw in _WITH_VALUE else 1 :]
    if any(word.raw.startswith(_ELSEWHERE) for word in options):
        return []
    if rest and (rest[0].text or "").endswith(".py"):
        return [_python(rest[0]), *rest]
    return rest


def _from_command(words: list[Word]) -> list[Word]:
    """The words from the first one on that is a program that is known."""
    for at, word in enumerate(words):
        name = _name(word)
        if name in _AWAY:
            return []
        known = name in _RUNNERS or name in _LAUNCHERS or name in SHELLS or name == "env"
        if known or is_python(word) or program_of([word]) is not None or name in _COMMANDS:
            return words[at:]
    return []


_COMMANDS = frozenset({*_OF_SCRIPTS, *_SUBCOMMANDS, *_SERVERS, *_PYTEST})


def _python(beside: Word) -> Word:
    return Word("python", "python", beside.start)


def _of_python(words: list[Word]) -> Program | None:
    at = 0
    while at < len(words):
        text = words[at].text
        if text is None:
            return None
        if text == "-m" or (text.endswith("m") and _PLAIN_OPTION.fullmatch(text[:-1])):
            return _of_module(words[at + 1 :])
        if text in ("-W", "-X"):
            at += 2
        elif _PLAIN_OPTION.fullmatch(text):
            at += 1
        else:
            return Program("script", text) if text.endswith(".py") else None
    return None


def _of_module(words: list[Word]) -> Program | None:
    name = words[0].text if words else None
    if name is None or not _DOTTED.fullmatch(name):
        return None
    command = _MODULES.get(name, name)
    if command in _COMMANDS:
        return program_of([Word(command, command, words[0].start), *words[1:]])
    return Program("module", name)


def _first_script(words: list[Word]) -> Program | None:
    for at, word in enumerate(words):
        text = word.text or ""
        if text in ("-m", "--module"):
            named = words[at + 1].text if at + 1 < len(words) else None
            return Program("module", named) if named and _DOTTED.fullmatch(named) else None
        if text.endswith((".py", ".ipynb")) and not text.startswith("-"):
            return Program("script", text)
    return None


def _application(words: list[Word]) -> Program | None:
    """`module:application`, as servers take it."""
    if any(word.raw.startswith(("--chdir", "--app-dir", "--pythonpath")) for word in words):
        return None
    for word in words:
        found = _APPLICATION.fullmatch(word.text or "")
        if found:
            return Program("import", found[1])
    return None


def _tests(words: list[Word]) -> Program | None:
    folder = ""
    for word in words:
        text = word.text or ""
        if text.startswith(_NO_CONFTEST) or text.startswith(("/", "..")):
            return None
        if folder in ("", ".") and _TESTS.fullmatch(text):
            folder = text.partition("::")[0].removeprefix("./").rstrip("/")
        elif not folder and not word.raw.startswith("-"):
            folder = "."  # perhaps another folder, perhaps the value of an option
    if folder.endswith(".py"):
        folder = folder.rpartition("/")[0]
    return Program("tests", folder)
