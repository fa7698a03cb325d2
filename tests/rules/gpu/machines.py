"""Machines with and without a GPU, as the probe sees them."""

from __future__ import annotations

from typing import Any

from kerlint.probe.gpu_observations import Call, Gpu, GpuStack, Library, Step
from kerlint.probe.judging import judge
from kerlint.probe.observations import Build, Observations
from tests.probe.scenes import SITE, asked, dist, seen

WANTED = {"gpu": ["--require-gpu"]}
AND_CUDA = 'nvidia-cudnn-cu12<10.0,>=9.3.0.75; extra == "and-cuda"'
TENSORFLOW = dist("tensorflow", "2.21.0", AND_CUDA, extras=["and-cuda"])
KERAS = dist("keras", "3.15.1")
BUILD = Build(
    "tensorflow",
    "2.21.0",
    "/build_info.py",
    True,
    "12.5.1",
    "9",
    capabilities=["sm_60", "sm_70", "sm_80", "sm_89", "compute_90"],
)
LIBRARIES = [
    Library(soname, f"/env/nvidia/{soname}", "wheel")
    for soname in (
        *("libcudart.so.12", "libcublas.so.12", "libcublasLt.so.12", "libcufft.so.11"),
        *("libcusolver.so.11", "libcusparse.so.12", "libcudnn.so.9"),
    )
]
NO_FILE = "libcuda.so.1: cannot open shared object file: No such file or directory"


def cuda(code: int | None = 0, *steps: Step, **more: Any) -> Call:
    start = [Step("load", "libcuda.so.1", 0)]
    if code is not None:
        start.append(Step("cuInit", "libcuda.so.1", code))
    return Call("cuda", "well", steps=[*start, *steps], **more)


def machine(*calls: Call, **gpu: Any) -> Observations:
    """A machine with TensorFlow for GPUs and all its libraries."""
    given: dict[str, Any] = {
        "libraries": LIBRARIES,
        "ptxas": ["/bin/ptxas"],
        "libdevice": ["/libdevice.10.bc"],
        "device_nodes": ["/dev/nvidia0", "/dev/nvidiactl"],
        "devices": [Gpu(0, "NVIDIA L4", "8.9", 24 << 30, 23 << 30)],
        "driver_version": "580.82.07",
        "kernel_version": "580.82.07",
        "driver_cuda": "13.0",
        "calls": list(calls) or [cuda()],
    }
    return seen(TENSORFLOW, KERAS, builds=[BUILD], gpu=GpuStack(**{**given, **gpu}))


NO_DRIVER: dict[str, Any] = {
    "device_nodes": [],
    "devices": [],
    "driver_version": "",
    "kernel_version": "",
    "driver_cuda": "",
    "pci_devices": 0,
    "calls": [Call("cuda", "well", steps=[Step("load", "libcuda.so.1", None, "", NO_FILE)])],
}


def judged(what: Observations, **wishes: Any) -> list[tuple[str, str]]:
    return [(one.code, one.severity) for one in judge(what, asked(what, **{**WANTED, **wishes}))]


def copies_of_cudnn(version: str) -> list[Library]:
    """The wheel's, and before it one of this version on LD_LIBRARY_PATH."""
    name = "libcudnn.so.9"
    return [
        Library(name, f"/usr/local/cuda/lib64/{name}", "ld_library_path", version),
        Library(name, f"{SITE}/nvidia/cudnn/lib/{name}", "wheel", "9.3.0.75"),
    ]
