"""Source text for reports that show it, read again from disk."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=4)
def read(path: str) -> str | None:
    """The decoded text of `path`, or None if it cannot be read or decoded.

    Findings come file by file, so that a few texts are enough to remember.
    """
    import io
    import tokenize

    try:
        with open(path, "rb") as stream:
            data = stream.read()
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return data.decode(encoding)
    except (OSError, SyntaxError, UnicodeDecodeError, LookupError, ValueError):
        return None
