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
    # A byte that Python could not decode came from the file system as a lone surrogate: show the
    # byte, or the character if it was one of UTF-8 in a locale that does not know it.
    return _bytes(path).decode("utf-8", "backslashreplace")


def _bytes(path: str) -> bytes:
    """The name in UTF-8, with the bytes that the file system has where it is not text."""
    try:
        return path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half of a pair, as Windows allows
        return path.encode("utf-8", "surrogatepass")


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
        return quote(_bytes(inside.replace(os.sep, "/"))), True
    absolute = os.path.abspath(path).replace(os.sep, "/")
    return "file://" + quote(_bytes("/" + absolute.lstrip("/")), safe="/:"), False


def _same_drive(path: str) -> bool:
    return os.path.splitdrive(path)[0] == os.path.splitdrive(os.getcwd())[0]
