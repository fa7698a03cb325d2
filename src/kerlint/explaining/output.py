"""An explanation as text for people, and as JSON for programs."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kerlint.explaining.reading import Line
    from kerlint.explaining.verdict import Explanation

SCHEMA = 1
WIDTH = 96
LONGEST = 300
"""Characters of a line of the log that are shown."""


def as_text(found: Explanation) -> str:
    """The cause and its cure first; then what follows from it, what else, what means nothing."""
    parts = []
    if found.unknown is not None:
        where = f"line {found.unknown.number}"
        parts.append(
            f"The program ended with an error that kerlint does not know ({where}):\n"
            f"{_quoted(found.unknown)}"
        )
    if found.cause_line is not None:
        parts.append(_cause(found.cause_line, beside=found.unknown is not None))
    if found.followers:
        shown = "\n".join(
            f"  line {one.number}: {_short(one.text, 120)}" for one in found.followers
        )
        parts.append(f"Follows from it:\n{shown}")
    if found.others:
        parts.append("Also wrong:\n" + "\n".join(map(_also, found.others)))
    if found.harmless:
        parts.append(_harmless(found))
    if not parts:
        lines = "line" if found.read == 1 else "lines"
        parts.append(
            f"No line here that kerlint knows ({found.read} {lines} read). That is no proof that "
            "nothing is wrong."
        )
    return "\n\n".join(parts) + "\n"


def _cause(line: Line, *, beside: bool) -> str:
    message = line.message
    assert message is not None
    title = "Wrong besides" if beside else "The cause"
    cure = _wrapped("What to do: ", message.cure)
    rules = ""
    if message.codes:
        rules = f"\n  Rules: {', '.join(message.codes)} (`kerlint rule {message.codes[0]}`)"
    return (
        f"{title} (line {line.number}):\n{_quoted(line)}\n"
        f"{_wrapped('', message.says)}\n{cure}\n  Source: {message.source}{rules}"
    )


def _also(line: Line) -> str:
    message = line.message
    assert message is not None
    return (
        f"  line {line.number}: {_short(line.text, 120)}\n"
        f"{_wrapped('', message.says, 4)}\n{_wrapped('What to do: ', message.cure, 4)}"
    )


def _harmless(found: Explanation) -> str:
    count = sum(found.counts[one.message.id] for one in found.harmless if one.message)
    lines = "1 line" if count == 1 else f"{count} lines"
    parts = [f"Harmless ({lines}):"]
    for one in found.harmless:
        assert one.message is not None
        times = f"{found.counts[one.message.id]} x " if found.counts[one.message.id] > 1 else ""
        parts.append(f"  {times}{_short(one.text, 80)}\n{_wrapped('', one.message.says, 4)}")
        if one.message.cure:
            parts.append(_wrapped("", one.message.cure, 4))
    return "\n".join(parts)


def _quoted(line: Line) -> str:
    return f"  > {_short(line.text, LONGEST)}"


def _short(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 3] + "..."


def _wrapped(before: str, text: str, indent: int = 2) -> str:
    if not text:
        return ""
    space = " " * indent
    return textwrap.fill(
        before + text,
        WIDTH,
        initial_indent=space,
        subsequent_indent=space,
        break_long_words=False,
        break_on_hyphens=False,
    )


def as_json(found: Explanation) -> str:
    """One object: `schema, cause, followers, others, harmless, unknown, lines_read`."""
    data = {
        "schema": SCHEMA,
        "cause": _plain(found, found.cause_line),
        "followers": [_plain(found, one) for one in found.followers],
        "others": [_plain(found, one) for one in found.others],
        "harmless": [_plain(found, one) for one in found.harmless],
        "unknown": _plain(found, found.unknown),
        "lines_read": found.read,
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _plain(found: Explanation, line: Line | None) -> dict[str, Any] | None:
    if line is None:
        return None
    message = line.message
    if message is None:
        return {"line": line.number, "text": line.text[:LONGEST]}
    return {
        "id": message.id,
        "kind": message.kind,
        "line": line.number,
        "count": found.counts[message.id],
        "text": line.text[:LONGEST],
        "says": message.says,
        "cure": message.cure,
        "source": message.source,
        "codes": list(message.codes),
    }
