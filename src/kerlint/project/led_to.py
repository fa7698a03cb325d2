"""Does a manifest that names no package of interest install from a file that does?

`pip install -r requirements.txt` names none itself, and what it installs may all the same be
impossible on the Python of an image or of a job. Over-approximate: whoever reads the file finds
out what is installed.

Every file of a run that may be a manifest is asked. Most answers take a few words of its bytes;
only the others are worth an expression and a look at the disk.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

ABOVE = 3
"""Folders above that of the file in which a list may lie: jobs and images begin at the root."""

LARGEST = 1_000_000
"""Bytes of a list above which it is not looked into."""

_WITH_COMMANDS = (
    *(".yml", ".yaml", ".sh", ".bash", ".mk", "akefile", "tox.ini", ".ipynb"),
    *(".toml", "setup.cfg", ".dockerfile", "noxfile.py"),
)
_READ_THE_DOCS = (".readthedocs.yml", ".readthedocs.yaml")
_OWN_WORDS = ("tox.ini", ".toml", "setup.cfg", "noxfile.py", *_READ_THE_DOCS)
"""Files that install without naming pip or uv."""

_LIST = rb"-(?:r|-requirements?)[\s=,\"']*([\w./-]+\.(?:txt|in|pip))\b"
"""In commands."""
_NAMED = rb"([\w./-]*require[\w./-]*\.(?:txt|in))\b"
"""In the settings of setuptools: `file = ["requirements.txt"]`."""
_NAMING = (".toml", "setup.cfg", *_READ_THE_DOCS)

_PROJECT = (
    rb"install\b[^\n;&|]{0,300}[\s\"'](?:file:)?\.{1,2}/?(?:\[[^\]\n]*\])?[\s\"';&|]"
    rb"|(?m:^[ \t-]*path: *[\"']?\.{1,2}[/\"']*\s*$)"
)
"""`pip install .[dev]`, and `path: .` for Read the Docs: the project itself is installed."""
_PROJECTS = ("pyproject.toml", "setup.cfg", "setup.py")


def leads_to_packages(data: bytes, path: str) -> bool:
    """Whether the file at `path`, with these bytes, may install from one that names a package."""
    if path.endswith(".ipynb") and b" install " not in data:
        return False
    if b"args:" in data and path.endswith((".yml", ".yaml")) and _builds_image(data, path):
        return True
    if b"-r" not in data and b"install" not in data and b"require" not in data:
        return False
    if not path.endswith(_WITH_COMMANDS) and b"FROM" not in data and b"from" not in data:
        return False
    if not path.endswith(_OWN_WORDS) and b"pip" not in data and b"uv " not in data:
        return False
    from kerlint.project.kinds import is_manifest

    return is_manifest(path) and any(map(_names_packages, _led_to(data, path)))


def _builds_image(data: bytes, path: str) -> bool:
    """Whether a compose file builds an image that names a package, with arguments of its own."""
    from kerlint.project.kinds import settings_format

    if settings_format(path) != "compose":
        return False
    import re

    folder = os.path.dirname(path)
    places = re.findall(rb"(?m)^[ \t]*(?:build|context): *[\"']?([\w./-]+)", data) or [b"."]
    files = re.findall(rb"(?m)^[ \t]*dockerfile: *[\"']?([\w./-]+)", data)
    return any(
        _names_packages(os.path.join(folder, place.decode(), file.decode()))
        for place in {*places, b"."}
        for file in {*files, b"Dockerfile"}
    )


def _names_packages(path: str) -> bool:
    """Whether the file names a package of interest, or includes one more that may."""
    from kerlint.source.gates import names_packages

    try:
        if not os.path.isfile(path) or os.path.getsize(path) > LARGEST:
            return False
        with open(path, "rb") as file:
            content = file.read()
    except OSError:
        return False
    return names_packages(content.lower()) or (b"-r" in content and not path.endswith(".py"))


def _led_to(data: bytes, path: str) -> Iterator[str]:
    """Where the files may lie that it installs from."""
    import re

    folders = [os.path.dirname(path)]
    for _ in range(ABOVE):
        folders.append(os.path.join(folders[-1], ".."))
    pattern = _NAMED if path.endswith(_NAMING) else _LIST
    names = set()
    if pattern is _NAMED or b"-r" in data:
        names = {found[1].decode("ascii", "replace") for found in re.finditer(pattern, data)}
    for name in sorted(names):
        parts = [part for part in name.split("/") if part not in ("", ".", "..")]
        for folder in folders:
            # In an image a list may lie deeper than in the project.
            for start in range(len(parts)):
                yield os.path.join(folder, *parts[start:])
    if b"install" in data and re.search(_PROJECT, data + b"\n"):
        for folder in folders:
            for name in _PROJECTS:
                yield os.path.join(folder, name)
