"""Ask uv and pip about lines, out of an index on the disk."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from kerlint.knowledge.index import load
from tools.oracle import asking
from tools.oracle import pip as asking_pip
from tools.oracle.kinds import CONSTRAINS, OVERRIDES, PRE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Ask = Callable[[str, Sequence[str]], dict[str, str] | None]


def split(texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """Requirements, and what only constrains."""
    asked = [text for text in texts if text[:2] not in (CONSTRAINS, OVERRIDES) and text != PRE]
    return asked, _with(CONSTRAINS, texts)


def _with(sign: str, texts: Sequence[str]) -> list[str]:
    return [text.removeprefix(sign) for text in texts if text.startswith(sign)]


def of_uv(uv: str, address: str) -> Ask:
    """What uv pins on a Python, None for impossible; raises `asking.NoAnswer`."""

    def ask(python: str, texts: Sequence[str]) -> dict[str, str] | None:
        asked, bounds = split(texts)
        with tempfile.TemporaryDirectory() as folder:
            constraints, overrides = Path(folder) / "constraints.txt", Path(folder) / "overrides"
            constraints.write_text("\n".join(bounds), encoding="utf-8")
            overrides.write_text("\n".join(_with(OVERRIDES, texts)), encoding="utf-8")
            command = [uv, "--no-config", "--cache-dir", f"{folder}/cache", "--offline"]
            command += ["--index-url", address, "--constraints", str(constraints)]
            command += ["--overrides", str(overrides)]
            command += ["--prerelease", "allow"] if PRE in texts else []
            # Markers are judged for a late patch release.
            return asking.ask(command, f"{python}.99", asked, () if PRE in texts else _finals())

    return ask


def of_pip(pythons: dict[str, str], address: str) -> Ask:
    """The same of pip, with the interpreter of each Python; KeyError for one that there is not."""
    # No other index of this machine.
    alone = {name: text for name, text in os.environ.items() if not name.startswith("PIP_")}
    alone["PIP_CONFIG_FILE"] = os.devnull

    def ask(python: str, texts: Sequence[str]) -> dict[str, str] | None:
        asked, bounds = split(texts)
        if _with(OVERRIDES, texts):
            raise RuntimeError("pip has no overrides")
        with tempfile.TemporaryDirectory() as folder:
            constraints = Path(folder) / "constraints.txt"
            constraints.write_text("\n".join(bounds), encoding="utf-8")
            where = ("--no-cache-dir", "--disable-pip-version-check", "--index-url", address)
            pre = ("--pre",) if PRE in texts else ()
            more = (*where, *pre, "-c", str(constraints), *asked)
            return asking_pip.asked(pythons[python], more, timeout=120, environment=alone)

    return ask


def _finals() -> set[str]:
    index = load()
    return {name for name in index.names if (package := index.package(name)) and package.finals}
