"""Run the programs of `fixtures/order` with real Keras, and keep which backend was in force.

    python tools/order_truth.py PYTHON

PYTHON has keras, tensorflow, jax and python-dotenv, for notebooks also ipython, nbformat and
import-ipynb. Each program asks for jax, in time or not, and prints what it got;
`fixtures/order/executed.tsv` holds the answers, and a test holds kerlint to them. A notebook is run
by IPython, cell by cell.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "fixtures" / "order"
ANSWERS = FOLDER / "executed.tsv"
_VERSIONS = (
    "import jax, keras, tensorflow;"
    "print(', '.join(f'{m.__name__} {m.__version__}' for m in (keras, tensorflow, jax)))"
)
_NOTEBOOK = (
    "import sys; from IPython.core.interactiveshell import InteractiveShell;"
    "shell = InteractiveShell.instance(); sys.path.insert(0, '');"
    "shell.safe_execfile_ipy(sys.argv[1], raise_exceptions=True)"
)


def main(python: str) -> None:
    """Write the answers of the libraries that `python` has."""
    lines = [f"# {_output([python, '-c', _VERSIONS]).strip()}", "# program\tbackend in force"]
    for program in sorted(FOLDER.glob("*/program.*")):
        if program.suffix == ".ipynb":
            output = _output([python, "-c", _NOTEBOOK, program.name], program.parent)
        else:
            output = _output([python, str(program)])
        found = re.search(r"^in force: (\w+)$", output, re.MULTILINE)
        lines.append(f"{program.parent.name}\t{found[1] if found else 'none'}")
        print(lines[-1])
    ANSWERS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _output(command: list[str], folder: Path | None = None) -> str:
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONDONTWRITEBYTECODE": "1"}
    for variable in ("KERAS_BACKEND", "TF_USE_LEGACY_KERAS"):
        environment.pop(variable, None)
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True, cwd=folder
    )
    return done.stdout


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(sys.argv[1])
