"""Whether the bytes of a file may set an environment variable, or only read it."""

from __future__ import annotations

import re

_READ = (
    rb"environ\s*\.\s*get\s*\(\s*{name}"
    rb"|getenv\s*\(\s*{name}"
    rb"|{name}\s+(?:not\s+)?in\b"
    rb"|environ\s*\[\s*{name}\s*\]\s*(?:[.!]|==)"
    rb"|\w\((?:\w+\.)*environ\s*\[\s*{name}\s*\]"
    rb"|=\s*(?:\w+\.)*environ\s*\[\s*{name}\s*\](?![\s\\)\]]*(?:[,:|]|=(?!=)))"
)
"""Uses of a variable's name that certainly read; the last but for targets like `a = b[x] = c`."""


_UNNAMED = re.compile(
    rb"environ(?!ment"
    rb"|\s*\.\s*(?:get|copy|items|keys|values)\s*\("
    rb"|\s*(?:\.\s*(?:setdefault|pop)\s*\(|\[)\s*[\"'][^\"'\n]*[\"']\s*[\]),])"
)
"""Where variables may be set that are not named there: not where one is read, or is named."""


def sets_unnamed(data: bytes) -> bool:
    """Whether the bytes may set environment variables whose names they do not hold."""
    return b"dotenv" in data or (b"environ" in data and _UNNAMED.search(data) is not None)


def sets_any(data: bytes, path: str = "") -> bool:
    """Whether the bytes show a way to set an environment variable, for Python or for a shell.

    `putenv`, `setenv`, `load_dotenv` hold `tenv`. A noxfile has ways of its own. Written out, for
    a loop costs more.
    """
    return (
        (b"env" in data and (b"environ" in data or b"tenv" in data))
        or b"system" in data
        or b"popen" in data
        or b"subprocess" in data
        or path.endswith("noxfile.py")
    )


def may_write(name: bytes, data: bytes) -> bool:
    """Whether the variable is spoken of otherwise than to read it."""
    if name not in data:
        return False
    read = re.compile(_READ.replace(b"{name}", rb"""["']""" + name + rb"""["']"""))
    return name in read.sub(b"", data)
