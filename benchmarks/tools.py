"""The tools that are compared, pinned, each in an environment of its own."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from benchmarks.measure import Command
from benchmarks.places import ROOT, Environment

KERLINT = Environment("kerlint", "libcst==1.9.0")
RUFF = Environment("ruff", "ruff==0.17.5")
PYFLAKES = Environment("pyflakes", "pyflakes==4.1.0")
DJANGO_UPGRADE = Environment("django-upgrade", "django-upgrade==1.33.0")
TORCHFIX = Environment("torchfix", "torchfix==0.7.0")


class Tool(NamedTuple):
    """How a tool is called on a folder or on files."""

    name: str
    does: str
    environment: Environment
    words: tuple[str, ...]
    takes_folders: bool = True

    def command(self, folder: Path, files: list[Path] | None = None) -> Command:
        """Check all of `folder`, or these files of it."""
        if files is None and self.takes_folders:
            paths = ["."]
        else:
            chosen = sorted(folder.rglob("*.py")) if files is None else files
            paths = [path.relative_to(folder).as_posix() for path in chosen]
        script = self.environment.script(self.words[0])
        return Command((script, *self.words[1:], *paths), folder)


kerlint = Tool("kerlint", "all default rules", KERLINT, ("kerlint",))
ruff = Tool(
    "ruff",
    "`check --select NPY --no-cache`",
    RUFF,
    ("ruff", "check", "--select", "NPY", "--no-cache"),
)
pyflakes = Tool("pyflakes", "", PYFLAKES, ("pyflakes",))
django_upgrade = Tool(
    "django-upgrade",
    "`--check --target-version 5.2`",
    DJANGO_UPGRADE,
    ("django-upgrade", "--check", "--target-version", "5.2"),
    takes_folders=False,
)
torchfix = Tool(
    "TorchFix",
    "`--select ALL -j 1`",
    TORCHFIX,
    ("torchfix", "--select", "ALL", "-j", "1"),
)


def start() -> Command:
    """Bare Python, in kerlint's environment: what any command written in Python starts with."""
    return Command((KERLINT.script("python"), "-c", "pass"), ROOT)


def install() -> None:
    """Make all environments, and put kerlint as it stands into its own."""
    for environment in (KERLINT, RUFF, PYFLAKES, DJANGO_UPGRADE, TORCHFIX):
        environment.make()
    KERLINT.pip("install", "--quiet", "--force-reinstall", "--no-deps", str(ROOT))
    KERLINT.pip("install", "--quiet", str(ROOT))


def versions() -> list[tuple[str, str]]:
    """What was measured: name and version."""
    pinned = [one for env in (RUFF, PYFLAKES, DJANGO_UPGRADE, TORCHFIX) for one in env.packages]
    found = [("kerlint", KERLINT.output("kerlint", "--version").split()[-1])]
    frozen = KERLINT.output("python", "-m", "pip", "freeze").splitlines()
    found += [
        (name, version)
        for name, _, version in (line.partition("==") for line in frozen)
        if name == "libcst"
    ]
    found += [(name, version) for name, _, version in (one.partition("==") for one in pinned)]
    return found
