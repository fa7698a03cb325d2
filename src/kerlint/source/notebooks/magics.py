"""What a command for IPython means to the module: Python that says the same, or nothing.

https://ipython.readthedocs.io/en/stable/interactive/magics.html
"""

from __future__ import annotations

import re

from kerlint.source.notebooks import running
from kerlint.source.notebooks.shell import Shell, read_shell

ENVIRON = "import os as _kerlint_os; _kerlint_os.environ"
"""Python for `os.environ` that leaves no name behind which the notebook could mean."""

RUN = frozenset({"time", "timeit", "prun", "memit", "mprun", "lprun", "pyinstrument", "snakeviz"})
"""Commands that run the Python after them, and cells of that kind."""

_WITH_VALUE = {
    "timeit": "nrp",
    "prun": "lsTD",
    "memit": "rtic",
    "lprun": "fmDTsru",
    "mprun": "fT",
}
"""The options of these that take a word, by their letters."""

PYTHON_CELLS = RUN | {
    *("capture", "debug", "heat", "wandb", "ipytest", "run_pytest", "notify", "skip", "tb"),
    *("scalene", "time_it", "matplotlib", "skip_if", "writeandexecute", "save", "jax", "display"),
}

OTHER_CELLS = frozenset(
    (
        *("bash", "sh", "script", "shell", "zsh", "cmd", "powershell", "system", "sx", "!"),
        *("html", "HTML", "javascript", "js", "css", "latex", "markdown", "svg", "SVG", "mermaid"),
        *("R", "perl", "ruby", "julia", "octave", "matlab", "fortran", "cython", "cpp", "cu"),
        *("cuda", "sql", "bigquery", "bq", "python", "python2", "python3", "pypy", "writefile"),
        *("file", "appendfile", "writetemplate", "configure", "spark", "pyspark", "local", "gcs"),
        *("cypher", "sparql", "node", "stan", "jsx", "ai", "script_magic", "manim", "dot"),
    )
)
"""Cells whose text is no Python of this process."""

FILES = frozenset({"writefile", "file"})

SHELLS = frozenset({"bash", "sh", "shell", "zsh", "script", "system", "sx", "!", "cmd"})

KNOWN = frozenset(
    (
        *("matplotlib", "load_ext", "reload_ext", "unload_ext", "autoreload", "aimport", "config"),
        *("tensorflow_version", "tensorboard", "cd", "ls", "ll", "lf", "lk", "lx", "pwd", "mkdir"),
        *("rm", "rmdir", "cp", "mv", "cat", "less", "more", "man", "who", "whos", "who_ls"),
        *("reset", "reset_selective", "xdel", "pinfo", "pinfo2", "pdoc", "pdef", "psource"),
        *("pfile", "psearch", "history", "hist", "load", "loadpy", "save", "store", "logstart"),
        *("logstop", "logon", "logoff", "logstate", "magic", "lsmagic", "quickref", "precision"),
        *("notebook", "gui", "colors", "xmode", "pdb", "debug", "tb", "macro", "edit", "ed"),
        *("alias", "unalias", "alias_magic", "bookmark", "dhist", "dirs", "pushd", "popd"),
        *("killbgscripts", "autosave", "connect_info", "qtconsole", "doctest_mode", "page"),
        *("pastebin", "pprint", "recall", "rep", "rerun", "rehashx", "automagic", "autocall"),
        *("autoawait", "autoindent", "sql", "bigquery", "R", "Rpush", "Rpull", "octave", "julia"),
        *("cython", "javascript", "html", "HTML", "latex", "watermark", "version_information"),
        *("wandb", "clear", "subset", "pinfo", "env", "set_env", "run", "pip", "conda", "mamba"),
        *("uv", "micromamba", "system", "sx", "pylab", "capture", "bash", "script", "shell", "%"),
        *("mkdir", "pycat", "sc", "cls", "copy", "ren", "ddir", "code_wrap", "sparkmagic", "ai"),
        *("mlflow", "dvc", "kql", "aiida", "skip_extension", "unset_env", "memory", "idle"),
    )
)
"""Line commands that are understood; most of them mean nothing to Keras."""

_NAME = re.compile(r"%{0,2}([A-Za-z_][\w.]*|%)?")


class Meaning:
    """Python that stands for a command, on one line.

    `python`  a statement; `pass` where the command means nothing to Keras
    `mark`    the part of the command that a finding points at: offsets in the command
    `shift`   where `python` is part of the command itself: its offset there, else -1
    `install` the offset in the command of what an installer is told, else -1
    `unknown` the name of a command that is not understood, else ""
    """

    __slots__ = ("install", "mark", "python", "shift", "unknown")

    def __init__(
        self,
        python: str = "pass",
        mark: tuple[int, int] | None = None,
        shift: int = -1,
        install: int = -1,
        unknown: str = "",
    ) -> None:
        self.python = python
        self.mark = mark
        self.shift = shift
        self.install = install
        self.unknown = unknown


