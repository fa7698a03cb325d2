"""Does a file with commands lead to a list, or to a project, that names packages of interest?

`pip install -r requirements.txt` names none itself, and what it installs may all the same be
impossible on the Python of an image or of a job. Over-approximate: whoever reads the file finds
out what is installed.
"""

from __future__ import annotations

import os
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

ABOVE = 3
"""Folders above that of the file in which a list may lie: jobs and images begin at the root."""

LARGEST = 1_000_000
"""Bytes of a list above which it is not looked into."""

_LIST = re.compile(rb"-(?:r|-requirements?)[\s=,\"']*([\w./-]+\.(?:txt|in|pip))\b")
_PROJECT = re.compile(
    rb"install\b[^\n;&|]{0,300}[\s\"'](?:file:)?\.{1,2}/?(?:\[[^\]\n]*\])?[\s\"';&|]"
)
_NAMED = re.compile(rb"([\w./-]*require[\w./-]*\.(?:txt|in))\b")
"""In the settings of setuptools: `file = ["requirements.txt"]`."""

_PATH = re.compile(rb"^[ \t-]*path: *[\"']?\.{1,2}[/\"']*\s*$", re.MULTILINE)
"""In those of Read the Docs."""

_NAMING = (".toml", "setup.cfg", ".readthedocs.yml", ".readthedocs.yaml")

_PROJECTS = ("pyproject.toml", "setup.cfg", "setup.py")


def leads_to_packages(data: bytes, path: str) -> bool:
    """Whether a file that `path`, with these bytes, installs from names a package of interest."""
    from kerlint.source.gates import names_packages

    for candidate in _led_to(data, path):
        try:
            if not os.path.isfile(candidate) or os.path.getsize(candidate) > LARGEST:
                continue
            with open(candidate, "rb") as file:
                content = file.read()
        except OSError:
            continue
        if names_packages(content.lower()) or (b"-r" in content and candidate[-3:] != ".py"):
            return True
    return False


def _led_to(data: bytes, path: str) -> Iterator[str]:
    folders = [os.path.dirname(path)]
    for _ in range(ABOVE):
        folders.append(os.path.join(folders[-1], ".."))
    pattern = _NAMED if path.endswith(_NAMING) else _LIST
    names = set()
    if pattern is _NAMED or b"-r" in data:
        names = {found[1].decode("ascii", "replace") for found in pattern.finditer(data)}
    for name in sorted(names):
        parts = [part for part in name.split("/") if part not in ("", ".", "..")]
        for folder in folders:
            # In an image a list may lie deeper than in the project.
            for start in range(len(parts)):
                yield os.path.join(folder, *parts[start:])
    if b"install" in data and (_PROJECT.search(data + b"\n") or _PATH.search(data)):
        for folder in folders:
            for name in _PROJECTS:
                yield os.path.join(folder, name)
