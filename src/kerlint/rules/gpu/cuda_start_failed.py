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

        start = step(seen, "cuda", "cuInit")
        library, function = "libcuda.so.1", "cuInit"
        codes, elsewhere = CUDA_CODES, frozenset((0, 34, 100, 803))
        if start is None and driver_loads(seen) is not False:
            start = step(seen, "nvml", "nvmlInit_v2")
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
            help=known.cure
            if known and known.cure
            else "Look the code up in NVIDIA's documentation.",
            evidence=[
                Evidence(f"{function} answers {start.code} {name}".rstrip(), library),
                *self.wanted(asked),
            ],
            seen="live",
            subject="gpu start",
            causes=["gpu device", "gpu used", "gpu code", "gpu memory"],
        )
