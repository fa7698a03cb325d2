"""Bytes from disk, and text from bytes as Python itself would decode them (PEP 263)."""

from __future__ import annotations

import os

_CHUNK = 1 << 20
_DEVICES = (0o020000, 0o060000)
"""`stat.S_IFCHR`, `stat.S_IFBLK`: some, such as /dev/zero, never end."""


class Undecodable(Exception):
    """The bytes are no text in the encoding that the file declares. `line` is 1-based."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


def read_bytes(path: str) -> bytes:
    """The file's bytes. Raises OSError; a folder or a device is an error too."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        status = os.fstat(descriptor)
        kind = status.st_mode & 0o170000
        if kind == 0o040000:
            raise IsADirectoryError(21, "Is a directory", path)
        if kind in _DEVICES:
            raise OSError(22, "Is a device", path)
        data = os.read(descriptor, status.st_size + 1)
        if len(data) <= status.st_size and len(data) == status.st_size:
            return data
        parts = [data]
        while True:
            part = os.read(descriptor, _CHUNK)
            if not part:
                return b"".join(parts)
            parts.append(part)
    finally:
        os.close(descriptor)


def decode(data: bytes) -> str:
    """The source text; line ends are kept as they are, a byte order mark is taken off.

    Raises Undecodable for a null byte, an unknown encoding, or bytes that do not fit it.
    """
    null = data.find(b"\0")
    if null >= 0:
        raise Undecodable("it holds a null byte", data.count(b"\n", 0, null) + 1)
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    declared = _declared(data)
    encoding = declared or "utf-8"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Undecodable(
            f"line {line} is no {encoding} text (byte 0x{data[error.start]:02x})", line
        ) from None
    except LookupError:
        raise Undecodable(
            f"it declares an encoding that Python does not know: {encoding!r}"
        ) from None


def _declared(data: bytes) -> str | None:
    """The encoding that a comment in the first two lines declares."""
    head = data[:512]
    if b"coding" not in head:
        return None
    import re

    for line in head.splitlines()[:2]:
        match = re.match(rb"[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)", line)
        if match:
            return match[1].decode("ascii")
        if line.strip() and not line.lstrip().startswith(b"#"):
            return None
    return None
