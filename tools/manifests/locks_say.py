"""What uv and Poetry themselves read in the lock files of the fixtures.

    python -m tools.manifests.locks_say

Needs uv and poetry in the environment of the Python that runs it. Writes `says.json` beside each
uv.lock (what each extra and group exports) and poetry.lock (packages with groups and markers).
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
    uv = Path(sys.executable).with_name("uv")
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
    for lock in sorted(FIXTURES.glob("*/*.lock")):
        said: object
        if lock.name == "uv.lock":
            said = uv_says(lock.parent)
        elif lock.name == "poetry.lock":
            said = poetry_says(lock.parent)
        else:
            continue
        text = json.dumps(said, indent=1, sort_keys=True) + "\n"
        (lock.parent / "says.json").write_text(text, encoding="utf-8")
        print(lock.parent)


if __name__ == "__main__":
    main()
