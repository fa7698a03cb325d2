"""Machines of clouds and clusters, and environments that a tool made and keeps."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kerlint.probe.exchange import observations, plain
from kerlint.probe.gpu_observations import Gpu, Library
from kerlint.probe.observations import (
    Build,
    CondaPackage,
    Container,
    Distribution,
    Keeper,
    Observations,
    Record,
    Site,
)
from kerlint.probe.trial_observations import Trial
from tests.probe.machines.parts import (
    CPU_BUILD,
    CUDA_BUILD,
    DOCKER,
    JAX,
    JAXLIB,
    MAC,
    NUMPY,
    REST,
    TENSORFLOW,
    TENSORFLOW_CPU,
    UMATH,
    UNKNOWN,
    WANTED,
    Broken,
    both,
    computer,
    cuda,
    env,
    fails,
    found,
    libraries,
    nvml,
    old,
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
from tests.probe.scenes import SITE, dist

COLAB = "/usr/local/lib/python3.11/dist-packages"
GONE = ["keras/src/layers/__init__.py"]
LAYERS = "ImportError: cannot import name 'layers' from partially initialized module 'keras.src'"
INVALID_PTX = (
    "InternalError: 'cuLaunchKernel(function, gridX, gridY, gridZ, blockX, blockY, blockZ, 0, "
    "reinterpret_cast<CUstream>(stream), params, nullptr)' failed with 'CUDA_ERROR_INVALID_HANDLE'"
)
NOT_BUILT_FOR = (
    "W0000 00:00:1757150000.123456 1 gpu_device.cc:2431] TensorFlow was not built with CUDA kernel "
    "binaries compatible with compute capability 12.0. CUDA kernels will be jit-compiled from PTX\n"
    "W tensorflow/compiler/mlir/tools/kernel_gen/tf_gpu_runtime_wrappers.cc:40] "
    "'cuModuleLoadData(&module, data)' failed with 'CUDA_ERROR_INVALID_PTX'\n"
)
BLACKWELL = Gpu(0, "NVIDIA GeForce RTX 5090", "12.0", 32 << 30, 31 << 30)
LOCK = "[mutex.cc : 452] RAW: Lock blocking 0x600000968138   @\n"
MUTEX = (
    "libc++abi: terminating due to uncaught exception of type std::__1::system_error: mutex lock "
    "failed: Invalid argument\n"
)
SNAPPY = (
    f"ImportError: {SITE}/tensorflow/python/platform/../../libtensorflow_framework.so.2: undefined "
    "symbol: _ZTIN6snappy4SinkE"
)
LIBCUDA = (
    "Could not load library libcudnn_cnn_infer.so.8. Error: libcuda.so: cannot open shared object "
    "file: No such file or directory\n"
)


def keeps(tool: str, what: Observations, **more: Any) -> Observations:
    """The environment was made by this tool."""
    site = replace(
        what.site, keeper=Keeper(tool, more.pop("name", "mine"), more.pop("project", ""))
    )
    return with_(what, site=replace(site, **more))


def without_layers(by: str = "", **more: Any) -> Observations:
    """A file of Keras is gone."""
    return env(
        dist("keras", "3.15.1", "numpy", record=Record(True, 900, 1, GONE, by=by), **more),
        trials=[ran("tensorflow"), Trial("keras", "tensorflow", "failed", 1, last_step="found",
                                         error=LAYERS)],
    )  # fmt: skip


def numpy_2(installer: str = "pip") -> Observations:
    what = old(NUMPY, dist("protobuf", "4.25.3", top_level=["google"]), trials=fails(UMATH))
    for one in what.distributions:
        one.installer = installer
    return what


def of_conda(what: Observations, tool: str, *names: str, project: str = "") -> Observations:
    what.conda = [CondaPackage(one.name, one.version) for one in what.distributions
                  if one.name in names]  # fmt: skip
    return keeps(tool, what, name="default", project=project, conda_prefix="/env")


def colab(*installed: Distribution, **more: Any) -> Observations:
    """A notebook's machine with a T4: everything in the system's own Python."""
    what = workstation(devices=[Gpu(0, "Tesla T4", "7.5", 15 << 30, 14 << 30)], **more)
    what.interpreter.prefix = what.interpreter.base_prefix = "/usr"
    what.interpreter.executable = "/usr/bin/python3"
    what.site = Site([COLAB], virtual_environment=False, writable=True)
    what.container = DOCKER
    what.environment = {"NVIDIA_VISIBLE_DEVICES": "all", "LD_LIBRARY_PATH": "/usr/lib64-nvidia"}
    what.gpu.ld_library_path = ["/usr/lib64-nvidia"]
    instead = {one.name: one for one in installed}
    what.distributions = [
        replace(instead.pop(one.name, one), location=COLAB) for one in what.distributions
    ] + [replace(one, location=COLAB) for one in instead.values()]
    return what


def databricks(*installed: Distribution, **more: Any) -> Observations:
    """An environment of a notebook over the runtime's own, which it sees."""
    base = "/databricks/python/lib/python3.11/site-packages"
    own = "/local_disk0/.ephemeral_nfs/envs/pythonEnv-1/lib/python3.11/site-packages"
    what = env(**more)
    for number, one in enumerate(what.distributions):
        what.distributions[number] = replace(one, location=base, order=5)
    what.distributions += [replace(one, location=own, order=0) for one in installed]
    what.site = Site(
        [own, base], virtual_environment=True, writable=True, system_site_packages=True
    )
    what.interpreter.executable = "/local_disk0/.ephemeral_nfs/envs/pythonEnv-1/bin/python"
    return what


