"""`%run other.ipynb`: the module name under which code that is made of a notebook runs a file.

A file may have any name, and a module may not: so its path is spelled in hexadecimal digits behind
a mark. `project.finder` reads it.

https://ipython.readthedocs.io/en/stable/interactive/magics.html#magic-run
"""

from __future__ import annotations

import os
import re

RUNS = "_kerlint_run_"
"""The file runs as the program: its `__name__` is `__main__`."""

LOADS = "_kerlint_load_"
"""The file is imported, or run with `-n`."""

_COMMAND = re.compile(
    r"""(?P<options>(?:-[A-Za-z]\w*\s+(?:\d+\s+)?)*)
        (?: "(?P<double>[^"]+)" | '(?P<single>[^']+)' | (?P<bare>(?:\\.|[^\s\\])+) )""",
    re.VERBOSE,
)
_MODULE = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")


def module_of(path: str, mark: str = RUNS) -> str:
    """The name that stands for the file at `path`, as the notebook spells it."""
    return mark + path.encode("utf-8", "surrogatepass").hex()


def path_of(name: str) -> str:
    """The path that a module name stands for; "" if it is an ordinary name."""
    for mark in (RUNS, LOADS):
        if name.startswith(mark):
            try:
                return bytes.fromhex(name[len(mark) :]).decode("utf-8", "surrogatepass")
            except ValueError:
                return ""
    return ""


def statement(command: str, start: int) -> str:
    """Python for what is run; "" where that is known only when the notebook runs."""
    match = _COMMAND.match(command, start)
    if match is None:
        return ""
    options = "".join(re.findall(r"-([A-Za-z]+)", match["options"]))
    file = match["double"] or match["single"] or re.sub(r"\\(.)", r"\1", match["bare"])
    if any(sign in file for sign in "$*?") or ("{" in file and "}" in file):
        return ""
    if "m" in options:
        return f"from {file} import *" if _MODULE.fullmatch(file) else ""
    stem, ending = os.path.splitext(file)
    if ending not in (".py", ".ipynb"):
        if ending.lower() in (".ipy", ".txt") or not stem:
            return ""
        file += ".py"
    mark = LOADS if "n" in options else RUNS
    return f"from {module_of(file, mark)} import *  # {file}"
