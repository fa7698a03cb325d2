"""KER721 gpu-library-missing."""

from __future__ import annotations

from kerlint.rules._gpu import Evidence, GpuRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Build, Observations


class GpuLibraryMissing(GpuRule):
    """A library without which the GPU is not used is not there.

    ## What it does

    Looks for the driver's own library, `libcuda.so.1`, and for the CUDA libraries and cuDNN that
    TensorFlow and JAX open at their first look for devices: in wheels, in the folders of
    LD_LIBRARY_PATH, in the system and in conda. It names each one that is missing; TensorFlow does
    not. What brings it is read in the metadata of the framework.

    ## Why is this bad?

    The framework passes over all GPUs, prints one line, and runs on the CPU.

    ## Example

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all"},
     "distributions": [
       {"name": "tensorflow", "version": "2.21.0", "extras": ["and-cuda"],
        "requires": ["nvidia-cudnn-cu12<10,>=9.3.0.75; extra == \\"and-cuda\\""]}],
     "builds": [{"package": "tensorflow", "version": "2.21.0", "gpu": true, "cuda": "12.5.1",
       "cudnn": "9"}],
     "gpu": {"libraries": [], "calls": [
      {"subject": "cuda", "ended": "well", "steps": [
        {"step": "load", "library": "libcuda.so.1", "code": 0}]}]}}
    ```

    ## Use instead

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all"},
     "distributions": [{"name": "tensorflow", "version": "2.21.0"}],
     "builds": [{"package": "tensorflow", "version": "2.21.0", "gpu": true, "cuda": "12.5.1",
       "cudnn": "9"}],
     "gpu": {"libraries": [
       {"soname": "libcudart.so.12", "path": "/env/a/libcudart.so.12", "source": "wheel"},
       {"soname": "libcublas.so.12", "path": "/env/a/libcublas.so.12", "source": "wheel"},
       {"soname": "libcublasLt.so.12", "path": "/env/a/libcublasLt.so.12", "source": "wheel"},
       {"soname": "libcufft.so.11", "path": "/env/a/libcufft.so.11", "source": "wheel"},
       {"soname": "libcusolver.so.11", "path": "/env/a/libcusolver.so.11", "source": "wheel"},
       {"soname": "libcusparse.so.12", "path": "/env/a/libcusparse.so.12", "source": "wheel"},
       {"soname": "libcudnn.so.9", "path": "/env/a/libcudnn.so.9", "source": "wheel"}],
      "calls": [{"subject": "cuda", "ended": "well", "steps": [
        {"step": "load", "library": "libcuda.so.1", "code": 0}]}]}}
    ```

    ## References

    - [tensorflow #66987](https://github.com/tensorflow/tensorflow/issues/66987)
    - [TensorFlow with GPUs](https://www.tensorflow.org/install/pip)
    - [JAX with GPUs](https://docs.jax.dev/en/latest/installation.html#nvidia-gpu)
    """

    code = "KER721"
    name = "gpu-library-missing"
    severity = "error"
    errors = (
        "Cannot dlopen some GPU libraries. Please make sure the missing libraries mentioned above "
        "are installed properly if you would like to use GPU. ... Skipping registering GPU "
        "devices...",
        "Could not load dynamic library 'libcudart.so.11.0'; dlerror: libcudart.so.11.0: cannot "
        "open shared object file: No such file or directory",
        "Could not find cuda drivers on your machine, GPU will not be used.",
        "failed call to cuInit: UNKNOWN ERROR (303)",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield the driver if it is missing, then each framework that lacks libraries."""
        from kerlint.rules._gpu import cuda_builds, driver_loads, gpu_is_there, of_others, works

        missed = (asked.gpu and not of_others(seen, asked)) or gpu_is_there(seen)
        if driver_loads(seen) is False and missed:
            yield self._driver(seen, asked)
        if asked.gpu and seen.interpreter.system in ("", "Linux"):
            for build in cuda_builds(seen, asked):
                if build.package in ("tensorflow", "jax") and not works(seen, build.package):
                    yield from self._libraries(build, seen, asked)

    def _driver(self, seen: Observations, asked: Asked) -> Finding:
        from kerlint.rules._gpu import DRIVER, step

        load = step(seen, "cuda", "load")
        name = load.library if load and load.library else DRIVER  # `nvcuda.dll` on Windows
        pci = seen.gpu.pci_devices
        evidence = [Evidence(load.error, name)] if load and load.error else []
        if pci is not None:
            evidence.append(
                Evidence(f"{pci} NVIDIA device{'s' * (pci != 1)} on the PCI bus", "/sys")
            )
        evidence.append(Evidence(", ".join(seen.gpu.device_nodes) or "no /dev/nvidia*", "/dev"))
        lies = [one.path for one in seen.gpu.libraries if one.soname == DRIVER]
        lies = [path for path in lies if "/stubs/" not in path and "/compat" not in path]
        evidence += [Evidence(f"on disk, where no loader looks: {path}", path) for path in lies[:1]]
        folder = lies[0].rpartition("/")[0] if lies else ""
        path = ":".join([folder, *seen.gpu.ld_library_path])
        return self.finding(
            f"NVIDIA's driver is not there: {name} cannot be opened"
            if not lies
            else f"NVIDIA's driver is not found: {name} lies in {folder}, where no loader looks",
            name,
            severity=self.grave(asked),
            help=_help(seen, folder),
            evidence=[*evidence, *self.wanted(asked)],
            seen="live",
            commands=[asked.owner.set("LD_LIBRARY_PATH", path)] if folder else [],
            subject="gpu library libcuda",
            causes=["gpu start", "gpu device", "gpu used", "gpu code", "gpu library", "gpu tool"],
        )

    def _libraries(self, build: Build, seen: Observations, asked: Asked) -> Iterator[Finding]:
        from kerlint.probe.installed import Installed
        from kerlint.rules._gpu import install_gpu, wheels

        there = {one.soname for one in seen.gpu.libraries if one.source != "stubs"}
        missing = [name for name in _needed(build) if not _has(name, there)]
        if not missing:
            return
        installed = Installed(seen)
        asks = [
            Evidence(
                f"{one.by.name}[{one.extra}] asks for {one.name}{one.specifier}", one.by.metadata
            )
            for one in wheels(build.package, installed)
            if one.have is None
        ]
        shown = ", ".join(missing[:4]) + (" ..." if len(missing) > 4 else "")
        yield self.finding(
            f"{build.package} {build.version} will not use the GPU: {shown} "
            f"{'is' if len(missing) == 1 else 'are'} not there",
            build.file or build.package,
            severity=self.grave(asked),
            help="Install the framework with its GPU libraries.",
            evidence=[
                Evidence(f"no {missing[0]} in wheels, LD_LIBRARY_PATH, the system or conda"),
                *asks[:3],
                *self.wanted(asked),
            ],
            commands=install_gpu(build.package, seen, installed, asked),
            subject=f"gpu library of {build.package}",
            causes=[
                f"gpu used {build.package}",
                f"gpu used keras {build.package}",
                "gpu failed",
                "gpu tool",
            ],
        )


def _help(seen: Observations, folder: str) -> str:
    """How the driver comes here.

    https://docs.nvidia.com/cuda/wsl-user-guide/index.html: it is the driver of Windows that serves
    WSL, and one for Linux must not be installed there.
    """
    if folder:
        return "Name the folder to the loader before the program starts."
    if seen.container.kind == "wsl":
        return (
            "Install NVIDIA's driver in Windows, not in WSL, run `wsl --update` and `wsl --shutdown` "
            "there, and start WSL again."
        )
    if seen.gpu.pci_devices == 0 and not seen.gpu.device_nodes:
        return "This machine has no NVIDIA GPU: go to one that has, or do not ask for one."
    if seen.container.kind:
        return "Have the driver of the host mounted: start the container with its GPUs."
    return "Install NVIDIA's driver."


def _needed(build: Build) -> list[str]:
    """What the framework opens: `libcudnn.so.9`; without a number where any will do."""
    from kerlint.knowledge.cuda import SONAMES, numbers

    major = numbers(build.cuda)[0]
    exact = ("libcudart", "libcublas", "libcublasLt") if major >= 12 else ("libcudart",)
    found = [f"{name}.so.{major}" if name in exact else f"{name}.so" for name in SONAMES]
    cudnn = numbers(build.cudnn)
    found.append(f"libcudnn.so.{cudnn[0]}" if cudnn else "libcudnn.so")
    return found


def _has(name: str, there: set[str]) -> bool:
    return any(one == name or one.startswith(f"{name}.") for one in there)