def blackwell(ended: str = "failed") -> Observations:
    what = workstation(devices=[BLACKWELL])
    if ended == "failed":
        what.trials = tried("failed", returncode=1, error=INVALID_PTX, output=NOT_BUILT_FOR,
                            last_step="computed", devices=["CPU:0", "GPU:0"])  # fmt: skip
    return what


def lost_in_container() -> Observations:
    """The container has lost its devices: `systemctl daemon-reload` on the host."""
    return on_cpu(nvml(999), cuda(999), container=DOCKER, **UNKNOWN,
                  environment={"NVIDIA_VISIBLE_DEVICES": "all"})  # fmt: skip


def jax_13(driver: str, cuda_of_driver: str, capability: str = "8.9") -> Observations:
    plugins = [dist("jax-cuda13-plugin", "0.10.2", "jax-cuda13-pjrt==0.10.2"),
               dist("jax-cuda13-pjrt", "0.10.2")]  # fmt: skip
    what = workstation(driver_version=driver, kernel_version=driver, driver_cuda=cuda_of_driver,
                       devices=[Gpu(0, "NVIDIA GPU", capability, 24 << 30, 23 << 30)],
                       libraries=[replace(one, soname=one.soname.replace(".so.12", ".so.13"))
                                  for one in libraries()])  # fmt: skip
    what.distributions = [dist("pip", "24.0"), JAX, JAXLIB, *REST, *plugins]
    what.builds = [Build("jax", "0.10.2", "/env/jax-cuda13", True, "13")]
    what.environment = {"KERAS_BACKEND": "jax"}
    what.trials = [ran("jax", "cpu:0"), ran("keras", "cpu:0", "jax")]
    return what


def keras_fails(error: str, *installed: Distribution, **more: Any) -> Observations:
    trial = Trial("keras", "tensorflow", "failed", 1, error=error, last_step="imported")
    return env(*installed, trials=[ran("tensorflow"), trial], **more)


def on_mac(ended: str, output: str, **more: Any) -> Observations:
    what = computer(dist("tensorflow", "2.20.0", "keras>=3.10.0"), *REST, dist("pyarrow", "22.0.0"),
                    python=MAC, builds=[CPU_BUILD])  # fmt: skip
    what.gpu.pci_devices = None
    what.trials = tried(ended, output=output, last_step="found", **more)
    return what


