"""Text from the bytes of a manifest, as the tool that the manifest is for decodes it."""

from __future__ import annotations

TYPE_CHECKING = False

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


class NoText(Exception):
    """The bytes are no text: why, and on which line (1-based)."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


def decode(data: bytes, declared: bool = False) -> tuple[str, str, int]:
    """The text; and if some of it had to be guessed, why, and the offset from where on.

    `declared`  whether a comment in the first two lines may name the encoding (PEP 263)

    A byte order mark is taken off. What is no UTF-8 is read as Latin-1, which fits any bytes.
    Raises NoText for binary data.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            _refuse_binary(text)
            return text, "", 0
    if declared and b"coding" in data[:512]:
        from kerlint.source.reading import _declared

        name = _declared(data)
        if name:
            try:
                text = data.decode(name)
            except (UnicodeDecodeError, LookupError):
                text = data.decode("latin-1")
                _refuse_binary(text)
                return text, f"the file is no {name} text, although it says so", 0
            _refuse_binary(text)
            return text, "", 0
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = data.decode("latin-1")
        _refuse_binary(text)
        return text, f"the byte 0x{data[error.start]:02x} is no UTF-8", error.start
    _refuse_binary(text)
    return text, "", 0


def _refuse_binary(text: str) -> None:
    null = text.find("\0")
    if null >= 0:
        raise NoText("it holds a null byte", text.count("\n", 0, null) + 1)
