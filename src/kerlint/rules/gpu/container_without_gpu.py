"""KER731 container-without-gpu."""

from __future__ import annotations

from kerlint.rules._gpu import Evidence, GpuRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations


class ContainerWithoutGpu(GpuRule):
    """The container was started without its GPUs.

    ## What it does

    Fires inside a container where a GPU is wanted (an image of NVIDIA's says so by
    `NVIDIA_VISIBLE_DEVICES`), and neither device nodes nor the driver's library are there.

    ## Why is this bad?

    Driver and devices come from the host, and only if the container was started with them. Nothing
    that is installed inside can make up for it.

    ## Example

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all"},
     "container": {"kind": "docker", "evidence": ["/.dockerenv"]},
     "gpu": {"device_nodes": [], "devices": [], "calls": [
      {"subject": "cuda", "ended": "well", "steps": [{"step": "load", "library": "libcuda.so.1",
        "error": "libcuda.so.1: cannot open shared object file: No such file or directory"}]}]}}
    ```

    ## Use instead

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all"},
     "container": {"kind": "docker", "evidence": ["/.dockerenv"]},
     "gpu": {"device_nodes": ["/dev/nvidia0", "/dev/nvidiactl"], "calls": [
      {"subject": "cuda", "ended": "well", "steps": [
        {"step": "load", "library": "libcuda.so.1", "code": 0}]}]}}
    ```

    ## References

    - [NVIDIA Container Toolkit](https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/docker-specialized.html)
    - [medaka #214](https://github.com/nanoporetech/medaka/issues/214)
    """

    code = "KER731"
    name = "container-without-gpu"
    severity = "error"
    errors = (
        "WARNING: The NVIDIA Driver was not detected.  GPU functionality will not be available.",
        "failed call to cuInit: UNKNOWN ERROR (303)",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield at most one finding."""
        from kerlint.rules._gpu import driver_loads

        kind = seen.container.kind
        gpu = seen.gpu
        if kind in ("", "wsl") or not asked.gpu:
            return
        nodes = [one for one in gpu.device_nodes if "nvidia" in one or one.endswith("/dxg")]
        if nodes or gpu.devices or driver_loads(seen) is not False:
            return
        if seen.environment.get("NVIDIA_VISIBLE_DEVICES", "all").strip() in ("", "void", "none"):
            return  # that is what was asked for, and KER711 says so
        how = {
            "kubernetes": "Ask for one in the pod: `resources: limits: nvidia.com/gpu: 1`.",
            "singularity": "Start it with `--nv`.",
            "podman": "Start it with `--device nvidia.com/gpu=all`.",
        }
        yield self.finding(
            f"this container ({kind}) was started without GPUs: it has no /dev/nvidia* and no driver",
            ", ".join(seen.container.evidence[:1]) or kind,
            severity=self.grave(asked),
            help=how.get(kind, "Start it with `docker run --gpus all ...`."),
            evidence=[
                Evidence(f"container: {kind}", ", ".join(seen.container.evidence[:2])),
                Evidence("no /dev/nvidia*", "/dev"),
                Evidence("libcuda.so.1 cannot be opened", "libcuda.so.1"),
                *self.wanted(asked),
            ],
            seen="live",
            subject="gpu container",
            causes=["gpu"],
        )
