"""Environments that poetry, PDM, uv, Pipenv, pipx and hatch own: what is printed is theirs to
execute.

The tools must be on the PATH (`pip install poetry pdm uv pipenv pipx hatch`, best in an environment
of their own).
The environments are made from nothing, with Keras on JAX, which is small.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.environments.environment import Environment
from tests.environments.kind import kind

POETRY = """\
[project]
name = "mine"
version = "0.1.0"
requires-python = ">=3.11,<3.13"
dependencies = ["keras==3.15.1", "jax", "scipy"]

[tool.poetry]
package-mode = false

[[tool.poetry.source]]
name = "index"
url = "https://pypi.org/simple/"
priority = "primary"
"""

PROJECT = """\
[project]
name = "mine"
version = "0.1.0"
requires-python = ">=3.11,<3.13"
dependencies = ["keras==3.15.1", "jax", "scipy"]

[tool.pdm]
distribution = false

[tool.uv]
package = false
"""

PIPENV = """\
[[source]]
url = "https://pypi.org/simple"
verify_ssl = true
name = "pypi"

[packages]
keras = "==3.15.1"
jax = "*"
scipy = "*"
"""

PROGRAM = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "mine"
version = "0.1.0"
requires-python = ">=3.11,<3.13"
dependencies = ["keras==3.15.1", "jax", "scipy"]

[project.scripts]
mine = "mine:main"
"""

LAYERS = "keras/src/layers/__init__.py"


def _said(here: Environment, *words: str) -> str:
    """What a command in the project says."""
    run = subprocess.run(
        words, cwd=here.project, env=here.shell(), check=False, capture_output=True, text=True
    )
    if run.returncode:
        raise SystemExit(f"{' '.join(words)} failed:\n{run.stdout}{run.stderr}")
    return run.stdout.strip()


def _of_poetry(here: Environment) -> None:
    here.variables["KERAS_BACKEND"] = "jax"
    here.in_project("pyproject.toml", POETRY)
    _said(here, "poetry", "install", "-n")
    here.env = Path(_said(here, "poetry", "env", "info", "-p"))


def _of_pdm(here: Environment) -> None:
    here.variables["KERAS_BACKEND"] = "jax"
    here.in_project("pyproject.toml", PROJECT)
    _said(here, "pdm", "install")
    here.env = here.project / ".venv"


def _of_uv(here: Environment) -> None:
    here.variables["KERAS_BACKEND"] = "jax"
    here.in_project("pyproject.toml", PROJECT)
    _said(here, "uv", "sync")
    here.env = here.project / ".venv"


def _of_pipenv(here: Environment) -> None:
    here.variables.update(KERAS_BACKEND="jax", WORKON_HOME=str(here.folder / "virtualenvs"))
    here.in_project("Pipfile", PIPENV)
    _said(here, "pipenv", "install")
    here.env = Path(_said(here, "pipenv", "--venv").splitlines()[-1])


@kind("", "KER661")
def poetry_locked_another_numpy(here: Environment) -> None:
    _of_poetry(here)
    here.pip("install", "numpy<2")


@kind("", "KER612")
def poetry_and_a_file_gone(here: Environment) -> None:
    _of_poetry(here)
    os.unlink(here.site / LAYERS)


@kind("", "KER661")
def pdm_locked_another_numpy(here: Environment) -> None:
    _of_pdm(here)
    _said(here, "uv", "pip", "install", "--python", str(here.python), "numpy<2")


@kind("", "KER612")
def pdm_and_a_file_gone(here: Environment) -> None:
    _of_pdm(here)
    os.unlink(here.site / LAYERS)


@kind("", "KER661")
def uv_locked_another_numpy(here: Environment) -> None:
    _of_uv(here)
    _said(here, "uv", "pip", "install", "--python", str(here.python), "numpy<2")


@kind("", "KER612")
def uv_and_a_file_gone(here: Environment) -> None:
    _of_uv(here)
    os.unlink(here.site / LAYERS)


@kind("", "KER661")
def pipenv_locked_another_numpy(here: Environment) -> None:
    _of_pipenv(here)
    here.pip("install", "numpy<2")


@kind("", "KER611")
def pipenv_without_scipy(here: Environment) -> None:
    _of_pipenv(here)
    here.pip("uninstall", "-y", "scipy")


def _a_program(here: Environment) -> None:
    here.variables["KERAS_BACKEND"] = "jax"
    here.in_project("pyproject.toml", PROGRAM)
    here.in_project("src/mine/__init__.py", "def main():\n    import keras\n")


def _of_pipx(here: Environment, backend: str) -> None:
    _a_program(here)
    here.variables.update(
        PIPX_HOME=str(here.folder / "pipx"), PIPX_BIN_DIR=str(here.folder / "bin")
    )
    _said(here, "pipx", "install", "--backend", backend, str(here.project))
    here.env = here.folder / "pipx" / "venvs" / "mine"


def _of_uv_tool(here: Environment) -> None:
    _a_program(here)
    here.variables.update(
        UV_TOOL_DIR=str(here.folder / "tools"), UV_TOOL_BIN_DIR=str(here.folder / "bin")
    )
    _said(here, "uv", "tool", "install", str(here.project))
    here.env = here.folder / "tools" / "mine"


def _of_hatch(here: Environment, installer: str) -> None:
    _a_program(here)
    more = f'\n[tool.hatch.envs.default]\ninstaller = "{installer}"\n'
    here.in_project("pyproject.toml", PROGRAM + more)
    _said(here, "hatch", "env", "create")
    here.env = Path(_said(here, "hatch", "env", "find"))


@kind("", "KER612")
def pipx_and_a_file_gone(here: Environment) -> None:
    _of_pipx(here, "pip")
    os.unlink(here.site / LAYERS)


@kind("", "KER612")
def pipx_with_uv_and_a_file_gone(here: Environment) -> None:
    _of_pipx(here, "uv")
    os.unlink(here.site / LAYERS)


@kind("", "KER611")
def pipx_and_a_package_gone(here: Environment) -> None:
    _of_pipx(here, "pip")
    _said(here, "pipx", "runpip", "mine", "uninstall", "-y", "ml-dtypes")


@kind("", "KER612")
def uv_tool_and_a_file_gone(here: Environment) -> None:
    _of_uv_tool(here)
    os.unlink(here.site / LAYERS)


@kind("", "KER612")
def hatch_and_a_file_gone(here: Environment) -> None:
    _of_hatch(here, "pip")
    os.unlink(here.site / LAYERS)


@kind("", "KER612")
def hatch_with_uv_and_a_file_gone(here: Environment) -> None:
    _of_hatch(here, "uv")
    os.unlink(here.site / LAYERS)


@kind("", "KER611", "KER661")
def hatch_and_another_keras(here: Environment) -> None:
    _of_hatch(here, "pip")
    here.pip("install", "keras==3.10.0")
