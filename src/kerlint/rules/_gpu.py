"""What the rules about the GPU stack share: who wants a GPU, which frameworks, what was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kerlint.probe.finding import Evidence
from kerlint.rules._environment import EnvironmentRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Severity
    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.gpu_observations import Call, Step
    from kerlint.probe.installed import Installed
    from kerlint.probe.observations import Build, Distribution, Observations

__all__ = ["Evidence", "GpuRule", "Wheel"]

DRIVER = "libcuda.so.1"


class GpuRule(EnvironmentRule):
    """A rule about the GPU stack: an error where somebody wants a GPU, else information."""

    def grave(self, asked: Asked) -> Severity:
        """How grave it is that the GPU cannot be used."""
        return "error" if asked.gpu else "info"

    def wanted(self, asked: Asked) -> list[Evidence]:
        """Who wants a GPU."""
        return [Evidence(f"a GPU is wanted: {one.what}", one.place) for one in asked.gpu[:2]]

    def call_failed(self, call: Call, asked: Asked, message: str, *, help: str) -> Finding:
        """A finding about a call into a library of the driver that did not come back."""
        library = call.steps[-1].library if call.steps else call.subject
        return self.finding(
            message,
            library or call.subject,
            severity=self.grave(asked),
            help=help,
            evidence=[Evidence(f"{call.subject}: {last_step(call)}", library), *self.wanted(asked)],
            seen="live",
            subject=f"gpu start {call.subject}",
            causes=[
                *("gpu device", "gpu used", "gpu code", "gpu memory", "gpu start"),
                "gpu crashed" if call.ended == "crashed" else "gpu hung",
            ]
            if call.subject in ("cuda", "nvml")
            else ["gpu used"],
        )


def step(seen: Observations, subject: str, name: str) -> Step | None:
    """The last time that a call into a library came to that step."""
    call = seen.call(subject)
    steps = [] if call is None else [one for one in call.steps if one.step == name]
    return steps[-1] if steps else None


def last_step(call: Call) -> str:
    """What a call was doing last, for people."""
    return call.steps[-1].step if call.steps else "load"


NO_GPU_FROM_SLURM = "Slurm has given this job no GPU: ask for one, `--gres=gpu:1`."


def slurm_gave_none(seen: Observations) -> bool:
    """Whether this is a job of Slurm without GPUs. https://slurm.schedmd.com/gres.html"""
    given = seen.environment
    if given.get("CUDA_VISIBLE_DEVICES") == "NoDevFiles":
        return True
    named = ("SLURM_JOB_GPUS", "SLURM_STEP_GPUS", "SLURM_GPUS_ON_NODE")
    return "SLURM_JOB_ID" in given and not any(given.get(one) for one in named)


def driver_loads(seen: Observations) -> bool | None:
    """Whether the driver's CUDA library could be opened; None: nobody tried."""
    loaded = step(seen, "cuda", "load")
    return None if loaded is None else loaded.code == 0


def of_others(seen: Observations, asked: Asked) -> bool:
    """Whether the GPUs that are used here are not NVIDIA's: NVIDIA's driver is not missed then."""
    if seen.interpreter.system == "Darwin":
        return True
    builds = [build for name in used(seen, asked) if (build := seen.build(name)) is not None]
    return any(build.rocm for build in builds) and not any(build.cuda for build in builds)


def gpu_is_there(seen: Observations) -> bool:
    """Whether anything of an NVIDIA GPU shows: on the bus, as a node, or in the driver."""
    gpu = seen.gpu
    return bool(gpu.pci_devices or gpu.devices or gpu.kernel_version) or any(
        "nvidia" in node or node.endswith("/dxg") for node in gpu.device_nodes
    )


def used(seen: Observations, asked: Asked) -> list[str]:
    """The frameworks with which the project computes: `tensorflow`, `jax`, `torch`.

    The backends that its code chooses; else the one that Keras 3 takes; without Keras 3 all that
    are installed.
    """
    from kerlint.probe.choice import choice, is_keras3
    from kerlint.probe.installed import Installed

    installed = Installed(seen)
    names = ("tensorflow", "jax", "torch")
    present = [name for name in names if installed.bringing(name) or seen.build(name)]
    if is_keras3(installed):
        chosen = [one.what for one in asked.backends] or [choice(seen).backend]
        return [name for name in present if name in chosen]
    if installed.bringing("keras"):
        return [name for name in present if name == "tensorflow"]
    return present


