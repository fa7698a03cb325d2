"""Which tool owns the examined environment."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kerlint.probe.installed import FRAMEWORKS, stands_for
from kerlint.probe.owner import Owner, Tool

if TYPE_CHECKING:
    from kerlint.probe.observations import Observations


def owner_of(seen: Observations) -> Owner:
    """By the INSTALLER files of the distributions, conda's records and EXTERNALLY-MANAGED."""
    tool, reason = _tool(seen)
    interpreter = seen.interpreter
    python = interpreter.executable or seen.argument or "python"
    present = [one for one in seen.distributions if stands_for(one.name) in FRAMEWORKS]
    return Owner(
        tool,
        python,
        reason,
        seen.site.conda_prefix or interpreter.prefix,
        folder=seen.site.pipenv_project or ("" if tool == "uv" else seen.folder),
        windows=interpreter.system == "Windows" or "\\" in python,
        has_pip=not seen.distributions or seen.distribution("pip") is not None,
        conda=frozenset(one.name for one in seen.conda),
        frameworks=tuple(dict.fromkeys(one.name for one in present)),
        keeper=seen.site.keeper,
        present=frozenset(one.name for one in seen.distributions),
    )


def _tool(seen: Observations) -> tuple[Tool, str]:
    """The tool, and why."""
    site = seen.site
    virtual = site.virtual_environment is True or (
        site.virtual_environment is None and seen.interpreter.prefix != seen.interpreter.base_prefix
    )
    if site.externally_managed and not virtual:
        return "system", site.externally_managed
    if site.writable is False and site.site_packages:
        return "system", f"{site.site_packages[0]} cannot be written"
    if site.keeper.tool in ("pipx", "pixi"):
        return ("pipx" if site.keeper.tool == "pipx" else "pixi"), site.keeper.file
    if seen.conda and site.conda_prefix:
        return "conda", f"{site.conda_prefix}/conda-meta"
    words = [word for one in seen.distributions for word in one.installer.lower().split()[:1]]
    for word in ("uv", "poetry", "pdm"):
        count = words.count(word)
        if count * 2 > len(words):
            return word, f"INSTALLER of {count} of {len(words)} distributions"
    prefix = seen.interpreter.prefix.replace("\\", "/")
    if site.keeper.tool == "hatch":
        return "hatch", site.keeper.file
    by_name = re.search(r"/virtualenvs/[^/]+-[\w-]{8}$", prefix) and "/pypoetry/" not in prefix
    if by_name or site.pipenv_project:
        return "pipenv", prefix
    return "pip", f"INSTALLER of {words.count('pip')} of {len(words)} distributions"
