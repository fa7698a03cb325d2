"""RECORD against the disk, by existence and size.

A RECORD without an INSTALLER beside it is the one that the wheel was built with: Debian and others
strip libraries and leave files out afterwards. It says whose a file is, and no more.

Not compared, because sound environments differ there: byte code (images are cleaned of it),
everything outside site-packages (scripts, of which copies of an environment leave some behind),
the installer's own notes in the metadata folder, the sizes of files that conda installed (it
rewrites the prefix in them), and the size of `cacert.pem` (companies add their certificate to it).
"""

from __future__ import annotations

import os
import time

from kerlint.probe.collector.answering import read_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_SHOWN = 20
_UNTIL_CLOCK = 200
"""Files between two looks at the clock."""
_LONGEST_RECORD = 200_000_000


def listed(folder: str) -> list[tuple[str, str]] | None:
    """The files that a RECORD lists, with their size as text; None where there is none.

    Paths have forward slashes, relative to site-packages. Raises OSError.
    """
    try:
        text = read_text(os.path.join(folder, "RECORD"), _LONGEST_RECORD)
    except (FileNotFoundError, NotADirectoryError):
        return None
    rows: list[tuple[str, str]] = []
    if '"' in text:
        import csv

        rows.extend((row[0], row[2]) for row in csv.reader(text.splitlines()) if len(row) > 2)
        return rows
    for line in text.splitlines():
        path, _, rest = line.partition(",")
        rows.append((path, rest.rpartition(",")[2]))
    return rows


_MADE_LATER = (".pyc", ".pyo", "__pycache__", "__pycache__/")
"""What Python makes when it first imports a module, if it may: virtualenv lists the folders."""


def lying_inside(folder: str, rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those of the rows that can be compared: files in site-packages that stay as they came."""
    own_folder = os.path.basename(folder) + "/"
    return [
        (path, size)
        for path, size in rows
        if path
        and not path.endswith(_MADE_LATER)
        and not path.startswith(("/", own_folder))
        and not (".." in path and ".." in path.split("/"))
        and ":" not in path[:3]
    ]


def compared(
    location: str, inside: list[tuple[str, str]], sizes: bool, ends: float
) -> dict[str, Any] | None:
    """The `Record` of a distribution; None where the disk is so slow that the time runs out.

    `ends`: of the time, on the clock `time.monotonic`.
    """
    missing: list[str] = []
    altered: list[str] = []
    start = location + "/"
    stat = os.stat
    for index, (path, size) in enumerate(inside):
        if index % _UNTIL_CLOCK == 0 and time.monotonic() > ends:
            return None
        try:
            on_disk = stat(start + path).st_size
        except (OSError, ValueError):
            missing.append(path)
            continue
        if sizes and size and size != str(on_disk) and not path.endswith("/cacert.pem"):
            altered.append(path)
    return {
        "present": True,
        "checked": len(inside),
        "missing_count": len(missing),
        "missing": missing[:_SHOWN],
        "altered_count": len(altered),
        "altered": altered[:_SHOWN],
    }


def top_level(inside: list[tuple[str, str]]) -> list[str]:
    """Names that can be imported, by the files."""
    names = set()
    for path, _ in inside:
        first, slash, rest = path.partition("/")
        if slash:
            if rest.endswith((".py", ".so", ".pyd", ".pyi")) and first.isidentifier():
                names.add(first)
        elif first.endswith((".py", ".so", ".pyd")):
            names.add(first.partition(".")[0])
    return sorted(name for name in names if not name.startswith("__editable__"))


class Owners:
    """Which distribution lists a file, and which two list the same one."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._owner: dict[str, int] = {}
        self._pairs: dict[tuple[int, int], list[str]] = {}
        self._counts: dict[tuple[int, int], int] = {}

    def add(self, name: str, location: str, inside: list[tuple[str, str]]) -> None:
        """The files of one more distribution."""
        index = len(self._names)
        self._names.append(name)
        owner = self._owner
        start = location + "/"
        for path, _ in inside:
            first = owner.setdefault(start + path, index)
            if first != index and self._names[first] != name:
                pair = (first, index)
                self._counts[pair] = self._counts.get(pair, 0) + 1
                examples = self._pairs.setdefault(pair, [])
                if len(examples) < _SHOWN:
                    examples.append(path)

    def of(self, file: str) -> str:
        """The distribution that lists this file; "" for none."""
        index = self._owner.get(file.replace(os.sep, "/"))
        return "" if index is None else self._names[index]

    def overlaps(self) -> list[dict[str, Any]]:
        """`Overlap` for each pair of distributions of different names with common files."""
        return [
            {
                "distributions": [self._names[one] for one in pair],
                "files": count,
                "examples": self._pairs[pair],
            }
            for pair, count in self._counts.items()
        ]
