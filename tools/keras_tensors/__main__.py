"""Find out which functions of TensorFlow refuse the symbolic tensors of Keras 3.

    python -m tools.keras_tensors PYTHON [PYTHON ...]

runs `child.py` with each interpreter, whose environments have Keras 3 and TensorFlow, and writes
`knowledge/data/keras_tensors.tsv`: the functions and parameters that refuse them in all of these
environments where they exist.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

CHILD = Path(__file__).with_name("child.py")
DATA = Path(__file__).resolve().parents[2] / "src/kerlint/knowledge/data/keras_tensors.tsv"
HEAD = "# Which arguments of functions of TensorFlow must not be a KerasTensor, as seen with {}."


def ask(python: str) -> tuple[str, dict[str, list[str]]]:
    """The versions in the interpreter's environment, and what refuses by the function's name.

    A function that brings the process down is not asked again.
    """
    versions = ""
    found: dict[str, list[str]] = {}
    interpreter = os.path.abspath(shutil.which(python) or python)
    while True:
        with tempfile.TemporaryDirectory() as folder:  # some of the functions write files
            done = subprocess.run(
                [interpreter, str(CHILD), *found],
                cwd=folder,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
        versions, *lines = done.stdout.splitlines()
        for line in lines:
            name, tab, parameters = line.partition("\t")
            if tab:
                found[name] = parameters.split()
        if done.returncode == 0:
            return versions, found


def agreed(answers: list[dict[str, list[str]]]) -> dict[str, list[str]]:
    """What refuses wherever the function exists; functions that never do are left out."""
    found = {}
    for name in sorted(set().union(*answers)):
        given = [answer[name] for answer in answers if name in answer]
        common = [one for one in given[0] if all(one in other for other in given)]
        if common:
            found[name] = common
    return found


def main(argv: list[str] | None = None) -> int:
    """Write the table."""
    parser = argparse.ArgumentParser(prog="python -m tools.keras_tensors")
    parser.add_argument("pythons", nargs="+", help="interpreters with Keras 3 and TensorFlow")
    options = parser.parse_args(argv)
    answers = [ask(python) for python in options.pythons]
    lines = [HEAD.format("; ".join(versions for versions, _ in answers)), "function\tparameters"]
    rows = agreed([found for _, found in answers])
    lines += [f"{name}\t{' '.join(parameters)}" for name, parameters in rows.items()]
    DATA.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(rows)} functions", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
