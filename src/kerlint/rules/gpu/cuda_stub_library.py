"""KER705 cuda-stub-library."""

from __future__ import annotations

from kerlint.rules._gpu import Evidence, GpuRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations


class CudaStubLibrary(GpuRule):
    """The toolkit's stub is loaded instead of the driver.

    ## What it does

    Looks at the code 34 of `cuInit` and at the place of the library that was loaded. The toolkit
    brings a `libcuda.so` without content, in a folder `stubs`, for linking on machines without a GPU.

    ## Why is this bad?

    With that folder in LD_LIBRARY_PATH (often in Dockerfiles) programs load the stub, and every call
    fails.

    ## Example

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all"}, "gpu": {"ld_library_path": ["/usr/local/cuda/lib64/stubs"], "calls": [
      {"subject": "cuda", "ended": "well", "steps": [{"step": "load", "library": "libcuda.so.1", "code": 0}, {"step": "cuInit", "code": 34}],
       "loaded": ["/usr/local/cuda/lib64/stubs/libcuda.so.1"]}]}}
    ```

    ## Use instead

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all"}, "gpu": {"ld_library_path": [], "calls": [
      {"subject": "cuda", "ended": "well", "steps": [{"step": "load", "library": "libcuda.so.1", "code": 0}, {"step": "cuInit", "code": 0}],
       "loaded": ["/usr/lib/x86_64-linux-gnu/libcuda.so.1"]}]}}
    ```

    ## References

    - [CUDA_ERROR_STUB_LIBRARY](https://docs.nvidia.com/cuda/cuda-driver-api/group__CUDA__TYPES.html)
    """

    code = "KER705"
    name = "cuda-stub-library"
    severity = "error"
    errors = (
        "CUDA driver is a stub library",
        "CUDA_ERROR_STUB_LIBRARY",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield at most one finding."""
        from kerlint.rules._gpu import step

        start = step(seen, "cuda", "cuInit")
        call = seen.call("cuda")
        loaded = [path for path in (call.loaded if call else ()) if "/stubs/" in path]
        if not loaded and (start is None or start.code != 34):
            return
        folders = [one for one in seen.gpu.ld_library_path if one.rstrip("/").endswith("/stubs")]
        left = [one for one in seen.gpu.ld_library_path if one not in folders]
        where = loaded[0] if loaded else "libcuda.so.1"
        yield self.finding(
            f"a stub without content is loaded instead of the NVIDIA driver: {where}",
            where,
            severity=self.grave(asked),
            help="Take the `stubs` folder out of LD_LIBRARY_PATH.",
            evidence=[
                *(Evidence(f"loaded: {path}", "process map") for path in loaded),
                *(
                    [Evidence("cuInit answers 34", "libcuda.so.1")]
                    if start and start.code == 34
                    else []
                ),
                *(Evidence(f"LD_LIBRARY_PATH has {one}", "environment") for one in folders),
                *self.wanted(asked),
            ],
            seen="live",
            commands=[]
            if not folders
            else [asked.owner.set("LD_LIBRARY_PATH", ":".join(left))]
            if left
            else [asked.owner.unset("LD_LIBRARY_PATH")],
            subject="gpu driver stub",
            causes=["gpu driver", "gpu start", "gpu device", "gpu used", "gpu code"],
        )
