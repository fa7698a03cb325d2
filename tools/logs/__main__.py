"""Run the programs and write their output to `fixtures/logs`.

    python -m tools.logs --multi PYTHON --tf-keras PYTHON --keras-2 PYTHON --gpu-build PYTHON

Each argument is an interpreter with the packages that `programs.py` names; programs without one
are left as they are.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from tools.logs.programs import PROGRAMS, Program

TARGET = Path(__file__).parents[2] / "fixtures" / "logs"


def main() -> None:
    """Run what there is an interpreter for."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("multi", "tf-keras", "keras-2", "gpu-build"):
        parser.add_argument(f"--{name}", dest=name)
    parser.add_argument("names", nargs="*")
    found = vars(parser.parse_args())
    for program in PROGRAMS:
        python = found[program.runs_in]
        if python and (not found["names"] or program.name in found["names"]):
            (TARGET / f"{program.name}.log").write_text(_run(program, python), encoding="utf-8")


def _run(program: Program, python: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        work, home = Path(folder, "work"), Path(folder, "home")
        home.mkdir()
        if program.install:
            python = _copy_with(program.install, python, folder)
        for name, text in program.files.items():
            path = (home if name == "keras.json" else work) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        work.mkdir(exist_ok=True)
        (work / "train.py").write_text(program.code + "\n", encoding="utf-8")
        environment = {**os.environ, "KERAS_HOME": str(home), **program.environment}
        environment.pop("PYTHONPATH", None)
        ended = subprocess.run(
            [python, "train.py"],
            cwd=work,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=300,
            check=False,
        )
        text = ended.stdout.decode("utf-8", "replace")
        return _masked(text, python, folder)


def _copy_with(requirement: str, python: str, folder: str) -> str:
    """The interpreter of a copy of its environment, by hard links, with something else in it."""
    copy = Path(folder, "env")
    shutil.copytree(
        Path(python).parent.parent,
        copy,
        symlinks=True,
        copy_function=lambda one, other: os.link(one, other, follow_symlinks=False),
    )
    subprocess.run(
        [copy / "bin" / "python", "-m", "pip", "install", "-q", "--no-deps", requirement],
        check=True,
        stderr=subprocess.DEVNULL,
    )
    return str(copy / "bin" / "python")


def _masked(text: str, python: str, folder: str) -> str:
    """Paths of this machine, as another would have them."""
    text = text.replace(str(Path(python).absolute().parent.parent), "/env")
    text = text.replace(str(Path(folder).resolve() / "work"), "/home/me/project")
    text = text.replace(str(Path(folder).resolve()), "/home/me")
    base = re.compile(r"/\S*/(lib/python3\.\d+/)(?!site-packages)")
    return base.sub(r"/usr/\1", text)


if __name__ == "__main__":
    main()
