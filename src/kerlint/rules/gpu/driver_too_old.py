"""KER706 driver-too-old."""

from __future__ import annotations

from kerlint.rules._gpu import Evidence, GpuRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.gpu_observations import Step
    from kerlint.probe.observations import Observations


class DriverTooOld(GpuRule):
    """The driver is older than the CUDA that the framework was built for.

    ## What it does

    Compares the highest CUDA of the driver with the one for which TensorFlow, JAX or PyTorch was
    built. Within one major (12.2 and 12.8) they run together; the older driver then cannot compile code
    for new GPUs, which is only mentioned.

    ## Why is this bad?

    CUDA refuses to start, and the framework runs on the CPU.

    ## Example

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all"}, "distributions": [{"name": "torch", "version": "2.13.0"}],
     "builds": [{"package": "torch", "version": "2.13.0", "gpu": true, "cuda": "13.0"}],
     "gpu": {"driver_version": "535.183.01", "driver_cuda": "12.2"}}
    ```

    ## Use instead

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all"}, "distributions": [{"name": "torch", "version": "2.13.0"}],
     "builds": [{"package": "torch", "version": "2.13.0", "gpu": true, "cuda": "13.0"}],
     "gpu": {"driver_version": "580.82.07", "driver_cuda": "13.0"}}
    ```

    ## References

    - [CUDA compatibility](https://docs.nvidia.com/deploy/cuda-compatibility/)
    - [tensorflow #31319](https://github.com/tensorflow/tensorflow/issues/31319)
    """

    code = "KER706"
    name = "driver-too-old"
    severity = "error"
    errors = (
        "CUDA driver version is insufficient for CUDA runtime version",
        "The NVIDIA driver on your system is too old (found version ...).",
        "CUDA_ERROR_UNSUPPORTED_PTX_VERSION",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield each framework in use that needs a newer driver."""
        from kerlint.knowledge.cuda import driver_for, numbers
        from kerlint.rules._gpu import cuda_builds, driver_loads, older_plugin, step, works

        gpu = seen.gpu
        have = numbers(gpu.driver_cuda)
        told = False
        for build in cuda_builds(seen, asked):
            need = numbers(build.cuda)
            if not need:
                continue
            row = driver_for(need[0])
            least = "" if row is None else row.windows if asked.owner.windows else row.linux
            old = have[0] < need[0] if have else _older(gpu.driver_version, least)
            newer = (
                f"{least} or newer" if least else "a newer one (unknown to this version of kerlint)"
            )
            evidence = [
                Evidence(f"{build.package} was built for CUDA {build.cuda}", build.file),
                Evidence(
                    f"driver {gpu.driver_version or '?'}, CUDA up to {gpu.driver_cuda or '?'}"
                ),
            ]
            if old and works(seen, build.package):
                continue  # by a package for forward compatibility, of which NVML does not know
            if old:
                told = True
                yield self.finding(
                    f"the NVIDIA driver {gpu.driver_version} is too old for {build.package} "
                    f"{build.version}, which was built for CUDA {build.cuda}",
                    build.file or build.package,
                    severity=self.grave(asked),
                    help=f"Update the driver to {newer}, or install a release that was built for an "
                    "older CUDA.",
                    evidence=[*evidence, *self.wanted(asked)],
                    commands=older_plugin(build, seen, asked),
                    subject=f"gpu driver old {build.package}",
                    causes=[
                        "gpu start",
                        "gpu device",
                        f"gpu used {build.package}",
                        f"gpu used keras {build.package}",
                    ],
                )
            elif have and len(need) > 1 and have[0] == need[0] and have[:2] < need[:2]:
                yield self.finding(
                    f"the driver knows CUDA up to {gpu.driver_cuda}, and {build.package} was built for "
                    f"{build.cuda}: code for newer GPUs cannot be compiled at start",
                    build.file or build.package,
                    severity="info",
                    evidence=evidence,
                    subject=f"gpu driver minor {build.package}",
                )

        runtime = step(seen, "cudart", "cudaGetDeviceCount")
        refused = runtime is not None and runtime.code == 35 and driver_loads(seen)
        if runtime is not None and refused and not told and _meant(runtime, seen, asked):
            version = step(seen, "cudart", "cudaRuntimeGetVersion")
            yield self.finding(
                f"the NVIDIA driver {gpu.driver_version} is too old for the CUDA runtime that is "
                "installed",
                runtime.library,
                severity=self.grave(asked),
                help="Update the driver, or install a framework for an older CUDA.",
                evidence=[
                    Evidence("cudaGetDeviceCount answers 35, insufficient driver", runtime.library),
                    Evidence(f"runtime {version.value if version else '?'}", runtime.library),
                    Evidence(f"driver {gpu.driver_version}, CUDA up to {gpu.driver_cuda or '?'}"),
                    *self.wanted(asked),
                ],
                seen="live",
                subject="gpu driver old",
                causes=["gpu start", "gpu device", "gpu used"],
            )


def _meant(runtime: Step, seen: Observations, asked: Asked) -> bool:
    """Whether a framework in use would take that runtime: a newer toolkit beside it does no harm."""
    from kerlint.knowledge.cuda import numbers
    from kerlint.rules._gpu import cuda_builds, works

    builds = list(cuda_builds(seen, asked))
    if any(works(seen, one.package) for one in builds):
        return False
    major = numbers(runtime.library.rpartition(".so.")[2])[:1]
    return not builds or not major or major in [numbers(one.cuda)[:1] for one in builds]


def _older(version: str, least: str) -> bool:
    """Whether a driver is older than the table asks; False where either is not known."""
    from kerlint.knowledge.cuda import numbers

    return bool(version and least) and numbers(version) < numbers(least)
