"""Sound environments: made once from real wheels, then copied by hard links and spoiled."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

BASES = {
    "keras-3": ("tensorflow-cpu==2.21.0", "keras==3.15.1"),
    "tf-keras": ("tensorflow-cpu==2.21.0", "keras==3.15.1", "--no-deps", "tf-keras==2.21.0"),
    "keras-2": ("tensorflow-cpu==2.15.1", "keras==2.15.0"),
    "multi": ("tensorflow-cpu==2.21.0", "keras==3.15.1", "jax==0.10.2", "torch==2.13.0"),
}
"""What is installed; what follows `--no-deps` is installed so, in a second step."""


def base(folder: Path, name: str) -> Path:
    """The sound environment `name` below `folder`, made if it is not there."""
    made = folder / name
    if (made / "bin" / "python").exists():
        return made.resolve()
    print(f"making {made}", file=sys.stderr)
    subprocess.run([sys.executable, "-m", "venv", str(made)], check=True)
    words = list(BASES[name])
    mark = words.index("--no-deps") if "--no-deps" in words else len(words)
    for step in (words[:mark], words[mark:]):
        if step:
            subprocess.run(
                [str(made / "bin" / "python"), "-m", "pip", "install", "-q", *step], check=True
            )
    return made


def copy(source: Path, target: Path) -> Path:
    """A copy whose files are the same files: nothing may be written into one, only replaced."""
    shutil.copytree(source, target, symlinks=True, copy_function=_link)
    return target


def _link(source: str, target: str) -> None:
    if os.path.islink(source) or source.endswith("pyvenv.cfg"):
        shutil.copy2(source, target, follow_symlinks=False)
    else:
        os.link(source, target)
