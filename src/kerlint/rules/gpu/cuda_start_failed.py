"""KER702 cuda-start-failed."""

from __future__ import annotations

from kerlint.rules._gpu import Evidence, GpuRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations


class CudaStartFailed(GpuRule):
    """The driver refuses to start CUDA.

    ## What it does

    Calls `cuInit` of the driver's library in a process of its own, and says what the code means that
    it returns. It needs no toolkit and no framework.

    ## Why is this bad?

    Frameworks print the code in one line among many, run on the CPU and end with success.

    ## Example

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all"}, "gpu": {"calls": [
      {"subject": "cuda", "ended": "well", "steps": [{"step": "load", "library": "libcuda.so.1", "code": 0},
        {"step": "cuInit", "code": 802, "value": "CUDA_ERROR_SYSTEM_NOT_READY"}]}]}}
    ```

    ## Use instead

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all"}, "gpu": {"calls": [
      {"subject": "cuda", "ended": "well", "steps": [{"step": "load", "library": "libcuda.so.1", "code": 0},
        {"step": "cuInit", "code": 0}]}]}}
    ```

    ## References

    - [Codes of the driver](https://docs.nvidia.com/cuda/cuda-driver-api/group__CUDA__TYPES.html)
    - [tensorflow #41937](https://github.com/tensorflow/tensorflow/issues/41937), CUDA_ERROR_UNKNOWN
    """

    code = "KER702"
    name = "cuda-start-failed"
    severity = "error"
    errors = (
        "failed call to cuInit: INTERNAL: CUDA error: Failed call to cuInit: ...",
        "failed call to cuInit: CUDA_ERROR_UNKNOWN: unknown error",
        "CUDA_ERROR_COMPAT_NOT_SUPPORTED_ON_DEVICE: forward compatibility was attempted on non supported HW",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield at most one finding."""
        from kerlint.knowledge.cuda import CUDA_CODES, NVML_CODES
        from kerlint.rules._gpu import driver_loads, step

        yield from self._lost(seen, asked)
        start = step(seen, "cuda", "cuInit")
        library, function = "libcuda.so.1", "cuInit"
        codes, elsewhere = CUDA_CODES, frozenset((0, 34, 100, 803))
        refused = step(seen, "nvml", "nvmlInit_v2")
        vague = start is not None and start.code in _VAGUE
        if (start is None and driver_loads(seen) is not False) or (
            vague and refused is not None and refused.code in {*NVML_CODES} - {12, 18, 999}
        ):
            start = refused
            library, function = "libnvidia-ml.so.1", "nvmlInit"
            codes, elsewhere = NVML_CODES, frozenset((0, 12, 18))
        if start is None or start.code is None or start.code in elsewhere:
            return
        known = codes.get(start.code)
        name = start.value or (known.name if known else "")
        means = known.means if known else "its meaning is unknown to this version of kerlint"
        yield self.finding(
            f"the driver does not start: {function} answers {start.code}"
            f"{f' ({name})' if name else ''}: {means}",
            library,
            severity=self.grave(asked),
            help=_help(start.code, function, known.cure if known else "", seen),
            evidence=[
                Evidence(f"{function} answers {start.code} {name}".rstrip(), library),
                *_around(seen),
                *self.wanted(asked),
            ],
            seen="live",
            commands=_commands(start.code, function, seen, asked),
            subject="gpu start ordinal" if start.code == 101 else "gpu start",
            causes=["gpu device", "gpu used", "gpu code", "gpu memory"],
        )

    def _lost(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """GPUs that the driver lists and cannot reach any more."""
        from kerlint.knowledge.cuda import NVML_CODES

        call = seen.call("nvml")
        for one in call.steps if call else ():
            if one.step != "nvmlDeviceGetHandleByIndex_v2" or not one.code:
                continue
            known = NVML_CODES.get(one.code)
            means = known.means if known else f"NVML answers {one.code}"
            number = f" {one.value}" if one.value.isdigit() else ""
            left = bool(seen.gpu.devices)
            yield self.finding(
                f"the driver cannot reach GPU{number}: {means}",
                "libnvidia-ml.so.1",
                severity=self.grave(asked) if not (left and asked.gpu) else "warning",
                help=(known.cure if known else "")
                or "Look at the kernel log (`dmesg | grep -i xid`), and restart the machine.",
                evidence=[
                    Evidence(f"{one.step} answers {one.code}", "libnvidia-ml.so.1"),
                    *self.wanted(asked),
                ],
                seen="live",
                commands=["sudo dmesg | grep -i xid"] if one.code in (15, 16, 999) else [],
                subject=f"gpu lost{number}",
                causes=[] if left else ["gpu start", "gpu device", "gpu used", "gpu code"],
            )


_VAGUE = (3, 100, 304, 999)
"""Codes of `cuInit` that have many causes: what NVML answers then says more."""


def _help(code: int, function: str, cure: str, seen: Observations) -> str:
    """What to do, where something was seen that says more than the code does."""
    if function == "cuInit" and code == 999 and _without_uvm(seen) and seen.container.kind:
        return (
            "Give the container /dev/nvidia-uvm, too: `--device /dev/nvidia-uvm`, or make the "
            "description for CDI anew (`nvidia-ctk cdi generate`)."
        )
    if seen.gpu.closed_nodes:
        return (
            "Let the administrator give this user the rights on these nodes, often by the group "
            "`video` or `render`."
        )
    return cure or "Look the code up in NVIDIA's documentation."


def _around(seen: Observations) -> list[Evidence]:
    """What else was seen that may be why: nodes that are closed or missing, the library's place."""
    gpu = seen.gpu
    found = [Evidence(f"this user may not use {node}", node) for node in gpu.closed_nodes[:2]]
    if _without_uvm(seen):
        found.append(Evidence(f"no /dev/nvidia-uvm beside {gpu.device_nodes[0]}", "/dev"))
    call = seen.call("cuda")
    loaded = [path for path in (call.loaded if call else ()) if "libcuda" in path]
    return [*found, *(Evidence(f"loaded: {path}", "process map") for path in loaded[:1])]


def _without_uvm(seen: Observations) -> bool:
    """Whether CUDA's own node is missing: the module nvidia_uvm makes it on first use.

    https://docs.nvidia.com/cuda/cuda-installation-guide-linux/index.html, "Device Node Verification";
    in containers https://github.com/NVIDIA/nvidia-container-toolkit/issues/50
    """
    nodes = seen.gpu.device_nodes
    return any(one.endswith("/nvidiactl") for one in nodes) and not any(
        "nvidia-uvm" in one for one in nodes
    )


def _commands(code: int, function: str, seen: Observations, asked: Asked) -> list[str]:
    """What mends it, where that is known."""
    inside = bool(seen.container.kind)
    if function != "cuInit":
        return ["sudo modprobe nvidia"] if code == 9 and not inside else []
    folders = seen.gpu.ld_library_path
    left = [one for one in folders if "compat" not in one]
    if code == 804 and left != folders:
        owner = asked.owner
        return (
            [owner.set("LD_LIBRARY_PATH", ":".join(left))]
            if left
            else [owner.unset("LD_LIBRARY_PATH")]
        )
    if code == 802:
        return ["sudo systemctl start nvidia-fabricmanager"]
    if code == 999 and _without_uvm(seen) and not inside:
        return ["sudo nvidia-modprobe -u -c=0"]
    return []