BROKEN: dict[str, Callable[[], Broken]] = {
    "pipx, and NumPy 2 below TensorFlow 2.15": lambda: Broken(
        keeps("pipx", numpy_2()), "KER611",
        ("pipx runpip mine install 'numpy>=1.23.5,<2.0.0'", "KER619")),
    "pipx on uv, and a file gone": lambda: Broken(
        keeps("pipx", without_layers(installer="uv")), "KER612",
        ("pipx runpip mine install --force-reinstall --no-deps keras==3.15.1",)),
    "pipx, and a package that is not there": lambda: Broken(
        keeps("pipx", computer(TENSORFLOW_CPU, NUMPY, *REST[2:], builds=[CPU_BUILD],
              trials=fails("ModuleNotFoundError: No module named 'h5py'"))), "KER611",
        ("pipx inject mine 'h5py>=3.11.0,<3.15.0'", "KER651")),
    "a tool of uv, and a file gone": lambda: Broken(
        keeps("uv tool", with_(without_layers(), distributions=[
            replace(one, installer="uv") for one in without_layers().distributions])), "KER612",
        ("uv pip install --python /env/bin/python --reinstall --no-deps keras==3.15.1",)),
    "hatch, and a file gone": lambda: Broken(
        keeps("hatch", without_layers(), name="default"), "KER612",
        ("/env/bin/python -m pip install --force-reinstall --no-deps keras==3.15.1",)),
    "micromamba, and NumPy 2 below TensorFlow 2.15": lambda: Broken(
        of_conda(numpy_2("conda"), "micromamba", "numpy", "tensorflow"), "KER611",
        ("micromamba install -y -p /env 'numpy>=1.23.5,<2.0.0'",)),
    "mamba, and a file gone": lambda: Broken(
        of_conda(without_layers("conda", installer="conda"), "mamba", "keras"), "KER612",
        ("mamba install -y -p /env --force-reinstall --no-deps keras=3.15.1",)),
    "pixi, and NumPy 2 of conda below TensorFlow 2.15": lambda: Broken(
        of_conda(numpy_2("conda"), "pixi", "numpy", project="/mine/pixi.toml"), "KER611",
        ("pixi add --manifest-path /mine/pixi.toml 'numpy>=1.23.5,<2.0.0'",)),
    "pixi, and a file of a wheel gone": lambda: Broken(
        of_conda(without_layers(installer="uv-pixi"), "pixi", "numpy", project="/mine/pixi.toml"),
        "KER612", ("pixi reinstall --manifest-path /mine/pixi.toml keras",)),
    "poetry, and a file gone": lambda: Broken(
        with_(without_layers(), folder="/mine", distributions=[
            replace(one, installer="Poetry 2.2.1") for one in without_layers().distributions]),
        "KER612", ("/env/bin/python -m pip install --force-reinstall --no-deps keras==3.15.1",)),
    "Debian's own Python in an image": lambda: Broken(
        with_(numpy_2(), site=Site(["/usr/lib/python3/dist-packages"], virtual_environment=False,
              externally_managed="/usr/lib/python3.11/EXTERNALLY-MANAGED", writable=True)),
        "KER611", ("-m venv .venv && .venv/bin/python -m pip install",)),
    "Databricks, and an old protobuf of the notebook's own": lambda: Broken(
        databricks(dist("protobuf", "4.25.3", top_level=["google"]), trials=fails(
            "ImportError: cannot import name 'runtime_version' from 'google.protobuf'")),
        "KER611", ("/local_disk0/.ephemeral_nfs/envs/pythonEnv-1/bin/python -m pip install",
                   "'protobuf>=6.31.1,<8.0.0'")),
    "SageMaker, where pip replaced conda's NumPy": lambda: Broken(
        of_conda(env(dist("numpy", "1.24.4", installer="pip"), trials=fails(UMATH)), "conda",
                 "numpy"), "KER611", ("conda install -y -p /env 'numpy>=1.26.0'",)),
    "a Keras that lacks optree": lambda: Broken(
        keras_fails("ModuleNotFoundError: No module named 'optree'",
                    dist("keras", "3.15.1", "numpy", "optree")),
        "KER611", ("/env/bin/python -m pip install optree", "KER624")),
    "an old typing_extensions": lambda: Broken(
        keras_fails("ImportError: cannot import name 'TypeIs' from 'typing_extensions' "
                    "(/env/typing_extensions.py)",
                    dist("keras", "3.15.1", "optree"), dist("optree", "0.17.0",
                    "typing-extensions>=4.12.0"), dist("typing-extensions", "4.5.0")),
        "KER611", ("'typing-extensions>=4.12.0'", "KER624")),
    "TensorFlow and pyarrow on a Mac, which wait for each other": lambda: Broken(
        on_mac("timed-out", LOCK, seconds=60), "KER653", ("pyarrow", "tensorflow<2.20")),
    "TensorFlow and pyarrow on a Mac, which end each other": lambda: Broken(
        on_mac("crashed", MUTEX, signal=6), "KER652", ("pyarrow", "tensorflow<2.20")),
    "h5py of pip over HDF5 of conda": lambda: Broken(
        env(trials=[ran("tensorflow"), Trial("keras", "tensorflow", "crashed", signal=6,
            output="Warning! ***HDF5 library version mismatched error***\n", last_step="imported")]),
        "KER652", ("HDF5",)),
    "TensorFlow of two builds": lambda: Broken(
        env(trials=fails(SNAPPY)), "KER619",
        ("packages of pip and conda are mixed", "LD_LIBRARY_PATH",
         "--force-reinstall --no-deps tensorflow-cpu==2.21.0", "KER651", "KER624")),
    "a backend of OpenVINO that is not installed": lambda: Broken(
        env(environment={"KERAS_BACKEND": "openvino"}, trials=[ran("tensorflow"), Trial(
            "keras", "openvino", "failed", 1, last_step="imported",
            error="ModuleNotFoundError: No module named 'openvino'")]),
        "KER631", ("/env/bin/python -m pip install openvino",)),
}  # fmt: skip

