"""Machines that are no workstation with an NVIDIA GPU: Macs, Windows, ARM, ROCm, Alpine, conda."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kerlint.probe.gpu_observations import Call, Gpu, Library, Step
from kerlint.probe.observations import Build, Observations, Overlap, Site
from kerlint.probe.trial_observations import Trial
from tests.probe.machines.parts import (
    CPU_BUILD,
    JAX,
    JAXLIB,
    MAC,
    REST,
    TENSORFLOW,
    TENSORFLOW_CPU,
    WANTED,
    Broken,
    absent,
    both,
    computer,
    cuda,
    found,
    libraries,
    one_root,
    ran,
    workstation,
)
from tests.probe.scenes import MARKERS, SITE, dist

AARCH: dict[str, Any] = {
    "machine": "aarch64",
    "markers": {**MARKERS, "platform_machine": "aarch64"},
}
WINDOWS: dict[str, Any] = {
    "system": "Windows",
    "machine": "AMD64",
    "executable": r"C:\env\Scripts\python.exe",
    "prefix": r"C:\env",
    "base_prefix": r"C:\Python311",
    "libc": "",
    "markers": {
        **MARKERS,
        "os_name": "nt",
        "sys_platform": "win32",
        "platform_system": "Windows",
        "platform_machine": "AMD64",
    },
}
ALPINE = {"libc": "musl 1.2.5"}
ORIN = Gpu(0, "Orin", "8.7", 32 << 30)
JETSON: dict[str, Any] = {
    "device_nodes": ["/dev/nvhost-ctrl-gpu", "/dev/nvhost-gpu", "/dev/nvmap"],
    "driver_cuda": "12.6",
    "devices": [ORIN],
    "calls": [absent("nvml"), cuda()],
    "libraries": [
        Library(one.soname, f"/usr/local/cuda/targets/aarch64-linux/lib/{one.soname}", "ldconfig")
        for one in libraries()
    ],
    "ptxas": ["/usr/local/cuda/bin/ptxas"],
    "libdevice": ["/usr/local/cuda/nvvm/libdevice/libdevice.10.bc"],
}
METAL = dist("tensorflow-metal", "1.2.0", top_level=["tensorflow-plugins"])
MACOS = dist(
    *("tensorflow-macos", "2.15.1", "keras (<2.16,>=2.15.0)", "numpy (<2.0.0,>=1.23.5)"),
    top_level=["tensorflow"],
)


def cpu(**more: Any) -> Observations:
    """TensorFlow for the CPU, which runs."""
    given = {"builds": [CPU_BUILD], "trials": both(), **more}
    return computer(*given.pop("installed", (TENSORFLOW_CPU, *REST)), **given)


def failing(error: str, module: str = "tensorflow", **more: Any) -> Observations:
    """TensorFlow and Keras both end in this error at import."""
    traceback = (
        f'File "{SITE}/tensorflow/__init__.py", line 49\nFile "{SITE}/{module}/x.py", line 1'
    )
    if "Windows" in str(more.get("python")):
        traceback = traceback.replace("/", "\\")
    return cpu(
        trials=[
            Trial(
                name, backend, "failed", 1, error=error, traceback=traceback, last_step="imported"
            )
            for name, backend in (("tensorflow", ""), ("keras", "tensorflow"))
        ],
        **more,
    )


def mac(*more_installed: Any, **more: Any) -> Observations:
    missing = "dlopen(libcuda.so.1, 0x0006): tried: 'libcuda.so.1' (no such file)"
    call = Call("cuda", "well", steps=[Step("load", "libcuda.so.1", None, "", missing)])
    given = {"python": MAC, "gpu": {"pci_devices": None, "calls": [call]}, **more}
    return cpu(installed=(TENSORFLOW, *REST, *more_installed), **given)


def intel_on_arm() -> Observations:
    markers = {**MAC["markers"], "platform_machine": "x86_64"}
    crashed = [
        Trial(name, backend, "crashed", -4, 4, last_step="imported")
        for name, backend in (("tensorflow", ""), ("keras", "tensorflow"))
    ]
    return mac(python={**MAC, "machine": "x86_64", "markers": markers}, trials=crashed)


def broken_metal() -> Observations:
    what = failing(
        f"NotFoundError: dlopen({SITE}/tensorflow-plugins/libmetal_plugin.dylib, 0x0006): "
        "Symbol not found: __ZN3tsl8internal10LogMessageC1EPKcii",
        python=MAC,
        installed=(TENSORFLOW, *REST, METAL),
    )
    what.gpu.pci_devices = None
    return what


def jetson(**gpu: Any) -> Observations:
    build = Build("tensorflow", "2.16.1", "/b.py", True, "12.6", "9", capabilities=["sm_87"])
    wheel = dist("tensorflow", "2.16.1+nv24.8", "keras>=3.0.0")
    return computer(
        wheel, *REST, python=AARCH, builds=[build], trials=both("GPU:0"), gpu={**JETSON, **gpu}
    )


def jetson_of_the_index() -> Observations:
    return cpu(installed=(TENSORFLOW, *REST), python=AARCH, gpu=JETSON)


def grace() -> Observations:
    what = workstation(devices=[Gpu(0, "NVIDIA GH200 480GB", "9.0", 96 << 30, 95 << 30)])
    what.interpreter = replace(what.interpreter, **AARCH)
    what.builds, what.trials = [CPU_BUILD], both()
    return what


def rocm(package: str, version: str, device: str, *distributions: Any) -> Observations:
    build = Build(package, version, "/build.py", True, rocm="6.4")
    trials = [ran(package, device), ran("keras", device, package)]
    variables = {"KERAS_BACKEND": package}
    return computer(*distributions, *REST, builds=[build], trials=trials, environment=variables)


TENSORFLOW_ROCM = dist("tensorflow-rocm", "2.18.1", "keras>=3.5.0", top_level=["tensorflow"])

BROKEN: dict[str, Callable[[], Broken]] = {
    "Jetson with the wheel of the package index": lambda: Broken(
        jetson_of_the_index(), "KER741", ("The builds for Jetson are NVIDIA's",)),
    "Jetson whose nodes this user may not use": lambda: Broken(
        replace(jetson(calls=[absent("nvml"), cuda(999)], devices=[], closed_nodes=["/dev/nvmap"]),
              trials=both()),
        "KER702", ("may not use /dev/nvmap", "KER741")),
    "a server with ARM and a GPU": lambda: Broken(
        grace(), "KER741", ("wheels for aarch64 are for the CPU",)),
    "a server with ARM and none": lambda: Broken(
        cpu(python=AARCH), "KER721", ("This machine has no NVIDIA GPU",)),
    "ROCm that finds no GPU": lambda: Broken(
        rocm("tensorflow", "2.18.1", "CPU:0", TENSORFLOW_ROCM), "KER741", ("ran on CPU:0",)),
    "a Mac without Apple's plugin": lambda: Broken(
        replace(mac(), distributions=[dist("tensorflow", "2.18.0"), *REST, dist("pip", "24.0")]),
        "KER741", ("pip install tensorflow-metal",)),
    "a Mac whose TensorFlow the plugin does not load into": lambda: Broken(
        mac(), "KER741", ("for releases up to 2.18",)),
    "Windows without NVIDIA's driver": lambda: Broken(
        cpu(
            installed=(TENSORFLOW, *REST),
            python=WINDOWS,
            gpu={
                "pci_devices": None,
                "calls": [Call("cuda", "well", steps=[Step("load", "nvcuda.dll", None, "", "no")])],
            },
        ),
        "KER721",
        ("nvcuda.dll cannot be opened", "Install NVIDIA's driver.", "KER741"),
    ),
    "Windows": lambda: Broken(
        cpu(installed=(TENSORFLOW, *REST), python=WINDOWS, gpu={"pci_devices": None, "calls": []}),
        "KER741", ("use WSL 2",)),
}  # fmt: skip

WITHOUT_A_WISH: dict[str, Callable[[], Broken]] = {
    "Apple's plugin of another TensorFlow": lambda: Broken(
        broken_metal(), "KER619",
        ("tensorflow-metal 1.2.0 was built for another TensorFlow",
         "uninstall -y tensorflow-metal", "KER651", "KER624")),
    "tensorflow-macos below a newer TensorFlow": lambda: Broken(
        mac(MACOS, overlaps=[Overlap(["tensorflow", "tensorflow-macos"], 9000,
                                     ["tensorflow/__init__.py", "tensorflow/python/a.py"])]),
        "KER616", ("uninstall -y tensorflow tensorflow-macos", "install tensorflow==2.21.0",
                   "KER611"), "warning"),
    "an Intel Python on a Mac with ARM": lambda: Broken(
        intel_on_arm(), "KER652", ("Rosetta", "Python for arm64", "KER652 keras")),
    "a module for the other processor of Macs": lambda: Broken(
        failing("ImportError: dlopen(/x/_pywrap_tensorflow_internal.so, 0x0002): tried: (mach-o "
                "file, but is an incompatible architecture (have 'x86_64', need 'arm64'))",
                python=MAC, installed=(TENSORFLOW, *REST)),
        "KER619", ("tensorflow 2.21.0", "--force-reinstall --no-deps tensorflow==2.21.0")),
    "Windows without the runtime of Visual C++": lambda: Broken(
        failing("ImportError: DLL load failed while importing _pywrap_tensorflow_internal: A "
                "dynamic link library (DLL) initialization routine failed.",
                python=WINDOWS, installed=(TENSORFLOW, *REST)),
        "KER619", ("Visual C++ redistributable",)),
    "Alpine": lambda: Broken(
        failing("ImportError: Error loading shared library ld-linux-x86-64.so.2: No such file or "
                "directory (needed by /env/libtensorflow_framework.so.2)", python=ALPINE),
        "KER619", ("musl (Alpine)", "python:3.12-slim")),
    "Alpine with a layer of glibc": lambda: Broken(
        failing("ImportError: Error relocating /env/_multiarray_umath.so: __memcpy_chk: symbol "
                "not found", python=ALPINE),
        "KER619", ("musl (Alpine)",)),
    "an old system": lambda: Broken(
        failing("ImportError: /lib/x86_64-linux-gnu/libm.so.6: version `GLIBC_2.29' not found "
                "(required by /x.so)", python={"libc": "glibc 2.28"}),
        "KER619", ("needs glibc 2.29 or newer, and this system has glibc 2.28",)),
    "conda's libstdc++ on LD_LIBRARY_PATH": lambda: Broken(
        failing("ImportError: /opt/conda/lib/libstdc++.so.6: version `GLIBCXX_3.4.32' not found "
                "(required by /x.so)", environment={"LD_LIBRARY_PATH": "/opt/conda/lib"}),
        "KER619", ("/opt/conda/lib/libstdc++.so.6 has none", "unset LD_LIBRARY_PATH")),
    "an old libstdc++ of conda": lambda: Broken(
        failing("ImportError: /opt/conda/bin/../lib/libstdc++.so.6: version `GLIBCXX_3.4.32' not "
                "found (required by /x.so)",
                site=Site(site_packages=[SITE], conda_prefix="/opt/conda", writable=True)),
        "KER619", ("conda install -y -p /opt/conda -c conda-forge libstdcxx-ng",)),
}  # fmt: skip

SOUND: dict[str, Callable[[], Observations]] = {
    "Jetson": jetson,
    "TensorFlow on ROCm": lambda: rocm("tensorflow", "2.18.1", "GPU:0", TENSORFLOW_ROCM),
    "torch on ROCm": lambda: rocm("torch", "2.9.0", "cuda:0", dist("torch", "2.9.0+rocm6.4")),
    "JAX on ROCm": lambda: rocm("jax", "0.10.2", "rocm:0", JAX, JAXLIB),
    "a Mac with Apple's plugin": lambda: mac(METAL, trials=both("GPU:0")),
    "torch on a Mac": lambda: mac(
        dist("torch", "2.9.0"), environment={"KERAS_BACKEND": "torch"},
        trials=[ran("torch", "mps:0"), ran("keras", "mps:0", "torch")],
        builds=[Build("torch", "2.9.0", "/v.py", False)],
    ),
}  # fmt: skip

NOBODY_WANTS: dict[str, Callable[[], Observations]] = {
    "Linux": cpu,
    "a server with ARM": lambda: cpu(python=AARCH, installed=(TENSORFLOW, *REST)),
    "a Mac": mac,
    "Windows": lambda: cpu(installed=(TENSORFLOW, *REST), python=WINDOWS),
    "Windows with a GPU": lambda: cpu(
        installed=(TENSORFLOW, *REST), python=WINDOWS,
        gpu={"devices": [ORIN], "driver_version": "580.88", "driver_cuda": "13.0", "calls": [cuda()]},
    ),
    "a system that manages its Python": lambda: cpu(
        site=Site(site_packages=["/usr/lib/python3/dist-packages"], virtual_environment=False,
                  externally_managed="/usr/lib/python3.11/EXTERNALLY-MANAGED", writable=False),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_gpu_that_is_wanted_and_not_used(name: str) -> None:
    one_root(BROKEN[name](), **WANTED)


@pytest.mark.parametrize("name", WITHOUT_A_WISH)
def test_the_root_is_named(name: str) -> None:
    one_root(WITHOUT_A_WISH[name]())


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_machine_is_silent(name: str) -> None:
    assert found(SOUND[name](), **WANTED) == []


@pytest.mark.parametrize("name", NOBODY_WANTS)
def test_who_wants_no_gpu_is_told_of_no_fault(name: str) -> None:
    assert found(NOBODY_WANTS[name]()) == []
