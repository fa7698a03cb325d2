"""Environments and stand-ins for the probe's tests."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.probe import standins
from tests.probe.environments import Environment


@pytest.fixture
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' own machine must not show through."""
    for name in list(os.environ):
        if name.startswith(("PYTHON", "KERAS_", "CUDA_", "NVIDIA_", "TF_", "JAX_", "XLA_", "LD_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")


@pytest.fixture
def environment(no_variables: None, tmp_path: Path) -> Environment:
    """An empty virtual environment."""
    return Environment(tmp_path / "env")


@pytest.fixture(scope="session")
def built_standins(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the stand-ins for NVIDIA's libraries."""
    if not sys.platform.startswith("linux"):
        pytest.skip("the stand-ins are libraries of Linux")
    if standins.compiler() is None:
        pytest.skip("no C compiler: the stand-ins for NVIDIA's libraries cannot be built")
    return standins.build(tmp_path_factory.mktemp("standins"))
