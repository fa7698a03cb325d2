"""The devices: what code they run, which are visible, how much memory they have."""

from __future__ import annotations

import pytest

from kerlint.probe.gpu_observations import Gpu
from kerlint.probe.observations import Build
from tests.probe.scenes import dist
from tests.rules.environment.judged import finding, findings, severities
from tests.rules.gpu.machines import KERAS, NO_DRIVER, WANTED, cuda, judged, machine


@pytest.mark.parametrize(
    ("capability", "found"), [("5.2", ["error"]), ("7.5", []), ("12.0", ["info"]), ("", [])]
)
def test_code_for_the_device(capability: str, found: list[str]) -> None:
    what = machine(devices=[Gpu(0, "GPU", capability)])
    assert severities("KER708", what, **WANTED) == found


def test_the_lowest_of_jax() -> None:
    what = machine(devices=[Gpu(0, "Tesla V100", "7.0")])
    what.distributions = [dist("jax", "0.10.2"), KERAS]
    what.builds = [Build("jax", "0.10.2", "/jax", True, "13")]
    what.environment = {"KERAS_BACKEND": "jax"}
    assert severities("KER708", what, **WANTED) == ["error"]


@pytest.mark.parametrize(
    ("value", "codes"),
    [
        ("3", ["KER709"]),
        ("", ["KER711"]),
        ("-1", ["KER711"]),
        ("0", []),
        ("GPU-8932f937", []),
    ],
)
def test_the_variable_of_devices(value: str, codes: list[str]) -> None:
    what = machine()
    what.environment = {"CUDA_VISIBLE_DEVICES": value}
    assert [code for code, _ in judged(what)] == codes


def test_a_hidden_gpu_is_why_there_is_no_device() -> None:
    what = machine(cuda(100))
    what.environment = {"CUDA_VISIBLE_DEVICES": "-1"}
    assert judged(what) == [("KER711", "error")]
    assert judged(what, gpu=[]) == [("KER711", "info")]


def test_on_a_machine_without_a_gpu_nothing_is_hidden() -> None:
    what = machine(**NO_DRIVER)
    what.environment = {"CUDA_VISIBLE_DEVICES": ""}
    assert judged(what, gpu=[]) == []


def test_variables_of_one_backend() -> None:
    what = machine()
    what.distributions = [dist("jax", "0.10.2"), dist("jaxlib", "0.10.2"), KERAS]
    what.environment = {"JAX_PLATFORMS": "cpu", "KERAS_BACKEND": "jax"}
    assert finding("KER711", what, **WANTED).commands == ("unset JAX_PLATFORMS",)
    what.environment["KERAS_BACKEND"] = "tensorflow"
    assert not findings("KER711", what, **WANTED)


def test_mig_without_instances() -> None:
    what = machine(cuda(100), devices=[Gpu(0, "NVIDIA A100", "8.0", mig=True)])
    assert judged(what) == [("KER710", "error")]
    beside = machine(devices=[Gpu(0, "A100", "8.0", mig=True), Gpu(1, "A100", "8.0")])
    assert severities("KER710", beside, **WANTED) == ["info"]


@pytest.mark.parametrize(
    ("free", "found"),
    [(23 << 30, []), (2 << 30, []), (500 << 20, ["warning"])],
)
def test_memory(free: int, found: list[str]) -> None:
    what = machine(devices=[Gpu(0, "NVIDIA L4", "8.9", 24 << 30, free)])
    assert severities("KER712", what, **WANTED) == found


def test_one_gpu_with_memory_is_enough() -> None:
    devices = [Gpu(0, "A", "8.9", 24 << 30, 1), Gpu(1, "B", "8.9", 24 << 30, 23 << 30)]
    assert not findings("KER712", machine(devices=devices), **WANTED)
