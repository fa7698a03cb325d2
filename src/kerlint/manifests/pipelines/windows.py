"""Commands of `cmd` and PowerShell, read like those of a shell as far as that goes."""

from __future__ import annotations

import re

from kerlint.manifests.scripts import Script
from kerlint.manifests.shell_values import HOLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_VARIABLE = re.compile(r"%(\w+)%|\$env:(\w+)|\$\{env:(\w+)\}", re.IGNORECASE)
_COMMENT = re.compile(r"(?:::|rem\b|#).*", re.IGNORECASE)


def as_shell(script: Script, known: Mapping[str, str]) -> Script:
    """The same commands with `/` in paths, without comments, and with the values of variables.

    `known`  values by name, in small letters
    """
    lines = [
        " " * len(line) if _COMMENT.match(line.lstrip(" @")) else line.replace("\\", "/")
        for line in script.text.split("\n")
    ]
    text = re.sub(r"[\^`](\r?\n)", r"\\\1", "\n".join(lines))
    text = re.sub(r"[\^`](?=[ \t])", " ", text)

    def value(found: re.Match[str]) -> str:
        name = (found[1] or found[2] or found[3]).lower()
        return known.get(name, HOLE).replace("\\", "/")

    return Script(text, script.pieces).filled(_VARIABLE, value)
