"""KER611 requirement-violated."""

from __future__ import annotations

from kerlint.rules._environment import EnvironmentRule, Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kerlint.probe.asked import Asked
    from kerlint.probe.clashes import Clash
    from kerlint.probe.finding import Finding
    from kerlint.probe.installed import Installed
    from kerlint.probe.observations import Observations


class RequirementViolated(EnvironmentRule):
    """What an installed package requires is not what is installed.

    ## What it does

    Reads the requirements in the metadata of each installed package, and compares them with what is
    there. `tensorflow-cpu`, `tf-nightly` and the like count as `tensorflow`, which neither
    `pip check` nor `uv pip check` knows. Requirements that hang together become one finding, with
    one command that meets all of them.

    Packages that have nothing to do with Keras, TensorFlow, JAX, PyTorch or what those require are
    only mentioned. A clash alone is a warning, since many of them run all the same; where something
    fails that the clash explains, it is an error.

    ## Why is this bad?

    The packages were not made for each other. What then happens ranges from nothing to an import
    error that speaks of something else: NumPy 2 below TensorFlow 2.15 shows as "numpy.core.umath
    failed to import".

    ## Example

    ```json
    {"distributions": [
      {"name": "tensorflow-cpu", "version": "2.15.1", "requires": ["numpy (<2.0.0,>=1.23.5)"],
       "metadata": "/env/lib/python3.11/site-packages/tensorflow_cpu-2.15.1.dist-info"},
      {"name": "numpy", "version": "2.2.6",
       "metadata": "/env/lib/python3.11/site-packages/numpy-2.2.6.dist-info"}]}
    ```

    ## Use instead

    ```json
    {"distributions": [
      {"name": "tensorflow-cpu", "version": "2.15.1", "requires": ["numpy (<2.0.0,>=1.23.5)"],
       "metadata": "/env/lib/python3.11/site-packages/tensorflow_cpu-2.15.1.dist-info"},
      {"name": "numpy", "version": "1.26.4",
       "metadata": "/env/lib/python3.11/site-packages/numpy-1.26.4.dist-info"}]}
    ```

    ## References

    - [Requires-Dist](https://packaging.python.org/en/latest/specifications/core-metadata/#requires-dist-multiple-use)
    - [pip check](https://pip.pypa.io/en/stable/cli/pip_check/)
    - [tensorflow #98406](https://github.com/tensorflow/tensorflow/issues/98406), NumPy 2
    - [tensorflow #109469](https://github.com/tensorflow/tensorflow/issues/109469), protobuf
    """

    code = "KER611"
    name = "requirement-violated"
    severity = "warning"
    errors = (
        "ImportError: numpy.core.umath failed to import",
        "TypeError: Descriptors cannot be created directly.",
        "ImportError: cannot import name 'runtime_version' from 'google.protobuf'",
        "google.protobuf.runtime_version.VersionError: Detected incompatible Protobuf "
        "Gencode/Runtime versions ...",
        "AttributeError: 'MessageFactory' object has no attribute 'GetPrototype'",
        "AttributeError: module 'ml_dtypes' has no attribute 'float8_e4m3b11'",
        "AttributeError: module 'tensorflow._api.v2.compat.v2.__internal__' has no attribute "
        "'register_load_context_function'",
        "... requires ..., but you have ... which is incompatible.",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield a finding for each group of clashes in the stack, one for all others."""
        from kerlint.probe.clashes import clashes, groups, of_stack
        from kerlint.probe.installed import Installed

        installed = Installed(seen)
        own: list[Clash] = []
        others: list[Clash] = []
        for clash in clashes(seen, installed):
            if not _of_tf_keras(clash):
                (own if of_stack(clash, installed) else others).append(clash)
        for group in groups(own):
            yield self._group(group, installed, asked)
        settled = {clash.have.name for clash in own if clash.have}
        others = [one for one in others if one.have is None or one.have.name not in settled]
        if others:
            yield self._elsewhere(others)

    def _group(self, group: Sequence[Clash], installed: Installed, asked: Asked) -> Finding:
        from kerlint.probe.clashes import asked_for, cure
        from kerlint.probe.installed import imported_as, stands_for

        group = sorted(group, key=lambda one: (_rank(one.asking.name), one.have is None))
        first = group[0]
        more = len(group) - 1
        others = f"; {more} more requirement{'s are' if more > 1 else ' is'} not met" * bool(more)
        mended = cure(group, installed, asked_for(asked))
        if mended.lines:
            suits = " and ".join(f"`{line}`" for line in mended.lines[:4])
            help = f"Install {suits}: that is what everything here accepts."
            commands = [asked.owner.install(*mended.lines)]
        else:
            help = (
                f"No version meets all of them ({'; '.join(mended.against[:4])}): let the "
                "installer choose releases that go together, or use an environment for each."
            )
            commands = [asked.owner.install(*dict.fromkeys(one.asking.name for one in group))]
        about = [one.asking.name for one in group] + [one.name for one in group]
        touched = [one.asking for one in group] + [one.have for one in group if one.have]
        names = [name for one in touched for name in imported_as(one)]
        names += [one.name.replace("-", "_") for one in group]
        causes = [f"import {name}" for name in dict.fromkeys(names)]
        pairs = {(stands_for(one.asking.name), stands_for(one.name)) for one in group}
        if ("tensorflow", "keras") in pairs:
            causes.append("tf.keras")
        return self.finding(
            f"{_sentence(first)}{others}",
            f"{first.asking.metadata}/METADATA",
            help=help,
            evidence=[Evidence(_sentence(one), f"{one.asking.metadata}/METADATA") for one in group],
            commands=commands,
            subject=" ".join(["requirements", *dict.fromkeys(about)]),
            causes=[
                *causes,
                *(f"built {one.name}" for one in touched),
                *(["built"] if any(one.name == "numpy" for one in group) else []),
            ],
        )

    def _elsewhere(self, others: Sequence[Clash]) -> Finding:
        first = others[0]
        more = f"; {len(others) - 1} more" * (len(others) > 1)
        return self.finding(
            f"{_sentence(first)}{more}: packages that Keras and its backends do not use",
            f"{first.asking.metadata}/METADATA",
            severity="info",
            evidence=[
                Evidence(_sentence(one), f"{one.asking.metadata}/METADATA") for one in others
            ],
            subject="requirements elsewhere",
        )


def _sentence(clash: Clash) -> str:
    asking = f"{clash.asking.name} {clash.asking.version} requires {clash.text}"
    if clash.have is None:
        return f"{asking}, which is not installed"
    return f"{asking}, and {clash.have.name} {clash.have.version} is installed"


def _of_tf_keras(clash: Clash) -> bool:
    """Whether it is tf-keras that does not fit TensorFlow: KER623 says more about that."""
    from kerlint.probe.installed import stands_for

    pair = stands_for(clash.asking.name), stands_for(clash.name)
    return clash.have is not None and pair == ("tf-keras", "tensorflow")


def _rank(name: str) -> tuple[int, str]:
    """The frameworks first."""
    from kerlint.probe.installed import FRAMEWORKS, stands_for

    what = stands_for(name)
    order = ("tensorflow", *(one for one in FRAMEWORKS if one != "tensorflow"))
    return (order.index(what) if what in order else len(order), name)
