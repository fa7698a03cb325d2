"""Environments on top of another one: all that is in it, and one package more."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

INSTALL_LIMIT, IMPORT_LIMIT = 400, 200
"""Seconds."""

VERSION = "import importlib.metadata, sys; print(importlib.metadata.version(sys.argv[1]))"
FOLDERS = "import sys; print(*(one for one in sys.path if 'site-packages' in one), sep='\\n')"


@contextmanager
def above(base: Path, place: Path) -> Iterator[Path]:
    """The Python of a new environment in `place` that sees all of `base` and can add to it.

    `base.txt` in it holds the versions of `base`, so that pip keeps them. It is gone afterwards.
    """
    below = base / "bin" / "python"
    try:
        run([below, "-m", "venv", "--clear", "--without-pip", place], INSTALL_LIMIT)
        python = place / "bin" / "python"
        folders, own = (run([one, "-c", FOLDERS], IMPORT_LIMIT).stdout for one in (below, python))
        Path(own.strip(), "base.pth").write_text(folders, encoding="utf-8")
        frozen = run([below, "-m", "pip", "freeze"], INSTALL_LIMIT).stdout
        (place / "base.txt").write_text(frozen, encoding="utf-8")
        yield python
    finally:
        shutil.rmtree(place, ignore_errors=True)


def install(python: Path, distribution: str, words: Sequence[str]) -> str:
    """Install the newest release of a distribution: its version, "" if that cannot be.

    `words`  what it needs besides; nothing: what its metadata says, if that fits what is there.
             What is missing all the same, an import will say.
    """
    pip: list[str | Path] = [python, "-m", "pip", "install", "-q"]
    if run([*pip, "--no-deps", distribution], INSTALL_LIMIT).returncode:
        return ""
    version = run([python, "-c", VERSION, distribution], IMPORT_LIMIT).stdout.strip()
    kept: list[str | Path] = ["-c", python.parents[1] / "base.txt", f"{distribution}=={version}"]
    run([*pip, "--no-deps", *words] if words else [*pip, *kept], INSTALL_LIMIT)
    return version


def run(
    words: Sequence[str | Path], limit: int, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command for at most `limit` seconds; its exit code may be anything."""
    return subprocess.run(
        words, capture_output=True, text=True, timeout=limit, check=False, env=environment
    )
