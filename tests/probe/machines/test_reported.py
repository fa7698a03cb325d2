"""Machines as people report them: what was done to them in shells, jobs and images."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kerlint.probe.gpu_observations import Gpu
from kerlint.probe.observations import (
    Build,
    Container,
    Distribution,
    ModuleFound,
    Observations,
    Overlap,
    Record,
    Site,
)
from kerlint.probe.trial_observations import Trial
from tests.probe.machines.parts import (
    CPU_BUILD,
    DOCKER,
    H5PY,
    KERAS_2,
    ML_DTYPES,
    NUMPY,
    OF_USER,
    PROTOBUF,
    REST,
    TENSORFLOW,
    TENSORFLOW_CPU,
    UMATH,
    UNKNOWN,
    WANTED,
    Broken,
    absent,
    both,
    computer,
    container,
    cuda,
    env,
    fails,
    found,
    nvml,
    on_cpu,
    on_jax,
    one_root,
    ran,
    torch,
    tried,
    wheels,
    with_,
    workstation,
)
from tests.probe.scenes import MARKERS, SITE, dist, pin

SYSTEM = "/usr/lib/python3/dist-packages"
GENCODE = (
    "google.protobuf.runtime_version.VersionError: Detected incompatible Protobuf Gencode/Runtime "
    "versions when loading x.proto: gencode 6.31.1 runtime 4.25.3."
)
NO_FLAG = "parse_flags_from_env.cc:234] Unknown flags in XLA_FLAGS: --xla_gpu_old=true\n"
NCCL = "ImportError: /env/torch/lib/libtorch_cuda.so: undefined symbol: ncclMemFree"
BUSY = "InternalError: cudaSetDevice() on GPU:0 failed. Status: CUDA-capable device(s) is/are busy or unavailable"
NO_CUDA = "RuntimeError: Unable to initialize backend 'cuda': Backend 'cuda' is not in the list of known backends: cpu, tpu."
NO_MODULE: dict[str, Any] = {"kernel_version": "", "device_nodes": [], "pci_devices": 1}
PYTHON_3_14 = {
    "version": "3.14.0",
    "markers": {**MARKERS, "python_version": "3.14", "python_full_version": "3.14.0"},
}
ABSENT = [ModuleFound("tensorflow"), ModuleFound("keras")]


def of_system(one: Distribution) -> Distribution:
    """As a package of Debian, which a virtual environment may see."""
    return replace(one, location=SYSTEM, installer="", order=5, record=Record())


def sees_the_system(**more: Any) -> dict[str, Any]:
    site = Site([SITE, SYSTEM], virtual_environment=True, writable=True, system_site_packages=True)
    return {"site": site, **more}


def keras_on_jax(error: str, step: str = "imported", **variables: str) -> Observations:
    """JAX runs, and Keras on it does not."""
    trial = Trial("keras", "jax", "failed", 1, error=error, last_step=step)
    environment = {"KERAS_BACKEND": "jax", **variables}
    return on_jax(environment=environment, trials=[ran("jax", "cpu:0"), trial])


def two_nccls() -> Observations:
    what = torch("2.9.0+cu128", cuda_version="12.8")
    what.distributions = [
        *what.distributions,
        dist("nvidia-nccl-cu12", "2.27.5", top_level=["nvidia"]),
        dist("nvidia-nccl-cu11", "2.14.3", top_level=["nvidia"]),
    ]
    what.distributions[1] = dist("torch", "2.9.0+cu128", "nvidia-nccl-cu12==2.27.5")
    shared = [
        "nvidia/nccl/__init__.py",
        "nvidia/nccl/include/nccl.h",
        "nvidia/nccl/lib/libnccl.so.2",
    ]
    what.overlaps = [Overlap(["nvidia-nccl-cu11", "nvidia-nccl-cu12"], 3, shared)]
    what.trials = [
        Trial(name, on, "failed", 1, error=NCCL, last_step="found")
        for name, on in (("torch", ""), ("keras", "torch"))
    ]
    return what


def half_replaced() -> Observations:
    """pip was ended between taking NumPy away and putting the new one there."""
    what = env(trials=fails("ModuleNotFoundError: No module named 'numpy'"))
    what.distributions = [one for one in what.distributions if one.name != "numpy"]
    what.leftovers = [f"{SITE}/~umpy", f"{SITE}/~umpy-2.2.6.dist-info"]
    return what


BROKEN: dict[str, Callable[[], Broken]] = {
    "an old NumPy of the system below a virtual environment": lambda: Broken(
        with_(env(of_system(dist("numpy", "1.21.5")), trials=fails(UMATH)), **sees_the_system()),
        "KER611", ("/env/bin/python -m pip install 'numpy>=1.26.0'", "KER651")),
    "an image whose packages are root's": lambda: Broken(
        with_(env(dist("protobuf", "4.25.3", top_level=["google"]), trials=fails(GENCODE)),
              site=Site([SITE], virtual_environment=False, writable=False)),
        "KER611", ("-m venv .venv && .venv/bin/python -m pip install", "KER651")),
    "the nightly build over the release": lambda: Broken(
        with_(env(dist("tensorflow", "2.20.0"), dist("tf-nightly", "2.22.0.dev1", top_level=["tensorflow"])),
              overlaps=[Overlap(["tensorflow", "tf-nightly"], 12_000, ["tensorflow/__init__.py"])]),
        "KER616", ("uninstall -y tensorflow tf-nightly", "install tensorflow==2.20.0"), "warning"),
    "Keras 2 that another package has brought": lambda: Broken(
        env(KERAS_2, trials=fails("ImportError: cannot import name 'x' from 'keras'")),
        "KER611", ("'keras>=3.12.0'", "KER651", "KER624")),
    "tf-keras of an older TensorFlow": lambda: Broken(
        env(dist("tf-keras", "2.16.0", "tensorflow<2.17,>=2.16"),
            environment={"TF_USE_LEGACY_KERAS": "1"},
            trials=[ran("tensorflow"), Trial("tf_keras", "", "failed", 1, last_step="found", error=
                    "AttributeError: module 'tensorflow._api.v2.compat.v2.__internal__' has no "
                    "attribute 'register_load_context_function'")]),
        "KER623", ("'tf-keras==2.21.*'",)),
    "a processor without AVX": lambda: Broken(
        env(trials=tried("crashed", signal=4, last_step="found")),
        "KER652", ("AVX", "KER652 keras")),
    "a container with too little memory": lambda: Broken(
        env(trials=tried("crashed", signal=9, last_step="imported")),
        "KER652", ("lack of memory", "look at its limit")),
    "an option that XLA has no more": lambda: Broken(
        env(environment={"XLA_FLAGS": "--xla_gpu_old=true"},
            trials=tried("crashed", signal=6, output=NO_FLAG, last_step="devices")),
        "KER652", ("XLA_FLAGS has the option --xla_gpu_old", "unset XLA_FLAGS")),
    "JAX that is told to use CUDA, without its plugin": lambda: Broken(
        on_jax(environment={"KERAS_BACKEND": "jax", "JAX_PLATFORMS": "cuda"},
               trials=[Trial(name, on, "failed", 1, error=NO_CUDA, last_step="imported")
                       for name, on in (("jax", ""), ("keras", "jax"))]),
        "KER651", ("unset JAX_PLATFORMS", "'jax[cuda12]'", "KER624")),
    "no docstrings": lambda: Broken(
        keras_on_jax("AttributeError: 'NoneType' object has no attribute 'replace'",
                     PYTHONOPTIMIZE="2"),
        "KER624", ("takes the docstrings away", "unset PYTHONOPTIMIZE")),
    "warnings that are errors": lambda: Broken(
        keras_on_jax("DeprecationWarning: __array__ does not accept a copy keyword", "saved",
                     PYTHONWARNINGS="error"),
        "KER624", ("makes an error of every such warning", "unset PYTHONWARNINGS")),
    "an installation that was interrupted": lambda: Broken(
        half_replaced(), "KER618",
        ("rm -rf -- ", "~umpy-2.2.6.dist-info", "pip install 'numpy>=1.26.0'", "KER611", "KER651")),
    "a library in quarantine": lambda: Broken(
        env(replace(TENSORFLOW_CPU, record=Record(True, 12_000, 1, ["tensorflow/python/_x.so"])),
            trials=fails("ImportError: cannot import name '_x' from 'tensorflow.python'")),
        "KER612", ("--force-reinstall --no-deps tensorflow-cpu==2.21.0", "KER651")),
    "a disk that was full": lambda: Broken(
        env(dist("keras", "3.15.1", "numpy", record=Record(True, 900, 0, [], 400, ["keras/src/x.py"])),
            trials=[ran("tensorflow"), Trial("keras", "tensorflow", "failed", 1, last_step="found",
                    error="ImportError: cannot import name 'layers' from 'keras.src'")]),
        "KER613", ("400 files of keras", "KER624")),
    "two NCCL libraries below torch": lambda: Broken(
        two_nccls(), "KER616",
        ("uninstall -y nvidia-nccl-cu11 nvidia-nccl-cu12", "install nvidia-nccl-cu12==2.27.5",
         "KER619")),
}  # fmt: skip

PINNED: dict[str, Callable[[], tuple[Broken, list[Any]]]] = {
    "a Python that has no wheels yet": lambda: (
        Broken(computer(NUMPY, python=PYTHON_3_14, modules=ABSENT), "KER661",
               ("on Python 3.14.0", "python3.13 -m venv .venv", "tensorflow==2.21.0")),
        [pin("tensorflow", "==2.21.0")]),
    "the kernel of another environment": lambda: (
        Broken(computer(dist("ipykernel", "6.29.0"), modules=ABSENT), "KER661",
               ("/env/bin/python -m pip install tensorflow==2.21.0 'keras>=3'",)),
        [pin("tensorflow", "==2.21.0"), pin("keras", ">=3")]),
}  # fmt: skip

GPU: dict[str, Callable[[], Broken]] = {
    "a job of Slurm without GPUs, by its variable": lambda: Broken(
        on_cpu(nvml(), cuda(100), environment={"CUDA_VISIBLE_DEVICES": "NoDevFiles"}),
        "KER709", ("--gres=gpu:1", "KER701", "KER741")),
    "a job of Slurm without GPUs, by its group of devices": lambda: Broken(
        on_cpu(nvml(), cuda(100), devices=[], environment={"SLURM_JOB_ID": "7"}),
        "KER701", ("--gres=gpu:1", "KER741")),
    "Singularity without --nv": lambda: Broken(
        with_(container(), container=Container("singularity", ["/.singularity.d"])),
        "KER731", ("--nv", "KER741")),
    "a pod that asks for no GPU": lambda: Broken(
        with_(container(), container=Container("kubernetes", ["KUBERNETES_SERVICE_HOST"])),
        "KER731", ("nvidia.com/gpu: 1", "KER741")),
    "nouveau instead of NVIDIA's driver": lambda: Broken(
        on_cpu(absent("nvml"), absent("cuda"), **{**UNKNOWN, **NO_MODULE}),
        "KER721", ("Install NVIDIA's driver", "KER741")),
    "a module that Secure Boot refuses": lambda: Broken(
        on_cpu(nvml(9), cuda(100), **{**UNKNOWN, **NO_MODULE}),
        "KER702", ("sudo modprobe nvidia", "KER701", "KER741")),
    "a GPU that another process has for itself": lambda: Broken(
        with_(workstation(), trials=tried("failed", returncode=1, error=BUSY, last_step="devices")),
        "KER651", ("exclusive process", "KER624")),
}  # fmt: skip

SOUND: dict[str, Callable[[], Observations]] = {
    "a checkout of Keras": lambda: env(
        dist("keras", "3.16.0.dev0", "numpy", editable="/home/me/keras", record=Record(True, 5)),
        modules=[ModuleFound("keras", "package", "/home/me/keras/keras/__init__.py", "keras")],
    ),
    "TensorFlow of the system below a virtual environment": lambda: with_(
        computer(*map(of_system, (TENSORFLOW_CPU, *REST)), builds=[CPU_BUILD], trials=both()),
        **sees_the_system(),
    ),
    "the nightly build of Keras": lambda: computer(
        TENSORFLOW_CPU, NUMPY, H5PY, PROTOBUF, ML_DTYPES,
        dist("keras-nightly", "3.16.0.dev2026110103", "numpy", top_level=["keras"]),
        builds=[CPU_BUILD], trials=both(),
    ),
    "everything in the user's own site": lambda: with_(
        computer(*(replace(one, location=OF_USER, user_site=True, order=1)
                   for one in (TENSORFLOW_CPU, *REST)), builds=[CPU_BUILD], trials=both()),
        site=Site([SYSTEM], user_site=OF_USER, user_site_enabled=True, virtual_environment=False,
                  writable=False),
    ),
    "torch with its wheels of CUDA, and nobody wants a GPU": lambda: computer(
        TENSORFLOW_CPU, *REST, dist("torch", "2.9.0", "nvidia-cudnn-cu12==9.10.2.21"), *wheels(),
        builds=[CPU_BUILD, Build("torch", "2.9.0", "/v", True, "12.8")],
        trials=[*both(), ran("torch", "cpu")],
    ),
}  # fmt: skip

SOUND_WITH_GPU: dict[str, Callable[[], Observations]] = {
    "a notebook in a cloud": lambda: with_(
        workstation(devices=[Gpu(0, "Tesla T4", "7.5", 15 << 30, 14 << 30)],
                    ld_library_path=["/usr/lib64-nvidia"]),
        environment={"LD_LIBRARY_PATH": "/usr/lib64-nvidia"}, container=DOCKER,
        site=Site(["/usr/local/lib/python3.11/dist-packages"], virtual_environment=False,
                  writable=True)),
    "one GPU of four, by Slurm": lambda: with_(
        workstation(device_nodes=["/dev/nvidia-uvm", "/dev/nvidiactl",
                                  *(f"/dev/nvidia{number}" for number in range(4))],
                    closed_nodes=["/dev/nvidia0", "/dev/nvidia1", "/dev/nvidia3"], pci_devices=4),
        environment={"CUDA_VISIBLE_DEVICES": "0", "SLURM_JOB_ID": "3", "SLURM_GPUS_ON_NODE": "1"}),
    "tensorflow[and-cuda] of a release that asks for it": lambda: with_(
        workstation(), distributions=[dist("pip", "24.0"), TENSORFLOW, *REST, *wheels()]),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_the_root_is_named(name: str) -> None:
    one_root(BROKEN[name]())


@pytest.mark.parametrize("name", PINNED)
def test_what_the_project_asks_for_is_not_there(name: str) -> None:
    broken, pins = PINNED[name]()
    one_root(broken, pins=pins)


@pytest.mark.parametrize("name", GPU)
def test_a_gpu_that_is_wanted_and_not_used(name: str) -> None:
    one_root(GPU[name](), **WANTED)


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_environment_is_silent(name: str) -> None:
    assert found(SOUND[name]()) == []


@pytest.mark.parametrize("name", SOUND_WITH_GPU)
def test_a_gpu_that_is_used_is_no_finding(name: str) -> None:
    assert found(SOUND_WITH_GPU[name](), **WANTED) == []
