"""Run the small programs of `fixtures/mixed-projects` and write down what each said.

    python -m tools.meetings.projects PYTHON

PYTHON is an interpreter that has Keras 3, TensorFlow 2.16 or later, and tf-keras, for the notebooks
also ipython and nbformat. The record, `record.tsv` beside the programs, is what the tests hold
KER101 to.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tools.programs import run

PROGRAMS = Path(__file__).resolve().parents[2] / "fixtures/mixed-projects"
RECORD = PROGRAMS / "record.tsv"
_ADDRESS = re.compile(" at 0x[0-9a-f]+")
_VERSIONS = "import keras, tensorflow, tf_keras; print(keras.__version__, tensorflow.__version__)"


def ran(python: str, folder: Path) -> tuple[str, str]:
    """How the program in the folder ended: `works` or `raises`, and with which error."""
    (program,) = folder.glob("main.*")
    done = run(python, program)
    if done.returncode == 0:
        return "works", ""
    errors = [line for line in done.stderr.splitlines() if line.partition(":")[0].endswith("Error")]
    return "raises", _ADDRESS.sub("", errors[-1])[:120].rstrip() if errors else "?"


def main(python: str) -> None:
    """Run every program."""
    asked = subprocess.run([python, "-c", _VERSIONS], capture_output=True, text=True, check=True)
    versions = asked.stdout.split()
    lines = [
        "# Written by `python -m tools.meetings.projects`, which ran every program "
        f"with keras {versions[0]} and tensorflow {versions[1]}.",
        "# program\toutcome\tmessage",
    ]
    for folder in sorted(PROGRAMS.iterdir()):
        if folder.is_dir():
            lines.append("\t".join((folder.name, *ran(python, folder))))
            print(lines[-1])
    RECORD.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
