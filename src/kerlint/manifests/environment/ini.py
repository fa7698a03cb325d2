"""`setenv` of tox and `env` of pytest-env, in tox.ini, pytest.ini and setup.cfg.

https://tox.wiki/en/latest/config.html#set_env, https://github.com/pytest-dev/pytest-env
"""

from __future__ import annotations

import re

from kerlint.manifests.ini_lines import entries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.manifests.ini_lines import IniEntry
    from kerlint.manifests.places import Places
    from kerlint.manifests.settings import Found

_FACTORS = re.compile(r"[\w{},.!-]+(?:,[ \t]*[\w{},.!-]+)*:[ \t]+")
_COMMENT = re.compile(r"\s*(?<!\\)#.*$")
_FLAGS = re.compile(r"(?:[DR]:)+")


def read(text: str, places: Places, found: Found, base: int = 0) -> None:
    """Add what tox and pytest set; `base` is the offset of `text` in the file."""
    for entry in entries(text, base):
        if entry.key in ("setenv", "set_env") and "testenv" in entry.section:
            _tox(entry, places, found)
        elif entry.key == "env" and entry.section in ("pytest", "tool:pytest"):
            for offset, line in entry.lines:
                pytest_env(line, offset, places, found, f"[{entry.section}] env")


def _tox(entry: IniEntry, places: Places, found: Found) -> None:
    for offset, line in entry.lines:
        run = f"[{entry.section}] {entry.key}"
        bare = _COMMENT.sub("", line)
        factors = _FACTORS.match(bare)
        if factors and "=" not in factors[0]:
            run = ""
            offset += factors.end()
            bare = bare[factors.end() :]
        name, equals, rest = bare.partition("=")
        if not equals:
            continue
        value = rest.strip()
        start = offset + len(name) + 1 + len(rest) - len(rest.lstrip())
        unknown = "{" in value or "\\" in value
        span = places.span(start, start + len(value))
        found.add(name.strip(), None if unknown else value, span, run)


def pytest_env(text: str, offset: int, places: Places, found: Found, run: str) -> None:
    """Add one line of pytest-env: `D:NAME=value` only where it is unset, `R:NAME=value` raw."""
    flags = _FLAGS.match(text)
    start = flags.end() if flags else 0
    name, equals, rest = text[start:].partition("=")
    if not equals:
        return
    value = rest.strip()
    at = offset + start + len(name) + 1 + len(rest) - len(rest.lstrip())
    raw = bool(flags) and "R" in text[:start]
    unknown = "{" in value and not raw
    if flags and "D" in text[:start]:
        run = ""
    found.add(name.strip(), None if unknown else value, places.span(at, at + len(value)), run)
