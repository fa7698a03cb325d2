"""Whether the project starts its programs with the legacy switch on.

A Dockerfile, a workflow, a `.env` file or the like sets the variable for what is run there. Which
programs these are is not asked: a project that sets it anywhere has code that wants it.
"""

from __future__ import annotations

import os

from kerlint.knowledge.variables import LEGACY_SWITCH, LEGACY_VALUES
from kerlint.project.kinds import is_settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.project.modules import Project

INNER = (
    "",
    os.path.join(".github", "workflows"),
    "docker",
    ".docker",
    ".devcontainer",
    ".vscode",
)
"""Folders whose settings files speak of the folder that they are in."""


def started_with_it(path: str, project: Project) -> bool:
    """Whether a settings file in a folder above the file at `path`, or in it, sets the switch."""
    root = project.layout(path).root
    folder = os.path.dirname(path)
    while not _sets(folder, project):
        above = os.path.dirname(folder)
        if folder == root or above == folder:
            return False
        folder = above
    return True


def _sets(folder: str, project: Project) -> bool:
    if folder not in project.switched:
        project.switched[folder] = any(
            is_settings(path) and _turns_on(path)
            for inner in INNER
            for path in _paths(os.path.join(folder, inner) if inner else folder, project)
        )
    return project.switched[folder]


def _paths(folder: str, project: Project) -> list[str]:
    return [os.path.join(folder, name) for name in sorted(project.entries(folder))]


def _turns_on(path: str) -> bool:
    """Whether the file may set the switch to a value that is heeded; an expansion may be one."""
    from kerlint.manifests.environment import read
    from kerlint.source.reading import read_bytes

    try:
        data = read_bytes(path) if os.path.isfile(path) else b""
    except OSError:
        return False
    if LEGACY_SWITCH.encode() not in data:
        return False
    return any(
        setting.variable == LEGACY_SWITCH
        and (setting.value is None or setting.value in LEGACY_VALUES)
        for setting in read(path, data.decode("utf-8", "replace")).settings
    )
