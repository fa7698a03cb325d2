"""KER616 overlapping-distributions."""

from __future__ import annotations

from kerlint.rules._environment import EnvironmentRule, Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Distribution, Observations, Overlap

MANY = 10
"""So many common files are no accident, whoever owns them."""

_NCCL = "nvidia-nccl"
"""Its wheels for CUDA 11, 12 and 13 hold little besides one library of one name.

https://github.com/rwth-i6/returnn/issues/1802
"""

_SHARED = ("tests", "test", "docs", "examples", "scripts", "benchmarks", "..")
"""Top-level folders that careless packages share, and nobody imports."""


class OverlappingDistributions(EnvironmentRule):
    """Two installed packages own the same files.

    ## What it does

    Looks for files that the RECORDs of two packages both list: `tensorflow` beside
    `tensorflow-cpu`, `keras` beside `keras-nightly`, and other pairs that share ten files or more.
    The command removes both and installs one: the one that something else requires, or that the
    project asks for.

    ## Why is this bad?

    The one that was installed last has overwritten the other. Whoever uninstalls one of them takes
    away files of the other: what is left imports as an empty module.

    ## Example

    ```json
    {"overlaps": [{"distributions": ["tensorflow", "tensorflow-cpu"], "files": 10214,
      "examples": ["tensorflow/__init__.py"]}],
     "distributions": [
      {"name": "tensorflow", "version": "2.21.0",
       "metadata": "/env/lib/python3.11/site-packages/tensorflow-2.21.0.dist-info"},
      {"name": "tensorflow-cpu", "version": "2.21.0",
       "metadata": "/env/lib/python3.11/site-packages/tensorflow_cpu-2.21.0.dist-info"}]}
    ```

    ## Use instead

    ```json
    {"overlaps": [{"distributions": ["nvidia-cublas-cu12", "nvidia-cudnn-cu12"], "files": 1,
      "examples": ["nvidia/__init__.py"]}]}
    ```

    ## References

    - [tensorflow #20499](https://github.com/tensorflow/tensorflow/issues/20499)
    - [keras #19875](https://github.com/keras-team/keras/issues/19875)
    """

    code = "KER616"
    name = "overlapping-distributions"
    severity = "warning"
    errors = (
        "AttributeError: module 'tensorflow' has no attribute '__version__'",
        "AttributeError: module 'keras' has no attribute '__version__'",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield each pair that owns common files."""
        for overlap in seen.overlaps:
            found = [seen.distribution(name) for name in overlap.distributions]
            present = [one for one in found if one is not None]
            if len(present) > 1 and _matters(overlap):
                yield self._pair(overlap, present, seen, asked)

    def _pair(
        self,
        overlap: Overlap,
        ones: Sequence[Distribution],
        seen: Observations,
        asked: Asked,
    ) -> Finding:
        from kerlint.probe.installed import imported_as, stands_for

        names = [one.name for one in ones]
        kept = _kept(ones, seen, asked)
        extra = "[and-cuda]" if asked.gpu and kept.name == "tensorflow" and _for_gpus(seen) else ""
        wheels = all(name.startswith("nvidia-") for name in names)
        backends = {stands_for(name) for name in names} & {"tensorflow", "jax", "torch"}
        imports = dict.fromkeys(name for one in ones for name in imported_as(one))
        return self.finding(
            f"{' and '.join(names)} both own {overlap.files} "
            f"file{'s' if overlap.files > 1 else ''}: the one installed last overwrote the other",
            f"{ones[0].metadata}/RECORD",
            help=f"Remove both, then install one of them; {kept.name} is needed here."
            + (" Whatever needs the other one needs an environment of its own." if wheels else ""),
            evidence=[
                *(Evidence(f"{one.name} {one.version}", one.metadata) for one in ones),
                *(Evidence(f"in both: {path}") for path in overlap.examples[:2]),
            ],
            commands=[
                asked.owner.uninstall(names),
                asked.owner.install(f"{kept.name}{extra}=={kept.version.partition('+')[0]}"),
            ],
            subject=f"overlap {' '.join(names)}",
            causes=[
                *(f"files of {name}" for name in names),
                *(f"altered {name}" for name in names),
                *(f"overlap {name}" for name in names),
                *(f"import {name}" for name in imports),
                *(f"requirements of {name}" for name in names if name != kept.name),
                *(f"gpu used {name}" for name in backends),
                *(f"gpu used keras {name}" for name in backends),
                *(["gpu failed", "gpu used", "gpu library", "built"] if wheels else []),
            ],
        )


def _matters(overlap: Overlap) -> bool:
    """Whether it is more than a file that a shared folder needs."""
    from kerlint.knowledge.families import family_of

    families = [family_of(name) for name in overlap.distributions]
    if families and families[0] is not None and all(one is families[0] for one in families):
        return True
    if {name.partition("-cu")[0] for name in overlap.distributions} == {_NCCL}:
        return True
    tops = {path.split("/")[0] for path in overlap.examples}
    return overlap.files >= MANY and not tops <= {*_SHARED}


def _kept(ones: Sequence[Distribution], seen: Observations, asked: Asked) -> Distribution:
    """The one to keep: asked for, needed by a framework in use, required by others, a release, the
    first of the family."""
    from kerlint.knowledge.families import family_of
    from kerlint.probe.installed import Installed
    from kerlint.rules._gpu import used, wheels

    pinned = {one.name for one in asked.pins}
    installed = Installed(seen)
    frameworks = used(seen, asked)
    in_use = {wheel.name for name in frameworks for wheel in wheels(name, installed)}
    for name in frameworks:
        carrier = installed.bringing(name)
        in_use |= {need.name for need in installed.needs(carrier)} if carrier else set()
    required = {
        need.name
        for one in installed.by_name.values()
        for need in installed.needs(one)
        if one.name not in {each.name for each in ones}
    }

    def rank(one: Distribution) -> tuple[bool, bool, bool, bool, int]:
        name, family = one.name, family_of(one.name)
        place = 0 if family is None else -family.members.index(name)
        return (name in pinned, name in in_use, name in required, "nightly" not in name, place)

    return max(ones, key=rank)


def _for_gpus(seen: Observations) -> bool:
    """Whether TensorFlow's wheels for this platform are for GPUs."""
    return seen.interpreter.system in ("", "Linux") and seen.interpreter.machine != "aarch64"
