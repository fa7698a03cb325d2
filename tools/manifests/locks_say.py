"""What uv, Poetry and PDM themselves read in the lock files of the fixtures.

    python -m tools.manifests.locks_say

Asks those tools that are in the environment of the Python that runs it. Writes `says.json` beside
each lock: what uv and pdm export of each extra and group, and Poetry's packages with their markers.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FIXTURES = Path(__file__).parents[2] / "fixtures" / "manifests" / "locks"
_EXPORT = ("export", "--frozen", "--no-hashes", "--no-annotate", "--no-header", "--no-emit-project")


def uv_says(folder: Path) -> dict[str, list[str]]:
    """By origin the requirements that `uv export` prints."""
    data = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
    asked = {"": ["--no-default-groups"]}
    for extra in data["project"].get("optional-dependencies", {}):
        asked[f"extra {extra}"] = ["--no-default-groups", "--extra", extra]
    for group in data.get("dependency-groups", {}):
        asked[f"group {group}"] = ["--no-default-groups", "--group", group]
    uv = _tool("uv")
    said = {}
    with tempfile.TemporaryDirectory() as scratch:
        for name in ("pyproject.toml", "uv.lock"):
            shutil.copy(folder / name, scratch)
        for origin, options in asked.items():
            ran = subprocess.run(
                [uv, *_EXPORT, *options], cwd=scratch, check=True, capture_output=True, text=True
            )
            said[origin] = ran.stdout.splitlines()
    return said


def pdm_says(folder: Path) -> dict[str, list[str]]:
    """By origin the requirements that `pdm export` prints."""
    data = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
    asked = {"": ["--prod"]}
    for extra in data["project"].get("optional-dependencies", {}):
        asked[f"group {extra}"] = ["--prod", "-G", extra]
    for group in data["tool"]["pdm"].get("dev-dependencies", {}):
        asked[f"group {group}"] = ["--no-default", "-dG", group]
    said = {}
    with tempfile.TemporaryDirectory() as scratch:
        for name in ("pyproject.toml", "pdm.lock"):
            shutil.copy(folder / name, scratch)
        for origin, options in asked.items():
            ran = subprocess.run(
                [_tool("pdm"), "export", "-f", "requirements", "--without-hashes", *options],
                cwd=scratch,
                check=True,
                capture_output=True,
                text=True,
            )
            said[origin] = [line for line in ran.stdout.splitlines() if "==" in line]
    return said


def _tool(name: str) -> Path:
    return Path(sys.executable).with_name(name)


def poetry_says(folder: Path) -> list[dict[str, Any]]:
    """The packages of the lock as Poetry has them when it installs."""
    from poetry.factory import Factory  # type: ignore[import-not-found]

    locker = Factory().create_poetry(folder).locker
    return [
        {
            "name": package.name,
            "version": str(package.version),
            "groups": sorted(info.groups),
            "markers": {group: str(marker) for group, marker in sorted(info.markers.items())},
        }
        for package, info in locker.locked_packages().items()
    ]


def main() -> None:
    """Record all."""
    readers = {"uv.lock": uv_says, "poetry.lock": poetry_says, "pdm.lock": pdm_says}
    for lock in sorted(FIXTURES.glob("*/*.lock")):
        if not _tool(lock.stem).exists():
            print(f"{lock}: there is no {lock.stem}")
            continue
        said = readers[lock.name](lock.parent)
        text = json.dumps(said, indent=1, sort_keys=True) + "\n"
        (lock.parent / "says.json").write_text(text, encoding="utf-8")
        print(lock.parent)


if __name__ == "__main__":
    main()
