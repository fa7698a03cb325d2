"""What a file says about the environment in which the project's code runs."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kerlint.diagnostics import Span


class Setting:
    """An environment variable that a file sets.

    `variable`  its name
    `value`     the text it is set to; None if that cannot be known without running something
    `span`      where the value stands (the name, where there is no value)
    `run`       which runs it holds for, e.g. `stage final of the image` or `job test`: settings
                of one file that share it hold together. "" for all that the file speaks of
    """

    __slots__ = ("run", "span", "value", "variable")

    def __init__(self, variable: str, value: str | None, span: Span, run: str = "") -> None:
        self.variable = variable
        self.value = value
        self.span = span
        self.run = run

    def __repr__(self) -> str:
        return f"<Setting {self.variable}={self.value!r}>"


class SettingsFile:
    """All facts of one such file.

    `path`      as the reports print it
    `text`      decoded
    `format`    the name of the reader, e.g. `dotenv`, `dockerfile`, `github-workflow`
    `settings`  in the order of the text
    """

    __slots__ = ("format", "path", "settings", "text")

    def __init__(self, path: str, text: str, format: str, settings: Sequence[Setting]) -> None:
        self.path = path
        self.text = text
        self.format = format
        self.settings = settings
