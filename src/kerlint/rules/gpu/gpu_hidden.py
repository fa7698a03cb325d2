"""KER711 gpu-hidden."""

from __future__ import annotations

from kerlint.rules._gpu import Evidence, GpuRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations


class GpuHidden(GpuRule):
    """A variable hides the GPUs.

    ## What it does

    Looks for `CUDA_VISIBLE_DEVICES` that is empty or `-1`, for `NVIDIA_VISIBLE_DEVICES` that gives a
    container none, and for `JAX_PLATFORMS` or `KERAS_TORCH_DEVICE` that choose the CPU. It is a
    warning where a GPU is wanted, else information.

    ## Why is this bad?

    The variable was set for one test, or by a job that asked for no GPU, and stayed. Everything runs,
    on the CPU.

    ## Example

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all", "CUDA_VISIBLE_DEVICES": "-1"},
     "gpu": {"devices": [{"index": 0, "name": "NVIDIA L4"}]}}
    ```

    ## Use instead

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all", "CUDA_VISIBLE_DEVICES": "0"},
     "gpu": {"devices": [{"index": 0, "name": "NVIDIA L4"}]}}
    ```

    ## References

    - [CUDA_VISIBLE_DEVICES](https://docs.nvidia.com/cuda/cuda-programming-guide/05-appendices/environment-variables.html)
    - [JAX_PLATFORMS](https://docs.jax.dev/en/latest/config_options.html)
    """

    code = "KER711"
    name = "gpu-hidden"
    severity = "warning"
    errors = (
        "RuntimeError: No CUDA GPUs are available",
        "failed call to cuInit: CUDA_ERROR_NO_DEVICE: no CUDA-capable device is detected",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield each variable that hides all GPUs."""
        from kerlint.rules._gpu import gpu_is_there, used

        if not asked.gpu and not gpu_is_there(seen):
            return
        frameworks = used(seen, asked)
        for name, value in _hiding(seen, frameworks):
            backend = {"JAX_PLATFORMS": "jax", "KERAS_TORCH_DEVICE": "torch"}.get(name, "")
            yield self.finding(
                f"{name} is `{value}`: no GPU is seen{f' by {backend}' if backend else ''}",
                name,
                severity="warning" if asked.gpu else "info",
                help="Take the variable out of the environment, or name the devices.",
                evidence=[Evidence(f"{name}={value}", "environment"), *self.wanted(asked)],
                commands=[asked.owner.unset(name)],
                subject=f"gpu hidden {name}",
                causes=[f"gpu used {backend}", f"gpu used keras {backend}"]
                if backend
                else ["gpu device", "gpu start ordinal", "gpu used"],
            )


def _hiding(seen: Observations, frameworks: list[str]) -> Iterator[tuple[str, str]]:
    """The variables that leave no GPU, with their values."""
    environment = seen.environment
    value = environment.get("CUDA_VISIBLE_DEVICES")
    if value is not None and value.strip() in ("", "-1", "none", "NoDevFiles"):
        yield "CUDA_VISIBLE_DEVICES", value
    value = environment.get("NVIDIA_VISIBLE_DEVICES")
    # Where devices are given by CDI, the variable is `void`, and they are there all the same.
    given = any("/nvidia" in node for node in seen.gpu.device_nodes)
    named = value is None or value.strip() not in ("", "void", "none")
    if value is not None and not named and not given and seen.container.kind:
        yield "NVIDIA_VISIBLE_DEVICES", value
    value = environment.get("JAX_PLATFORMS", "")
    if value.strip().lower() == "cpu" and "jax" in frameworks:
        yield "JAX_PLATFORMS", value
    value = environment.get("KERAS_TORCH_DEVICE", "")
    if value.strip().lower() == "cpu" and "torch" in frameworks:
        yield "KERAS_TORCH_DEVICE", value
