"""Machines with NVIDIA GPUs, whole and broken, with TensorFlow, JAX and PyTorch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kerlint.probe.gpu_observations import Call, Gpu, Library, Step
from kerlint.probe.observations import Build, Container, Observations, Overlap
from kerlint.probe.trial_observations import Trial
from tests.probe.machines.parts import (
    CPU_BUILD,
    CUDA_12,
    CUDA_BUILD,
    DOCKER,
    JAX,
    JAXLIB,
    L4,
    PIP,
    REST,
    TENSORFLOW,
    TENSORFLOW_CPU,
    UNKNOWN,
    WANTED,
    Broken,
    absent,
    both,
    computer,
    container,
    cuda,
    cudart,
    found,
    libraries,
    load,
    nvml,
    on_cpu,
    one_root,
    ran,
    torch,
    wheels,
    workstation,
)
from tests.probe.scenes import dist

WSL = Container("wsl", ["/proc/version"])
NVML, CUDA = "libnvidia-ml.so.1", "libcuda.so.1"
IN_WSL: dict[str, Any] = {"device_nodes": ["/dev/dxg"], "kernel_version": "", "pci_devices": 0}
OF_WSL = Library(CUDA, "/usr/lib/wsl/lib/libcuda.so.1", "driver")
OF_LINUX = Library(CUDA, "/usr/lib/x86_64-linux-gnu/libcuda.so.1", "driver")
MIG = Gpu(0, "NVIDIA A100-SXM4-40GB", "8.0", 40 << 30, 39 << 30, True, 2)
NO_MIG = replace(MIG, mig_instances=0)


def visible(value: str, code: int = 100, **more: Any) -> Observations:
    return on_cpu(
        nvml(), cuda(code), cudart(code), environment={"CUDA_VISIBLE_DEVICES": value}, **more
    )


def jax(plugin: str, cuda_major: str = "12", **more: Any) -> Observations:
    """JAX with a CUDA plugin of this version."""
    extra = [f'{name}{one[1]}; extra == "with-cuda"' for name, one in CUDA_12.items()]
    name = f"jax-cuda{cuda_major}"
    plugins = [
        dist(f"{name}-plugin", plugin, f"{name}-pjrt=={plugin}", *extra, extras=["with-cuda"]),
        dist(f"{name}-pjrt", plugin),
    ]
    what = workstation(**more)
    what.distributions = [PIP, JAX, JAXLIB, *REST, *plugins, *wheels()]
    what.builds = [Build("jax", "0.10.2", f"/env/{name}", True, cuda_major)]
    what.environment = {"KERAS_BACKEND": "jax"}
    what.trials = [ran("jax", "cuda:0"), ran("keras", "cuda:0", "jax")]
    return what


def lost(code: int, ordinal: str = "0") -> Call:
    return nvml(0, Step("nvmlDeviceGetHandleByIndex_v2", NVML, code, ordinal))


def hanging(subject: str, step: str) -> Call:
    steps = [load(subject), Step(step, NVML if subject == "nvml" else CUDA)]
    return Call(subject, "timed-out", seconds=10, steps=steps)


def stuck() -> Observations:
    what = workstation(hanging("nvml", "nvmlInit_v2"), hanging("cuda", "cuInit"), **UNKNOWN)
    what.trials = [
        Trial("tensorflow", "", "timed-out", seconds=90, last_step="devices"),
        Trial("keras", "tensorflow", "timed-out", seconds=90, last_step="computed"),
    ]
    return what


def older_cudnn() -> Observations:
    other = Library(
        "libcudnn.so.9", "/usr/local/cuda/lib64/libcudnn.so.9", "ld_library_path", "9.1"
    )
    what = workstation(ld_library_path=["/usr/local/cuda/lib64"], libraries=[other, *libraries()])
    said = "Loaded runtime CuDNN library: 9.1.0 but source was compiled with: 9.3.0."
    what.trials = [
        Trial(name, backend, "failed", 1, error="UnimplementedError: DNN library is not found.",
              output=said, last_step=step, loaded=[other.path], devices=["CPU:0", "GPU:0"])
        for name, backend, step in (("tensorflow", "", "convolved"), ("keras", "tensorflow", "fitted"))
    ]  # fmt: skip
    return what


def both_tensorflows() -> Observations:
    what = workstation()
    what.distributions.append(TENSORFLOW_CPU)
    what.builds, what.trials = [CPU_BUILD], both()
    what.overlaps = [Overlap(["tensorflow", "tensorflow-cpu"], 13_000, ["tensorflow/__init__.py"])]
    return what


def two_cudas() -> Observations:
    """torch for CUDA 13 beside TensorFlow for CUDA 12: their cuDNN wheels share a folder."""
    what = workstation()
    needs = ("nvidia-cudnn-cu13==9.13.0.50", "nvidia-cublas==13.0.2.14")
    what.distributions += [dist("torch", "2.9.0", *needs)]
    what.distributions += [dist(*line.split("=="), top_level=["nvidia"]) for line in needs]
    shared = ["nvidia/cudnn/lib/libcudnn.so.9", "nvidia/cudnn/lib/libcudnn_ops.so.9"]
    what.overlaps = [Overlap(["nvidia-cudnn-cu12", "nvidia-cudnn-cu13"], 34, shared)]
    return what


def without_libraries(**more: Any) -> Observations:
    what = on_cpu(libraries=more.pop("libraries", []), ptxas=[], libdevice=[], **more)
    what.distributions = [PIP, TENSORFLOW, *REST]
    return what


def pinned_cudnn() -> Observations:
    """torch asks for its very own cuDNN, which is too old for TensorFlow."""
    what = workstation()
    torch_wheel = dist("torch", "2.5.1", "nvidia-cudnn-cu12==9.1.0.70")
    what.distributions = [PIP, TENSORFLOW, *REST, *wheels(cudnn="9.1.0.70"), torch_wheel]
    said = "Loaded runtime CuDNN library: 9.1.0 but source was compiled with: 9.3.0."
    what.trials = [
        Trial(name, on, "failed", 1, error="UnimplementedError: DNN library is not found.",
              output=said, last_step=step)
        for name, on, step in (("tensorflow", "", "convolved"), ("keras", "tensorflow", "fitted"))
    ]  # fmt: skip
    return what


def without_compiler() -> Observations:
    what = workstation(ptxas=[], libdevice=[])
    what.distributions = [PIP, TENSORFLOW, *REST, *wheels("cuda_nvcc")]
    error = "InternalError: libdevice not found at ./libdevice.10.bc [Op:__some_op]"
    what.trials = [
        Trial("tensorflow", "", "failed", 1, error=error, last_step="compiled"),
        Trial("keras", "tensorflow", "failed", 1, error=error, last_step="fitted"),
    ]
    return what


def out_of_memory() -> Observations:
    what = workstation(devices=[Gpu(0, "NVIDIA L4", "8.9", 24 << 30, 200 << 20)])
    said = "InternalError: CUDA runtime implicit initialization on GPU:0 failed. out of memory"
    what.trials = [
        Trial("tensorflow", "", "failed", 1, error=said, last_step="computed"),
        Trial("keras", "tensorflow", "failed", 1, error=said, last_step="fitted"),
    ]
    return what


def _of_nvidia() -> Observations:
    """A container of NVIDIA's with its own TensorFlow and the libraries of the system."""
    pinned = 'nvidia-cudnn-cu12==8.9.7.29; extra == "and-cuda"'
    wheel = dist("tensorflow", "2.17.0+nv25.2", "keras>=3.2.0", pinned, extras=["and-cuda"])
    system = "/usr/lib/x86_64-linux-gnu/libcudnn.so.9"
    names = [f"/usr/local/cuda/lib64/{one.soname}" for one in libraries()]
    answer = Call("cudnn", "well", steps=[Step("cudnnGetVersion", system, 0, "90700")])
    what = workstation(
        nvml(), cuda(), answer,
        libraries=[Library(one.rpartition("/")[2], one, "ldconfig") for one in names],
    )  # fmt: skip
    what.distributions = [PIP, wheel, *REST]
    what.builds = [replace(CUDA_BUILD, version="2.17.0+nv25.2", cuda="12.8")]
    what.container, what.environment = DOCKER, {"NVIDIA_VISIBLE_DEVICES": "all"}
    return what


BROKEN: dict[str, Callable[[], Broken]] = {
    "a driver of CUDA 11 below TensorFlow 2.21": lambda: Broken(
        on_cpu(nvml(), cuda(), cudart(35), driver_version="470.256.02",
               kernel_version="470.256.02", driver_cuda="11.4"),
        "KER706", ("470.256.02 is too old for tensorflow 2.21.0", "525.60.13", "KER741")),
    "a driver of CUDA 12 below torch for CUDA 13": lambda: Broken(
        torch("2.13.0+cu130", cuda_version="13.0", driver_version="535.183.01",
              kernel_version="535.183.01", driver_cuda="12.2"),
        "KER706", ("535.183.01 is too old for torch", "580", "KER741")),
    "JAX's plugin of another version": lambda: Broken(
        jax("0.9.0"), "KER723",
        ("jax-cuda12-plugin<=0.10.2,>=0.10.2", "0.9.0 is installed", "'jax[cuda12]==0.10.2'")),
    "WSL whose driver no loader finds": lambda: Broken(
        on_cpu(absent("nvml"), absent("cuda"), **{**IN_WSL, **UNKNOWN},
               libraries=[*libraries(), OF_WSL], container=WSL),
        "KER721", ("export LD_LIBRARY_PATH=/usr/lib/wsl/lib",)),
    "WSL on a Windows without NVIDIA's driver": lambda: Broken(
        on_cpu(absent("nvml"), absent("cuda"), **{**IN_WSL, **UNKNOWN}, container=WSL),
        "KER721", ("driver in Windows, not in WSL",)),
    "a driver for Linux inside of WSL": lambda: Broken(
        on_cpu(nvml(9), cuda(100, loaded=[f"{OF_LINUX.path[:-1]}535.183.01"]),
               **{**IN_WSL, **UNKNOWN}, libraries=[*libraries(), OF_LINUX, OF_WSL], container=WSL),
        "KER722", ("hides that of Windows", "export LD_LIBRARY_PATH=/usr/lib/wsl/lib", "KER701")),
    "MIG without instances": lambda: Broken(
        on_cpu(nvml(), cuda(100), devices=[NO_MIG]), "KER710", ("GPU 0 is in MIG mode", "KER701")),
    "MIG without instances, by another code": lambda: Broken(
        on_cpu(nvml(), cuda(101), devices=[NO_MIG]), "KER710", ("KER702",)),
    "MIG without instances, and the name of an old one": lambda: Broken(
        visible("MIG-5f8ac6b5", devices=[NO_MIG]), "KER710", ("KER709",)),
    "hidden by an empty variable": lambda: Broken(
        visible(""), "KER711", ("unset CUDA_VISIBLE_DEVICES", "KER701")),
    "hidden by -1": lambda: Broken(visible("-1"), "KER711", ("KER701", "KER741")),
    "a number that counts from 1": lambda: Broken(
        visible("1"), "KER709", ("there is no device 1", "export CUDA_VISIBLE_DEVICES=0", "KER701")),
    "a number beyond, told by another code": lambda: Broken(
        visible("7", 101), "KER709", ("no device 7", "KER702")),
    "the identifier of another GPU": lambda: Broken(
        visible("GPU-8932f937-d72c"), "KER709", ("CUDA finds no device of that name", "KER701")),
    "a name of torch's": lambda: Broken(visible("cuda:0"), "KER709", ("`cuda:0` is no device",)),
    "a container that was started without its GPUs": lambda: Broken(
        container(), "KER731", ("docker run --gpus all", "KER721", "KER741")),
    "no node for memory management": lambda: Broken(
        on_cpu(nvml(), cuda(999), cudart(999), device_nodes=["/dev/nvidia0", "/dev/nvidiactl"]),
        "KER702", ("no /dev/nvidia-uvm", "sudo nvidia-modprobe -u -c=0")),
    "a container that was not given the node for memory management": lambda: Broken(
        on_cpu(
            nvml(),
            cuda(999),
            device_nodes=["/dev/nvidia0", "/dev/nvidiactl"],
            container=Container("podman", ["/run/.containerenv"]),
        ),
        "KER702",
        ("--device /dev/nvidia-uvm", "nvidia-ctk cdi generate", "KER741"),
    ),
    "nodes that this user may not use": lambda: Broken(
        on_cpu(nvml(4), cuda(100), **UNKNOWN, closed_nodes=["/dev/nvidia0"]),
        "KER702", ("may not use /dev/nvidia0", "the group `video`", "KER701")),
    "a GPU that has fallen off the bus": lambda: Broken(
        on_cpu(lost(15), cuda(100), cudart(100), devices=[]),
        "KER702", ("GPU 0: the GPU has fallen off the bus", "xid", "KER701", "KER741")),
    "a GPU that has fallen off, and a driver that knows no more": lambda: Broken(
        on_cpu(lost(15), cuda(999), devices=[]), "KER702", ("fallen off the bus", "answers 999")),
    "one of two GPUs that has fallen off": lambda: Broken(
        workstation(lost(15, "1"), cuda()), "KER702", ("cannot reach GPU 1",), "warning"),
    "a GPU that wants a reset": lambda: Broken(
        on_cpu(lost(16), cuda(100), devices=[]), "KER702", ("--gpu-reset",)),
    "a driver that hangs": lambda: Broken(
        stuck(), "KER703", ("nvmlInit_v2", "dmesg", "KER653 keras with the backend tensorflow")),
    "a driver that was updated under way": lambda: Broken(
        on_cpu(nvml(18), cuda(803), **UNKNOWN, kernel_version="570.133.20"),
        "KER707", ("570.133.20", "sudo reboot", "KER741")),
    "the same, by another code": lambda: Broken(
        on_cpu(nvml(18), cuda(804), **UNKNOWN, kernel_version="570.133.20"), "KER707", ("KER702",)),
    "eight GPUs without a fabric manager": lambda: Broken(
        on_cpu(nvml(), cuda(802), devices=[Gpu(n, "NVIDIA H100", "9.0", 80 << 30, 79 << 30)
                                           for n in range(8)]),
        "KER702", ("sudo systemctl start nvidia-fabricmanager",)),
    "forward compatibility on a GPU for games": lambda: Broken(
        on_cpu(nvml(), cuda(804, loaded=["/usr/local/cuda/compat/libcuda.so.570.1"]),
               ld_library_path=["/usr/local/cuda/compat", "/opt/lib"]),
        "KER702", ("/usr/local/cuda/compat/libcuda.so.570.1", "export LD_LIBRARY_PATH=/opt/lib")),
    "an older cuDNN of the toolkit": lambda: Broken(
        older_cudnn(), "KER722", ("unset LD_LIBRARY_PATH", "KER723", "KER651", "KER624")),
    "conda's CUDA 11 below TensorFlow 2.21": lambda: Broken(
        without_libraries(libraries=[
            Library("libcudart.so.11.0", "/opt/conda/lib/libcudart.so.11.0", "conda", "11.8"),
            Library("libcudnn.so.8", "/opt/conda/lib/libcudnn.so.8", "conda", "8.9")]),
        "KER721", ("libcudart.so.12", "'tensorflow[and-cuda]==2.21.0'", "KER724", "KER741")),
    "TensorFlow without its extra": lambda: Broken(
        without_libraries(), "KER721", ("tensorflow[and-cuda] asks for nvidia-cublas-cu12",)),
    "tensorflow and tensorflow-cpu": lambda: Broken(
        both_tensorflows(), "KER616", ("uninstall -y tensorflow tensorflow-cpu",
                                       "'tensorflow[and-cuda]==2.21.0'", "KER741")),
    "wheels for CUDA 12 and 13 in one folder": lambda: Broken(
        two_cudas(), "KER616", ("install nvidia-cudnn-cu12==9.10.2.21",
                                "needs an environment of its own"), "warning"),
    "torch that pins an older cuDNN": lambda: Broken(
        pinned_cudnn(),
        "KER723",
        ("has loaded 9.1.0", "torch 2.5.1 asks for another one", "KER651", "KER624"),
    ),
    "no compiler for XLA": lambda: Broken(
        without_compiler(),
        "KER724",
        ("ptxas and libdevice are not there", "'nvidia-cuda-nvcc-cu12>=12.5.82,<13.0'", "KER651"),
    ),
    "a stub of the toolkit": lambda: Broken(
        on_cpu(nvml(), cuda(34), ld_library_path=["/usr/local/cuda/lib64/stubs"]),
        "KER705",
        ("unset LD_LIBRARY_PATH", "KER741"),
    ),
    "a kernel module that is not loaded": lambda: Broken(
        on_cpu(nvml(9), cuda(999), **{**UNKNOWN, "kernel_version": "", "device_nodes": []}),
        "KER702",
        ("the kernel module of the driver is not loaded", "sudo modprobe nvidia"),
    ),
    "NixOS, whose driver no loader finds": lambda: Broken(
        on_cpu(
            absent("nvml"),
            absent("cuda"),
            **UNKNOWN,
            libraries=[*libraries(), Library(CUDA, f"/run/opengl-driver/lib/{CUDA}", "driver")],
        ),
        "KER721",
        ("export LD_LIBRARY_PATH=/run/opengl-driver/lib",),
    ),
    "no memory left": lambda: Broken(
        out_of_memory(), "KER712", ("0.2 GiB of 24.0 GiB", "KER651", "KER624")),
    "a GPU that is too old for the build": lambda: Broken(
        on_cpu(devices=[Gpu(0, "Tesla M40", "5.2", 24 << 30, 23 << 30)]), "KER708", ("5.2", "KER741")),
    "torch for the CPU": lambda: Broken(
        torch("2.13.0+cpu"), "KER741", ("uninstall -y torch", "install torch==2.13.0")),
}  # fmt: skip

SOUND: dict[str, Callable[[], Observations]] = {
    "a workstation": workstation,
    "WSL": lambda: replace(workstation(**IN_WSL), container=WSL),
    "MIG with instances": lambda: replace(
        workstation(devices=[MIG]), environment={"CUDA_VISIBLE_DEVICES": "MIG-5f8ac6b5"}
    ),
    "a GPU by its identifier": lambda: replace(
        workstation(), environment={"CUDA_VISIBLE_DEVICES": "GPU-8932f937"}
    ),
    "podman, whose GPUs are given by CDI": lambda: replace(
        workstation(),
        container=Container("podman", ["/run/.containerenv"]),
        environment={"NVIDIA_VISIBLE_DEVICES": "void"},
    ),
    "a container without the capability `utility`": lambda: replace(
        workstation(absent("nvml"), cuda(), devices=[Gpu(0, "NVIDIA L4", "8.9", 24 << 30)]),
        container=DOCKER,
    ),
    "NVIDIA's own build for another cuDNN than the extra names": _of_nvidia,
    "an old GPU for the screen": lambda: workstation(
        devices=[Gpu(0, "Quadro K620", "5.0", 2 << 30, 1 << 30), replace(L4, index=1)]
    ),
    "a driver that is too old, with a package for forward compatibility": lambda: torch(
        "2.13.0+cu130", cuda_version="13.0", device="cuda:0", driver_version="535.183.01",
        kernel_version="535.183.01", driver_cuda="12.2", libraries=[],
    ),
    "a number of the host where NVML lists fewer": lambda: replace(
        workstation(), environment={"CUDA_VISIBLE_DEVICES": "3"}
    ),
    "a container with its GPU, whose /proc shows no driver": lambda: replace(
        workstation(kernel_version="", pci_devices=None), container=DOCKER,
        environment={"NVIDIA_VISIBLE_DEVICES": "all"},
    ),
    "JAX with its plugin": lambda: jax("0.10.2"),
    "torch for CUDA, which brings its own libraries": lambda: torch(
        "2.13.0+cu130", cuda_version="13.0", device="cuda:0", libraries=[]
    ),
    "torch for the CPU beside TensorFlow for GPUs": lambda: replace(
        workstation(), distributions=[PIP, TENSORFLOW, *REST, *wheels(), dist("torch", "2.13.0+cpu")],
        builds=[CUDA_BUILD, Build("torch", "2.13.0+cpu", "/version.py", False)],
        trials=[*both("GPU:0"), ran("torch")],
    ),
    "a GPU newer than the build": lambda: workstation(
        devices=[Gpu(0, "NVIDIA GeForce RTX 5090", "12.0", 32 << 30, 31 << 30)]
    ),
    "a newer cuDNN on LD_LIBRARY_PATH": lambda: workstation(
        ld_library_path=["/opt/cudnn/lib"],
        libraries=[Library("libcudnn.so.9", "/opt/cudnn/lib/libcudnn.so.9", "ld_library_path", "9.13.0"),
                   *libraries()],
    ),
    "two GPUs, one of them full": lambda: workstation(
        devices=[Gpu(0, "NVIDIA L4", "8.9", 24 << 30, 100 << 20), L4]
    ),
}  # fmt: skip

NOBODY_WANTS: dict[str, Callable[[], Observations]] = {
    "a container for the CPU on a host with GPUs": lambda: replace(
        container(), distributions=[PIP, TENSORFLOW_CPU, *REST], builds=[CPU_BUILD]
    ),
    "a broken driver": lambda: on_cpu(nvml(18), cuda(803), **UNKNOWN),
    "no GPU at all": lambda: computer(TENSORFLOW, *REST, builds=[CUDA_BUILD], trials=both()),
    "hidden GPUs": lambda: visible("-1"),
    "libraries of TensorFlow that are missing": without_libraries,
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_root_is_named(name: str) -> None:
    one_root(BROKEN[name](), **WANTED)


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_machine_is_silent(name: str) -> None:
    assert found(SOUND[name](), **WANTED) == []


@pytest.mark.parametrize("name", NOBODY_WANTS)
def test_who_wants_no_gpu_is_told_of_no_fault(name: str) -> None:
    assert found(NOBODY_WANTS[name]()) == []


def test_devices_of_one_kind_are_told_once() -> None:
    from kerlint.probe.judging import judge
    from tests.probe.scenes import asked

    what = workstation(devices=[Gpu(n, "NVIDIA H100", "9.0", 80 << 30, 79 << 30) for n in range(8)])
    codes = [one.code for one in judge(what, asked(what, **WANTED))]
    assert codes.count("KER708") == 1
