"""Ask setuptools what the setup.py and setup.cfg fixtures require, by running them.

    python tools/manifests/ask_setuptools.py fixtures/manifests > fixtures/manifests/setuptools.json

Run by a Python that has setuptools (84.2.1 gave the answers that are kept), on files of our own.
"""

from __future__ import annotations

import json
import os
import sys
import warnings
from importlib import import_module
from pathlib import Path
from typing import Any

setuptools: Any = import_module("setuptools")
Distribution: Any = import_module("setuptools.dist").Distribution


def shown(attributes: Any) -> dict[str, Any]:
    """The lists of a distribution, one requirement an element."""
    extras = attributes.extras_require or {}
    return {
        "install_requires": [str(one) for one in attributes.install_requires or []],
        "extras_require": {key: [str(one) for one in value] for key, value in extras.items()},
        "python_requires": str(attributes.python_requires or ""),
    }


def of_program(folder: Path) -> dict[str, Any]:
    """What `setup(...)` was called with, normalised by setuptools itself."""
    found: dict[str, Any] = {}
    os.chdir(folder)

    def setup(**attributes: Any) -> None:
        kept = ("name", "install_requires", "extras_require", "python_requires")
        found.update(shown(Distribution({key: attributes.get(key) for key in kept})))

    setuptools.setup = setup
    names = {"__name__": "__main__", "__file__": str(folder / "setup.py")}
    exec(compile(Path("setup.py").read_text("utf-8"), "setup.py", "exec"), names)
    return found


def of_settings(folder: Path) -> dict[str, Any]:
    """What setuptools makes of a setup.cfg."""
    os.chdir(folder)
    distribution = Distribution()
    distribution.parse_config_files(["setup.cfg"])
    return shown(distribution)


def main() -> None:
    root = Path(sys.argv[1]).resolve()
    answers: dict[str, Any] = {"setuptools": setuptools.__version__}
    warnings.simplefilter("ignore")
    for kind, ask in (("setup-cfg", of_settings), ("setup-py", of_program)):
        for folder in sorted((root / kind).iterdir()):
            try:
                answers[f"{kind}/{folder.name}"] = ask(folder)
            except Exception as error:
                answers[f"{kind}/{folder.name}"] = {"error": type(error).__name__}
    json.dump(answers, sys.stdout, indent=1, sort_keys=True)
    print()


if __name__ == "__main__":
    main()
