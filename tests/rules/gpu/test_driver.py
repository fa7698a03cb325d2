"""The driver: whether it starts, how old it is, whether its parts fit."""

from __future__ import annotations

import pytest

from kerlint.probe.gpu_observations import Call, Step
from kerlint.probe.observations import Build
from tests.rules.environment.judged import finding, findings, severities
from tests.rules.gpu.machines import NO_DRIVER, WANTED, cuda, judged, machine


def test_no_device() -> None:
    assert judged(machine(cuda(100))) == [("KER701", "error")]
    assert judged(machine(cuda(100)), gpu=[]) == [("KER701", "info")]
    none = cuda(0, Step("cuDeviceGetCount", "libcuda.so.1", 0, "0"))
    assert severities("KER701", machine(none), **WANTED) == ["error"]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (999, "the driver says no more"),
        (802, "fabric manager"),
        (804, "forward compatibility"),
        (101, "MIG"),
        (4711, "unknown to this version of kerlint"),
    ],
)
def test_codes_are_translated(code: int, words: str) -> None:
    what = machine(cuda(code))
    assert words in finding("KER702", what, **WANTED).message
    assert judged(what) == [("KER702", "error")]


def test_a_kernel_module_that_is_not_loaded() -> None:
    nvml = Call(
        "nvml", "well", steps=[Step("load", "libnvidia-ml.so.1", 0), Step("nvmlInit_v2", "", 9)]
    )
    assert "is not loaded" in finding("KER702", machine(nvml), **WANTED).message


def test_a_driver_that_hangs_or_crashes() -> None:
    hangs = Call("nvml", "timed-out", seconds=10.0, steps=[Step("load", "libnvidia-ml.so.1", 0)])
    assert judged(machine(hangs, devices=[])) == [("KER703", "error")]
    crashes = Call("cuda", "crashed", signal=11, steps=[Step("load", "libcuda.so.1", 0)])
    assert judged(machine(crashes)) == [("KER704", "error")]


def test_a_stub_is_not_a_driver() -> None:
    what = machine(
        cuda(34, loaded=["/usr/local/cuda/lib64/stubs/libcuda.so.1"]),
        ld_library_path=["/usr/local/cuda/lib64/stubs", "/opt/lib"],
    )
    assert judged(what) == [("KER705", "error")]
    assert finding("KER705", what, **WANTED).commands == ("export LD_LIBRARY_PATH=/opt/lib",)


@pytest.mark.parametrize(
    ("driver", "driver_cuda", "cuda_version", "found"),
    [
        ("470.82.01", "11.4", "12.5.1", ["error"]),
        ("470.82.01", "", "12.5.1", ["error"]),
        ("535.183.01", "12.2", "12.5.1", ["info"]),
        ("550.90.07", "12.4", "12.3.1", []),
        ("580.82.07", "13.0", "12.5.1", []),
        ("580.82.07", "13.0", "14.0", ["error"]),
        ("580.82.07", "", "14.0", []),
        ("", "", "12.5.1", []),
    ],
)
def test_drivers(driver: str, driver_cuda: str, cuda_version: str, found: list[str]) -> None:
    what = machine(driver_version=driver, kernel_version=driver, driver_cuda=driver_cuda)
    what.builds = [Build("tensorflow", "2.21.0", "/build_info.py", True, cuda_version)]
    assert severities("KER706", what, **WANTED) == found


def test_a_driver_that_is_too_old_explains_why_it_does_not_start() -> None:
    what = machine(cuda(35), driver_version="470.82.01", kernel_version="470.82.01")
    what.gpu.driver_cuda = "11.4"
    assert judged(what) == [("KER706", "error")]


def test_a_framework_that_is_not_in_use_may_need_what_it_likes() -> None:
    what = machine(driver_version="470.82.01", kernel_version="470.82.01", driver_cuda="11.4")
    assert not findings("KER706", what, gpu=["--require-gpu"], backends=["jax"])


@pytest.mark.parametrize(
    "call",
    [
        Call("nvml", "well", steps=[Step("nvmlInit_v2", "libnvidia-ml.so.1", 18)]),
        cuda(803),
    ],
)
def test_a_driver_that_was_updated_under_way(call: Call) -> None:
    what = machine(call)
    assert judged(what) == [("KER707", "error")]
    assert finding("KER707", what, **WANTED).commands == ("sudo reboot",)


def test_versions_of_library_and_module_differ() -> None:
    assert "550.90.07" in finding("KER707", machine(kernel_version="550.90.07"), **WANTED).message
    assert not findings("KER707", machine(kernel_version=""), **WANTED)


def test_a_runtime_that_the_driver_does_not_know() -> None:
    runtime = Call("cudart", "well", steps=[Step("cudaGetDeviceCount", "/a/libcudart.so.13", 35)])
    what = machine(cuda(), runtime)
    what.builds = []
    assert severities("KER706", what, **WANTED) == ["error"]
    assert not findings("KER706", machine(cuda(), runtime), **WANTED)  # TensorFlow is for CUDA 12
    without = machine(**{**NO_DRIVER, "calls": [*NO_DRIVER["calls"], runtime]})
    assert not findings("KER706", without, **WANTED)
