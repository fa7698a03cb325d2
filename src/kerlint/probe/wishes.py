"""What the project, the user and the environment ask for: GPUs, backends, packages, versions."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from kerlint.probe.asked import Asked, Wish
from kerlint.probe.installed import Installed
from kerlint.probe.ownership import owner_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kerlint.probe.asked import Pinned
    from kerlint.probe.observations import Observations
    from kerlint.probe.owner import Tool

HIDES_ALL = ("", "void", "none")
"""Values of NVIDIA_VISIBLE_DEVICES with which a container gets no GPU.

https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/docker-specialized.html
"""

_PLUGIN = re.compile(r"jax-cuda\d+-(?:plugin|pjrt)")
_EXTRA = re.compile(r"and-cuda|cuda\d*(?:-local|-pip)?|gpu")
_FOR_GPUS = re.compile(r"nvidia-(?!ml-py)[a-z].*|jax-cuda\d+-.*|tensorflow-gpu|tf-nightly-gpu")
_PACKAGES = {
    "tf_keras": re.compile(rb"(?m)^\s*(?:import (?:[\w. ]+,\s*)*|from )tf_keras\b"),
    "tensorboard": re.compile(
        rb"callbacks\.TensorBoard\(|import [^\n]*\bTensorBoard\b|(?m:^\s*(?:import|from) tensorboard\b)"
    ),
}


LOCK_OF: dict[Tool, str] = {"uv": "uv.lock", "poetry": "poetry.lock", "pdm": "pdm.lock"}
"""Tools whose commands are given in a project's folder, and the file that they keep there."""


def asked_of_project(seen: Observations, folder: str, *, require_gpu: bool) -> Asked:
    """The wishes of the project in `folder` ("" for none) and of whoever runs the probe.

    Nothing is executed; what cannot be read asks for nothing.
    """
    gpu = [Wish("a GPU", "--require-gpu")] if require_gpu else []
    pins: list[Pinned] = []
    backends: list[Wish] = []
    packages: list[Wish] = []
    root = _root(folder)
    if root:
        from kerlint.probe.pins import pins_of

        gpu += _gpu_of_settings(root)
        pins = pins_of(root, seen)
        gpu += _gpu_of_pins(pins)
        backends, packages = _of_code(root)
    gpu += gpu_of_environment(seen)
    owner = owner_of(seen)
    if owner.tool in LOCK_OF:
        owner.folder = root if root and _owns(owner.tool, root, seen) else ""
    own = seen.site.pipenv_project
    if not own or os.path.realpath(own) == os.path.realpath(root):
        owner.locked = frozenset(one.name for one in pins if one.kind == "lock")
    return Asked(owner, gpu, backends, packages, pins)


def _owns(tool: Tool, root: str, seen: Observations) -> bool:
    """Whether the tool would work on the examined environment when it works in this folder."""
    if not os.path.isfile(os.path.join(root, LOCK_OF[tool])):
        return False
    own = os.path.realpath(os.path.join(root, ".venv"))
    return tool != "uv" or os.path.realpath(seen.interpreter.prefix) == own


def asked_of_environment(seen: Observations) -> Asked:
    """The wishes that can be told from the observations alone."""
    return Asked(owner_of(seen), gpu_of_environment(seen))


def gpu_of_environment(seen: Observations) -> list[Wish]:
    """Wheels and variables that ask for a GPU.

    torch brings NVIDIA's wheels to every Linux machine: wheels that something installed requires
    anyway are no wish. Those that only an extra asks for (`tensorflow[and-cuda]`) are.
    """
    found = []
    installed = Installed(seen)
    everything = list(installed.by_name.values())
    required = {need.name for one in everything for need in installed.needs(one)}
    optional = {
        need.name
        for one in everything
        for extra in one.extras
        if _EXTRA.fullmatch(extra)
        for need in installed.needs(one, extra)
    }
    for one in everything:
        wheel = one.name.startswith("nvidia-") and one.name in optional - required
        if wheel or _PLUGIN.fullmatch(one.name):
            found.append(Wish(f"{one.name} {one.version} is installed", one.metadata))
            break
    variable = seen.environment.get("NVIDIA_VISIBLE_DEVICES")
    if variable is not None and variable.strip() not in HIDES_ALL:
        found.append(Wish(f"NVIDIA_VISIBLE_DEVICES={variable}", "NVIDIA_VISIBLE_DEVICES"))
    return found


def _root(folder: str) -> str:
    """The project's first folder; "" where `folder` is none: then nothing is read below it."""
    if not folder:
        return ""
    from kerlint.probe.pins import LOCK_NAMES, MANIFESTS
    from kerlint.project.roots import MARKS, root_of

    full = os.path.abspath(folder)
    if any(os.path.isfile(os.path.join(full, name)) for name in (*LOCK_NAMES, *MANIFESTS)):
        return full
    root = root_of(full)
    return root if any(os.path.exists(os.path.join(root, mark)) for mark in MARKS) else ""


def _gpu_of_settings(root: str) -> list[Wish]:
    from kerlint.settings import SettingsTree

    own = SettingsTree().of_folder(root)
    return [Wish("`require-gpu`", own.file or "settings")] if own.require_gpu else []


def _gpu_of_pins(pins: Iterable[Pinned]) -> Iterator[Wish]:
    """Lines of manifests that ask for a GPU. A lock lists what torch brings, too."""
    for one in pins:
        if one.kind != "manifest" or one.optional:
            continue
        extra = one.name in ("tensorflow", "tf-nightly", "jax") and any(
            _EXTRA.fullmatch(extra) for extra in one.extras
        )
        if extra or _FOR_GPUS.fullmatch(one.name):
            yield Wish(one.text, f"{one.path}:{one.line}")
            return


def _of_code(root: str) -> tuple[list[Wish], list[Wish]]:
    """The backends that the project's code chooses, and the packages that it uses."""
    from kerlint.project.modules import Project
    from kerlint.project.usage import Usage

    usage = Usage(root, Project())
    backends = [Wish(name, usage.relative(path)) for name, path in usage.backends().items()]
    packages = [
        Wish(name, usage.relative(path))
        for name, pattern in _PACKAGES.items()
        if (path := usage.first(pattern))
    ]
    return backends or _of_dotenv(root), packages


def _of_dotenv(root: str) -> list[Wish]:
    """The backend that the project's `.env` chooses."""
    from kerlint.manifests.environment import read
    from kerlint.source.reading import Undecodable, decode, read_bytes

    path = os.path.join(root, ".env")
    try:
        text = decode(read_bytes(path)) if os.path.isfile(path) else ""
    except (OSError, ValueError, LookupError, Undecodable):
        return []
    if "KERAS_BACKEND" not in text:
        return []
    given = [one for one in read(".env", text).settings if one.variable == "KERAS_BACKEND"]
    if not given or not given[-1].value:
        return []
    return [Wish(given[-1].value, f".env:{given[-1].span.start.line}")]
