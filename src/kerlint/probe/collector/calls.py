"""Calls into NVIDIA's libraries through ctypes, each step written down before and after.

A library may crash, hang, or end the process; what was written stays, and the reader of the steps
(`observing`) sees where it happened. Runs in a child of its own for each library.

Functions and codes: https://docs.nvidia.com/deploy/nvml-api/,
https://docs.nvidia.com/cuda/cuda-driver-api/, https://docs.nvidia.com/cuda/cuda-runtime-api/,
https://docs.nvidia.com/deeplearning/cudnn/latest/api/cudnn-graph-library.html.
"""

from __future__ import annotations

import os
import sys

from kerlint.probe.collector.answering import add_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_DRIVER_LIBRARIES = {
    "nvml": ("libnvidia-ml.so.1", "nvml.dll"),
    "cuda": ("libcuda.so.1", "nvcuda.dll"),
}
_MAJOR, _MINOR = 75, 76
"""Attributes of a device: its compute capability."""
_MOST_DEVICES = 64


class Steps:
    """The file of steps: what was called, and what came back."""

    def __init__(self, file: str, nonce: str) -> None:
        self._file = file
        self._nonce = nonce
        self.library = ""

    def write(self, **said: Any) -> None:
        """Add a line."""
        add_line(self._file, self._nonce, said)

    def code(self, name: str, code: int, value: object = "") -> bool:
        """Write down the return code of a call; true for success."""
        self.write(step=name, library=self.library, code=code, value=str(value))
        return code == 0


class Library:
    """A library that is called step by step."""

    def __init__(self, steps: Steps, name: str) -> None:
        import ctypes

        self.steps = steps
        self.steps.library = name
        self._c = ctypes
        self.loaded: Any = None
        steps.write(begins="load", library=name)
        try:
            self.loaded = ctypes.CDLL(name)
        except OSError as error:
            steps.write(step="load", library=name, error=str(error))
            return
        steps.write(step="load", library=name, code=0)

    def call(self, name: str, *arguments: Any) -> int | None:
        """The return code; None where the library has no such function."""
        self.steps.write(begins=name, library=self.steps.library)
        try:
            function = getattr(self.loaded, name)
        except AttributeError:
            self.steps.write(step=name, library=self.steps.library, error="no such function")
            return None
        return int(function(*arguments))

    def number(self, name: str, *before: Any, kind: str = "c_int", after: Any = ()) -> int | None:
        """The number that a function writes to its pointer; None where it failed."""
        value = getattr(self._c, kind)()
        code = self.call(name, *before, self._c.byref(value), *after)
        if code is None or not self.steps.code(name, code, value.value if code == 0 else ""):
            return None
        return int(value.value)

    def text(self, name: str, *before: Any, after: Any = ()) -> str:
        """The text that a function writes to a buffer; "" where it failed."""
        buffer = self._c.create_string_buffer(256)
        code = self.call(name, *before, buffer, 256, *after)
        said = buffer.value.decode("utf-8", "replace") if code == 0 else ""
        if code is not None:
            self.steps.code(name, code, said)
        return said


def call_nvml(steps: Steps, names: list[str]) -> None:
    """The driver's management library: driver, its CUDA, devices. It starts no CUDA."""
    import ctypes

    library = Library(steps, names[0])
    if library.loaded is None:
        return
    code = library.call("nvmlInit_v2")
    if code is None or not steps.code("nvmlInit_v2", code):
        return
    version = library.text("nvmlSystemGetDriverVersion")
    cuda = library.number("nvmlSystemGetCudaDriverVersion_v2")
    steps.write(facts={"driver_version": version, "driver_cuda": dotted(cuda)})
    count = library.number("nvmlDeviceGetCount_v2", kind="c_uint") or 0
    for index in range(min(count, _MOST_DEVICES)):
        handle = ctypes.c_void_p()
        code = library.call("nvmlDeviceGetHandleByIndex_v2", index, ctypes.byref(handle))
        if code is None or not steps.code("nvmlDeviceGetHandleByIndex_v2", code, index):
            continue
        device: dict[str, Any] = {"index": index}
        device["name"] = library.text("nvmlDeviceGetName", handle)
        major, minor = ctypes.c_int(), ctypes.c_int()
        pair = (ctypes.byref(major), ctypes.byref(minor))
        code = library.call("nvmlDeviceGetCudaComputeCapability", handle, *pair)
        if code is not None:
            capability = f"{major.value}.{minor.value}" if code == 0 else ""
            steps.code("nvmlDeviceGetCudaComputeCapability", code, capability)
            device["compute_capability"] = capability
        memory = (ctypes.c_ulonglong * 3)()
        code = library.call("nvmlDeviceGetMemoryInfo", handle, ctypes.byref(memory))
        if code is not None and steps.code("nvmlDeviceGetMemoryInfo", code):
            device["memory_total"], device["memory_free"] = memory[0], memory[1]
        now, later = ctypes.c_uint(), ctypes.c_uint()
        pair_mode = (ctypes.byref(now), ctypes.byref(later))
        code = library.call("nvmlDeviceGetMigMode", handle, *pair_mode)
        if code is not None and steps.code("nvmlDeviceGetMigMode", code, now.value):
            device["mig"] = bool(now.value)
            if now.value:
                device["mig_instances"] = _instances(library, handle)
        steps.write(device=device)
    code = library.call("nvmlShutdown")
    if code is not None:
        steps.code("nvmlShutdown", code)