def meaning(command: str) -> Meaning:
    """What a command means; `command` begins with its escape character."""
    if command.startswith("!"):
        return _of_shell(read_shell(command, 1 + command.startswith("!!")))
    if not command.startswith("%") or command.rstrip().endswith("?"):
        return Meaning()  # help, and calls without parentheses
    match = _NAME.match(command)
    assert match is not None
    name = match[1] or ""
    rest = match.end()
    while command[rest : rest + 1] in (" ", "\t"):
        rest += 1
    if name in ("env", "set_env"):
        return _of_env(command, rest)
    if name in RUN:
        return _of_run(command, name, rest)
    if name in ("pip", "conda", "mamba", "micromamba", "uv"):
        return _of_shell(read_shell(command, match.start(1)))
    if name in ("system", "sx"):
        return _of_shell(read_shell(command, rest))
    if name == "run":
        mark = (rest, len(command.rstrip()))
        python = running.statement(command, rest)
        if python:
            return Meaning(python, mark)
        return Meaning("from _kerlint_unknown import *", mark, unknown="%run")
    if name == "pylab":
        return Meaning("from pylab import *", (0, len(command.rstrip())))
    return Meaning(unknown="" if name in KNOWN else f"%{name}")


def _of_env(command: str, start: int) -> Meaning:
    """`%env NAME=value`, `%env NAME value`, as IPython takes them apart; quotes are kept."""
    words = command[start:].replace("\\\n", " ")
    name, given, value = words.partition("=" if "=" in words else " ")
    name, value = name.strip(), value.strip()
    if not given or not name or any(character.isspace() for character in name):
        return Meaning()
    mark = (start, start + len(name))
    computed = "$" in value or "{" in value
    return Meaning(f"{ENVIRON}[{name!r}] = {'...' if computed else repr(value)}", mark)


def _of_run(command: str, name: str, start: int) -> Meaning:
    """`%time statement`, `%timeit -n 10 statement`: the statement."""
    valued = _WITH_VALUE.get(name, "")
    option = re.compile(rf"-(?:[{valued}]\s*[^\s-]\S*|\w+)\s+" if valued else r"-\w+\s+")
    while match := option.match(command, start):
        start = match.end()
    python = command[start:].rstrip()
    if python.startswith(("%", "!")):
        inner = meaning(python)
        if inner.shift >= 0:
            inner.shift += start
        elif inner.mark:
            inner.mark = (inner.mark[0] + start, inner.mark[1] + start)
        return inner
    return Meaning(python, shift=start) if python else Meaning()


def _of_shell(shell: Shell) -> Meaning:
    python = "pass"
    mark = None
    if shell.exports:
        calls = [
            f"_kerlint_os.putenv({one.name!r}, {one.python}, 'shell')" for one in shell.exports
        ]
        python = "; ".join(["import os as _kerlint_os", *calls])
        mark = (shell.exports[0].start, shell.exports[0].end)
    elif shell.starts:
        python = "import os as _kerlint_os; _kerlint_os.system('')"
        mark = (0, 1)
    return Meaning(python, mark, install=shell.install)


_CALL = re.compile(r"get_ipython\(\)\.(system|getoutput|run_line_magic|magic)\((.*)\)", re.DOTALL)


def of_call(statement: str) -> Meaning | None:
    """What `get_ipython().run_line_magic("env", "X=v")` and its like mean; None for other code.

    That is how nbconvert writes commands into scripts.
    """
    match = _CALL.fullmatch(statement.rstrip())
    if match is None:
        return None
    from ast import literal_eval

    try:
        arguments = literal_eval(f"({match[2]},)")
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError):
        return None
    if not all(isinstance(argument, str) for argument in arguments) or not arguments:
        return None
    how, first = match[1], arguments[0]
    if how in ("system", "getoutput"):
        found = meaning(f"!{first}")
    elif how == "magic":
        found = meaning("%" + first.lstrip("%"))
    else:
        found = meaning("%" + " ".join(arguments))
    if found.python == "pass" or found.unknown or "\n" in found.python:
        return None
    return Meaning(found.python, (0, len(statement.rstrip())))


def value_of(command: str) -> str:
    """Python for the value of a command whose result is assigned."""
    match = re.match(r"%(?:env|get_env)\s+([A-Za-z_]\w*)\s*$", command)
    if match:
        return f"__import__('os').environ.get({match[1]!r})"
    return "..."
