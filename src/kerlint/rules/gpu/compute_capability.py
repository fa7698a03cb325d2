"""KER708 compute-capability."""

from __future__ import annotations

from kerlint.rules._gpu import Evidence, GpuRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.gpu_observations import Gpu
    from kerlint.probe.observations import Build, Observations


class ComputeCapability(GpuRule):
    """The installed build has no code for this GPU.

    ## What it does

    Compares the compute capability of each GPU with the code in TensorFlow's build (read in
    `build_info.py`) and with the lowest that JAX's plugins accept. Code runs on GPUs of the same major
    and a minor that is not lower; PTX is compiled at the first start for all that are newer, which
    takes minutes and is only mentioned. So is a GPU that is too old beside one that fits.

    ## Why is this bad?

    An older GPU cannot be used at all: kernels fail to load, or the GPU is passed over.

    ## Example

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all"}, "distributions": [{"name": "tensorflow", "version": "2.21.0"}],
     "builds": [{"package": "tensorflow", "version": "2.21.0", "gpu": true, "cuda": "12.5.1",
       "capabilities": ["sm_60", "sm_70", "sm_80", "sm_89", "compute_90"]}],
     "gpu": {"devices": [{"index": 0, "name": "Tesla M40", "compute_capability": "5.2"}]}}
    ```

    ## Use instead

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all"}, "distributions": [{"name": "tensorflow", "version": "2.21.0"}],
     "builds": [{"package": "tensorflow", "version": "2.21.0", "gpu": true, "cuda": "12.5.1",
       "capabilities": ["sm_60", "sm_70", "sm_80", "sm_89", "compute_90"]}],
     "gpu": {"devices": [{"index": 0, "name": "Tesla T4", "compute_capability": "7.5"}]}}
    ```

    ## References

    - [Binary compatibility](https://docs.nvidia.com/cuda/cuda-c-programming-guide/index.html#binary-compatibility)
    - [Compute capabilities](https://developer.nvidia.com/cuda-gpus)
    - [tensorflow #89272](https://github.com/tensorflow/tensorflow/issues/89272)
    """

    code = "KER708"
    name = "compute-capability"
    severity = "error"
    errors = (
        "TensorFlow was not built with CUDA kernel binaries compatible with compute capability 12.0",
        "CUDA_ERROR_NO_BINARY_FOR_GPU",
        "CUDA_ERROR_INVALID_PTX",
        "CUDA error: no kernel image is available for execution on the device",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield each framework in use and GPU that do not fit."""
        from kerlint.knowledge.cuda import JAX_LOWEST, numbers, runs_code
        from kerlint.rules._gpu import cuda_builds, older_plugin

        for build in cuda_builds(seen, asked):
            for capability, devices in _by_capability(seen).items():
                device = devices[0]
                how = runs_code(capability, build.capabilities)
                lowest = JAX_LOWEST.get(build.cuda) if build.package == "jax" else None
                if lowest and capability and numbers(capability) < numbers(lowest):
                    how = "no"
                if how not in ("no", "jit"):
                    continue
                built = ", ".join(build.capabilities) or f"{lowest} and newer"
                name = f"{device.name or f'GPU {device.index}'} (compute capability {capability})"
                evidence = [
                    *(Evidence(f"GPU {one.index}: {one.name}", "NVML") for one in devices[:4]),
                    Evidence(f"{build.package} has code for {built}", build.file),
                ]
                if how == "jit":
                    yield self.finding(
                        f"{build.package} has no code of its own for {name}: it is compiled at the first "
                        "start, which takes minutes, and keeps failing where the driver is older than "
                        "the build",
                        build.file or build.package,
                        severity="info",
                        evidence=evidence,
                        confidence="likely",
                        subject=f"gpu jit {build.package}",
                    )
                    continue
                yield self.finding(
                    f"{build.package} {build.version} has no code for {name}",
                    build.file or build.package,
                    severity="info" if _another_fits(build, seen) else self.grave(asked),
                    help="Use an older release that still has code for it, or another GPU.",
                    evidence=[*evidence, *self.wanted(asked)],
                    commands=older_plugin(build, seen, asked),
                    subject=f"gpu code {build.package}",
                    causes=[f"gpu used {build.package}", f"gpu used keras {build.package}"],
                )


def _another_fits(build: Build, seen: Observations) -> bool:
    """Whether there is a GPU that the build has code for: an old one beside it draws the screen."""
    from kerlint.knowledge.cuda import JAX_LOWEST, numbers, runs_code

    lowest = numbers(JAX_LOWEST.get(build.cuda, "")) if build.package == "jax" else ()
    return any(
        runs_code(one.compute_capability, build.capabilities) in ("native", "jit")
        or (lowest and numbers(one.compute_capability) >= lowest)
        for one in seen.gpu.devices
    )


def _by_capability(seen: Observations) -> dict[str, list[Gpu]]:
    found: dict[str, list[Gpu]] = {}
    for one in seen.gpu.devices:
        found.setdefault(one.compute_capability, []).append(one)
    return found
