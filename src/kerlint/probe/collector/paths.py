"""Where the interpreter looks for modules, and what each place is."""

from __future__ import annotations

import os
import re
import sys

from kerlint.probe.collector.answering import names_in, read_bytes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_VERSION_IN_PATH = re.compile(
    r"[/\\](?:lib(?:64)?[/\\]python|python|cpython-)(\d\.\d+)[/\\]|[/\\]Python(\d)(\d+)[/\\]", re.I
)


def site_folders(prefix: str, version: str) -> list[str]:
    """The site-packages that belong to a prefix, as the layout says: no start was asked."""
    if os.name == "nt":
        return [os.path.join(prefix, "Lib", "site-packages")]
    folders = [
        os.path.join(prefix, lib, f"python{version}{end}", kind)
        for lib in ("lib", "lib64", "local/lib")
        for end in ("", "t")
        for kind in ("site-packages", "dist-packages")
    ]
    folders.append(os.path.join(prefix, "lib", "python3", "dist-packages"))
    real = {os.path.realpath(one): one for one in reversed(folders) if os.path.isdir(one)}
    return [one for one in folders if one in real.values()]  # `lib64` may be a link to `lib`


def derived_path(standard: list[str], sites: list[str]) -> list[str]:
    """The path of an ordinary start, where none could be asked: standard, sites, their .pth."""
    path = list(standard)
    for folder in sites:
        path.append(folder)
        for _, _, place in pth_folders(folder):
            if os.path.isdir(place) and place not in path:
                path.append(place)
    return path


def pth_folders(folder: str) -> list[tuple[str, int, str]]:
    """The paths that the .pth files of a folder add: file, line (from 1), path."""
    found = []
    for name in names_in(folder):
        if not name.endswith(".pth") or name.startswith("."):
            continue
        file = os.path.join(folder, name)
        try:
            lines = read_bytes(file, 1_000_000).decode("utf-8-sig").splitlines()
        except (OSError, UnicodeError):
            continue
        for number, line in enumerate(lines, 1):
            text = line.rstrip()
            if text and not text.startswith(("#", "import ", "import\t")):
                found.append((file, number, os.path.normpath(os.path.join(folder, text))))
    return found


def path_entries(
    path: list[str],
    standard: list[str],
    sites: list[str],
    user_site: str,
    python_path: list[str],
) -> list[dict[str, Any]]:
    """Each entry of the path with its kind (see `PathEntry`)."""
    from_pth = {place for folder in [*sites, user_site] for _, _, place in pth_folders(folder)}
    entries = []
    for entry in path:
        if entry in python_path:
            kind = "pythonpath"
        elif entry in sites:
            kind = "site"
        elif user_site and entry == user_site:
            kind = "user-site"
        elif entry in standard:
            kind = "stdlib"
        elif os.path.normpath(entry) in from_pth:
            kind = "pth"
        else:
            kind = "other"
        named = _VERSION_IN_PATH.search(entry + os.sep)
        version = "" if not named else named[1] or f"{named[2]}.{named[3]}"
        entries.append(
            {"path": entry, "kind": kind, "exists": os.path.exists(entry), "python": version}
        )
    return entries


def standard_path() -> list[str]:
    """Of a start without `site`: the standard library's entries alone."""
    return [entry for entry in sys.path if entry and os.path.basename(entry) != "site-packages"]


def python_path_of(environment: dict[str, str], folder: str) -> list[str]:
    """The entries of PYTHONPATH; what is relative in it is relative to the project's folder."""
    text = environment.get("PYTHONPATH", "")
    if not text:
        return []
    base = folder or os.getcwd()
    return [os.path.normpath(os.path.join(base, one)) for one in text.split(os.pathsep)]
