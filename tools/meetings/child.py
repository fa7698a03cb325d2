"""Runs the programs of `places` in the interpreter that has the libraries.

    python child.py FIRST:SECOND ...  > one JSON line for each pair and place

Runs on every Python since 3.7, with the standard library and the libraries in question alone. The
outcome is `works`, `raises` with the last line of the error, `silent` when the program ran and did
not do what it says, or `absent` when the first library cannot do it with objects of its own either,
or one of the two lacks a name that the program uses.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
import warnings
from typing import Any

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
from tools.meetings import places

_DEBRIS = re.compile(r"\x1b\[[0-9;]*m| at 0x[0-9a-f]+|(?:/[\w.+-]+){3,}/")
_NO_SUCH_NAME = re.compile(r"^AttributeError: module .* has no attribute|cannot import name")


def outcome(place: str, first: str, second: str) -> tuple[str, str]:
    """What happens at `place`, and the message."""
    body, _, check = places.program(place, first, second).partition(places.CHECK)
    with tempfile.TemporaryDirectory() as folder:
        names: dict[str, Any] = {"__name__": "__main__", "folder": folder}
        names["MODEL_FILE"] = "model.keras" if is_keras_3(first) else "model.h5"
        try:
            exec(compile(body, "<meeting>", "exec"), names)
        except BaseException as error:
            return "raises", last_line(error)
        try:
            exec(compile(check, "<check>", "exec"), names)
        except BaseException as error:
            return "silent", last_line(error)
    return "works", ""


def library(spelled: str) -> Any:
    """The module that is spelled so, after the import that it takes."""
    names: dict[str, Any] = {}
    exec(places.ROOTS[spelled], names)
    return eval(spelled, names)


def is_keras_3(spelled: str) -> bool:
    """Whether a library writes models in the format of Keras 3."""
    return str(getattr(library(spelled), "__version__", "2")).startswith("3")


def last_line(error: BaseException) -> str:
    """The error as the last line of a traceback, without addresses and colours."""
    text = str(error)
    if "in user code" in text:
        text = text.strip().splitlines()[-1]
    text = " ".join(_DEBRIS.sub("", text).split())
    return f"{type(error).__name__}: {text[:150]}"


def main(pairs: list[str]) -> None:
    """Every place for every pair."""
    lines = os.fdopen(os.dup(1), "w")
    sys.stdout = open(os.devnull, "w")  # noqa: SIM115  libraries print their progress
    warnings.simplefilter("ignore")
    alone: dict[tuple[str, str], tuple[str, str]] = {}
    for pair in pairs:
        first, second = pair.split(":")
        for place in places.places_of(second):
            if (place, first) not in alone:
                alone[place, first] = outcome(place, first, first)
            found = alone[place, first]
            alone_works = found[0] == "works"
            if alone_works:
                found = outcome(place, first, second)
            if not alone_works or (found[0] == "raises" and _NO_SUCH_NAME.search(found[1])):
                found = ("absent", found[1])
            lines.write(json.dumps([first, second, place, *found]) + "\n")
            lines.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
