"""AMD's GPUs and ROCm, as far as they do not start."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

MESSAGES = (
    M(
        id="rocm-not-started",
        kind="cause",
        has="HIP_ERROR_",
        pattern=r"(?:failed call to hipInit|failed to query device memory info): (?P<code>HIP_ERROR_\w+)",
        example="2024-04-29 21:45:04.020735: E external/local_xla/xla/stream_executor/rocm/rocm_driver.cc:261] "
        "failed call to hipInit: HIP_ERROR_InvalidDevice",
        says="ROCm could not start ({code}): no GPU that it supports is visible, or the driver of the host is of "
        "another version than the ROCm that TensorFlow was built for.",
        cure="rocminfo must list the GPU as an agent; bring driver and ROCm to the version that "
        "tensorflow-rocm names; HIP_VISIBLE_DEVICES hides GPUs, too.",
        source="https://github.com/ROCm/hip/issues/3464",
        codes=("KER741",),
    ),
    M(
        id="rocm-without-its-module",
        kind="cause",
        has="ROCk module is NOT loaded",
        example="ROCk module is NOT loaded, possibly no GPU devices",
        says="The kernel has no amdgpu module: no AMD GPU, a driver that is not installed, or WSL without AMD's "
        "driver for it.",
        cure="Install AMD's driver (in WSL the one for Windows that names WSL); in Docker --device=/dev/kfd "
        "--device=/dev/dri.",
        source="https://rocm.docs.amd.com/projects/install-on-linux/en/latest/",
        codes=("KER741",),
        stops=True,
    ),
    M(
        id="rocm-device-not-opened",
        kind="cause",
        has="Unable to open /dev/kfd read-write",
        pattern=r"read-write: (?P<why>[\w ]+)",
        example="Unable to open /dev/kfd read-write: Permission denied",
        says="The device of AMD's GPUs cannot be opened ({why}).",
        cure="No such file: the driver is not loaded, or the container was started without --device=/dev/kfd. "
        "Permission denied: sudo usermod -aG render,video $USER, then log in again.",
        source="https://rocm.docs.amd.com/projects/install-on-linux/en/latest/install/prerequisites.html",
        codes=("KER741",),
        stops=True,
        follows=("rocm-without-its-module",),
    ),
    M(
        id="rocm-build-noise",
        kind="harmless",
        has="Invalid plugin kind specified: DNN",
        example="E external/local_xla/xla/stream_executor/plugin_registry.cc:93] Invalid plugin kind specified: DNN",
        says="TensorFlow's builds for ROCm print this at each start.",
        cure="",
        source="https://github.com/ROCm/hip/issues/3464",
    ),
)
