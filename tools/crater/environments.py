"""The environments in which uses are executed."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tools.crater.packages import read_toml

LIST = Path(__file__).parent / "environments.toml"


class Environment(NamedTuple):
    """One set of versions that is really installed.

    `target` is the same set as `kerlint --target` takes it, one string a library.
    """

    name: str
    python: str
    requirements: tuple[str, ...]
    alone: tuple[str, ...]
    target: tuple[str, ...]

    @property
    def folder(self) -> str:
        """The name of its folder in the cache: another list of versions is another folder."""
        text = "\n".join([self.python, *self.requirements, *self.alone])
        return f"{self.name}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"

    @property
    def executable(self) -> str:
        """Its interpreter, below the folder of environments."""
        return f"{self.folder}/bin/python"


def load_environments(path: Path = LIST) -> list[Environment]:
    """All environments, in the order of the file."""
    return [
        Environment(
            name,
            table["python"],
            tuple(table["requirements"]),
            tuple(table["alone"]),
            tuple(table["target"]),
        )
        for name, table in read_toml(path).items()
    ]


def interpreter(environment: Environment, cache: Path, say: Callable[[str], None]) -> Path:
    """The interpreter of an environment, which is made if it is not there.

    Raises RuntimeError if the Python it wants is not on the PATH, and CalledProcessError if pip
    cannot install what it asks for.
    """
    folder = (cache / "environments" / environment.folder).absolute()
    executable = folder.parent / environment.executable
    finished = folder / "finished"
    if not finished.exists():
        say(f"making the environment {environment.name}")
        python = shutil.which(environment.python)
        if python is None:
            raise RuntimeError(f"{environment.name} needs {environment.python} on the PATH")
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([python, "-m", "venv", str(folder)], check=True)
        install = [str(executable), "-m", "pip", "install", "--quiet"]
        subprocess.run([*install, *environment.requirements], check=True)
        if environment.alone:
            subprocess.run([*install, "--no-deps", *environment.alone], check=True)
        finished.touch()
    return executable
