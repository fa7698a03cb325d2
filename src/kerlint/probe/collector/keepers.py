"""Which program made the environment and keeps a book about it, as its own files say.

pipx      pipx_metadata.json in the environment
uv tool   uv-receipt.toml in it
pixi      conda-meta/pixi, which names the manifest
hatch     by the folder alone: .../hatch/env/virtual/PROJECT/HASH/NAME
conda     conda-meta/history has the commands; so have those of mamba and micromamba
"""

from __future__ import annotations

import os
import re

from kerlint.probe.collector.answering import read_text

_LONGEST_BOOK = 1_000_000
_HATCH = re.compile(r"/hatch/env/virtual/([^/]+)/[^/]+/([^/]+)/?$")
_CONDA_COMMAND = re.compile(
    r"^# cmd: *(.*?(?:micromamba|mamba|conda)(?:-script\.py|\.exe)?)(?:\s|$)", re.M
)
_MANIFEST = re.compile(r'"manifest_path"\s*:\s*("(?:[^"\\]|\\.)*")')
_ENVIRONMENT_NAME = re.compile(r'"environment_name"\s*:\s*"([^"]+)"')


def keeper(prefix: str, conda_prefix: str) -> dict[str, str]:
    """`Keeper`, {} for none. `conda_prefix`: "" where there is no conda-meta."""
    name = os.path.basename(prefix.rstrip("/\\"))
    for tool, file in (("pipx", "pipx_metadata.json"), ("uv tool", "uv-receipt.toml")):
        path = os.path.join(prefix, file)
        if os.path.isfile(path):
            return {"tool": tool, "name": name, "file": path}
    found = _HATCH.search(prefix.replace("\\", "/"))
    if found:
        own = found[2] if found[2] != found[1] else "default"
        return {"tool": "hatch", "name": own, "file": prefix}
    return _kept_by_conda(conda_prefix) if conda_prefix else {}


def _kept_by_conda(prefix: str) -> dict[str, str]:
    pixi = os.path.join(prefix, "conda-meta", "pixi")
    text = _beginning(pixi)
    if text:
        manifest, name = _MANIFEST.search(text), _ENVIRONMENT_NAME.search(text)
        return {
            "tool": "pixi",
            "name": name[1] if name else os.path.basename(prefix.rstrip("/\\")),
            "project": _text_of_json(manifest[1]) if manifest else "",
            "file": pixi,
        }
    history = os.path.join(prefix, "conda-meta", "history")
    commands = _CONDA_COMMAND.findall(_beginning(history))
    if not commands:
        return {}
    program = re.split(r"[/\\]", commands[-1])[-1]
    tool = next(one for one in ("micromamba", "mamba", "conda") if one in program)
    return {"tool": tool, "file": history}


def _text_of_json(text: str) -> str:
    import json

    try:
        found = json.loads(text)
    except ValueError:
        return ""
    return found if isinstance(found, str) else ""


def _beginning(file: str) -> str:
    try:
        return read_text(file, _LONGEST_BOOK)
    except OSError:
        return ""
