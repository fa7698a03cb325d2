"""What uv answers."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from kerlint.knowledge.index.versions import is_prerelease

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

RETRIES = 3
IMPOSSIBLE = "impossible"
"""The answer where uv finds no solution."""

_PIN = re.compile(r"([a-z0-9-]+)(?:\[[^]]*\])?==(\S+)")


class NoAnswer(Exception):
    """uv could not say: the network, or a package that it cannot read."""


def ask(
    uv: Sequence[str], python: str, requirements: Sequence[str], finals: Container[str]
) -> dict[str, str] | None:
    """The pins of a fresh install, or None for "impossible"; raises NoAnswer.

    `uv`: the command, with options that hold for every question.
    `finals`: packages that have other releases than pre-releases. Where none of these fits all
    requirements, uv takes a pre-release of any package, which pip does not: then it is asked again
    with that switched off.
    """
    pins = _asked(uv, python, requirements)
    if pins is None or not any(
        name in finals and is_prerelease(version) for name, version in pins.items()
    ):
        return pins
    return _asked([*uv, "--prerelease", "explicit"], python, requirements)


def _asked(uv: Sequence[str], python: str, requirements: Sequence[str]) -> dict[str, str] | None:
    command = [
        *(uv[0], "pip", "compile", "--quiet", *uv[1:]),
        *("--no-build", "--no-header", "--no-annotate", "--python-version", python),
        # It need not have, or fetch, a Python of that version.
        *("--python", sys.executable, "--no-python-downloads"),
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
