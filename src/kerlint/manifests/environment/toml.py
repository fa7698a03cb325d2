"""Variables in pyproject.toml, tox.toml, pytest.toml, pixi.toml and their like.

Whatever table of whatever tool (tox, pytest-env, hatch, pixi, poe, pdm, cibuildwheel) has a
variable's name for a key, sets that variable.
"""

from __future__ import annotations

import re

from kerlint.manifests import toml_places
from kerlint.manifests.environment import ini

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.manifests.places import Places
    from kerlint.manifests.settings import Found
    from kerlint.manifests.toml_places import TomlValue

_NAME = re.compile(r"[A-Z_][A-Z0-9_]*")
_QUOTES = re.compile(r"""(\"{3}|'{3}|"|')""")


def read(text: str, places: Places, found: Found) -> None:
    """Add every value whose key is a variable's name, and what pytest-env lists."""
    for one in toml_places.scalars(text, places):
        if not isinstance(one.value, str):
            continue
        start, end = _inner(text, one)
        names = [part for part in one.path if isinstance(part, str)]
        if names[-1:] == ["env"] and "pytest" in names:
            exact = text[start:end] == one.value
            for line in one.value.splitlines() if not exact else [one.value]:
                ini.pytest_env(line.strip(), start, places, found, ".".join(names))
        elif names[-1:] == ["legacy_tox_ini"] and text[start:end].strip("\r\n"):
            ini.read(text[start:end], places, found, start)
        elif _NAME.fullmatch(names[-1]):
            _add(names[-1], one, start, end, places, found)
        elif names[-1] == "value" and len(names) > 1 and _NAME.fullmatch(names[-2]):
            _add(names[-2], one, start, end, places, found)


def _add(name: str, one: TomlValue, start: int, end: int, places: Places, found: Found) -> None:
    unknown = "{" in one.value or "$" in one.value
    found.add(name, None if unknown else one.value, places.span(start, max(start, end)))


def _inner(text: str, one: TomlValue) -> tuple[int, int]:
    """The place of a string without its quotes."""
    quotes = _QUOTES.match(text, one.start)
    width = len(quotes[1]) if quotes else 0
    return one.start + width, one.end - width
