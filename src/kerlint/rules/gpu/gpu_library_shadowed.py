"""KER722 gpu-library-shadowed."""

from __future__ import annotations

from kerlint.rules._gpu import Evidence, GpuRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.gpu_observations import Library
    from kerlint.probe.observations import Observations


WSL = "/usr/lib/wsl/lib"
"""Where WSL puts the libraries of the driver of Windows."""


class GpuLibraryShadowed(GpuRule):
    """Another copy of a CUDA library wins over the one that was installed for the framework.

    ## What it does

    Compares the folders of LD_LIBRARY_PATH with the libraries in NVIDIA's wheels. The frameworks
    find their wheels by a path inside their own libraries, which the system's loader searches
    after LD_LIBRARY_PATH. A copy of the same major that is known not to be older is only mentioned;
    so is one that did no harm in a run on the GPU.

    ## Why is this bad?

    `module load cuda`, conda and `/usr/local/cuda` set the variable. The framework then runs with
    a cuDNN that is older than the one for which it was built: it starts, and fails at the first
    convolution.

    ## Example

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all", "LD_LIBRARY_PATH": "/usr/local/cuda/lib64"},
     "gpu": {"ld_library_path": ["/usr/local/cuda/lib64"], "libraries": [
      {"soname": "libcudnn.so.9", "path": "/usr/local/cuda/lib64/libcudnn.so.9",
       "source": "ld_library_path", "version": "9.1.0"},
      {"soname": "libcudnn.so.9", "source": "wheel", "version": "9.3.0.75",
       "path": "/env/lib/python3.11/site-packages/nvidia/cudnn/lib/libcudnn.so.9"}]}}
    ```

    ## Use instead

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all"},
     "gpu": {"ld_library_path": [], "libraries": [
      {"soname": "libcudnn.so.9", "path": "/usr/local/cuda/lib64/libcudnn.so.9",
       "source": "toolkit", "version": "9.1.0"},
      {"soname": "libcudnn.so.9", "source": "wheel", "version": "9.3.0.75",
       "path": "/env/lib/python3.11/site-packages/nvidia/cudnn/lib/libcudnn.so.9"}]}}
    ```

    ## References

    - [ld.so](https://man7.org/linux/man-pages/man8/ld.so.8.html)
    - [tensorflow #60913](https://github.com/tensorflow/tensorflow/issues/60913)
    - [JAX: LD_LIBRARY_PATH](https://docs.jax.dev/en/latest/installation.html#nvidia-gpu)
    """

    code = "KER722"
    name = "gpu-library-shadowed"
    severity = "error"
    errors = (
        "Loaded runtime CuDNN library: 9.1.0 but source was compiled with: 9.3.0. CuDNN library "
        "needs to have matching major version and equal or higher minor version.",
        "RuntimeError: Unable to load cuDNN. Is it installed?",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield one finding for each folder of LD_LIBRARY_PATH that wins over a wheel."""
        wheels = {one.soname: one for one in seen.gpu.libraries if one.source == "wheel"}
        folders: dict[str, list[tuple[Library, Library]]] = {}
        for one in seen.gpu.libraries:
            other = wheels.get(one.soname)
            if one.source == "ld_library_path" and other is not None and one.path != other.path:
                folders.setdefault(one.path.rpartition("/")[0], []).append((one, other))
        for folder, pairs in folders.items():
            yield self._folder(folder, pairs, seen, asked)
        yield from self._driver_in_wsl(seen, asked)

    def _driver_in_wsl(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """A driver for Linux inside of WSL, which hides the one that Windows shares.

        https://docs.nvidia.com/cuda/wsl-user-guide/index.html
        """
        from kerlint.rules._gpu import step

        start, call = step(seen, "cuda", "cuInit"), seen.call("cuda")
        if seen.container.kind != "wsl" or start is None or start.code == 0 or call is None:
            return
        loaded = [path for path in call.loaded if path.rpartition("/")[2].startswith("libcuda.so")]
        if not loaded or "/wsl/" in loaded[0]:
            return
        path = ":".join([WSL, *(one for one in seen.gpu.ld_library_path if one != WSL)])
        yield self.finding(
            f"a driver for Linux is installed in WSL and hides that of Windows: {loaded[0]}",
            loaded[0],
            severity=self.grave(asked),
            help="Uninstall NVIDIA's driver packages inside of WSL: the driver of Windows serves it. "
            "Until then, name its folder first.",
            evidence=[
                Evidence(f"loaded: {loaded[0]}", "process map"),
                Evidence(f"cuInit answers {start.code}", "libcuda.so.1"),
                *self.wanted(asked),
            ],
            confidence="likely",
            seen="live",
            commands=[asked.owner.set("LD_LIBRARY_PATH", path)],
            subject="gpu library shadowed driver",
            causes=["gpu start", "gpu device", "gpu used", "gpu driver mismatch"],
        )

    def _folder(
        self, folder: str, pairs: list[tuple[Library, Library]], seen: Observations, asked: Asked
    ) -> Finding:
        harmless = all(_serves(mine, wheel) for mine, wheel in pairs) or any(
            one.device_of_result.lower().startswith(("gpu", "cuda")) for one in seen.trials
        )
        left = [one for one in seen.gpu.ld_library_path if one.rstrip("/") != folder.rstrip("/")]
        names = ", ".join(mine.soname for mine, _ in pairs[:3]) + (" ..." if len(pairs) > 3 else "")
        owner = asked.owner
        return self.finding(
            f"LD_LIBRARY_PATH puts {folder} first: {names} from there wins over the wheels",
            folder,
            severity="info" if harmless else self.grave(asked),
            help="Take the folder out of LD_LIBRARY_PATH before the program starts.",
            evidence=[
                *(
                    Evidence(
                        f"{mine.soname}{f' {mine.version}' if mine.version else ''} before "
                        f"{wheel.version or 'the one'} of the wheel",
                        mine.path,
                    )
                    for mine, wheel in pairs[:4]
                ),
                *self.wanted(asked),
            ],
            confidence="likely",
            commands=[
                owner.set("LD_LIBRARY_PATH", ":".join(left))
                if left
                else owner.unset("LD_LIBRARY_PATH")
            ],
            subject="gpu library shadowed",
            causes=[] if harmless else ["gpu library version", "gpu failed", "gpu used"],
        )


def _serves(mine: Library, wheel: Library) -> bool:
    """Whether the copy is known to be no older than the wheel's."""
    from kerlint.knowledge.cuda import numbers

    have, want = numbers(mine.version), numbers(wheel.version)
    return bool(have and want) and len(have) > 1 and have[:2] >= want[:2]
