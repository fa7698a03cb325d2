"""Which frameworks are tried, with which backend, and whether a GPU is to be used."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kerlint.probe.choice import choice

if TYPE_CHECKING:
    from kerlint.probe.asked import Asked
    from kerlint.probe.observations import Observations

FRAMEWORKS = {
    "tensorflow": ("tensorflow", "tensorflow-cpu", "tensorflow-gpu", "tf-nightly"),
    "keras": ("keras", "keras-nightly"),
    "tf_keras": ("tf-keras", "tf-keras-nightly"),
    "jax": ("jax",),
    "torch": ("torch",),
}
"""Import names, and the distributions that bring them: for files that are gone."""


class Subject(NamedTuple):
    """What is tried.

    `name`     an import name
    `backend`  of Keras 3 as far as the files and variables say, else ""
    `choose`   set KERAS_BACKEND to `backend`: the project's code does so
    """

    name: str
    backend: str = ""
    choose: bool = False


def subjects(seen: Observations, asked: Asked) -> list[Subject]:
    """What is installed, in a fixed order; Keras once for every backend the project chooses."""
    chosen: list[Subject] = []
    for name in FRAMEWORKS:
        if not installed(seen, name):
            continue
        if name != "keras" or not keras_3(seen):
            chosen.append(Subject(name))
            continue
        wishes = sorted({wish.what for wish in asked.backends})
        chosen += [Subject(name, backend, choose=True) for backend in wishes]
        if not wishes:
            chosen.append(Subject(name, choice(seen).backend))
    return chosen


def installed(seen: Observations, name: str) -> bool:
    """Whether there is anything of it: a module that would be found, or metadata of one."""
    module = seen.module(name)
    if module is not None and module.kind != "absent":
        return True
    return any(one.name in FRAMEWORKS[name] for one in seen.distributions)


def keras_3(seen: Observations) -> bool:
    """Whether the Keras that wins is one with backends; unreadable versions count as new."""
    found = next(filter(None, map(seen.distribution, FRAMEWORKS["keras"])), None)
    major = found.version.partition(".")[0] if found else ""
    return not major.isdigit() or int(major) >= 3


def with_gpu(seen: Observations, asked: Asked) -> bool:
    """Whether a GPU is there or wanted: then the operations that need its libraries are tried."""
    nodes = ("/dev/nvidiactl", "/dev/dxg")
    return bool(asked.gpu or seen.gpu.devices or set(nodes) & set(seen.gpu.device_nodes))
