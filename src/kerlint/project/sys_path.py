"""Folders that a program puts on `sys.path` itself, as far as its text names them."""

from __future__ import annotations

import os
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LINE = re.compile(rb"^[^#\n]*\bsys\.path\b[^\n]*", re.MULTILINE)
_TEXT = re.compile(rb"""(?<![\w\\])[rfu]?(["'])([\w./\\ -]{1,80})\1""", re.ASCII)


def added(data: bytes, folder: str, root: str, is_folder: Callable[[str], bool]) -> Iterator[str]:
    """Folders below `root` that the program with the source `data` in `folder` may have added.

    Those above it, for `sys.path.append(dirname(dirname(__file__)))` and its like, and those that a
    text in the same line leads to, from its own folder or one of these.
    """
    if b"sys.path" not in data:
        return
    above = list(_above(folder, root))
    yield from above
    seen = set(above)
    for line in _LINE.findall(data):
        words = [text.decode("ascii") for _, text in _TEXT.findall(line)]
        for start in (folder, *above):
            for parts in ([words] if words else []) + [[word] for word in words]:
                path = os.path.normpath(os.path.join(start, *parts))
                if path not in seen and _is_below(path, root) and is_folder(path):
                    seen.add(path)
                    yield path


def _above(folder: str, root: str) -> Iterator[str]:
    while folder != root and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
        yield folder


def _is_below(path: str, root: str) -> bool:
    return path == root or path.startswith(os.path.join(root, ""))
