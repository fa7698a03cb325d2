"""Machines without a GPU, and containers that were started without theirs."""

from __future__ import annotations

import pytest

from kerlint.probe.gpu_observations import Gpu
from kerlint.probe.observations import Container
from kerlint.probe.trial_observations import Trial
from tests.rules.environment.judged import finding, findings
from tests.rules.gpu.machines import NO_DRIVER, WANTED, judged, machine


def test_a_machine_with_a_gpu_is_silent() -> None:
    ran = Trial("tensorflow", ended="well", devices=["CPU:0", "GPU:0"], device_of_result="GPU:0")
    what = machine()
    what.trials = [ran]
    assert judged(what) == []
    assert judged(what, gpu=[]) == []


def test_a_machine_without_a_gpu_is_silent_where_nobody_wants_one() -> None:
    assert judged(machine(**NO_DRIVER, libraries=[]), gpu=[]) == []


def test_without_a_driver_there_is_nothing_else_to_say() -> None:
    what = machine(**NO_DRIVER, libraries=[], ptxas=[], libdevice=[])
    what.trials = [Trial("tensorflow", ended="well", devices=["CPU:0"], device_of_result="CPU:0")]
    assert judged(what) == [("KER721", "error")]


def test_a_gpu_on_the_bus_without_a_driver_is_mentioned() -> None:
    what = machine(**{**NO_DRIVER, "pci_devices": 1})
    assert judged(what, gpu=[]) == [("KER721", "info")]


def test_a_container_without_gpus_is_the_root_of_all() -> None:
    what = machine(**NO_DRIVER, libraries=[])
    what.container = Container("docker", ["/.dockerenv"])
    assert judged(what) == [("KER731", "error")]


@pytest.mark.parametrize(
    ("kind", "words"),
    [("docker", "--gpus all"), ("kubernetes", "nvidia.com/gpu"), ("singularity", "--nv")],
)
def test_how_a_container_gets_its_gpus(kind: str, words: str) -> None:
    what = machine(**NO_DRIVER)
    what.container = Container(kind, [])
    assert words in finding("KER731", what, **WANTED).help


def test_a_container_that_was_given_none_on_purpose() -> None:
    what = machine(**NO_DRIVER)
    what.container = Container("docker", ["/.dockerenv"])
    what.environment = {"NVIDIA_VISIBLE_DEVICES": "void"}
    assert not findings("KER731", what, **WANTED)
    assert finding("KER711", what, **WANTED).path == "NVIDIA_VISIBLE_DEVICES"


def test_capabilities_of_a_container() -> None:
    gone = {**NO_DRIVER, "device_nodes": ["/dev/nvidia0"], "devices": [Gpu(0, "L4")]}
    what = machine(**gone)
    what.container = Container("docker", ["/.dockerenv"])
    what.environment = {"NVIDIA_DRIVER_CAPABILITIES": "utility"}
    assert judged(what) == [("KER732", "error")]
    what.environment = {"NVIDIA_DRIVER_CAPABILITIES": "compute,utility"}
    assert not findings("KER732", what, **WANTED)
