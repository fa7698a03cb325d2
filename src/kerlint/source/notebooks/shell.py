"""What a line for the shell does that matters to the code around it."""

from __future__ import annotations

import re

_EXPORT = re.compile(
    r"(?:export|set|setx)[ \t]+(?:-x[ \t]+)?(?P<name>[A-Za-z_]\w*)(?:=|[ \t]+(?=\S))"
    r"(?P<value>\"[^\"\n]*\"|'[^'\n]*'|[^\s;&|#]*)"
)
_INSTALL = re.compile(
    r"(?:sudo[ \t]+)?(?:\S*python[\d.]*[ \t]+-m[ \t]+|\S*/|uv[ \t]+)?"
    r"(?:pip[\d.]*|conda|mamba|micromamba)[ \t]+(?:-\S+[ \t]+)*install\b[ \t]*"
)
_COMMAND = re.compile(
    r"(?:^|[;&|\n(]|\bthen\b|\bdo\b)\s*(?:\w+=\S*[ \t]+)*([^\s;&|()]+)([^;&|\n]*)"
)
_HARMLESS = frozenset(
    (
        *("export", "set", "setx", "unset", "pip", "pip3", "conda", "mamba", "uv", "apt", "sudo"),
        *("apt-get", "ls", "cd", "pwd", "cp", "mv", "rm", "mkdir", "rmdir", "touch", "cat", "head"),
        *("tail", "echo", "printf", "wget", "curl", "gdown", "unzip", "tar", "zip", "gzip", "git"),
        *(
            "nvidia-smi",
            "nvcc",
            "lscpu",
            "free",
            "df",
            "du",
            "which",
            "where",
            "type",
            "grep",
            "wc",
        ),
        *("sed", "awk", "find", "sort", "uniq", "tree", "ln", "chmod", "uname", "whoami", "env"),
        *(
            "kaggle",
            "gsutil",
            "gcloud",
            "aws",
            "dpkg",
            "brew",
            "yum",
            "dir",
            "cls",
            "date",
            "sleep",
        ),
        *("kill", "ps", "nproc", "7z", "unrar", "ffmpeg", "tensorboard", "test", "[", "#"),
    )
)
"""Programs that do not look at the variables that Keras and TensorFlow read."""


class Export:
    """`export NAME=value`: `python` is the value as Python writes it."""

    __slots__ = ("end", "name", "python", "start")

    def __init__(self, name: str, python: str, start: int, end: int) -> None:
        self.name = name
        self.python = python
        self.start = start
        self.end = end


class Shell:
    """What shell lines do.

    `exports`  variables set for a shell that ends with the lines, and that nobody else reads
    `starts`   whether a program is started that may run Python
    `install`  offset of what pip or conda is told to install, or -1
    """

    __slots__ = ("exports", "install", "starts")

    def __init__(self, exports: list[Export], starts: bool, install: int) -> None:
        self.exports = exports
        self.starts = starts
        self.install = install


def read_shell(text: str, start: int = 0) -> Shell:
    """The shell text from the offset `start` on."""
    exports: list[Export] = []
    starts = False
    install = -1
    text = text.replace("\\\n", "  ")
    for match in _COMMAND.finditer(text[start:]):
        program = match[1]
        if program.startswith("#"):
            continue
        at = start + match.start(1)
        exported = _EXPORT.match(text, at)
        installing = _INSTALL.match(text, at)
        if installing:
            install = installing.end() if install < 0 else install
        elif exported:
            exports.append(_export(exported))
        elif program.rpartition("/")[2] not in _HARMLESS:
            starts = True
    if starts:
        exports = []  # they hold for what is started
    return Shell(exports, starts, install)


def _export(match: re.Match[str]) -> Export:
    value = match["value"]
    if value[:1] in ("'", '"') and value[-1:] == value[:1] and len(value) > 1:
        value = value[1:-1]
    computed = "$" in value or "{" in value or "`" in value
    return Export(
        match["name"], "..." if computed else repr(value), match.start("name"), match.end("name")
    )
