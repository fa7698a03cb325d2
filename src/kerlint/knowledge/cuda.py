"""What NVIDIA's driver, toolkit and libraries accept of each other, and what their codes mean.

Each table names where it can be seen and when it was looked at. What is newer than a table is
unknown to it: the functions then say so (None, "") and guess nothing.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import NamedTuple

    class Driver(NamedTuple):
        """`major` of CUDA, and the oldest driver with which programs of any of its minors run."""

        major: int
        linux: str
        windows: str

    class Code(NamedTuple):
        """A return code: its name, what it means here, and what to do."""

        name: str
        means: str
        cure: str

else:
    from collections import namedtuple

    Driver = namedtuple("Driver", "major linux windows")
    Code = namedtuple("Code", "name means cure")

DRIVERS = (
    Driver(11, "450.80.02", "452.39"),
    Driver(12, "525.60.13", "528.33"),
    Driver(13, "580", "580"),
)
"""https://docs.nvidia.com/deploy/cuda-compatibility/minor-version-compatibility.html and table 2 of
https://docs.nvidia.com/cuda/cuda-toolkit-release-notes/index.html, 2026-11. Newer drivers run older
CUDA."""

_REBOOT = "Restart the machine, so that the kernel module of the new driver is loaded."

_MPS = "the service that lets several processes share a GPU (MPS)"
_START_MPS = (
    "Start it again, as the user whose processes use it (`echo quit | nvidia-cuda-mps-control`, "
    "`nvidia-cuda-mps-control -d`), or go without it: unset CUDA_MPS_PIPE_DIRECTORY."
)
_FEWER = "End other processes on the GPU, or go without it: unset CUDA_MPS_PIPE_DIRECTORY."

CUDA_CODES: dict[int, Code] = {
    2: Code("CUDA_ERROR_OUT_OF_MEMORY", "there is no memory left on the device", "Free some."),
    3: Code(
        "CUDA_ERROR_NOT_INITIALIZED",
        "the driver could not be initialised",
        "Look whether its kernel modules are loaded (`lsmod | grep nvidia`).",
    ),
    34: Code(
        "CUDA_ERROR_STUB_LIBRARY",
        "the toolkit's stub was loaded instead of the driver",
        "Take the `stubs` folder out of LD_LIBRARY_PATH.",
    ),
    35: Code(
        "CUDA_ERROR_INSUFFICIENT_DRIVER",
        "the driver is older than the CUDA that asks it",
        "Install a newer driver.",
    ),
    46: Code(
        "CUDA_ERROR_DEVICE_UNAVAILABLE",
        "the device is busy, or used by somebody exclusively",
        "Look who uses it with `nvidia-smi`.",
    ),
    100: Code("CUDA_ERROR_NO_DEVICE", "the driver shows no device", "Show it one."),
    101: Code(
        "CUDA_ERROR_INVALID_DEVICE",
        "a device was asked for that is not there, or MIG is on without instances",
        "Look at CUDA_VISIBLE_DEVICES, and at MIG with `nvidia-smi -L`.",
    ),
    304: Code(
        "CUDA_ERROR_OPERATING_SYSTEM",
        "a call to the operating system failed, often for missing device nodes or permissions",
        "Look at the rights of /dev/nvidia*; in a container start it again.",
    ),
    800: Code(
        "CUDA_ERROR_NOT_PERMITTED",
        "the call is not permitted here: by the rights of a container, a job or confidential computing",
        "Look at the rights of the container or job.",
    ),
    802: Code(
        "CUDA_ERROR_SYSTEM_NOT_READY",
        "a service of the machine is not ready: on machines with NVSwitch the fabric manager",
        "Start it: `systemctl start nvidia-fabricmanager`, of the driver's very version.",
    ),
    803: Code(
        "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH",
        "the driver's library and the kernel module are of different versions",
        _REBOOT,
    ),
    804: Code(
        "CUDA_ERROR_COMPAT_NOT_SUPPORTED_ON_DEVICE",
        "a forward compatibility package is used on a GPU for which it is not made, or the "
        "library is newer than the kernel module",
        "Take the `compat` folder out of LD_LIBRARY_PATH and /etc/ld.so.conf.d, or restart the "
        "machine after an update of the driver.",
    ),
    805: Code("CUDA_ERROR_MPS_CONNECTION_FAILED", f"{_MPS} cannot be reached", _START_MPS),
    806: Code("CUDA_ERROR_MPS_RPC_FAILURE", f"{_MPS} cannot be reached", _START_MPS),
    807: Code("CUDA_ERROR_MPS_SERVER_NOT_READY", f"{_MPS} is not ready", _START_MPS),
    808: Code("CUDA_ERROR_MPS_MAX_CLIENTS_REACHED", f"{_MPS} has too many processes", _FEWER),
    809: Code("CUDA_ERROR_MPS_MAX_CONNECTIONS_REACHED", f"{_MPS} has too many processes", _FEWER),
    810: Code("CUDA_ERROR_MPS_CLIENT_TERMINATED", f"{_MPS} ended this process", _START_MPS),
    999: Code(
        "CUDA_ERROR_UNKNOWN",
        "the driver says no more; often its device nodes are gone after a suspend, nvidia_uvm is "
        "not loaded, or a container lost its rights",
        "Run `nvidia-modprobe -u -c=0`, start the container again, or restart the machine.",
    ),
}
"""`CUresult` in cuda.h, https://docs.nvidia.com/cuda/cuda-driver-api/group__CUDA__TYPES.html, and
https://docs.nvidia.com/deploy/cuda-compatibility/ (803, 804), 2026-11; the causes of 999:
https://github.com/tensorflow/tensorflow/issues/41937."""

