"""What a file says about the environment in which the project's code runs."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from kerlint.diagnostics import Position, Span
    from kerlint.manifests.programs import Program


class Setting:
    """An environment variable that a file sets.

    `variable`  its name
    `value`     the text it is set to; None if that cannot be known without running something
    `span`      where the value stands (the name, where there is no value)
    `run`       settings of one file that share it hold for the same runs, and of those the last
                one counts. "" where that cannot be said
    """

    __slots__ = ("run", "span", "value", "variable")

    def __init__(self, variable: str, value: str | None, span: Span, run: str = "") -> None:
        self.variable = variable
        self.value = value
        self.span = span
        self.run = run

    def __repr__(self) -> str:
        return f"<Setting {self.variable}={self.value!r}>"


class Launch:
    """A program that the file starts, and the variables it sets for it.

    `program`   what is started; a path in its name is relative to `folder`
    `folder`    the folder in which it is started, relative to that of the settings file
    `settings`  what is in force when it starts, by variable
    """

    __slots__ = ("folder", "program", "settings")

    def __init__(self, program: Program, folder: str, settings: Mapping[str, Setting]) -> None:
        self.program = program
        self.folder = folder
        self.settings = settings

    def __repr__(self) -> str:
        return f"<Launch {self.program.kind} {self.program.name} {list(self.settings.values())}>"


class Entry:
    """One entry of a configuration file of Keras.

    `value`  as JSON has it: str, float, int, bool, None, list or dict
    `key_span`, `span`  where key and value stand, quotes included
    """

    __slots__ = ("key", "key_span", "span", "value")

    def __init__(self, key: str, value: Any, key_span: Span, span: Span) -> None:
        self.key = key
        self.value = value
        self.key_span = key_span
        self.span = span


class Problem:
    """Why a file, or a part of it, cannot be read: where, and in words."""

    __slots__ = ("message", "place")

    def __init__(self, place: Position, message: str) -> None:
        self.place = place
        self.message = message


class SettingsFile:
    """All facts of one such file.

    `path`      as the reports print it
    `text`      decoded
    `format`    the name of the reader, e.g. `dotenv`, `dockerfile`, `github-workflow`
    `settings`  in the order of the text
    `launches`  the programs it starts, with what it sets for them
    `entries`   of a keras.json; None for every other file, and for one that Keras cannot read
    `problems`  what its own tool would refuse
    """

    __slots__ = ("entries", "format", "launches", "path", "problems", "settings", "text")

    def __init__(self, path: str, text: str, format: str, found: Found) -> None:
        self.path = path
        self.text = text
        self.format = format
        self.settings: Sequence[Setting] = found.settings
        self.launches: Sequence[Launch] = found.launches
        self.entries: Sequence[Entry] | None = found.entries
        self.problems: Sequence[Problem] = found.problems


class Found:
    """What a reader has found so far."""

    __slots__ = ("entries", "launches", "problems", "settings")

    def __init__(self) -> None:
        self.settings: list[Setting] = []
        self.launches: list[Launch] = []
        self.entries: list[Entry] | None = None
        self.problems: list[Problem] = []

    def add(self, variable: str, value: str | None, span: Span, run: str = "") -> Setting:
        """Note a setting, and return it."""
        setting = Setting(variable, value, span, run)
        self.settings.append(setting)
        return setting
