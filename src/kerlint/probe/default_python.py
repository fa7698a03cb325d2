"""Which interpreter is examined when none is named: said aloud, for it is the first surprise.

A tool that is installed on its own (pipx, a hook's environment) must not examine itself.
"""

from __future__ import annotations

import os
import shutil
import sys
from importlib import metadata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FRAMEWORKS = ("keras", "tensorflow", "tensorflow-cpu", "tf-nightly", "jax", "torch", "tf-keras")
"""Distributions that make an environment worth examining."""

FOLDERS = (".venv", "venv", "env")
"""Where projects keep their virtual environment."""


def default_python(folder: str, environ: Mapping[str, str] | None = None) -> tuple[str, str]:
    """What to examine (as `--python` takes it), and why, for a project in `folder`."""
    environ = os.environ if environ is None else environ
    active = environ.get("VIRTUAL_ENV", "")
    if active and os.path.isdir(active):
        return active, "the active virtual environment"
    if _has_framework():
        return sys.executable, "the environment that kerlint is installed in"
    conda = environ.get("CONDA_PREFIX", "")
    if conda and os.path.isdir(conda):
        return conda, "the active conda environment"
    for name in FOLDERS:
        prefix = os.path.join(folder, name)
        if os.path.isfile(os.path.join(prefix, "pyvenv.cfg")):
            return prefix, "the project's virtual environment"
    for name in ("python3", "python"):
        found = shutil.which(name, path=environ.get("PATH"))
        if found:
            return found, f"`{name}` on the PATH"
    return sys.executable, "the interpreter that runs kerlint"


def _has_framework() -> bool:
    for name in FRAMEWORKS:
        try:
            metadata.distribution(name)
        except (metadata.PackageNotFoundError, OSError, ValueError):
            continue
        return True
    return False
