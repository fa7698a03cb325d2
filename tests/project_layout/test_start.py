"""What kerlint loads before there is anything to say: the start is most of a hook's cost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    "argparse",
    "dataclasses",
    "email",
    "importlib.metadata",
    "inspect",
    "json",
    "libcst",
    "libcst.native",
    "multiprocessing",
    "packaging",
    "pathlib",
    "requirements",
    "subprocess",
    "tomllib",
    "typing",
}
"""Modules that cost more to import than a clean file does to check."""

LOADED = """
import sys
before = set(sys.modules)
from kerlint.cli import main
try:
    status = main(sys.argv[1:])
except SystemExit as end:
    status = end.code
print("loaded", *sorted(set(sys.modules) - before))
raise SystemExit(status)
"""


def loaded(folder: Path, *files: str) -> set[str]:
    """The modules that a run without findings imports."""
    # Without site, and so without what the environment's .pth files import.
    paths = [path for path in sys.path if path]
    start = f"import sys; sys.path[:] = {paths!r}\n{LOADED}"
    done = subprocess.run(
        [sys.executable, "-S", "-c", start, *files], cwd=folder, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return set(done.stdout.splitlines()[-1].split()[1:])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plain.py").write_text("import os\n\nprint(os.getcwd())\n")
    (tmp_path / "clean.py").write_text("from keras import layers\n\nhead = layers.Dense(3)\n")
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\nversion = "1"\n')
    return tmp_path


def test_a_file_without_keras_loads_no_more_than_the_gates(folder: Path) -> None:
    modules = loaded(folder, "plain.py")
    assert modules & (HEAVY | {"re", "enum", "zlib"}) == set()
    assert "kerlint.source.gates" in modules


def test_a_clean_keras_file_loads_neither_a_parser_nor_anything_heavy(folder: Path) -> None:
    modules = loaded(folder, "clean.py")
    assert modules & HEAVY == set()
    assert "kerlint.knowledge.api" in modules
