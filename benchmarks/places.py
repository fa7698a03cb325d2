"""Folders of the benchmark, and how its environments and downloads come to be."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PIP = "pip==26.3"
"""Commands that older ones install import `re` first, which is half of a start."""

CACHE = ROOT / ".cache" / "benchmarks"


class Environment:
    """A virtual environment with pinned packages, made once and kept in the cache."""

    def __init__(self, name: str, *packages: str) -> None:
        self.folder = CACHE / "environments" / name
        self.packages = packages

    def script(self, name: str) -> str:
        """The path of an installed command."""
        return str(self.folder / "bin" / name)

    def make(self) -> None:
        """Create it, unless the same interpreter and packages made it before."""
        done = self.folder / "made-of.txt"
        contents = "\n".join([sys.version, PIP, *self.packages])
        if done.is_file() and done.read_text() == contents:
            return
        _call(sys.executable, "-m", "venv", "--clear", str(self.folder))
        self.pip("install", "--quiet", PIP)
        if self.packages:
            self.pip("install", "--quiet", *self.packages)
        done.write_text(contents)

    def pip(self, *arguments: str) -> None:
        _call(self.script("python"), "-m", "pip", "--disable-pip-version-check", *arguments)

    def output(self, *words: str) -> str:
        """What an installed command prints."""
        done = subprocess.run(
            [self.script(words[0]), *words[1:]], capture_output=True, text=True, check=True
        )
        return done.stdout


def _call(*words: str) -> None:
    subprocess.run(words, check=True, stdout=sys.stderr)
