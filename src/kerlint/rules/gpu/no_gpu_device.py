"""KER701 no-gpu-device."""

from __future__ import annotations

from kerlint.rules._gpu import Evidence, GpuRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations


class NoGpuDevice(GpuRule):
    """The driver is there and shows no GPU.

    ## What it does

    Asks the driver how many devices it has (`cuInit`, NVML). It fires where the driver answers and the
    answer is none. Where a variable hides them, or MIG is on without instances, that is the finding.

    ## Why is this bad?

    Every framework falls back to the CPU without an error, and the training that should take minutes
    takes days.

    ## Example

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all"}, "gpu": {"devices": [], "calls": [
      {"subject": "cuda", "ended": "well", "steps": [{"step": "load", "library": "libcuda.so.1", "code": 0},
        {"step": "cuInit", "code": 100, "value": "CUDA_ERROR_NO_DEVICE"}]}]}}
    ```

    ## Use instead

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all"}, "gpu": {"devices": [{"index": 0, "name": "NVIDIA L4"}], "calls": [
      {"subject": "cuda", "ended": "well", "steps": [{"step": "load", "library": "libcuda.so.1", "code": 0},
        {"step": "cuInit", "code": 0}]}]}}
    ```

    ## References

    - [Codes of the driver](https://docs.nvidia.com/cuda/cuda-driver-api/group__CUDA__TYPES.html)
    - [tensorflow #808](https://github.com/tensorflow/tensorflow/issues/808)
    """

    code = "KER701"
    name = "no-gpu-device"
    severity = "error"
    errors = (
        "failed call to cuInit: CUDA_ERROR_NO_DEVICE: no CUDA-capable device is detected",
        "no NVIDIA GPU device is present: /dev/nvidia0 does not exist",
        "RuntimeError: No CUDA GPUs are available",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield at most one finding."""
        from kerlint.rules._gpu import NO_GPU_FROM_SLURM, slurm_gave_none, step

        start = step(seen, "cuda", "cuInit")
        count = step(seen, "cuda", "cuDeviceGetCount")
        none = start is not None and start.code == 100
        none = none or (count is not None and count.code == 0 and count.value == "0")
        if not none:
            return
        evidence = [Evidence("cuInit answers 100, CUDA_ERROR_NO_DEVICE", "libcuda.so.1")]
        if start is None or start.code != 100:
            evidence = [Evidence("cuDeviceGetCount answers 0", "libcuda.so.1")]
        if seen.gpu.devices:
            names = ", ".join(one.name for one in seen.gpu.devices[:4])
            evidence.append(Evidence(f"NVML lists {names}", "libnvidia-ml.so.1"))
        nodes = ", ".join(seen.gpu.device_nodes) or "no /dev/nvidia*"
        evidence.append(Evidence(nodes, "/dev"))
        closed = seen.gpu.closed_nodes
        evidence += [Evidence(f"this user may not use {node}", node) for node in closed[:2]]
        yield self.finding(
            "the NVIDIA driver is there and shows no GPU to CUDA",
            "libcuda.so.1",
            severity=self.grave(asked),
            help=NO_GPU_FROM_SLURM
            if slurm_gave_none(seen)
            else "Look whether `nvidia-smi -L` lists it, whether this user may read and write "
            "/dev/nvidia*, and whether the machine (the job, the container) was given one.",
            evidence=[*evidence, *self.wanted(asked)],
            seen="live",
            subject="gpu device",
            causes=["gpu used", "gpu code"],
        )