def cuda_builds(seen: Observations, asked: Asked) -> Iterator[Build]:
    """The frameworks in use that were built for CUDA."""
    from kerlint.knowledge.cuda import numbers

    for name in used(seen, asked):
        build = seen.build(name)
        if build is not None and build.gpu and numbers(build.cuda) and not build.rocm:
            yield build


def works(seen: Observations, package: str, step: str = "") -> bool:
    """Whether the framework was seen to compute on a GPU: numbers that speak against it are wrong
    then. `step`: one that must have succeeded, too (`convolved`, `compiled`)."""
    for trial in seen.trials:
        on_gpu = trial.device_of_result.lower().startswith(("gpu", "cuda", "rocm"))
        done = not step or any(one.step == step and one.ok for one in trial.steps)
        if package in (trial.subject, trial.backend) and trial.ended == "well" and on_gpu and done:
            return True
    return False


class Wheel(NamedTuple):
    """An `nvidia-*` wheel that a framework's GPU extra asks for.

    `by`    the distribution that asks; `extra` of it
    `have`  the installed one, or None
    """

    name: str
    specifier: str
    by: Distribution
    extra: str
    have: Distribution | None


def wheels(package: str, installed: Installed) -> Iterator[Wheel]:
    """What the GPU extra of a framework asks for, read in its metadata."""
    for one in installed.by_name.values():
        if package == "tensorflow":
            extra = "and-cuda" if one is installed.bringing("tensorflow") else ""
        elif one.name == "jax":
            yield from _plugins(one, installed)
            continue
        else:
            plugin = package == "jax" and one.name.startswith("jax-cuda")
            extra = "with-cuda" if plugin and one.name.endswith("-plugin") else ""
        if not extra or extra not in one.extras:
            continue
        always = {need.name for need in installed.needs(one)}
        for need in installed.needs(one, extra):
            if need.name.startswith("nvidia-") and need.name not in always:
                have = installed.get(need.name)
                yield Wheel(need.name, need.specifier, one, extra, have)


def _plugins(jax: Distribution, installed: Installed) -> Iterator[Wheel]:
    """The CUDA plugins that are installed, as JAX asks for them: it passes over those of another
    version. https://docs.jax.dev/en/latest/installation.html#nvidia-gpu"""
    for extra in jax.extras:
        if extra in ("cuda12", "cuda13"):
            for need in installed.needs(jax, extra):
                have = installed.get(need.name)
                if have is not None and need.name == f"jax-{extra}-plugin":
                    yield Wheel(need.name, need.specifier, jax, extra, have)


def older_plugin(build: Build, seen: Observations, asked: Asked) -> list[str]:
    """The commands that put JAX's plugin for CUDA 12 in the place of that for CUDA 13, where driver
    and GPUs bear it; [] where they do not, and for frameworks that have one CUDA a release."""
    from kerlint.knowledge.cuda import JAX_LOWEST, numbers
    from kerlint.probe.installed import Installed

    jax = Installed(seen).get("jax") if build.package == "jax" else None
    if jax is None or "cuda12" not in jax.extras or numbers(build.cuda)[:1] != (13,):
        return []
    lowest = numbers(JAX_LOWEST["12"])
    too_old = [one for one in seen.gpu.devices if () < numbers(one.compute_capability) < lowest]
    if too_old or numbers(seen.gpu.driver_cuda)[:1] < (12,):
        return []
    there = [f"jax-cuda13-{one}" for one in ("plugin", "pjrt")]
    names = [one for one in there if seen.distribution(one) is not None]
    return [asked.owner.uninstall(names), asked.owner.install(f"jax[cuda12]=={jax.version}")]


def install_gpu(package: str, seen: Observations, installed: Installed, asked: Asked) -> list[str]:
    """The commands that bring a framework with all that it needs for NVIDIA GPUs.

    A wheel for the CPU of the same version counts as installed, so it is removed before. PyTorch's
    wheels on the package index are for CUDA on Linux only.
    """
    carrier = installed.bringing(package)
    pin = f"=={installed.version(package)}" if carrier else ""
    owner = asked.owner
    if package == "jax":
        plugin = "cuda13" if installed.get("jax-cuda13-plugin") else "cuda12"
        return [owner.install(f"jax[{plugin}]{pin}")]
    if package == "tensorflow":
        asking = owner.install(f"tensorflow[and-cuda]{pin}")
        if carrier is None or carrier.name == "tensorflow":
            return [asking]
        return [owner.uninstall([carrier.name]), asking]
    if seen.interpreter.system not in ("", "Linux"):
        return []
    return [owner.uninstall(["torch"]), owner.install(f"torch{pin}")]
