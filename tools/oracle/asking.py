"""What uv answers."""

from __future__ import annotations

import re
import subprocess
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

RETRIES = 3
IMPOSSIBLE = "impossible"
"""The answer where uv finds no solution."""

_PIN = re.compile(r"([a-z0-9-]+)(?:\[[^]]*\])?==(\S+)")


class NoAnswer(Exception):
    """uv could not say: the network, or a package that it cannot read."""


def ask(uv: str, cache: Path, python: str, requirements: Sequence[str]) -> dict[str, str] | None:
    """The pins of a fresh install, or None for "impossible"; raises NoAnswer."""
    command = [
        *(uv, "pip", "compile", "--quiet", "--no-config", "--cache-dir", str(cache)),
        *("--no-build", "--no-header", "--no-annotate", "--python-version", python),
        *("--python-platform", "x86_64-unknown-linux-gnu", "-"),
    ]
    error = ""
    for attempt in range(RETRIES):
        if attempt:
            time.sleep(2**attempt)
        done = subprocess.run(
            command, input="\n".join(requirements), capture_output=True, text=True, check=False
        )
        if not done.returncode:
            return dict(_PIN.findall(done.stdout))
        error = done.stderr.strip()
        if "No solution found" in error:
            return None
        if "Building source distributions" in error:
            break
    raise NoAnswer(error)
