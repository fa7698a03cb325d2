"""KER710 mig-without-instances."""

from __future__ import annotations

from kerlint.rules._gpu import Evidence, GpuRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations


class MigWithoutInstances(GpuRule):
    """The GPU is in MIG mode and has no instances.

    ## What it does

    Asks NVML whether a GPU is in MIG mode and how many instances it has.

    ## Why is this bad?

    In MIG mode programs only see instances, never the whole GPU. Without any, CUDA has no device.

    ## Example

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all"}, "gpu": {"devices": [
      {"index": 0, "name": "NVIDIA A100", "mig": true, "mig_instances": 0}]}}
    ```

    ## Use instead

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all"}, "gpu": {"devices": [
      {"index": 0, "name": "NVIDIA A100", "mig": true, "mig_instances": 2}]}}
    ```

    ## References

    - [Multi-Instance GPU](https://docs.nvidia.com/datacenter/tesla/mig-user-guide/)
    """

    code = "KER710"
    name = "mig-without-instances"
    severity = "error"
    errors = (
        "failed call to cuInit: CUDA_ERROR_NO_DEVICE: no CUDA-capable device is detected",
        "CUDA_ERROR_INVALID_DEVICE: invalid device ordinal",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield at most one finding."""
        empty = [one for one in seen.gpu.devices if one.mig and not one.mig_instances]
        if not empty:
            return
        others = len(seen.gpu.devices) - len(empty)
        names = ", ".join(f"GPU {one.index}" for one in empty)
        yield self.finding(
            f"{names} {'is' if len(empty) == 1 else 'are'} in MIG mode without any instance",
            "NVML",
            severity="info" if others else self.grave(asked),
            help="Let the administrator make instances, or switch MIG off: `nvidia-smi -mig 0`.",
            evidence=[
                *(
                    Evidence(f"GPU {one.index} {one.name}: MIG on, no instance", "NVML")
                    for one in empty
                ),
                *self.wanted(asked),
            ],
            subject="gpu instances",
            causes=[]
            if others
            else ["gpu device", "gpu start ordinal", "gpu names", "gpu used", "gpu code"],
        )
