"""What the probe saw of the GPU stack; see `observations`."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Library:
    """A shared library of the GPU stack on disk.

    `soname`   `libcudnn.so.9`
    `source`   `wheel`, `ld_library_path`, `ldconfig`, `conda`, `toolkit`, `stubs`, `driver`
    `version`  as far as the file's name or its wheel says
    """

    soname: str = ""
    path: str = ""
    source: str = ""
    version: str = ""
    distribution: str = ""


@dataclass
class Gpu:
    """One device as the driver names it. `memory_total`, `memory_free` in bytes."""

    index: int = 0
    name: str = ""
    compute_capability: str = ""
    memory_total: int = 0
    memory_free: int = 0
    mig: bool | None = None
    mig_instances: int = 0


@dataclass
class Step:
    """One call into a library, in a child: `code` its return code, 0 for success.

    `step`    `load`, `nvmlInit_v2`, `cuInit`, `cuDeviceGetCount`, `cudnnGetVersion` ...
    `error`   what the loader said where the library could not be opened
    """

    step: str = ""
    library: str = ""
    code: int | None = None
    value: str = ""
    error: str = ""


@dataclass
class Call:
    """A child that called into one library: how it ended, and what it reached.

    `subject`  `nvml`, `cuda`, `cudart`, `cudnn`
    `ended`    `well`, `crashed` (`signal`), `timed-out`, `not-run`
    """

    subject: str = ""
    ended: str = "not-run"
    signal: int | None = None
    seconds: float = 0.0
    steps: list[Step] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)


@dataclass
class GpuStack:
    """The driver, its devices and the libraries, read without any framework.

    `driver_version`  of the user-space library (NVML); `kernel_version` of the loaded module
    `driver_cuda`     the highest CUDA of the driver, `12.4`
    `pci_devices`     NVIDIA devices on the PCI bus; None: could not be counted
    `device_nodes`    `/dev/nvidia*`, `/dev/dxg`
    `closed_nodes`    those of them that this user may not read and write
    """

    driver_version: str = ""
    kernel_version: str = ""
    driver_cuda: str = ""
    pci_devices: int | None = None
    device_nodes: list[str] = field(default_factory=list)
    closed_nodes: list[str] = field(default_factory=list)
    devices: list[Gpu] = field(default_factory=list)
    libraries: list[Library] = field(default_factory=list)
    ld_library_path: list[str] = field(default_factory=list)
    ptxas: list[str] = field(default_factory=list)
    libdevice: list[str] = field(default_factory=list)
    nvcc: str = ""
    cuda_home: str = ""
    calls: list[Call] = field(default_factory=list)