GPU: dict[str, Callable[[], Broken]] = {
    "a GPU of the newest kind whose code cannot be compiled": lambda: Broken(
        blackwell(), "KER651",
        ("compute capability 12.0", "NVIDIA's container", "Keras on JAX or torch", "KER624")),
    "a container that lost its GPU": lambda: Broken(
        lost_in_container(), "KER702", ("restart", "KER741")),
    "CUDA 13 for JAX on a driver of CUDA 12": lambda: Broken(
        jax_13("570.133.20", "12.8"), "KER706", ("570.133.20", "580", "KER741",
         "/env/bin/python -m pip uninstall -y jax-cuda13-plugin jax-cuda13-pjrt",
         "/env/bin/python -m pip install 'jax[cuda12]==0.10.2'")),
    "CUDA 13 for JAX on a driver of CUDA 11": lambda: Broken(
        jax_13("470.256.02", "11.4"), "KER706", ("470.256.02", "Update the driver")),
    "CUDA 13 for JAX on a GPU that it has left behind": lambda: Broken(
        jax_13("580.82.07", "13.0", "7.0"), "KER708",
        ("7.0", "KER741", "install 'jax[cuda12]==0.10.2'")),
    "a GPU that JAX has left behind for good": lambda: Broken(
        jax_13("580.82.07", "13.0", "5.0"), "KER708", ("5.0", "another GPU")),
    "the service for several processes has died": lambda: Broken(
        on_cpu(nvml(), cuda(805)), "KER702", ("MPS", "KER741")),
    "a notebook whose TensorFlow was replaced by the one for the CPU": lambda: Broken(
        with_(colab(), distributions=[replace(one, location=COLAB) for one in (
              dist("pip", "24.0"), TENSORFLOW_CPU, *REST)], builds=[CPU_BUILD], trials=both()),
        "KER741", ("/usr/bin/python3 -m pip uninstall -y tensorflow-cpu",
                   "'tensorflow[and-cuda]==2.21.0'")),
    "a notebook where torch brought an older cuDNN": lambda: Broken(
        with_(colab(*wheels(cudnn="9.1.0.70")[3:4], dist("torch", "2.5.1",
              "nvidia-cudnn-cu12==9.1.0.70")),
              trials=tried("failed", returncode=1, last_step="convolved",
                           error="UnimplementedError: DNN library is not found.",
                           output="Loaded runtime CuDNN library: 9.1.0 but source was compiled "
                                  "with: 9.3.0.")),
        "KER723", ("has loaded 9.1.0", "torch 2.5.1 asks for another one")),
    "cuDNN 8 in WSL, which opens libcuda.so": lambda: Broken(
        with_(workstation(device_nodes=["/dev/dxg"], kernel_version="", pci_devices=0,
              libraries=[*libraries(), Library("libcuda.so.1", "/usr/lib/wsl/lib/libcuda.so.1",
                                               "driver")]),
              container=Container("wsl", ["/proc/version"]),
              trials=tried("crashed", signal=6, output=LIBCUDA, last_step="convolved")),
        "KER652", ("/usr/lib/wsl/lib",)),
    "TensorFlow of conda-forge without CUDA": lambda: Broken(
        of_conda(with_(on_cpu(), builds=[CPU_BUILD],
                       distributions=[replace(one, installer="conda") for one in
                                      (TENSORFLOW, *REST)]),
                 "conda", "tensorflow", "keras", "numpy"),
        "KER741", ("conda install -y -p /env",)),
}  # fmt: skip

