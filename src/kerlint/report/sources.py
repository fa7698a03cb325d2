"""Source text for reports that show it, read again from disk."""

from __future__ import annotations


def read(path: str) -> str | None:
    """The decoded text of `path`, or None if it cannot be read or decoded."""
    import io
    import tokenize

    try:
        with open(path, "rb") as stream:
            data = stream.read()
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return data.decode(encoding)
    except (OSError, SyntaxError, UnicodeDecodeError, LookupError, ValueError):
        return None
