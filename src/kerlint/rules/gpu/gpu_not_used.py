"""KER741 gpu-not-used."""

from __future__ import annotations

from kerlint.rules._gpu import Evidence, GpuRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Build, Observations
    from kerlint.probe.trial_observations import Trial


GPUS = ("gpu", "cuda", "rocm", "mps", "metal")
"""How TensorFlow, JAX and PyTorch begin the names of devices that are GPUs."""


LAST_WITH_METAL = (2, 18)
"""The newest TensorFlow that loads Apple's plugin: https://pypi.org/project/tensorflow-metal/ 1.2.0,
https://github.com/tensorflow/tensorflow/issues/84167."""


class GpuNotUsed(GpuRule):
    """The framework runs, on the CPU.

    ## What it does

    Where a GPU is wanted: looks whether the installed framework was built for GPUs at all
    (`tensorflow-cpu`, JAX without its CUDA plugin, PyTorch's CPU wheels were not), and on which
    device an operation really ran when the framework was tried. On macOS, where no build is told
    apart, only the latter.

    ## Why is this bad?

    Nothing fails and nothing is printed: `tensorflow-cpu` on a machine with eight GPUs answers
    `[]` to the question for devices, and trains for days.

    ## Example

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all"},
     "distributions": [{"name": "tensorflow-cpu", "version": "2.21.0"},
                       {"name": "keras", "version": "3.15.1"}],
     "builds": [{"package": "tensorflow", "version": "2.21.0", "gpu": false}],
     "trials": [{"subject": "tensorflow", "ended": "well", "device_of_result": "CPU:0"}]}
    ```

    ## Use instead

    ```json
    {"environment": {"NVIDIA_VISIBLE_DEVICES": "all"},
     "distributions": [{"name": "tensorflow", "version": "2.21.0"},
                       {"name": "keras", "version": "3.15.1"}],
     "builds": [{"package": "tensorflow", "version": "2.21.0", "gpu": true, "cuda": "12.5.1"}],
     "trials": [{"subject": "tensorflow", "ended": "well", "device_of_result": "GPU:0",
                 "devices": ["CPU:0", "GPU:0"]}]}
    ```

    ## References

    - [TensorFlow with GPUs](https://www.tensorflow.org/install/pip)
    - [JAX with GPUs](https://docs.jax.dev/en/latest/installation.html#nvidia-gpu)
    - [tensorflow #63362](https://github.com/tensorflow/tensorflow/issues/63362)
    - [TensorFlow for Jetson](https://docs.nvidia.com/deeplearning/frameworks/install-tf-jetson-platform/)
    - [TensorFlow on Macs](https://developer.apple.com/metal/tensorflow-plugin/)
    """

    code = "KER741"
    name = "gpu-not-used"
    severity = "error"
    errors = (
        "An NVIDIA GPU may be present on this machine, but a CUDA-enabled jaxlib is not "
        "installed. Falling back to cpu.",
        "Skipping registering GPU devices...",
        "AssertionError: Torch not compiled with CUDA enabled",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield each framework in use that does not reach the GPU."""
        from kerlint.rules._gpu import used

        if not asked.gpu:
            return
        for name in used(seen, asked):
            build = seen.build(name)
            if build is not None and build.gpu is False and seen.interpreter.system != "Darwin":
                yield self._built_without(build, seen, asked)
                continue
            for trial in seen.trials:
                if name in (trial.subject, trial.backend) and _on_cpu(trial):
                    yield self._ran_elsewhere(trial, _how(name, seen, asked), asked)
                    break

    def _built_without(self, build: Build, seen: Observations, asked: Asked) -> Finding:
        from kerlint.probe.installed import Installed
        from kerlint.rules._gpu import install_gpu

        installed = Installed(seen)
        carrier = installed.bringing(build.package)
        name = carrier.name if carrier else build.package
        elsewhere = _elsewhere(build.package, seen)
        return self.finding(
            f"{name} {build.version} was built without support for NVIDIA GPUs",
            build.file or build.package,
            severity=self.grave(asked),
            help=elsewhere or "Install the build for GPUs.",
            evidence=[Evidence(f"{name}: no CUDA in its build", build.file), *self.wanted(asked)],
            commands=[] if elsewhere else install_gpu(build.package, seen, installed, asked),
            subject=f"gpu used {build.package}",
            causes=[f"gpu used {build.package}", f"gpu used keras {build.package}"],
        )

    def _ran_elsewhere(self, trial: Trial, how: tuple[str, list[str]], asked: Asked) -> Finding:
        from kerlint.rules.environment._trials import called, subject

        devices = ", ".join(trial.devices) or "none"
        return self.finding(
            f"{called(trial)} runs on the CPU although a GPU is wanted",
            trial.subject,
            severity=self.grave(asked),
            help=how[0],
            evidence=[
                Evidence(
                    f"the operation ran on {trial.device_of_result or 'no GPU'}", trial.subject
                ),
                Evidence(f"devices: {devices}", trial.subject),
                *self.wanted(asked),
            ],
            seen="live",
            commands=how[1],
            subject=subject(trial).replace("run ", "gpu used ", 1),
        )


def _how(package: str, seen: Observations, asked: Asked) -> tuple[str, list[str]]:
    """What to do about a framework that has not found the GPU, and the commands."""
    from kerlint.knowledge.cuda import numbers
    from kerlint.probe.installed import Installed

    if seen.interpreter.system == "Darwin":
        if package == "tensorflow" and seen.distribution("tensorflow-metal") is None:
            fits = numbers(Installed(seen).version("tensorflow"))[:2] <= LAST_WITH_METAL
            return (
                "TensorFlow uses the GPU of a Mac by a plugin of Apple's, for releases up to 2.18.",
                [asked.owner.install("tensorflow-metal")] if fits else [],
            )
        return "Look whether this macOS and this Mac have what the framework asks for.", []
    folders = _not_searched(package, seen)
    if folders:
        return (
            "Some builds of TensorFlow 2.16 to 2.18 do not look into NVIDIA's wheels: name their "
            "folders before the start, or take a newer TensorFlow.",
            [asked.owner.set("LD_LIBRARY_PATH", ":".join(folders))],
        )
    if package == "tensorflow":
        return (
            "Look at its output with `TF_CPP_MAX_VLOG_LEVEL=3`: it names the library that it could "
            "not open.",
            [],
        )
    return "Look at what the framework prints at its first look for devices.", []


def _elsewhere(package: str, seen: Observations) -> str:
    """Where the builds for GPUs are, if the package index has none for this system; else "".

    https://www.tensorflow.org/install/pip, https://pytorch.org/get-started/locally/
    """
    system, machine = seen.interpreter.system, seen.interpreter.machine
    if system == "Windows" and package in ("tensorflow", "jax"):
        return "There is no build for GPUs on Windows: use WSL 2, or Keras with PyTorch."
    if system != "Linux" or machine not in ("aarch64", "arm64"):
        return ""
    if any("/nvhost" in node or node.endswith("/nvmap") for node in seen.gpu.device_nodes):
        return "The builds for Jetson are NVIDIA's: install its wheel for this JetPack."
    if package == "tensorflow":
        return (
            "TensorFlow's wheels for aarch64 are for the CPU: use NVIDIA's container of TensorFlow, "
            "or Keras with JAX or PyTorch."
        )
    if package == "torch":
        return "PyTorch keeps its builds for aarch64 with CUDA in its own index of packages."
    return ""


def _not_searched(package: str, seen: Observations) -> list[str]:
    """The folders of NVIDIA's wheels, where this TensorFlow may not find them by itself.

    https://github.com/tensorflow/tensorflow/issues/63362
    """
    from kerlint.knowledge.cuda import numbers
    from kerlint.probe.installed import Installed

    version = numbers(Installed(seen).version("tensorflow"))
    if package != "tensorflow" or not (2, 16) <= version[:2] <= (2, 18):
        return []
    if seen.gpu.ld_library_path:
        return []
    wheels = (one.path for one in seen.gpu.libraries if one.source == "wheel")
    folders = (path.rpartition("/")[0] for path in wheels if "/nvidia/" in path)
    return list(dict.fromkeys(folders))


def _on_cpu(trial: Trial) -> bool:
    """Whether it came to its end, and no GPU had a part in it."""
    if trial.ended != "well" or not (trial.devices or trial.device_of_result):
        return False
    places = [trial.device_of_result] if trial.device_of_result else trial.devices
    return not any(one.lower().startswith(GPUS) for one in places)