SOUND: dict[str, Callable[[], Observations]] = {
    "pipx": lambda: keeps("pipx", env()),
    "a tool of uv": lambda: keeps("uv tool", env()),
    "hatch": lambda: keeps("hatch", env(), name="default"),
    "pixi": lambda: of_conda(env(), "pixi", "numpy", "keras", project="/mine/pixi.toml"),
    "micromamba": lambda: of_conda(env(), "micromamba", "numpy", "keras"),
    "Databricks": databricks,
    "Databricks with a newer Keras of the notebook's own": lambda: databricks(
        dist("keras", "3.16.0", "numpy", "h5py", "ml-dtypes")
    ),
    "JAX on a TPU": lambda: on_jax(
        dist("libtpu", "0.0.30"), trials=[ran("jax", "TPU_0"), ran("keras", "TPU_0", "jax")]
    ),
}  # fmt: skip

SOUND_WITH_GPU: dict[str, Callable[[], Observations]] = {
    "a notebook in a cloud, with JAX and torch beside TensorFlow": lambda: with_(
        colab(JAX, JAXLIB, dist("torch", "2.9.0+cu126")),
        trials=[*both("GPU:0"), ran("torch", "cuda:0")],
        builds=[CUDA_BUILD, Build("torch", "2.9.0+cu126", "/v", True, "12.6")],
    ),
    "a GPU of the newest kind, whose code was compiled": lambda: blackwell("well"),
    "JAX for CUDA 13": lambda: with_(
        jax_13("580.82.07", "13.0"), trials=[ran("jax", "cuda:0"), ran("keras", "cuda:0", "jax")]
    ),
    "torch in SageMaker": lambda: of_conda(
        torch("2.9.0+cu128", cuda_version="12.8", device="cuda:0", libraries=[]), "conda", "numpy"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_the_root_is_named(name: str) -> None:
    one_root(BROKEN[name]())


@pytest.mark.parametrize("name", GPU)
def test_a_gpu_that_is_wanted_and_not_used(name: str) -> None:
    one_root(GPU[name](), **WANTED)


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_environment_is_silent(name: str) -> None:
    assert found(SOUND[name]()) == []


@pytest.mark.parametrize("name", SOUND_WITH_GPU)
def test_a_gpu_that_is_used_is_no_finding(name: str) -> None:
    assert found(SOUND_WITH_GPU[name](), **WANTED) == []


@pytest.mark.parametrize("name", BROKEN)
def test_the_same_is_said_of_what_was_written_down(name: str) -> None:
    broken = BROKEN[name]()
    written = json.loads(json.dumps(plain(broken.machine)))
    one_root(broken._replace(machine=observations(written)))
