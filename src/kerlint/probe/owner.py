"""Which tool owns the examined environment, and how it is told to mend it."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kerlint.probe.observations import Observations

Tool = Literal["pip", "uv", "conda", "poetry", "pdm", "system"]


class Owner:
    """`tool` installs packages here; `python` is the examined interpreter's path.

    `system`: the interpreter belongs to the operating system (EXTERNALLY-MANAGED).
    """

    def __init__(self, tool: Tool, python: str, reason: str = "", prefix: str = "") -> None:
        self.tool: Tool = tool
        self.python = python
        self.reason = reason
        self.prefix = prefix

    def install(self, *requirements: str, reinstall: bool = False) -> str:
        """The command that installs `requirements`."""
        asked = " ".join(map(shlex.quote, requirements))
        python = shlex.quote(self.python)
        if self.tool == "uv":
            again = "--reinstall " if reinstall else ""
            return f"uv pip install --python {python} {again}{asked}"
        again = "--force-reinstall --no-deps " if reinstall else ""
        return f"{python} -m pip install {again}{asked}"

    def uninstall(self, names: Sequence[str]) -> str:
        """The command that removes distributions."""
        asked = " ".join(map(shlex.quote, names))
        python = shlex.quote(self.python)
        if self.tool == "uv":
            return f"uv pip uninstall --python {python} {asked}"
        return f"{python} -m pip uninstall -y {asked}"


def owner_of(seen: Observations) -> Owner:
    """By the INSTALLER files of the distributions, conda's records and EXTERNALLY-MANAGED."""
    python = seen.interpreter.executable or "python"
    words = [one.installer for one in seen.distributions if one.installer]
    tool: Tool = "uv" if words and words.count("uv") * 2 > len(words) else "pip"
    return Owner(tool, python)
