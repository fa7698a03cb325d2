"""KER707 driver-library-mismatch."""

from __future__ import annotations

from kerlint.rules._gpu import Evidence, GpuRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations


class DriverLibraryMismatch(GpuRule):
    """The driver's library and its kernel module are of different versions.

    ## What it does

    Compares the version of the loaded kernel module with that of the library, and knows the codes 18
    of NVML and 803 of CUDA, which say the same.

    ## Why is this bad?

    The driver was updated while the old module was loaded. Until the machine is restarted nothing
    starts on the GPU. In a container the library of the image hides that of the host.

    ## Example

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all"}, "gpu": {"kernel_version": "535.183.01", "driver_version": "550.90.07", "calls": [
      {"subject": "nvml", "ended": "well", "steps": [{"step": "nvmlInit_v2", "code": 18}]}]}}
    ```

    ## Use instead

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all"}, "gpu": {"kernel_version": "550.90.07", "driver_version": "550.90.07", "calls": [
      {"subject": "nvml", "ended": "well", "steps": [{"step": "nvmlInit_v2", "code": 0}]}]}}
    ```

    ## References

    - [Codes of NVML](https://docs.nvidia.com/deploy/nvml-api/group__nvmlDeviceEnumvs.html)
    - [tensorflow #22525](https://github.com/tensorflow/tensorflow/issues/22525)
    """

    code = "KER707"
    name = "driver-library-mismatch"
    severity = "error"
    errors = (
        "Failed to initialize NVML: Driver/library version mismatch",
        "kernel version ... does not match DSO version ... -- cannot find working devices in this configuration",
        "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH: system has unsupported display driver / cuda driver combination",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield at most one finding."""
        from kerlint.rules._gpu import step

        gpu = seen.gpu
        evidence = []
        nvml, start = step(seen, "nvml", "nvmlInit_v2"), step(seen, "cuda", "cuInit")
        if nvml is not None and nvml.code == 18:
            evidence.append(Evidence("nvmlInit answers 18, version mismatch", "libnvidia-ml.so.1"))
        if start is not None and start.code == 803:
            evidence.append(Evidence("cuInit answers 803, version mismatch", "libcuda.so.1"))
        both = gpu.kernel_version and gpu.driver_version
        if both and gpu.kernel_version != gpu.driver_version:
            evidence.append(Evidence(f"library {gpu.driver_version}", "NVML"))
        if not evidence:
            return
        if gpu.kernel_version:
            evidence.append(
                Evidence(f"kernel module {gpu.kernel_version}", "/proc/driver/nvidia/version")
            )
        versions = f" ({gpu.driver_version} and {gpu.kernel_version})" if both else ""
        inside = bool(seen.container.kind) and seen.container.kind != "wsl"
        yield self.finding(
            f"the driver's library and its kernel module are of different versions{versions}",
            "/proc/driver/nvidia/version",
            severity=self.grave(asked),
            help="Remove NVIDIA's driver packages from the image: the host's are mounted into the "
            "container."
            if inside
            else "Restart the machine: the driver was updated, and the old module is still loaded.",
            evidence=[*evidence, *self.wanted(asked)],
            seen="live" if nvml or start else "static",
            commands=[] if inside else ["sudo reboot"],
            subject="gpu driver mismatch",
            causes=["gpu start", "gpu device", "gpu used", "gpu code", "gpu driver old"],
        )
