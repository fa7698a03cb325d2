"""An answer of a child: JSON in a file, behind a nonce, written whole or not at all.

Nothing is imported but `os`: what starts with the interpreter may have replaced any module.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

LONGEST_ANSWER = 64_000_000
"""Bytes that are read of an answer."""


class Gaps:
    """What was not looked at, and why."""

    def __init__(self) -> None:
        self.all: list[dict[str, str]] = []
        self._known: set[tuple[str, str]] = set()

    def add(self, what: str, why: object) -> None:
        """`why`: a sentence, or the exception."""
        if isinstance(why, BaseException):
            why = f"{type(why).__name__}: {why}"
        gap = (what, str(why)[:500])
        if gap not in self._known:
            self._known.add(gap)
            self.all.append({"what": what, "why": gap[1]})

    def around(self, what: str, do: Callable[[], Any], otherwise: Any) -> Any:
        """What `do` gives; where it raises, `otherwise`, and that `what` was not checked."""
        try:
            return do()
        except Exception as error:
            self.add(what, error)
            return otherwise


def encoded(value: Any) -> str:
    """`value` as JSON. Unpaired surrogates (undecodable file names) are kept escaped."""
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, dict):
        pairs = [f"{encoded(str(key))}: {encoded(one)}" for key, one in value.items()]
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, (list, tuple, set, frozenset)):
        return "[" + ", ".join([encoded(one) for one in value]) + "]"
    text = str(value)
    if text.isascii() and text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return '"' + "".join([_escaped(letter) for letter in text]) + '"'


def _escaped(letter: str) -> str:
    number = ord(letter)
    if letter in '"\\':
        return "\\" + letter
    if 32 <= number < 127:
        return letter
    if number > 0xFFFF:
        number -= 0x10000
        return f"\\u{0xD800 + (number >> 10):04x}\\u{0xDC00 + (number & 0x3FF):04x}"
    return f"\\u{number:04x}"


def write_answer(path: str, nonce: str, value: Any) -> None:
    """Write the answer in one go, so that a reader sees all of it or nothing."""
    data = f"{nonce}\n{encoded(value)}".encode("ascii")
    part = f"{path}.{os.getpid()}"
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        while data:
            data = data[os.write(descriptor, data) :]
    finally:
        os.close(descriptor)
    os.replace(part, path)


def add_line(path: str, nonce: str, value: Any) -> None:
    """Add one step to a file of steps: it stays even if the process dies in the next one."""
    data = f"{nonce} {encoded(value)}\n".encode("ascii")
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, data)
    finally:
        os.close(descriptor)


def read_bytes(path: str, limit: int = 4_000_000) -> bytes:
    """`limit` bytes of a file. Raises OSError; also for what is no file, and might never end."""
    with open(path, "rb", opener=_opened_at_once) as file:
        if os.fstat(file.fileno()).st_mode & 0o170000 != 0o100000:
            raise OSError(22, "Not a regular file", path)
        return file.read(limit)


def _opened_at_once(path: str, flags: int) -> int:
    """To open a pipe that nobody writes to waits for somebody who does."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def read_text(path: str, limit: int = 4_000_000) -> str:
    """The text of a file of any encoding, `limit` bytes of it. Raises OSError as `read_bytes`."""
    return read_bytes(path, limit).decode("utf-8", "surrogateescape")


def names_in(folder: str) -> list[str]:
    """The sorted names in a folder; none where it cannot be listed."""
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []
