"""What machines are made of: distributions as they are published, libraries, calls and runs."""

from __future__ import annotations

from typing import Any, NamedTuple

from kerlint.probe.finding import Finding
from kerlint.probe.gpu_observations import Call, Gpu, GpuStack, Library, Step
from kerlint.probe.judging import judge
from kerlint.probe.observations import (
    Build,
    Container,
    Distribution,
    Interpreter,
    Observations,
    Site,
)
from kerlint.probe.trial_observations import Trial
from tests.probe.scenes import MARKERS, SITE, TENSORFLOW_2_15, TENSORFLOW_2_21, asked, dist

CUDA_12 = {
    "nvidia-cublas-cu12": ("12.9.1.4", ">=12.5.3.2,<13.0", "libcublas.so.12 libcublasLt.so.12"),
    "nvidia-cuda-nvcc-cu12": ("12.9.86", ">=12.5.82,<13.0", ""),
    "nvidia-cuda-runtime-cu12": ("12.9.79", ">=12.5.82,<13.0", "libcudart.so.12"),
    "nvidia-cudnn-cu12": ("9.10.2.21", ">=9.3.0.75,<10.0", "libcudnn.so.9"),
    "nvidia-cufft-cu12": ("11.4.1.4", ">=11.2.3.61,<12.0", "libcufft.so.11"),
    "nvidia-cusolver-cu12": ("11.7.5.82", ">=11.6.3.83,<12.0", "libcusolver.so.11"),
    "nvidia-cusparse-cu12": ("12.5.10.65", ">=12.5.1.3,<13.0", "libcusparse.so.12"),
    "nvidia-nccl-cu12": ("2.27.7", ">=2.27.7,<3.0", "libnccl.so.2"),
}
"""NVIDIA's wheels: the version installed, what TensorFlow 2.21 asks for, the libraries in it."""

AND_CUDA = [f'{name}{one[1]}; extra == "and-cuda"' for name, one in CUDA_12.items()]
NUMPY, H5PY = dist("numpy", "2.2.6"), dist("h5py", "3.14.0", "numpy>=1.19.3")
PROTOBUF = dist("protobuf", "6.33.0", top_level=["google"])
KERAS = dist("keras", "3.15.1", "numpy", "h5py", "ml-dtypes")
ML_DTYPES = dist("ml-dtypes", "0.5.4", "numpy>=1.23.3")
REST = (NUMPY, H5PY, PROTOBUF, KERAS, ML_DTYPES)
TENSORFLOW = dist("tensorflow", "2.21.0", *TENSORFLOW_2_21[:-1], *AND_CUDA, extras=["and-cuda"])
TENSORFLOW_CPU = dist(
    "tensorflow-cpu", "2.21.0", *TENSORFLOW_2_21[:-1], *AND_CUDA,
    extras=["and-cuda"], top_level=["tensorflow"],
)  # fmt: skip
KERAS_2 = dist("keras", "2.15.0")
TENSORFLOW_15 = dist("tensorflow", "2.15.1", *TENSORFLOW_2_15)
JAX = dist("jax", "0.10.2", "jaxlib<=0.10.2,>=0.10.1", "ml_dtypes>=0.5.0", "numpy>=2.0",
           'jax-cuda12-plugin[with-cuda]<=0.10.2,>=0.10.2; extra == "cuda12"',
           'jax-cuda13-plugin[with-cuda]<=0.10.2,>=0.10.2; extra == "cuda13"',
           'jaxlib<=0.10.2,>=0.10.2; extra == "cuda12"', extras=["cuda12", "cuda13"])  # fmt: skip
JAXLIB = dist("jaxlib", "0.10.2", "numpy>=2.0", "ml_dtypes>=0.5.0")
CUDA_BUILD = Build(
    "tensorflow", "2.21.0", f"{SITE}/tensorflow/python/platform/build_info.py", True, "12.5.1", "9",
    capabilities=["sm_60", "sm_70", "sm_80", "sm_89", "compute_90"],
)  # fmt: skip
CPU_BUILD = Build("tensorflow", "2.21.0", CUDA_BUILD.file, False)
PIP = dist("pip", "24.0")
DOCKER = Container("docker", ["/.dockerenv"])
WANTED = {"gpu": ["--require-gpu"]}
"""What a project says that wants a GPU."""
UNKNOWN: dict[str, Any] = {"devices": [], "driver_version": "", "driver_cuda": ""}
"""The GPU of a machine whose driver does not answer."""


def wheels(*without: str, **versions: str) -> list[Distribution]:
    """NVIDIA's wheels as `tensorflow[and-cuda]` brings them; `cudnn="9.1.0.70"`: another version."""
    found = []
    for name, (version, _, _) in CUDA_12.items():
        word = name.removeprefix("nvidia-").removesuffix("-cu12").replace("-", "_")
        if word not in without:
            found.append(dist(name, versions.get(word, version), top_level=["nvidia"]))
    return found


