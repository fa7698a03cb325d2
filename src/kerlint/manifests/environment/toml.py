"""Variables in pyproject.toml, tox.toml, pytest.toml, pixi.toml and their like.

Whatever table of whatever tool (tox, pytest-env, hatch, pixi, poe, pdm, cibuildwheel) has a
variable's name for a key, sets that variable.
"""

from __future__ import annotations

import re

from kerlint.manifests import toml_places
from kerlint.manifests.environment import ini
from kerlint.manifests.programs import Program
from kerlint.manifests.settings import Found, Launch, Setting
from kerlint.manifests.shell_settings import Shell
from kerlint.manifests.shell_words import Word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kerlint.manifests.places import Places
    from kerlint.manifests.toml_places import TomlValue

_NAME = re.compile(r"[A-Z_][A-Z0-9_]*")
_SETTING = frozenset({"env", "env-vars", "set_env", "setenv"})
_COMMANDS = frozenset({"cmd", "command", "commands", "scripts", "shell"})
"""Keys of tox, hatch, pdm, poe and pixi, in one table with the variables that they are run with."""
_QUOTES = re.compile(r"""(\"{3}|'{3}|"|')""")


def read(text: str, places: Places, found: Found) -> None:
    """Add every value whose key is a variable's name, what pytest-env lists, and what is started."""
    values = [one for one in toml_places.scalars(text, places) if isinstance(one.value, str)]
    tables: dict[tuple[str | int, ...], dict[str, Setting]] = {}
    tests: dict[str, Setting] = {}
    for one in values:
        start, end = _inner(text, one)
        names = [part for part in one.path if isinstance(part, str)]
        if names[-1:] == ["env"] and "pytest" in names:
            exact = text[start:end] == one.value
            for line in one.value.splitlines() if not exact else [one.value]:
                given = ini.pytest_env(line.strip(), start, places, found, ".".join(names))
                if given is not None:
                    tests[given.variable] = given
        elif names[-1:] == ["legacy_tox_ini"] and text[start:end].strip("\r\n"):
            ini.read(text[start:end], places, found, start)
        elif _NAME.fullmatch(names[-1]):
            setting = _add(names[-1], one, start, end, places, found)
            if len(one.path) > 1 and one.path[-2] in _SETTING:
                tables.setdefault(one.path[:-2], {})[names[-1]] = setting
        elif names[-1] == "value" and len(names) > 1 and _NAME.fullmatch(names[-2]):
            _add(names[-2], one, start, end, places, found)
    if tests:
        found.launches.append(Launch(Program("tests", ""), "", tests))
    if tables:
        _started(values, tables, places, found)


def _started(
    values: Sequence[TomlValue],
    tables: Mapping[tuple[str | int, ...], dict[str, Setting]],
    places: Places,
    found: Found,
) -> None:
    """Add what the commands start that stand in one table with variables."""
    lists: dict[tuple[str | int, ...], list[Word]] = {}
    inside = Found()
    for one in values:
        for table in tables:
            inner = one.path[len(table) :]
            if one.path[: len(table)] != table or not inner or inner[0] not in _COMMANDS:
                continue
            of_words = isinstance(inner[-1], int) and inner[0] != "scripts"
            if of_words:
                word = Word(one.value, None if "{" in one.value else one.value, one.start)
                lists.setdefault((len(table), *one.path[:-1]), []).append(word)
            else:
                Shell(places, inside, tables[table], "").read(one.value, one.start)
    for (length, *path), words in lists.items():
        assert isinstance(length, int)
        Shell(places, inside, tables[tuple(path[:length])], "").starts(words)
    found.launches.extend(inside.launches)


def _add(name: str, one: TomlValue, start: int, end: int, places: Places, found: Found) -> Setting:
    unknown = "{" in one.value or "$" in one.value
    return found.add(name, None if unknown else one.value, places.span(start, max(start, end)))


def _inner(text: str, one: TomlValue) -> tuple[int, int]:
    """The place of a string without its quotes."""
    quotes = _QUOTES.match(text, one.start)
    width = len(quotes[1]) if quotes else 0
    return one.start + width, one.end - width
