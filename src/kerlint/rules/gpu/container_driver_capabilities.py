"""KER732 container-driver-capabilities."""

from __future__ import annotations

from kerlint.rules._gpu import Evidence, GpuRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations


class ContainerDriverCapabilities(GpuRule):
    """The container was given the driver without its CUDA library.

    ## What it does

    Looks at `NVIDIA_DRIVER_CAPABILITIES`: without `compute` (or `all`) NVIDIA's toolkit mounts the
    driver's management library only. Unset, it means `utility,compute`.

    ## Why is this bad?

    `nvidia-smi` works and lists the GPU, and CUDA does not start.

    ## Example

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all", "NVIDIA_DRIVER_CAPABILITIES": "utility"},
     "container": {"kind": "docker", "evidence": ["/.dockerenv"]},
     "gpu": {"device_nodes": ["/dev/nvidia0", "/dev/nvidiactl"], "calls": [
      {"subject": "nvml", "ended": "well", "steps": [{"step": "nvmlInit_v2", "code": 0}]},
      {"subject": "cuda", "ended": "well", "steps": [{"step": "load", "library": "libcuda.so.1",
        "error": "libcuda.so.1: cannot open shared object file: No such file or directory"}]}]}}
    ```

    ## Use instead

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all",
                     "NVIDIA_DRIVER_CAPABILITIES": "compute,utility"},
     "container": {"kind": "docker", "evidence": ["/.dockerenv"]},
     "gpu": {"device_nodes": ["/dev/nvidia0", "/dev/nvidiactl"], "calls": [
      {"subject": "nvml", "ended": "well", "steps": [{"step": "nvmlInit_v2", "code": 0}]},
      {"subject": "cuda", "ended": "well", "steps": [
        {"step": "load", "library": "libcuda.so.1", "code": 0}]}]}}
    ```

    ## References

    - [Driver capabilities](https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/docker-specialized.html#driver-capabilities)
    """

    code = "KER732"
    name = "container-driver-capabilities"
    severity = "error"
    errors = (
        "failed call to cuInit: UNKNOWN ERROR (303)",
        "RuntimeError: Found no NVIDIA driver on your system.",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield at most one finding."""
        from kerlint.rules._gpu import driver_loads

        value = seen.environment.get("NVIDIA_DRIVER_CAPABILITIES", "")
        words = {one.strip() for one in value.split(",")} - {""}
        if not words or words & {"compute", "all"} or driver_loads(seen) is not False:
            return
        yield self.finding(
            f"NVIDIA_DRIVER_CAPABILITIES is `{value}`, without `compute`: the container has no "
            "libcuda.so.1",
            "NVIDIA_DRIVER_CAPABILITIES",
            severity=self.grave(asked),
            help="Start the container with `-e NVIDIA_DRIVER_CAPABILITIES=compute,utility`.",
            evidence=[
                Evidence(f"NVIDIA_DRIVER_CAPABILITIES={value}", "environment"),
                Evidence("libcuda.so.1 cannot be opened", "libcuda.so.1"),
                *self.wanted(asked),
            ],
            seen="live",
            subject="gpu container",
            causes=["gpu"],
        )
