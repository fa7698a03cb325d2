"""What a file of settings chooses for a program that chooses for itself."""

from __future__ import annotations

import os

from kerlint.rules.order._choices import chosen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kerlint.manifests.programs import Program
    from kerlint.manifests.settings import Setting, SettingsFile
    from kerlint.project.modules import Project
    from kerlint.project.starts import Starts
    from kerlint.rules.base import Context
    from kerlint.rules.order._choices import Choice
    from kerlint.source.facts import Module

    Settings = Mapping[str, Setting]

_FROM_ROOT = frozenset({"dockerfile", "shell"})
"""Formats of files that are as well used from the first folder of the project as from their own."""

_DEEPEST = 3


def starts_of(module: Module, project: Project) -> Starts:
    """The programs that run the module, as far as they have to do with the choice of a backend."""
    from kerlint.knowledge.variables import LEGACY_SWITCH
    from kerlint.project.starts import Starts

    variables = (b"KERAS_BACKEND", LEGACY_SWITCH.encode())
    readers = (b"keras", b"tensorflow", b"tf_keras")
    return Starts(project, module, variables, readers, unnamed=True, adopt=False)


def overruled(
    file: SettingsFile, context: Context, variable: str
) -> Iterator[tuple[Setting, str, Choice]]:
    """Each setting of the file that a program does not obey for certain, with the program's path
    as the reports print it, and what it chooses instead.
    """
    project = context.project
    if project is None:
        return
    for launch in file.launches:
        setting = launch.settings.get(variable)
        if setting is None or not setting.value:
            continue
        for program, folder in _programs(file, launch.program, launch.folder, variable, project, 0):
            path, choice = _choice(program, folder, variable, context, project)
            if choice is not None and choice.event.value != setting.value.strip():
                yield setting, path, choice
            if path:
                break


def _programs(
    file: SettingsFile,
    program: Program,
    folder: str,
    variable: str,
    project: Project,
    depth: int,
) -> Iterator[tuple[Program, str]]:
    """What is started in the end, and where: as paths from the folder in which kerlint runs.

    A script of the shell, and an image, say themselves what they start; where they choose a value,
    too, that is theirs.
    """
    if os.path.isabs(folder) or os.path.isabs(program.name):
        return
    own = os.path.dirname(file.path)
    roots = [own]
    if file.format in _FROM_ROOT:
        roots.append(os.path.relpath(project.layout(project.absolute(file.path)).root))
    for root in roots:
        here = os.path.normpath(os.path.join(root, folder))
        if program.kind not in ("shell", "image"):
            yield program, here
            continue
        inner = _read(os.path.join(here, program.name), program.kind, project)
        for launch in inner.launches if inner is not None and depth < _DEEPEST else ():
            if variable not in launch.settings and not os.path.isabs(launch.folder):
                inside = os.path.join(here, launch.folder)
                if launch.program.kind in ("shell", "image"):
                    continue
                yield launch.program, os.path.normpath(inside)


def _read(path: str, kind: str, project: Project) -> SettingsFile | None:
    from kerlint.manifests.environment import read
    from kerlint.source.reading import Undecodable, decode

    data = project.data(os.path.normpath(path))
    try:
        text = decode(data)
    except (Undecodable, UnicodeError, LookupError):
        return None
    return read(path, text, "dockerfile" if kind == "image" else kind) if text else None


def _choice(
    program: Program, folder: str, variable: str, context: Context, project: Project
) -> tuple[str, Choice | None]:
    """The path of the program's file, "" if there is none, and what it chooses."""
    from kerlint.project import launched

    above = project.absolute(folder)
    found = launched.found(program, above, project)
    if found is None:
        return "", None
    path, name = found
    shown = os.path.relpath(path)
    module = project.module(shown)
    if module is None:
        return shown, None
    start = launched.start(program, path, name, above, starts_of(module, project))
    return module.path, chosen(module, context, variable, start)