def libraries(*without: str) -> list[Library]:
    """The libraries in the wheels."""
    return [
        Library(soname, f"{SITE}/nvidia/{name[7:-5]}/lib/{soname}", "wheel", one[0], name)
        for name, one in CUDA_12.items()
        for soname in one[2].split()
        if soname.partition(".")[0] not in without
    ]


def load(subject: str, error: str = "") -> Step:
    library = {"cuda": "libcuda.so.1", "nvml": "libnvidia-ml.so.1"}[subject]
    return Step("load", library, None if error else 0, "", error)


def absent(subject: str) -> Call:
    """A library of the driver that is not there."""
    library = load(subject).library
    return Call(subject, "well", steps=[load(
        subject, f"{library}: cannot open shared object file: No such file or directory")])  # fmt: skip


def cuda(code: int = 0, *steps: Step, count: int = 1, **more: Any) -> Call:
    """The driver's CUDA, and what its start answers."""
    counted = [Step("cuDeviceGetCount", "libcuda.so.1", 0, str(count))] if not code else []
    start = Step("cuInit", "libcuda.so.1", code)
    return Call("cuda", "well", steps=[load("cuda"), start, *counted, *steps], **more)


def nvml(code: int = 0, *steps: Step) -> Call:
    """The driver's management library."""
    start = Step("nvmlInit_v2", "libnvidia-ml.so.1", code)
    return Call("nvml", "well", steps=[load("nvml"), start, *steps])


def cudart(code: int = 0) -> Call:
    """The CUDA runtime of the wheels."""
    library = f"{SITE}/nvidia/cuda_runtime/lib/libcudart.so.12"
    names = {"load": "", "cudaRuntimeGetVersion": "12090"}
    steps = [Step(name, library, 0, value) for name, value in names.items()]
    return Call("cudart", "well", steps=[*steps, Step("cudaGetDeviceCount", library, code)])


L4 = Gpu(0, "NVIDIA L4", "8.9", 24 << 30, 23 << 30, mig=None)
DRIVER: dict[str, Any] = {
    "driver_version": "580.82.07",
    "kernel_version": "580.82.07",
    "driver_cuda": "13.0",
    "pci_devices": 1,
    "device_nodes": ["/dev/nvidia-uvm", "/dev/nvidia0", "/dev/nvidiactl"],
    "devices": [L4],
}
NO_DRIVER: dict[str, Any] = {
    "driver_version": "",
    "kernel_version": "",
    "driver_cuda": "",
    "pci_devices": 0,
    "device_nodes": [],
    "devices": [],
    "calls": [absent("nvml"), absent("cuda")],
}
TOOLS = {
    "ptxas": [f"{SITE}/nvidia/cuda_nvcc/bin/ptxas"],
    "libdevice": [f"{SITE}/nvidia/cuda_nvcc/nvvm/libdevice/libdevice.10.bc"],
}


def ran(subject: str, device: str = "CPU:0", backend: str = "", **more: Any) -> Trial:
    """A framework that came to its end."""
    return Trial(
        subject, backend, "well", 0, devices=["CPU:0"] if device == "CPU:0" else ["CPU:0", device],
        device_of_result=device, **more,
    )  # fmt: skip


def both(device: str = "CPU:0", output: str = "") -> list[Trial]:
    """TensorFlow, and Keras on it."""
    return [
        ran("tensorflow", device, output=output),
        ran("keras", device, "tensorflow", output=output),
    ]


def computer(*distributions: Distribution, **more: Any) -> Observations:
    """Python 3.11 in a virtual environment on Linux, x86-64, without a GPU."""
    interpreter: dict[str, Any] = {
        "executable": "/env/bin/python",
        "implementation": "cpython",
        "version": "3.11.7",
        "prefix": "/env",
        "base_prefix": "/usr",
        "system": "Linux",
        "machine": "x86_64",
        "libc": "glibc 2.35",
        "markers": MARKERS,
    }
    interpreter.update(more.pop("python", {}))
    given: dict[str, Any] = {
        "site": Site(site_packages=[SITE], virtual_environment=True, writable=True),
        "gpu": GpuStack(**{**NO_DRIVER, **more.pop("gpu", {})}),
        "distributions": [dist("pip", "24.0"), *distributions],
    }
    return Observations(interpreter=Interpreter(**interpreter), **{**given, **more})


def workstation(*calls: Call, **gpu: Any) -> Observations:
    """An NVIDIA L4 with TensorFlow 2.21, all its wheels, and runs that used the GPU."""
    given = {
        **DRIVER,
        **TOOLS,
        "libraries": libraries(),
        "calls": [*calls] or [nvml(), cuda(), cudart()],
    }
    return computer(
        TENSORFLOW, *REST, *wheels(), builds=[CUDA_BUILD], trials=both("GPU:0"), gpu={**given, **gpu}
    )  # fmt: skip


