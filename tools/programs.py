"""Run a program of the fixtures in a copy of its folder: what it writes is thrown away."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

_NOTEBOOK = (
    "import sys; from IPython.core.interactiveshell import InteractiveShell;"
    "shell = InteractiveShell.instance(); sys.path.insert(0, '');"
    "shell.safe_execfile_ipy(sys.argv[1], raise_exceptions=True)"
)


def run(python: str, program: Path) -> subprocess.CompletedProcess[str]:
    """Run a script, or a notebook cell by cell with IPython, where nobody has chosen a Keras.

    `python` has what the program imports, for a notebook also ipython and nbformat.
    """
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONDONTWRITEBYTECODE": "1"}
    environment["CUDA_VISIBLE_DEVICES"] = ""
    # What a notebook starts with `!python` is to have the same packages.
    environment["PATH"] = os.pathsep.join((str(Path(python).parent), environment["PATH"]))
    for variable in ("KERAS_BACKEND", "TF_USE_LEGACY_KERAS"):
        environment.pop(variable, None)
    start = [python, "-c", _NOTEBOOK] if program.suffix == ".ipynb" else [python]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, program.parent.name)
        shutil.copytree(program.parent, folder)
        return subprocess.run(
            [*start, program.name], cwd=folder, env=environment, capture_output=True, text=True
        )
