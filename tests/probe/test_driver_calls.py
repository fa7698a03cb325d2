"""What the driver's libraries answer, read from stand-ins: it proves reading, not computing."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kerlint.probe.collector.nvml_package import package_main
from kerlint.probe.collector.observing import call_result, lines_of
from kerlint.probe.gpu_observations import Call, GpuStack
from kerlint.probe.process import Ended
from tests.probe import standins
from tests.probe.environments import Environment


class Machine:
    """A machine with stand-ins for its driver."""

    def __init__(self, environment: Environment, patch: pytest.MonkeyPatch, folder: Path) -> None:
        self._environment = environment
        self._patch = patch
        patch.setenv("LD_LIBRARY_PATH", str(folder))

    def seen(self, seconds: float = 30, **variables: object) -> GpuStack:
        """What the probe sees with these variables."""
        for name, value in variables.items():
            self._patch.setenv(name, str(value))
        return self._environment.seen(seconds=seconds, gpu=True).gpu


@pytest.fixture
def machine(
    environment: Environment, monkeypatch: pytest.MonkeyPatch, built_standins: Path
) -> Machine:
    return Machine(environment, monkeypatch, built_standins)


def call(stack: GpuStack, subject: str) -> Call:
    return next(one for one in stack.calls if one.subject == subject)


def codes(stack: GpuStack, subject: str) -> dict[str, int | None]:
    """The return code of each step; of several with one name the last."""
    return {step.step: step.code for step in call(stack, subject).steps}


def values(stack: GpuStack, subject: str) -> dict[str, str]:
    return {step.step: step.value for step in call(stack, subject).steps}


def test_a_sound_machine(machine: Machine) -> None:
    stack = machine.seen(STANDIN_DEVICES=2)
    assert (stack.driver_version, stack.driver_cuda) == ("550.54.14", "12.4")
    assert {one.ended for one in stack.calls} == {"well"}
    assert {one.subject for one in stack.calls} == {"nvml", "cuda", "cudart", "cudnn"}
    assert [one.name for one in stack.devices] == ["Stand-in GPU 0", "Stand-in GPU 1"]
    first = stack.devices[0]
    assert (first.compute_capability, first.memory_total, first.memory_free) == (
        "9.0",
        16 << 30,
        12 << 30,
    )
    assert first.mig is None
    assert codes(stack, "nvml")["nvmlDeviceGetMigMode"] == 3
    assert codes(stack, "cuda")["cuInit"] == 0
    assert values(stack, "cuda")["cuDeviceGetCount"] == "2"
    assert values(stack, "cudart")["cudaRuntimeGetVersion"] == "12050"
    assert values(stack, "cudnn")["cudnnGetVersion"] == "90300"
    assert any(path.endswith("/libcudnn.so.9") for path in call(stack, "cudnn").loaded)
    assert [(one.soname, one.source) for one in stack.libraries if "standins" in one.path] == [
        (name, "ld_library_path") for name in sorted(standins.SONAMES.values())
    ]


def test_a_driver_that_is_too_old(machine: Machine) -> None:
    stack = machine.seen(STANDIN_DRIVER="470.57.02", STANDIN_CUDA=11040)
    assert (stack.driver_version, stack.driver_cuda) == ("470.57.02", "11.4")
    assert codes(stack, "cudart")["cudaGetDeviceCount"] == 35


def test_library_and_kernel_module_differ(machine: Machine) -> None:
    stack = machine.seen(STANDIN_NVML=18, STANDIN_CUINIT=803)
    assert call(stack, "nvml").ended == "well"
    assert codes(stack, "nvml") == {"load": 0, "nvmlInit_v2": 18}
    assert codes(stack, "cuda")["cuInit"] == 803
    assert values(stack, "cuda")["cuInit"] == "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH"
    assert stack.devices == []
    assert stack.driver_cuda == "12.4"  # cuDriverGetVersion needs no cuInit


@pytest.mark.parametrize("code", [34, 100, 101, 802, 803, 804, 999])
def test_cuda_does_not_start(machine: Machine, code: int) -> None:
    stack = machine.seen(STANDIN_CUINIT=code)
    assert codes(stack, "cuda")["cuInit"] == code
    assert "cuDeviceGetCount" not in codes(stack, "cuda")
    assert call(stack, "cuda").ended == "well"
    assert len(stack.devices) == 1  # NVML still sees it


@pytest.mark.parametrize("instances", [0, 2])
def test_mig(machine: Machine, instances: int) -> None:
    (device,) = machine.seen(STANDIN_MIG=1, STANDIN_INSTANCES=instances).devices
    assert (device.mig, device.mig_instances) == (True, instances)


def test_a_device_that_fell_off_the_bus(machine: Machine) -> None:
    stack = machine.seen(STANDIN_DEVICES=2, STANDIN_LOST=1)
    assert [one.name for one in stack.devices] == ["Stand-in GPU 0"]
    steps = [one for one in call(stack, "nvml").steps if one.step.startswith("nvmlDeviceGetHandle")]
    assert [(one.code, one.value) for one in steps] == [(0, "0"), (15, "1")]


def test_mig_that_is_off(machine: Machine) -> None:
    (device,) = machine.seen(STANDIN_MIG=0).devices
    assert device.mig is False


@pytest.mark.parametrize("hidden", ["", "7"])
def test_hidden_devices(machine: Machine, hidden: str) -> None:
    stack = machine.seen(CUDA_VISIBLE_DEVICES=hidden)
    assert codes(stack, "cuda")["cuInit"] == 100
    assert len(stack.devices) == 1


def test_a_low_compute_capability(machine: Machine) -> None:
    (device,) = machine.seen(STANDIN_CC=50).devices
    assert device.compute_capability == "5.0"


@pytest.mark.parametrize("function", ["nvmlInit_v2", "nvmlDeviceGetName"])
def test_a_crash_in_nvml_says_where(machine: Machine, function: str) -> None:
    stack = machine.seen(STANDIN_CRASH=function)
    crashed = call(stack, "nvml")
    assert (crashed.ended, crashed.signal) == ("crashed", 6)
    assert crashed.steps[-1].step == function
    assert crashed.steps[-1].code is None
    assert stack.driver_cuda == "12.4"
    assert [one.name for one in stack.devices] == ["Stand-in GPU"]  # as CUDA names it


def test_a_crash_while_a_library_is_loaded(machine: Machine) -> None:
    stack = machine.seen(STANDIN_CRASH="load")
    for subject in ("nvml", "cuda"):
        assert call(stack, subject).ended == "crashed"
        assert [(one.step, one.code) for one in call(stack, subject).steps] == [("load", None)]


def test_a_library_that_ends_the_process(machine: Machine) -> None:
    ended = call(machine.seen(STANDIN_EXIT="cuInit"), "cuda")
    assert (ended.ended, ended.signal, ended.steps[-1].step) == ("crashed", None, "cuInit")


def test_a_hang_in_cuda_ends(machine: Machine) -> None:
    hung = call(machine.seen(seconds=3, STANDIN_HANG="cuInit"), "cuda")
    assert hung.ended == "timed-out"
    assert hung.steps[-1].step == "cuInit"
    assert hung.seconds < 10


def test_an_old_driver_without_a_function(
    environment: Environment, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, built_standins: Path
) -> None:
    folder = tmp_path / "driver"
    folder.mkdir()
    (folder / "libcuda.so.1").write_bytes((built_standins / "libcudnn.so.9").read_bytes())
    monkeypatch.setenv("LD_LIBRARY_PATH", str(folder))
    stack = environment.seen(gpu=True).gpu
    steps = {step.step: step.error for step in call(stack, "cuda").steps}
    assert steps["cuInit"] == "no such function"
    assert call(stack, "cuda").ended == "well"


def test_a_library_that_is_none(
    environment: Environment, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "libcuda.so.1").write_text("no library", encoding="ascii")
    monkeypatch.setenv("LD_LIBRARY_PATH", str(tmp_path))
    step = call(environment.seen(gpu=True).gpu, "cuda").steps[-1]
    assert step.step == "load"
    if sys.platform.startswith("linux"):
        assert "libcuda.so.1" in step.error


@pytest.mark.skipif(find_spec("pynvml") is None, reason="nvidia-ml-py is not installed")
def test_nvml_by_its_package(machine: Machine) -> None:
    stack = machine.seen(STANDIN_DEVICES=2, STANDIN_MIG=1, STANDIN_INSTANCES=3)
    assert {step.library for step in call(stack, "nvml").steps} == {"nvidia-ml-py"}
    assert (stack.driver_version, stack.driver_cuda) == ("550.54.14", "12.4")
    assert [one.mig_instances for one in stack.devices] == [3, 3]
    assert codes(machine.seen(STANDIN_NVML=18), "nvml") == {"nvmlInit_v2": 18}


class NvmlError(Exception):
    """As nvidia-ml-py raises it."""

    value = 3


class PackageOfNvidia:
    """As much of `pynvml` as is asked, for one GPU without MIG."""

    NVMLError = NvmlError
    nvmlDeviceGetName = staticmethod(lambda handle: b"Stand-in GPU")

    def __getattr__(self, name: str) -> Any:
        answers = {
            "nvmlSystemGetDriverVersion": "550.54.14",
            "nvmlSystemGetCudaDriverVersion_v2": 12040,
            "nvmlDeviceGetCount": 1,
            "nvmlDeviceGetCudaComputeCapability": (9, 0),
            "nvmlDeviceGetMemoryInfo": SimpleNamespace(total=16, free=12),
        }

        def answer(*arguments: object) -> Any:
            if name == "nvmlDeviceGetMigMode":
                raise NvmlError
            return answers.get(name)

        return answer


def test_what_the_package_says_becomes_steps(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "pynvml", PackageOfNvidia())
    file = str(tmp_path / "steps")
    assert package_main(["nvml", file, "abc"]) == 0
    result = call_result("nvml", Ended(returncode=0), lines_of(file, "abc"))
    assert result["call"]["ended"] == "well"
    assert result["facts"] == {"driver_version": "550.54.14", "driver_cuda": "12.4"}
    assert result["devices"] == [
        {
            "index": 0,
            "name": "Stand-in GPU",
            "compute_capability": "9.0",
            "memory_total": 16,
            "memory_free": 12,
        }
    ]
    codes_seen = {step["step"]: step["code"] for step in result["call"]["steps"]}
    assert codes_seen["nvmlDeviceGetMigMode"] == 3


def test_without_a_driver(environment: Environment) -> None:
    seen = environment.seen(gpu=True)
    assert {one.subject for one in seen.gpu.calls} >= {"nvml", "cuda"}
    off = environment.seen(gpu=False)
    assert off.gpu.calls == []
    assert "the GPU's driver" in [gap.what for gap in off.not_checked]