NVML_CODES: dict[int, Code] = {
    3: Code("NVML_ERROR_NOT_SUPPORTED", "the GPU does not support that", ""),
    4: Code(
        "NVML_ERROR_NO_PERMISSION",
        "this user may not use the device",
        "Let the administrator give this user the rights on /dev/nvidia*, often by the group "
        "`video` or `render`.",
    ),
    9: Code(
        "NVML_ERROR_DRIVER_NOT_LOADED",
        "the kernel module of the driver is not loaded",
        "Load it (`modprobe nvidia`), or install the driver again for this kernel.",
    ),
    12: Code("NVML_ERROR_LIBRARY_NOT_FOUND", "the driver's library is not there", ""),
    15: Code(
        "NVML_ERROR_GPU_IS_LOST",
        "the GPU has fallen off the bus",
        "Restart the machine; if it happens again, look at its power and its seat.",
    ),
    16: Code(
        "NVML_ERROR_RESET_REQUIRED",
        "the GPU must be reset before it can be used again",
        "Let the administrator reset it (`nvidia-smi --gpu-reset`), or restart the machine.",
    ),
    17: Code(
        "NVML_ERROR_OPERATING_SYSTEM",
        "the operating system, or a container's rules, block the device",
        "Start the container again.",
    ),
    18: Code(
        "NVML_ERROR_LIB_RM_VERSION_MISMATCH",
        "the driver's library and the kernel module are of different versions",
        _REBOOT,
    ),
    999: Code("NVML_ERROR_UNKNOWN", "the driver says no more", ""),
}
"""`nvmlReturn_t` in nvml.h,
https://docs.nvidia.com/deploy/nvml-api/group__nvmlDeviceEnumvs.html, 2026-11."""

JAX_LOWEST = {"12": "5.2", "13": "7.5"}
"""Lowest compute capability of JAX's plugins, by CUDA major:
https://docs.jax.dev/en/latest/installation.html#nvidia-gpu; CUDA 13 itself ends with Turing:
https://docs.nvidia.com/cuda/cuda-toolkit-release-notes/index.html, 2026-11."""

SONAMES = ("libcudart", "libcublas", "libcublasLt", "libcufft", "libcusolver", "libcusparse")
"""Libraries besides cuDNN without which TensorFlow registers no GPU: it opens each at the first
look for devices. https://github.com/tensorflow/tensorflow/issues/66987"""


def driver_for(major: int) -> Driver | None:
    """The oldest driver for a CUDA major; None: unknown to this table."""
    return next((row for row in DRIVERS if row.major == major), None)


def numbers(version: str) -> tuple[int, ...]:
    """`(12, 5, 1)` of `12.5.1`; what is no number ends it."""
    match = re.match(r"\d+(?:\.\d+)*", version)
    return tuple(map(int, match[0].split("."))) if match else ()


def runs_code(capability: str, built: Iterable[str]) -> str:
    """How a build runs on a GPU: `native`, `jit` (its PTX is compiled at the first start), `no`; ""
    where it cannot be told.

    `sm_XY` runs on X.Z from Z = Y on; `compute_XY` is PTX for all that is not older. Suffixes `a`
    and `f` bind to one GPU or family.
    https://docs.nvidia.com/cuda/cuda-c-programming-guide/index.html#binary-compatibility
    """
    have = numbers(capability)
    if len(have) != 2:
        return ""
    jit = known = False
    for text in built:
        match = re.fullmatch(r"(sm|compute)_(\d+)(\d)([af]?)", text)
        if match is None:
            continue
        known = True
        major, minor = int(match[2]), int(match[3])
        if match[4]:
            if (major, minor) == have:
                return "native"
        elif match[1] == "sm" and major == have[0] and minor <= have[1]:
            return "native"
        elif match[1] == "compute" and (major, minor) <= have:
            jit = True
    if not known:
        return ""
    return "jit" if jit else "no"


def cudnn_version(code: int) -> str:
    """`9.3.0` of 90300 and `8.9.7` of 8907: what `cudnnGetVersion` returns.

    https://docs.nvidia.com/deeplearning/cudnn/latest/api/cudnn-graph-library.html
    """
    if code >= 90000:
        return f"{code // 10000}.{code % 10000 // 100}.{code % 100}"
    return f"{code // 1000}.{code % 1000 // 100}.{code % 100}"


def cudnn_serves(loaded: str, built: str) -> bool:
    """Whether a cuDNN serves what was built for another: same major, not an older minor.

    TensorFlow says so itself: https://github.com/tensorflow/tensorflow/issues/60913
    """
    have, want = numbers(loaded), numbers(built)
    if not have or not want:
        return True
    return have[0] == want[0] and have[:2] >= want[:2]


def visible(value: str, count: int) -> tuple[list[int], str]:
    """The devices that CUDA_VISIBLE_DEVICES shows of `count`, and what is wrong with it.

    CUDA takes numbers up to the first that is wrong. Names other than numbers (`GPU-...`,
    `MIG-...`) are taken as they are and not counted.
    https://docs.nvidia.com/cuda/cuda-programming-guide/05-appendices/environment-variables.html
    """
    found: list[int] = []
    names = [one.strip() for one in value.split(",")]
    for name in names:
        if re.match(r"(GPU|MIG)-", name):
            return [], ""
        if not re.fullmatch(r"-?\d+", name):
            return found, f"`{name}` is no device"
        number = int(name)
        if number < 0:
            return found, "" if names == [name] else f"`{name}` ends the list"
        if number >= count:
            return found, f"there is no device {number}: there {_are(count)}"
        found.append(number)
    return found, ""


def _are(count: int) -> str:
    return "is 1, numbered 0" if count == 1 else f"are {count}, numbered from 0"
