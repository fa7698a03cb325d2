"""When to colour, and with what."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO

    from kerlint.diagnostics import Severity

CHOICES = ("auto", "always", "never")


def enabled(choice: str, stream: TextIO, environ: Mapping[str, str] | None = None) -> bool:
    """Whether to colour what goes to `stream`.

    `always` and `never` decide. With `auto`, the first of these that is set does: `NO_COLOR`
    (https://no-color.org), `FORCE_COLOR` (https://force-color.org), `CLICOLOR_FORCE` and
    `CLICOLOR` (https://bixense.com/clicolors); then whether the stream is a terminal that knows
    colour. An empty variable counts as not set, and `FORCE_COLOR=0` as no.
    """
    if choice != "auto":
        return choice == "always"
    environ = os.environ if environ is None else environ
    if environ.get("NO_COLOR"):
        return False
    force = environ.get("FORCE_COLOR")
    if force:
        return force != "0"
    if environ.get("CLICOLOR_FORCE", "0") not in ("", "0"):
        return True
    if environ.get("CLICOLOR") == "0" or environ.get("TERM") == "dumb":
        return False
    return _is_terminal(stream) and (os.name != "nt" or _windows_knows(environ))


def links(stream: TextIO, environ: Mapping[str, str] | None = None) -> bool:
    """Whether the reader of `stream` can follow an OSC 8 link: only a terminal can."""
    environ = os.environ if environ is None else environ
    return (
        _is_terminal(stream)
        and environ.get("TERM") != "dumb"
        and (os.name != "nt" or _windows_knows(environ))
    )


def _is_terminal(stream: TextIO) -> bool:
    try:
        return stream.isatty()
    except (AttributeError, ValueError):  # no such method, or closed
        return False


def _windows_knows(environ: Mapping[str, str]) -> bool:
    """The old console shows escape codes as they are; these set a variable and do better."""
    return any(name in environ for name in ("WT_SESSION", "ANSICON", "TERM", "TERM_PROGRAM"))


class Palette:
    """Paints text, or leaves it as it is."""

    __slots__ = ("on",)

    def __init__(self, on: bool) -> None:
        self.on = on

    def bold(self, text: str) -> str:
        return self._paint("1", text)

    def dim(self, text: str) -> str:
        """For the frame around source lines: gutter, line numbers, arrows."""
        return self._paint("1;34", text)

    def severity(self, severity: Severity, text: str) -> str:
        """Red for an error, yellow for a warning, cyan for the rest."""
        return self._paint({"error": "1;31", "warning": "1;33"}.get(severity, "1;36"), text)

    def related(self, text: str) -> str:
        return self._paint("34", text)

    def good(self, text: str) -> str:
        return self._paint("1;32", text)

    def _paint(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.on and text else text


def link(url: str, text: str) -> str:
    """`text` as a clickable link, as terminals understand it (OSC 8)."""
    return f"\x1b]8;;{url}\x1b\\{text}\x1b]8;;\x1b\\"
