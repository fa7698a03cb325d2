"""What the project, the user and the environment ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.probe.asked import Asked, Wish
from kerlint.probe.owner import owner_of

if TYPE_CHECKING:
    from kerlint.probe.observations import Observations


def asked_of_project(seen: Observations, folder: str, *, require_gpu: bool) -> Asked:
    """The wishes of the project in `folder` ("" for none) and of whoever runs the probe."""
    gpu = [Wish("a GPU", "--require-gpu")] if require_gpu else []
    return Asked(owner_of(seen), gpu=gpu)