def _instances(library: Library, handle: Any) -> int:
    """MIG devices of a GPU in MIG mode."""
    import ctypes

    most = library.number("nvmlDeviceGetMaxMigDeviceCount", handle, kind="c_uint") or 0
    count = 0
    for index in range(min(most, _MOST_DEVICES)):
        instance = ctypes.c_void_p()
        name = "nvmlDeviceGetMigDeviceHandleByIndex"
        count += library.call(name, handle, index, ctypes.byref(instance)) == 0
    library.steps.code("nvmlDeviceGetMigDeviceHandleByIndex", 0, count)
    return count


def call_cuda(steps: Steps, names: list[str]) -> None:
    """The driver's CUDA: its version (without a start), the start, the devices it shows."""
    import ctypes

    library = Library(steps, names[0])
    if library.loaded is None:
        return
    version = library.number("cuDriverGetVersion")
    steps.write(facts={"driver_cuda": dotted(version)})
    code = library.call("cuInit", 0)
    if code is None or not steps.code("cuInit", code, _error_name(library, code)):
        return
    count = library.number("cuDeviceGetCount") or 0
    for ordinal in range(min(count, _MOST_DEVICES)):
        device = library.number("cuDeviceGet", after=(ordinal,))
        if device is None:
            continue
        major = library.number("cuDeviceGetAttribute", after=(_MAJOR, device))
        minor = library.number("cuDeviceGetAttribute", after=(_MINOR, device))
        memory = library.number("cuDeviceTotalMem_v2", kind="c_size_t", after=(device,))
        buffer = ctypes.create_string_buffer(256)
        code = library.call("cuDeviceGetName", buffer, 256, device)
        seen: dict[str, Any] = {"index": ordinal, "memory_total": memory or 0}
        if major is not None and minor is not None:
            seen["compute_capability"] = f"{major}.{minor}"
        if code is not None and steps.code("cuDeviceGetName", code, buffer.value.decode()):
            seen["name"] = buffer.value.decode("utf-8", "replace")
        steps.write(device=seen)


def _error_name(library: Library, code: int | None) -> str:
    """What the driver calls a code: `CUDA_ERROR_NO_DEVICE`."""
    import ctypes

    function = getattr(library.loaded, "cuGetErrorName", None)
    if not code or function is None:
        return ""
    name = ctypes.c_char_p()
    if function(code, ctypes.byref(name)) != 0:
        return ""
    return (name.value or b"").decode("utf-8", "replace")


def call_cudart(steps: Steps, names: list[str]) -> None:
    """The CUDA runtime: its version, and whether it gets along with the driver."""
    library = Library(steps, names[0])
    if library.loaded is not None:
        library.number("cudaRuntimeGetVersion")
        library.number("cudaDriverGetVersion")
        library.number("cudaGetDeviceCount")


def call_cudnn(steps: Steps, names: list[str]) -> None:
    """cuDNN's version. It returns numbers, not codes."""
    import ctypes

    library = Library(steps, names[0])
    for name in ("cudnnGetVersion", "cudnnGetCudartVersion"):
        if library.loaded is None:
            return
        steps.write(begins=name, library=names[0])
        try:
            function = getattr(library.loaded, name)
        except AttributeError:
            steps.write(step=name, library=names[0], error="no such function")
            continue
        function.restype = ctypes.c_size_t
        steps.code(name, 0, function())


def dotted(version: int | None) -> str:
    """`12.4` of 12040."""
    return f"{version // 1000}.{version % 1000 // 10}" if version else ""


def loaded_libraries() -> list[str]:
    """NVIDIA's libraries in the map of this process; none where the system has no such map."""
    try:
        with open("/proc/self/maps", "rb") as file:
            lines = file.read().decode("utf-8", "replace").splitlines()
    except OSError:
        return []
    paths = dict.fromkeys(line[line.index("/") :] for line in lines if "/" in line)
    words = ("libcu", "libnv", "libnccl")
    return [path for path in paths if os.path.basename(path).startswith(words)]


CALLS = {"nvml": call_nvml, "cuda": call_cuda, "cudart": call_cudart, "cudnn": call_cudnn}


def call_main(words: list[str]) -> int:
    """`words`: the subject, the file of steps, the nonce, the library's path (cudart, cudnn)."""
    subject, file, nonce, *names = words
    steps = Steps(file, nonce)
    if subject in _DRIVER_LIBRARIES and not names:
        names = [_DRIVER_LIBRARIES[subject][sys.platform == "win32"]]
    CALLS[subject](steps, names)
    steps.write(loaded=loaded_libraries())
    steps.write(end=True)
    return 0
