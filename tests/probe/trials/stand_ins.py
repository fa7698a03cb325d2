"""Environments with tiny packages that bear the names of frameworks, and misbehave on order."""

from __future__ import annotations

import sys
import textwrap
import venv
from pathlib import Path

TORCH = """
__version__ = "9.9"

class Tensor:
    device = "cpu"
    def __init__(self, rows): self.rows = rows
    def tolist(self): return self.rows
    def __matmul__(self, other):
        columns = list(zip(*other.rows))
        return Tensor([[sum(a * b for a, b in zip(row, c)) for c in columns] for row in self.rows])

def tensor(rows, device): return Tensor(rows)

class cuda:
    @staticmethod
    def device_count(): return 0
    @staticmethod
    def is_available(): return False

class backends: pass
"""
"""As much of torch as a product of matrices needs."""


class Environment:
    """A virtual environment without pip, whose site-packages holds what a test puts there."""

    def __init__(self, folder: Path) -> None:
        venv.create(folder, with_pip=False, symlinks=True)
        self.python = str(folder / "bin" / "python")
        version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
        self.site_packages = folder / "lib" / version / "site-packages"

    def package(self, name: str, code: str) -> None:
        """Lay out a package with this `__init__.py`."""
        self.file(f"{name}/__init__.py", code)

    def file(self, name: str, code: str) -> None:
        path = self.site_packages / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(code), encoding="utf-8")
