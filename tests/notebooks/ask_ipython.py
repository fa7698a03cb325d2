"""Ask IPython what it makes of the cells in `cases.py`, and write its answers down.

python -m venv /tmp/jupyter && /tmp/jupyter/bin/pip install ipython==9.18.1
PYTHONPATH=. /tmp/jupyter/bin/python -m tests.notebooks.ask_ipython
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import warnings
from pathlib import Path

from tests.notebooks.cases import CELLS, SETTINGS

ANSWERS = Path(__file__).with_name("answers.json")


def transformed(cell: str) -> dict[str, object]:
    """Whether the cell is Python once IPython has rewritten it, and how many commands it had."""
    from IPython.core.inputtransformer2 import TransformerManager

    try:
        text = TransformerManager().transform_cell(cell)
        tree = compile(text, "<cell>", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    except SyntaxError:
        return {"cell": cell, "parses": False, "commands": None}
    before = cell.count("get_ipython()")
    return {
        "cell": cell,
        "parses": tree is not None,
        "commands": text.count("get_ipython()") - before,
    }


def value_after(cell: str) -> str | None:
    """What `KERLINT_A` holds when a new IPython has run the cell."""
    program = (
        "import json, os, sys\n"
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "InteractiveShell.instance().run_cell(sys.argv[1])\n"
        "print('\\n' + json.dumps(os.environ.get('KERLINT_A')))\n"
    )
    environ = {key: value for key, value in os.environ.items() if key != "KERLINT_A"}
    done = subprocess.run(
        [sys.executable, "-c", program, cell],
        capture_output=True,
        text=True,
        env=environ,
        check=True,
    )
    value: str | None = json.loads(done.stdout.splitlines()[-1])
    return value


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    answers = {
        "cells": [transformed(cell) for cell in CELLS],
        "settings": [{"cell": cell, "value": value_after(cell)} for cell in SETTINGS],
    }
    ANSWERS.write_text(json.dumps(answers, indent=1) + "\n", encoding="utf-8")
