"""The manifests of a run, each read once: those that are checked, and those they lead to."""

from __future__ import annotations

import os

from kerlint.project.kinds import is_manifest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from kerlint.manifests.model import Manifest

LARGEST = 20_000_000
"""Bytes of a manifest above which it is not read."""

MOST_MANIFESTS = 300
"""Of one project, that are looked at besides the checked ones."""


class Library:
    """Reads manifests by their paths, as reports print them.

    `data`  the bytes of those that were read already
    `read`  what another library has read of the disk
    """

    def __init__(self, data: Mapping[str, bytes], read: Library | None = None) -> None:
        self._given = {os.path.abspath(path): (path, content) for path, content in data.items()}
        self._read: dict[str, Manifest | None] = {} if read is None else dict(read._read)
        self._below: dict[str, list[str]] = {}

    def manifest(self, path: str) -> Manifest | None:
        """What the file says; None if there is none, or it is too large. Never raises."""
        full = os.path.abspath(path)
        if full not in self._read:
            # What is one file has one manifest, by whichever link it is reached.
            real = os.path.realpath(full)
            if real != full and real in self._read:
                self._read[full] = self._read[real]
            else:
                self._read[full] = self._read[real] = self._reading(path, full)
        return self._read[full]

    def lacks(self, path: str, beside: str) -> bool:
        """Whether nothing is at `path`, although the file that names it is there."""
        full = os.path.abspath(path)
        return not (full in self._given or os.path.lexists(full)) and os.path.exists(beside)

    def _reading(self, path: str, full: str) -> Manifest | None:
        from kerlint.manifests.formats import format_of, read

        if full in self._given:
            path, data = self._given[full]
        else:
            from kerlint.source.reading import read_bytes

            try:
                if not os.path.isfile(full) or os.path.getsize(full) > LARGEST:
                    return None  # a device has no end
                data = read_bytes(full)
            except (OSError, ValueError):
                return None
            path = _shown(full)
        if format_of(path):
            return read(path, data)
        # What is included need not have its name: `-r deps.list`, `conda env create -f gpu.yml`.
        format = "conda-environment" if full.endswith((".yml", ".yaml")) else "requirements"
        return None if full in self._given else read(path, data, format)

    def below(self, root: str) -> list[str]:
        """The paths of the manifests in a project, as reports print them, the nearest first."""
        if root not in self._below:
            from itertools import islice

            from kerlint.project.discovery import walked

            named = (path for path in walked(root, []) if is_manifest(path))
            found = sorted(
                islice(named, MOST_MANIFESTS), key=lambda path: (path.count(os.sep), path)
            )
            self._below[root] = [_shown(path) for path in found]
        return self._below[root]


def _shown(full: str) -> str:
    from kerlint.project.discovery import as_shown

    return as_shown(full, os.path.join(os.getcwd(), ""))
