"""What Poetry itself reads in the pyproject.toml files of the fixtures.

    python -m tools.manifests.poetry_says

Needs poetry-core. Writes `poetry.says.json` beside each file that has a `[tool.poetry]` table.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

FIXTURES = Path(__file__).parents[2] / "fixtures" / "manifests" / "pyproject"


def says(file: Path) -> dict[str, Any]:
    """Requirements as PEP 508 by group, and the Pythons."""
    from poetry.core.factory import Factory  # type: ignore[import-not-found]

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "project").mkdir()
        (Path(folder) / "leaves").mkdir()
        (Path(folder) / "leaves" / "pyproject.toml").write_text("[tool.poetry]\nname='leaves'\n")
        shutil.copy(file, Path(folder) / "project")
        package = Factory().create_poetry(Path(folder) / "project").package
    found = []
    for dependency in package.all_requires:
        path = dependency.is_directory() or dependency.is_file()
        found.append(
            {
                "name": dependency.name,
                "constraint": "" if path else str(dependency.constraint),
                "marker": str(dependency.marker),
                "extras": sorted(dependency.extras),
                "groups": sorted(dependency.groups),
                "in_extras": sorted(dependency.in_extras),
                "index": not (path or dependency.is_vcs() or dependency.is_url()),
            }
        )
    return {"python": package.python_versions, "requires": found}


def main() -> None:
    """Record all."""
    for file in sorted(FIXTURES.glob("*/pyproject.toml")):
        if "[tool.poetry" in file.read_text(encoding="utf-8"):
            text = json.dumps(says(file), indent=1, sort_keys=True) + "\n"
            (file.parent / "poetry.says.json").write_text(text, encoding="utf-8")
            print(file)


if __name__ == "__main__":
    main()
