"""The `.env` file that a script loads."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.manifests.settings import SettingsFile
    from kerlint.project.modules import Project
    from kerlint.source.facts import Module


def loads_nearest(module: Module) -> bool:
    """Whether the module calls `load_dotenv()` with nothing that says which file, or how."""
    return any(
        getattr(call.callee, "name", "") == "dotenv.load_dotenv" and not call.arguments
        for call in module.calls
    )


def nearest(path: str, project: Project) -> SettingsFile | None:
    """The file that `load_dotenv()` finds from the code at `path`: in its folder or above it.

    https://github.com/theskumar/python-dotenv: `find_dotenv` goes up from the file that calls it.
    """
    from kerlint.manifests.environment import read
    from kerlint.source.reading import Undecodable, decode

    folder = os.path.dirname(path)
    while True:
        own = os.path.normpath(os.path.join(folder, ".env"))
        data = project.data(own)
        if data:
            try:
                return read(own, decode(data))
            except (Undecodable, UnicodeError, LookupError):
                return None
        here = os.path.abspath(folder)
        if os.path.exists(os.path.join(here, ".git")) or os.path.dirname(here) == here:
            return None
        folder = os.path.normpath(os.path.join(folder, ".."))
