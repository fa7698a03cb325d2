"""Which files of a project are meant for one environment."""

from __future__ import annotations

import os

from kerlint.manifests.installations import LOCKS, PROJECTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

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

PROJECT_FILES = ("pyproject.toml", "setup.cfg", "setup.py")
LISTS = ("requirements.txt",)
"""Lists that by their name are for the project itself, not for its tests or documentation."""

ENVIRONMENTS = ("environment.yml", "environment.yaml")


def partners(manifest: Manifest, reader: Reader) -> Iterator[Manifest]:
    """The files that `manifest` is compared with; each pair is seen from one side only."""
    folder, name = os.path.split(manifest.path)
    if manifest.format in LOCKS:
        names = OF_LOCK.get(manifest.format, ())
    elif name in LISTS:
        names = PROJECT_FILES
    elif name in ENVIRONMENTS:
        names = (*PROJECT_FILES, *LISTS)
    else:
        return
    for other in names:
        found = reader(os.path.join(folder, other))
        if found is not None and any(one.origin == "" for one in found.requirements):
            yield found
            if found.format in PROJECTS:
                return  # setup.cfg and setup.py beside a pyproject.toml that asks say the same
