"""Run the programs of `fixtures/order` with real Keras, and keep which backend was in force.

    python -m tools.order_truth PYTHON

PYTHON has keras, tensorflow, jax and python-dotenv, for notebooks also ipython, nbformat and
import-ipynb. Each program asks for jax, in time or not, and prints what it got;
`fixtures/order/executed.tsv` holds the answers, and a test holds kerlint to them. A notebook is run
by IPython, cell by cell.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tools.programs import run

FOLDER = Path(__file__).resolve().parents[1] / "fixtures" / "order"
ANSWERS = FOLDER / "executed.tsv"
_VERSIONS = (
    "import jax, keras, tensorflow;"
    "print(', '.join(f'{m.__name__} {m.__version__}' for m in (keras, tensorflow, jax)))"
)


def main(python: str) -> None:
    """Write the answers of the libraries that `python` has."""
    versions = subprocess.run([python, "-c", _VERSIONS], capture_output=True, text=True, check=True)
    lines = [f"# {versions.stdout.strip()}", "# program\tbackend in force"]
    for program in sorted(FOLDER.glob("*/program.*")):
        done = run(python, program)
        done.check_returncode()
        found = re.search(r"^in force: (\w+)$", done.stdout, re.MULTILINE)
        lines.append(f"{program.parent.name}\t{found[1] if found else 'none'}")
        print(lines[-1])
    ANSWERS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(sys.argv[1])
