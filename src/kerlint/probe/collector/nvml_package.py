"""NVML by way of nvidia-ml-py, where kerlint's own environment has it."""

from __future__ import annotations

from kerlint.probe.collector.calls import Steps, dotted, loaded_libraries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable

_NAME = "nvidia-ml-py"


def package_main(words: list[str]) -> int:
    """`words`: `nvml`, the file of steps, the nonce."""
    import pynvml

    steps = Steps(words[1], words[2])
    steps.library = _NAME
    asked = _Asked(steps, pynvml.NVMLError)
    if asked("nvmlInit_v2", pynvml.nvmlInit)[0]:
        _ask(pynvml, asked, steps)
        asked("nvmlShutdown", pynvml.nvmlShutdown)
    steps.write(loaded=loaded_libraries())
    steps.write(end=True)
    return 0


class _Asked:
    """Calls a function of the package and writes down its code."""

    def __init__(self, steps: Steps, error: Any) -> None:
        self._steps = steps
        self._error = error

    def __call__(self, name: str, do: Callable[[], Any], *, say: bool = True) -> tuple[bool, Any]:
        self._steps.write(begins=name, library=_NAME)
        try:
            value = do()
        except self._error as error:
            self._steps.code(name, int(error.value), error)
            return False, None
        plain = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
        self._steps.code(name, 0, plain if say and plain is not None else "")
        return True, plain


def _ask(nvml: Any, asked: _Asked, steps: Steps) -> None:
    _, version = asked("nvmlSystemGetDriverVersion", nvml.nvmlSystemGetDriverVersion)
    _, cuda = asked("nvmlSystemGetCudaDriverVersion_v2", nvml.nvmlSystemGetCudaDriverVersion_v2)
    steps.write(facts={"driver_version": version or "", "driver_cuda": dotted(cuda)})
    _, count = asked("nvmlDeviceGetCount_v2", nvml.nvmlDeviceGetCount)
    for index in range(count or 0):
        steps.write(**_device(nvml, asked, index))


def _device(nvml: Any, asked: _Asked, index: int) -> dict[str, Any]:
    name = "nvmlDeviceGetHandleByIndex_v2"
    got, handle = asked(name, lambda: nvml.nvmlDeviceGetHandleByIndex(index), say=False)
    if not got:
        return {}
    device: dict[str, Any] = {"index": index}
    _, device["name"] = asked("nvmlDeviceGetName", lambda: nvml.nvmlDeviceGetName(handle))
    device["name"] = device["name"] or ""
    name = "nvmlDeviceGetCudaComputeCapability"
    got, pair = asked(name, lambda: nvml.nvmlDeviceGetCudaComputeCapability(handle))
    if got:
        device["compute_capability"] = f"{pair[0]}.{pair[1]}"
    name = "nvmlDeviceGetMemoryInfo"
    got, memory = asked(name, lambda: nvml.nvmlDeviceGetMemoryInfo(handle), say=False)
    if got:
        device["memory_total"], device["memory_free"] = memory.total, memory.free
    got, mode = asked("nvmlDeviceGetMigMode", lambda: nvml.nvmlDeviceGetMigMode(handle))
    if got:
        device["mig"] = bool(mode[0])
        if mode[0]:
            device["mig_instances"] = _instances_by_package(nvml, handle)
    return {"device": device}


def _instances_by_package(nvml: Any, handle: Any) -> int:
    count = 0
    for index in range(nvml.nvmlDeviceGetMaxMigDeviceCount(handle)):
        try:
            nvml.nvmlDeviceGetMigDeviceHandleByIndex(handle, index)
        except nvml.NVMLError:
            continue
        count += 1
    return count
