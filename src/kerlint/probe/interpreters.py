"""Which interpreter is meant: an executable, a virtual environment or a conda prefix."""

from __future__ import annotations

import os
import shutil
import sys
from typing import NamedTuple

from kerlint.failures import Failure

_IN_A_PREFIX = ("bin/python", "bin/python3", "Scripts/python.exe", "python.exe", "Scripts/python")


class Interpreter(NamedTuple):
    """An interpreter to examine.

    `argument`    as the user wrote it; "" for kerlint's own
    `executable`  its absolute path. It may be dangling: that is something to observe
    """

    argument: str
    executable: str


def find(argument: str) -> Interpreter:
    """The interpreter that `--python` means. Raises Failure where it can mean none.

    A path that is there is taken as it is, even if it cannot be started; a word without a
    separator (`python3.11`) is looked up in PATH.
    """
    if not argument:
        return Interpreter("", sys.executable)
    path = os.path.abspath(os.path.expanduser(argument))
    if os.path.isdir(path):
        for name in _IN_A_PREFIX:
            executable = os.path.join(path, *name.split("/"))
            if os.path.lexists(executable):
                return Interpreter(argument, executable)
        raise Failure(
            f"`{argument}` holds no interpreter (looked for {', '.join(_IN_A_PREFIX[:4])}): name "
            "an interpreter, a virtual environment or a conda environment"
        )
    if os.path.lexists(path):
        return Interpreter(argument, path)
    on_path = None if os.path.dirname(argument) else shutil.which(argument)
    if on_path:
        return Interpreter(argument, os.path.abspath(on_path))
    raise Failure(
        f"there is no `{argument}`: name an interpreter, a virtual environment or a conda "
        "environment"
    )
