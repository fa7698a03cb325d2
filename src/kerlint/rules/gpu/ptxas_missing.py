"""KER724 ptxas-missing."""

from __future__ import annotations

from kerlint.rules._gpu import Evidence, GpuRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations


class PtxasMissing(GpuRule):
    """XLA's tools for GPU code are not there: ptxas or libdevice.

    ## What it does

    Looks for the assembler `ptxas` and for `libdevice.10.bc` where TensorFlow and JAX look: in
    NVIDIA's wheel `nvidia-cuda-nvcc`, on the PATH, in the CUDA toolkit. It speaks only where a
    GPU is wanted.

    ## Why is this bad?

    TensorFlow's wheel holds neither. Compiled training steps, which Keras 3 chooses by itself where
    it can, then fail with "libdevice not found", or start slowly since the driver compiles instead.

    ## Example

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all"},
     "distributions": [{"name": "tensorflow", "version": "2.21.0"}],
     "builds": [{"package": "tensorflow", "version": "2.21.0", "gpu": true, "cuda": "12.5.1"}],
     "gpu": {"ptxas": [], "libdevice": [], "devices": [{"index": 0, "name": "NVIDIA L4"}]}}
    ```

    ## Use instead

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all"},
     "distributions": [{"name": "tensorflow", "version": "2.21.0"}],
     "builds": [{"package": "tensorflow", "version": "2.21.0", "gpu": true, "cuda": "12.5.1"}],
     "gpu": {"ptxas": ["/env/lib/python3.11/site-packages/nvidia/cuda_nvcc/bin/ptxas"],
             "libdevice": ["/usr/local/cuda/nvvm/libdevice/libdevice.10.bc"],
             "devices": [{"index": 0, "name": "NVIDIA L4"}]}}
    ```

    ## References

    - [tensorflow #58681](https://github.com/tensorflow/tensorflow/issues/58681), libdevice
    - [tensorflow #61330](https://github.com/tensorflow/tensorflow/issues/61330), ptxas
    """

    code = "KER724"
    name = "ptxas-missing"
    severity = "warning"
    errors = (
        "libdevice not found at ./libdevice.10.bc",
        "Can't find libdevice directory ${CUDA_DIR}/nvvm/libdevice.",
        "Couldn't invoke ptxas --version",
        "Failed to launch ptxas",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield at most one finding."""
        from kerlint.knowledge.cuda import numbers
        from kerlint.probe.installed import Installed
        from kerlint.rules._gpu import cuda_builds, wheels, works

        gpu = seen.gpu
        missing = [
            name
            for name, found in (("ptxas", gpu.ptxas), ("libdevice", gpu.libdevice))
            if not found
        ]
        builds = [
            one
            for one in cuda_builds(seen, asked)
            if one.package in ("tensorflow", "jax") and not works(seen, one.package, "compiled")
        ]
        if not asked.gpu or not missing or not builds:
            return
        if "xla_gpu_cuda_data_dir" in seen.environment.get("XLA_FLAGS", ""):
            return
        build = builds[0]
        lines = [
            f"{one.name}{one.specifier}"
            for one in wheels(build.package, Installed(seen))
            if "nvcc" in one.name
        ]
        major = numbers(build.cuda)[0]
        yield self.finding(
            f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not there, and "
            f"{build.package} needs them to compile for the GPU",
            build.file or build.package,
            help="Install NVIDIA's compiler wheel.",
            evidence=[
                *(Evidence(f"no {name} in wheels, PATH or CUDA_HOME") for name in missing),
                *self.wanted(asked),
            ],
            commands=[
                asked.owner.install(
                    *(lines or [f"nvidia-cuda-nvcc{f'-cu{major}' if major < 13 else ''}"])
                )
            ],
            subject="gpu tool",
            causes=["gpu compile"],
        )
