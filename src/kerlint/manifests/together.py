"""Which files of a project are meant for one environment: by their names, or by the settings."""

from __future__ import annotations

import os

from kerlint.manifests.installations import LOCKS, PROJECTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kerlint.manifests.installations import Reader
    from kerlint.manifests.model import Manifest

OF_LOCK = {
    "uv-lock": ("pyproject.toml",),
    "poetry-lock": ("pyproject.toml",),
    "pdm-lock": ("pyproject.toml",),
    "pylock": ("pyproject.toml",),
    "pipfile-lock": ("Pipfile",),
    "conda-lock": ("environment.yml", "environment.yaml"),
}
"""The file beside a lock that it is made from."""

LOCK_FILES = ("uv.lock", "poetry.lock", "pdm.lock", "pylock.toml", "Pipfile.lock")
PROJECT_FILES = ("pyproject.toml", "setup.cfg", "setup.py")
LISTS = ("requirements.txt",)
"""Lists that by their name are for the project itself, not for its tests or documentation."""

ENVIRONMENTS = ("environment.yml", "environment.yaml")
IMAGES = ("Dockerfile", "Containerfile")
READMES = ("README.md", "README.rst")


class Together:
    """What the settings say about it.

    `automatic`  files are compared by their names
    `groups`     absolute paths of files that belong together
    """

    __slots__ = ("automatic", "groups")

    def __init__(self, automatic: bool = True, groups: Sequence[tuple[str, ...]] = ()) -> None:
        self.automatic = automatic
        self.groups = tuple(groups)


def partners(manifest: Manifest, reader: Reader, together: Together) -> Iterator[Manifest]:
    """The files that `manifest` is compared with; each pair is seen from one side only."""
    full = os.path.abspath(manifest.path)
    told: set[str] = set()
    for group in together.groups:
        if full in group:
            for path in group[: group.index(full)]:
                found = reader(os.path.relpath(path))
                if found is not None and path not in told:
                    told.add(path)
                    yield found
    if together.automatic:
        for found in _by_name(manifest, reader):
            if os.path.abspath(found.path) not in told:
                yield found


def named(path: str) -> bool:
    """Whether a file of that name is compared with others beside it."""
    name = os.path.basename(path)
    return name in (*LISTS, *ENVIRONMENTS, *IMAGES, *PROJECT_FILES, *LOCK_FILES, "conda-lock.yml")


def _by_name(manifest: Manifest, reader: Reader) -> Iterator[Manifest]:
    folder, name = os.path.split(manifest.path)
    if manifest.format in LOCKS:
        names: Sequence[str] = OF_LOCK.get(manifest.format, ())
    elif name in LISTS:
        names = PROJECT_FILES
    elif name in ENVIRONMENTS:
        names = (*PROJECT_FILES, *LISTS)
    elif name in IMAGES:
        names = LOCK_FILES
    else:
        if name in PROJECT_FILES and _is_first(manifest, reader):
            found = next(filter(None, (reader(os.path.join(folder, one)) for one in READMES)), None)
            if found is not None and found.requirements:
                yield found
        return
    for other in names:
        found = reader(os.path.join(folder, other))
        if found is not None and _asks(found):
            yield found
            if found.format in PROJECTS or found.format in LOCKS:
                return  # setup.cfg and setup.py beside a pyproject.toml that asks say the same


def _asks(manifest: Manifest) -> bool:
    """Whether it says what is always installed."""
    return any(one.origin == "" for one in manifest.requirements)


def _is_first(manifest: Manifest, reader: Reader) -> bool:
    """Whether it is the first file of its project that asks for something."""
    folder, name = os.path.split(manifest.path)
    before = PROJECT_FILES[: PROJECT_FILES.index(name)]
    others = (reader(os.path.join(folder, one)) for one in before)
    return _asks(manifest) and not any(one is not None and _asks(one) for one in others)
