"""KER709 visible-devices-invalid."""

from __future__ import annotations

from kerlint.rules._gpu import Evidence, GpuRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations


class VisibleDevicesInvalid(GpuRule):
    """`CUDA_VISIBLE_DEVICES` names a GPU that is not there.

    ## What it does

    Compares the numbers in the variable with the GPUs that NVML lists. CUDA reads the list up to the
    first entry that is wrong and forgets the rest. Of entries such as `GPU-8932f937` and `MIG-...`
    it is told whether CUDA shows a device by them while NVML lists some.

    ## Why is this bad?

    A number from another machine, or one that counts from 1, leaves the program with fewer GPUs or
    with none, and nothing says so.

    ## Example

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all", "CUDA_VISIBLE_DEVICES": "1"},
     "gpu": {"devices": [{"index": 0, "name": "NVIDIA L4"}]}}
    ```

    ## Use instead

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all", "CUDA_VISIBLE_DEVICES": "0"},
     "gpu": {"devices": [{"index": 0, "name": "NVIDIA L4"}]}}
    ```

    ## References

    - [CUDA_VISIBLE_DEVICES](https://docs.nvidia.com/cuda/cuda-programming-guide/05-appendices/environment-variables.html)
    """

    code = "KER709"
    name = "visible-devices-invalid"
    severity = "error"
    errors = (
        "failed call to cuInit: CUDA_ERROR_NO_DEVICE: no CUDA-capable device is detected",
        "RuntimeError: No CUDA GPUs are available",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield at most one finding."""
        from kerlint.knowledge.cuda import visible
        from kerlint.rules._gpu import NO_GPU_FROM_SLURM, slurm_gave_none, step

        value = seen.environment.get("CUDA_VISIBLE_DEVICES", "")
        count = len(seen.gpu.devices)
        if not value.strip() or not count:
            return
        shown, fault = visible(value, count)
        start = step(seen, "cuda", "cuInit")
        if "GPU-" in value or "MIG-" in value:
            fault = "CUDA finds no device of that name" if start and start.code == 100 else ""
        counted = step(seen, "cuda", "cuDeviceGetCount")
        if counted and counted.value.isdigit() and int(counted.value) > value.count(","):
            return  # CUDA shows as many as are named: it knows better than NVML here
        if not fault:
            return
        slurm = value == "NoDevFiles" and slurm_gave_none(seen)
        left = f"device {', '.join(map(str, shown))} is left" if shown else "no device is left"
        yield self.finding(
            f"CUDA_VISIBLE_DEVICES is `{value}`: {fault}, so {left}",
            "CUDA_VISIBLE_DEVICES",
            severity="warning" if shown and asked.gpu else self.grave(asked),
            help=NO_GPU_FROM_SLURM
            if slurm
            else "Name the devices that `nvidia-smi -L` lists, counted from 0 or by their identifiers.",
            evidence=[
                Evidence(f"CUDA_VISIBLE_DEVICES={value}", "environment"),
                Evidence(f"{count} device{'s' if count > 1 else ''}", "NVML"),
                *self.wanted(asked),
            ],
            commands=[]
            if slurm
            else [asked.owner.set("CUDA_VISIBLE_DEVICES", ",".join(map(str, range(count))))],
            subject="gpu names",
            causes=[] if shown else ["gpu device", "gpu start ordinal", "gpu used", "gpu hidden"],
        )
