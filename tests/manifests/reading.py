"""Read a settings file from a text, and say what was found in a short form."""

from __future__ import annotations

from textwrap import dedent

from kerlint.manifests.environment import read
from kerlint.manifests.settings import SettingsFile

SHORT = {"KERAS_BACKEND": "B", "TF_USE_LEGACY_KERAS": "L"}


def file_of(path: str, text: str) -> SettingsFile:
    """The facts of the file; the text may be indented."""
    return read(path, dedent(text))


def settings_of(path: str, text: str) -> list[str]:
    """`B=jax 3:5`: variable (B and L for those of Keras), value, place; `?` for unknown values."""
    file = file_of(path, text)
    found = []
    lines = file.text.replace("\r\n", "\n").split("\n")
    for one in file.settings:
        name = SHORT.get(one.variable, one.variable)
        value = "?" if one.value is None else one.value
        start, end = one.span
        found.append(f"{name}={value} {start.line}:{start.column}")
        if one.value and one.value in lines[start.line - 1] and start.line == end.line:
            shown = lines[start.line - 1][start.column - 1 : end.column - 1]
            assert shown.replace("$$", "$") in (one.value, one.value.rstrip()), (shown, one.value)
    return found


def launches_of(path: str, text: str) -> list[str]:
    """`B=jax train.py`: what is in force when which script starts; `?` for unknown values."""
    return [
        " ".join(
            [
                *(
                    f"{SHORT.get(name, name)}={'?' if one.value is None else one.value}"
                    for name, one in sorted(launch.settings.items())
                ),
                "/".join(part for part in (launch.folder, launch.program.name) if part),
            ]
        )
        for launch in file_of(path, text).launches
    ]
