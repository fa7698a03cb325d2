"""JSON that every reader accepts."""

from __future__ import annotations

import json


def dump(value: object, indent: int | None = None) -> str:
    """`value` as JSON in ASCII. A lone surrogate, which a string literal of the checked code can
    hold, is no Unicode text and would be refused by strict readers: it becomes `?`.
    """
    text = json.dumps(value, indent=indent, ensure_ascii=False)
    if text.isascii():
        return text
    return json.dumps(json.loads(text.encode("utf-8", "replace")), indent=indent)
