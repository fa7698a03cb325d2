"""Run every meeting of two Keras libraries and write the record that KER101 judges by.

    python -m tools.meetings STACK=PYTHON[,FOLDER] ...

A stack is `keras-3.15.1+tensorflow-2.21.0+tf-keras-2.21.0` (with `+legacy` at the end the legacy
switch is on, with `+tensorflow-hub-0.16.1` a layer of TensorFlow Hub is the object); PYTHON is an interpreter that has just these versions, FOLDER one more place to
import from. The libraries that are not one, and so can meet, are found out by running. The lines of
a stack in the record are replaced; all others stay.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
from pathlib import Path

from kerlint.knowledge.libraries import library_of
from kerlint.knowledge.meetings import ROOTS as FULL_NAMES
from kerlint.knowledge.meetings import versions_of
from tools.meetings.places import places_of

RECORD = Path(__file__).resolve().parents[2] / "src/kerlint/knowledge/data/meetings.tsv"
CHILD = Path(__file__).with_name("child.py")


def pairs_of(stack: str) -> list[tuple[str, str]]:
    """The spellings, first and second, of all libraries of a stack that are not one."""
    versions, legacy = versions_of(stack)
    spellings: dict[str, str] = {}
    if "tensorflow-hub" in stack:
        return [("keras", "hub")]
    for spelled in FULL_NAMES:
        if spelled != "tf_keras" or versions.tf_keras is not None:
            library = library_of(FULL_NAMES[spelled], versions, legacy)
            assert library is not None, (stack, spelled)
            spellings.setdefault(library, spelled)
    if legacy:  # what the switch is about, not what stays as it is
        spellings = {library: one for library, one in spellings.items() if one != "private"}
    return [(a, b) for a in spellings.values() for b in spellings.values() if a != b]


def run(stack: str, python: str, folder: str) -> list[list[str]]:
    """The lines of one stack."""
    _, legacy = versions_of(stack)
    environment = dict(os.environ, CUDA_VISIBLE_DEVICES="", TF_CPP_MIN_LOG_LEVEL="3")
    environment["PYTHONPATH"] = folder
    environment.pop("KERAS_BACKEND", None)
    environment["TF_USE_LEGACY_KERAS"] = "1" if legacy else "0"
    pairs = [f"{first}:{second}" for first, second in pairs_of(stack)]
    done = subprocess.run(
        [python, str(CHILD), *pairs],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    if len(lines) != sum(len(places_of(pair.split(":")[1])) for pair in pairs):
        raise SystemExit(f"{stack}: the interpreter ended early, with {done.returncode}")
    return [[stack, *line] for line in lines]


def main() -> None:
    """Run the stacks named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m tools.meetings", description=__doc__)
    parser.add_argument("stacks", nargs="+", metavar="STACK=PYTHON[,FOLDER]")
    for given in parser.parse_args().stacks:
        stack, _, where = given.partition("=")
        python, _, folder = where.partition(",")
        write(stack, run(stack, python, folder))
        print(stack)


def write(stack: str, lines: list[list[str]]) -> None:
    """Replace the lines of one stack in the record."""
    old = RECORD.read_text(encoding="utf-8").splitlines() if RECORD.is_file() else []
    head = [line for line in old if line.startswith("#")] or HEAD
    kept = [line for line in old if not line.startswith(("#", f"{stack}\t"))]
    rows = sorted({*kept, *("\t".join(line) for line in lines)})
    RECORD.write_text("\n".join([*head, *rows]) + "\n", encoding="utf-8")


HEAD = [
    "# Written by `python -m tools.meetings`, which ran every line. An object of the second library",
    "# is given to the first, at the named place.",
    "# stack\tfirst\tsecond\tplace\toutcome\tmessage",
]

if __name__ == "__main__":
    main()
