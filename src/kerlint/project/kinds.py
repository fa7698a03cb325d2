"""What kind of file a path is, by its name: who reads it follows from that.

python      `*.py`, `*.pyi`: parsed
notebook    `*.ipynb`: its cells are read as one module
settings    files that set environment variables, or configure Keras
""          nothing that kerlint reads when it finds it; named, it is read as Python
"""

from __future__ import annotations

PYTHON = "python"
NOTEBOOK = "notebook"
SETTINGS = "settings"


def kind_of(path: str) -> str:
    """The kind of the file at `path` (either separator)."""
    if path.endswith((".py", ".pyi")):
        return PYTHON
    if path.endswith(".ipynb"):
        return NOTEBOOK
    return ""
