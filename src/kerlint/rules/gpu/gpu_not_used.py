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


class GpuNotUsed(GpuRule):
    """The framework runs, on the CPU.

    ## What it does

    Where a GPU is wanted: looks whether the installed framework was built for GPUs at all
    (`tensorflow-cpu`, JAX without its CUDA plugin, PyTorch's CPU wheels were not), and on which
    device an operation really ran when the framework was tried.

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

        if not asked.gpu or seen.interpreter.system == "Darwin":
            return
        for name in used(seen, asked):
            build = seen.build(name)
            if build is not None and build.gpu is False:
                yield self._built_without(build, seen, asked)
                continue
            for trial in seen.trials:
                if name in (trial.subject, trial.backend) and _on_cpu(trial):
                    yield self._ran_elsewhere(trial, _not_searched(name, seen), asked)
                    break

    def _built_without(self, build: Build, seen: Observations, asked: Asked) -> Finding:
        from kerlint.probe.installed import Installed
        from kerlint.rules._gpu import install_gpu

        installed = Installed(seen)
        carrier = installed.bringing(build.package)
        name = carrier.name if carrier else build.package
        windows = seen.interpreter.system == "Windows" and build.package in ("tensorflow", "jax")
        return self.finding(
            f"{name} {build.version} was built without support for NVIDIA GPUs",
            build.file or build.package,
            severity=self.grave(asked),
            help="There is no build for GPUs on Windows: use WSL 2, or Keras with PyTorch."
            if windows
            else "Install the build for GPUs.",
            evidence=[Evidence(f"{name}: no CUDA in its build", build.file), *self.wanted(asked)],
            commands=[] if windows else install_gpu(build.package, seen, installed, asked),
            subject=f"gpu used {build.package}",
            causes=[f"gpu used {build.package}", f"gpu used keras {build.package}"],
        )

    def _ran_elsewhere(self, trial: Trial, folders: list[str], asked: Asked) -> Finding:
        from kerlint.rules.environment._trials import called, subject

        devices = ", ".join(trial.devices) or "none"
        return self.finding(
            f"{called(trial)} runs on the CPU although a GPU is wanted",
            trial.subject,
            severity=self.grave(asked),
            help="Some builds of TensorFlow 2.16 to 2.18 do not look into NVIDIA's wheels: name their "
            "folders before the start, or take a newer TensorFlow."
            if folders
            else "Look at its output with `TF_CPP_MAX_VLOG_LEVEL=3`: it names the library that it "
            "could not open."
            if "tensorflow" in (trial.subject, trial.backend)
            else "Look at what the framework prints at its first look for devices.",
            evidence=[
                Evidence(
                    f"the operation ran on {trial.device_of_result or 'no GPU'}", trial.subject
                ),
                Evidence(f"devices: {devices}", trial.subject),
                *self.wanted(asked),
            ],
            seen="live",
            commands=[asked.owner.set("LD_LIBRARY_PATH", ":".join(folders))] if folders else [],
            subject=subject(trial).replace("run ", "gpu used ", 1),
        )


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
    return not any(one.lower().startswith(("gpu", "cuda", "rocm")) for one in places)
