"""What a shell word says once its variables are filled in, as far as they are known."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

HOLE = "\0"
"""Stands in a value for what cannot be known."""

_NAME = re.compile(r"\$([A-Za-z_]\w*)|\$\{([A-Za-z_]\w*)\}|\$\{([A-Za-z_]\w*):?-([^${}`\"'\\]*)\}")
_LONGEST = 10_000
"""Characters of a word above which it is not looked at."""


def value(raw: str, variables: Mapping[str, str]) -> str:
    """The text of the word `raw`, with a `HOLE` for each part that only a shell knows.

    `variables`  those whose value is known; one with the value "\\0" is not
    A pattern (`keras==2.*`, `keras[extra]`) that no file matches stands for itself: so it does here.
    """
    if len(raw) > _LONGEST:
        return HOLE
    parts: list[str] = []
    at, end = 0, len(raw)
    quoted = False
    while at < end:
        one = raw[at]
        if one == "'" and not quoted:
            close = raw.find("'", at + 1)
            close = end if close < 0 else close
            parts.append(raw[at + 1 : close])
            at = close + 1
        elif one == '"':
            quoted = not quoted
            at += 1
        elif one == "\\":
            following = raw[at + 1 : at + 2]
            if following == "\r" and raw.startswith("\r\n", at + 1):
                at += 1
            elif following not in ("\n", "\r"):
                kept = quoted and following not in ("$", "`", '"', "\\")
                parts.append(f"\\{following}" if kept else following)
            at += 2
        elif one == "$":
            known = _NAME.match(raw, at)
            if known:
                parts.append(_filled(known, variables))
                at = known.end()
            elif raw.startswith(("$(", "${"), at):
                parts.append(HOLE)
                at = _after(raw, at + 2, "(" if raw[at + 1] == "(" else "{")
            elif re.match(r"[\w@*#?!-]", raw[at + 1 : at + 2]):
                parts.append(HOLE)
                at += 2
            else:
                parts.append(one)
                at += 1
        elif one == "`":
            close = raw.find("`", at + 1)
            parts.append(HOLE)
            at = end if close < 0 else close + 1
        elif one == "{" and not quoted and _is_list(raw, at):
            parts.append(HOLE)
            at = raw.find("}", at) + 1
        elif (one == "~" and not parts and not quoted) or (one == "?" and not quoted):
            parts.append(HOLE)
            at += 1
        else:
            parts.append(one)
            at += 1
    return "".join(parts)


def _filled(name: re.Match[str], variables: Mapping[str, str]) -> str:
    found = variables.get(name[1] or name[2] or name[3])
    if name[3] and not found:
        return name[4] if found is None else HOLE
    return HOLE if found is None or len(found) > _LONGEST else found


def _after(raw: str, at: int, opening: str) -> int:
    closing = ")" if opening == "(" else "}"
    depth = 1
    while at < len(raw):
        if raw[at] == "\\":
            at += 1
        elif raw[at] == opening:
            depth += 1
        elif raw[at] == closing:
            depth -= 1
            if not depth:
                return at + 1
        at += 1
    return len(raw)


def _is_list(raw: str, at: int) -> bool:
    """Whether `{a,b}` begins here, which becomes several words."""
    close = raw.find("}", at)
    return close > 0 and ("," in raw[at:close] or ".." in raw[at:close])