def found(what: Observations, **wishes: Any) -> list[Finding]:
    """What is left of all findings, but for notes."""
    return [one for one in judge(what, asked(what, **wishes)) if one.severity != "info"]


class Broken(NamedTuple):
    """A machine with one fault.

    `says`  pieces of the message, the help, the evidence or the commands of the one finding
    """

    machine: Observations
    code: str
    says: tuple[str, ...]
    severity: str = "error"


def told(one: Finding) -> str:
    """All that a finding says."""
    lines = [f"{line.text} ({line.where})" for line in one.evidence]
    return "\n".join([one.message, one.help or "", *lines, *one.commands])


def one_root(broken: Broken, **wishes: Any) -> None:
    """The root is told, with what it led to, and nothing else."""
    found_here = found(broken.machine, **wishes)
    assert [(one.code, one.severity) for one in found_here] == [(broken.code, broken.severity)]
    for piece in broken.says:
        assert piece in told(found_here[0]), told(found_here[0])
    assert broken.machine.not_checked == []


def on_cpu(*calls: Call, **more: Any) -> Observations:
    """A workstation whose frameworks ran on the CPU. `environment`, `container`: of the machine."""
    environment, container = more.pop("environment", {}), more.pop("container", Container())
    what = workstation(*calls, **more)
    what.trials, what.environment, what.container = both(), environment, container
    return what


def torch(build: str, *, cuda_version: str = "", device: str = "cpu", **more: Any) -> Observations:
    """A workstation with PyTorch, for CUDA if `cuda_version`, that ran on `device`."""
    what = workstation(**more)
    what.distributions = [PIP, dist("torch", build), *REST]
    what.builds = [Build("torch", build, "/version.py", bool(cuda_version), cuda_version)]
    what.environment = {"KERAS_BACKEND": "torch"}
    what.trials = [ran("torch", device), ran("keras", device, "torch")]
    return what


def container(**more: Any) -> Observations:
    """TensorFlow for GPUs in a container that was started without them."""
    return computer(
        TENSORFLOW, *REST, *wheels(), builds=[CUDA_BUILD], trials=both(), container=DOCKER,
        gpu={**TOOLS, "libraries": libraries(), "pci_devices": 1}, **more,
    )  # fmt: skip


UMATH = "ImportError: numpy.core.umath failed to import"

OF_USER = "/home/me/.local/lib/python3.11/site-packages"

OLD_BUILD = Build("tensorflow", "2.15.1", "/build_info.py", False)


def env(*installed: Distribution, **more: Any) -> Observations:
    """TensorFlow for the CPU and what it needs; `instead`: distributions in the place of others."""
    chosen = {one.name: one for one in (TENSORFLOW_CPU, NUMPY, H5PY, PROTOBUF, KERAS, ML_DTYPES)}
    chosen.update({one.name: one for one in installed})
    given = {"builds": [CPU_BUILD], "trials": both(), **more}
    return computer(*chosen.values(), **given)


def fails(error: str, module: str = "tensorflow", backend: str = "tensorflow") -> list[Trial]:
    """The backend ends in this error at import, and Keras on it does, too."""
    traceback = f'File "{SITE}/{backend}/__init__.py", line 49\nFile "{SITE}/{module}/x.py", line 1'
    return [
        Trial(name, on, "failed", 1, error=error, traceback=traceback, last_step="imported")
        for name, on in ((backend, ""), ("keras", backend))
    ]


def old(*installed: Distribution, **more: Any) -> Observations:
    """TensorFlow 2.15 with its Keras."""
    given = {"builds": [OLD_BUILD], "trials": both(), **more}
    return computer(TENSORFLOW_15, KERAS_2, H5PY, *installed, **given)


def on_jax(*installed: Distribution, **more: Any) -> Observations:
    given = {
        "environment": {"KERAS_BACKEND": "jax"},
        "builds": [Build("jax", "0.10.2", "/jax", False)],
        "trials": [ran("jax", "cpu:0"), ran("keras", "cpu:0", "jax")],
        **more,
    }
    chosen = {one.name: one for one in (JAX, JAXLIB, NUMPY, H5PY, KERAS, ML_DTYPES, *installed)}
    return computer(*chosen.values(), **given)


KERNEL = "Darwin Kernel Version 24.6.0: root:xnu-11417.140.69~1/RELEASE_ARM64_T6000"
MAC: dict[str, Any] = {
    "system": "Darwin",
    "machine": "arm64",
    "libc": "",
    "markers": {
        **MARKERS,
        "sys_platform": "darwin",
        "platform_system": "Darwin",
        "platform_machine": "arm64",
        "platform_version": KERNEL,
    },
}


def with_(what: Observations, **more: Any) -> Observations:
    for name, value in more.items():
        setattr(what, name, value)
    return what


def tried(ended: str, **more: Any) -> list[Trial]:
    return [
        Trial("tensorflow", "", ended, **more),
        Trial("keras", "tensorflow", ended, **more),
    ]
