"""What the project, the user and the environment ask for: GPUs, backends, packages, versions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kerlint.probe.asked import Asked, Wish
from kerlint.probe.installed import Installed
from kerlint.probe.owner import owner_of

if TYPE_CHECKING:
    from kerlint.probe.observations import Observations

HIDES_ALL = ("", "void", "none")
"""Values of NVIDIA_VISIBLE_DEVICES with which a container gets no GPU.

https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/docker-specialized.html
"""

_PLUGIN = re.compile(r"jax-cuda\d+-(?:plugin|pjrt)")


def gpu_of_environment(seen: Observations) -> list[Wish]:
    """Wheels and variables that ask for a GPU.

    torch brings NVIDIA's wheels to every Linux machine: wheels that something installed requires
    anyway are no wish. Those that only an extra asks for (`tensorflow[and-cuda]`) are.
    """
    found = []
    installed = Installed(seen)
    required = {
        need.name for one in installed.by_name.values() for need in installed.needs(one) if one
    }
    for one in installed.by_name.values():
        plugin = _PLUGIN.fullmatch(one.name) is not None
        wheel = one.name.startswith("nvidia-") and one.name not in ("nvidia-ml-py", "nvidia-smi")
        if plugin or (wheel and one.name not in required and _cuda(one.name, installed)):
            found.append(Wish(f"{one.name} {one.version} is installed", one.metadata))
            break
    variable = seen.environment.get("NVIDIA_VISIBLE_DEVICES")
    if variable is not None and variable.strip() not in HIDES_ALL:
        found.append(Wish(f"NVIDIA_VISIBLE_DEVICES={variable}", "NVIDIA_VISIBLE_DEVICES"))
    return found


def _cuda(name: str, installed: Installed) -> bool:
    """Whether an extra of something installed asks for that wheel."""
    return any(
        name == need.name
        for one in installed.by_name.values()
        for extra in one.extras
        for need in installed.needs(one, extra)
    )


def asked_of_environment(seen: Observations) -> Asked:
    """The wishes that can be told from the observations alone."""
    return Asked(owner_of(seen), gpu_of_environment(seen))


def asked_of_project(seen: Observations, folder: str, *, require_gpu: bool) -> Asked:
    """The wishes of the project in `folder` ("" for none) and of whoever runs the probe."""
    gpu = [Wish("a GPU", "--require-gpu")] if require_gpu else []
    return Asked(owner_of(seen), [*gpu, *gpu_of_environment(seen)])
