"""KER712 gpu-memory-low."""

from __future__ import annotations

from kerlint.rules._gpu import Evidence, GpuRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations


class GpuMemoryLow(GpuRule):
    """The memory of the GPU is nearly full before anything has started.

    ## What it does

    Asks NVML for the free memory of each GPU. It fires where none has a tenth, or one GiB, left.

    ## Why is this bad?

    Somebody else computes there, or a process that was not ended still holds its memory. TensorFlow and
    JAX take most of the memory at once and fail, often with a message about cuDNN or cuBLAS.

    ## Example

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all"}, "gpu": {"devices": [{"index": 0, "name": "Tesla T4",
      "memory_total": 16106127360, "memory_free": 314572800}]}}
    ```

    ## Use instead

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all"}, "gpu": {"devices": [{"index": 0, "name": "Tesla T4",
      "memory_total": 16106127360, "memory_free": 15728640000}]}}
    ```

    ## References

    - [Limiting GPU memory growth](https://www.tensorflow.org/guide/gpu#limiting_gpu_memory_growth)
    - [JAX's memory](https://docs.jax.dev/en/latest/gpu_memory_allocation.html)
    """

    code = "KER712"
    name = "gpu-memory-low"
    severity = "warning"
    errors = (
        "failed to allocate ... from device: CUDA_ERROR_OUT_OF_MEMORY: out of memory",
        "failed to create cublas handle: the resource allocation failed",
        "RESOURCE_EXHAUSTED: Out of memory while trying to allocate ... bytes",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield one finding where no GPU has memory left."""
        # Where only CUDA was asked, what is free is not known: 0.
        known = [one for one in seen.gpu.devices if one.memory_free > 0 and not one.mig]
        if not known or any(not _full(one.memory_free, one.memory_total) for one in known):
            return
        best = max(known, key=lambda one: one.memory_free)
        yield self.finding(
            f"{_gib(best.memory_free)} of {_gib(best.memory_total)} are free on "
            f"{best.name or f'GPU {best.index}'}"
            + (", and less on the others" if len(known) > 1 else ""),
            "NVML",
            severity="warning" if asked.gpu else "info",
            help="Look with `nvidia-smi` who holds the memory.",
            evidence=[
                Evidence(f"GPU {one.index}: {_gib(one.memory_free)} free", "NVML")
                for one in known[:4]
            ],
            commands=["nvidia-smi"],
            subject="gpu memory",
            causes=["gpu failed"],
        )


def _full(free: int, total: int) -> bool:
    return free < min(total // 10, 1 << 30)


def _gib(number: int) -> str:
    return f"{number / (1 << 30):.1f} GiB"
