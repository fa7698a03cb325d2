"""How a path is spelt in a report."""

from __future__ import annotations

import os


def shown(path: str, start: str | None = None) -> str:
    """`path` as reports print it: relative to `start` (the working directory) where it lies
    below it, with forward slashes, and printable even if the name is not UTF-8.
    """
    if os.path.isabs(path):
        base = start or os.getcwd()
        try:
            relative = os.path.relpath(path, base)
        except ValueError:  # another drive
            relative = path
        if relative != os.pardir and not relative.startswith(os.pardir + os.sep):
            path = relative
    elif path.startswith(os.curdir + os.sep):
        path = path[2:]
    if os.sep != "/":
        path = path.replace(os.sep, "/")
    if path.isascii():
        return path
    # A byte that is not UTF-8 came from the file system as a lone surrogate: show the byte.
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def uri(path: str) -> tuple[str, bool]:
    """A URI reference for `path`, percent-encoded from its exact bytes, and whether it is
    relative to the working directory (`%SRCROOT%`). Everything elsewhere is a `file:` URI.
    """
    from urllib.parse import quote

    path = os.path.normpath(path)
    if os.path.isabs(path):
        inside = os.path.relpath(path, os.getcwd()) if _same_drive(path) else path
    else:
        inside = path
    if not os.path.isabs(inside) and inside.split(os.sep)[0] != os.pardir:
        return quote(os.fsencode(inside.replace(os.sep, "/"))), True
    absolute = os.path.abspath(path).replace(os.sep, "/")
    return "file://" + quote(os.fsencode("/" + absolute.lstrip("/")), safe="/:"), False


def _same_drive(path: str) -> bool:
    return os.path.splitdrive(path)[0] == os.path.splitdrive(os.getcwd())[0]
