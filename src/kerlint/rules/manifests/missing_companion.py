"""KER410 missing-companion."""

from __future__ import annotations

from kerlint.rules.base import Rule, Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic
    from kerlint.knowledge.companions import Companion
    from kerlint.manifests.installations import Installation
    from kerlint.manifests.model import Requirement
    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations
    from kerlint.rules.installing import InstallContext


class MissingCompanion(Rule):
    """The code uses something that is no longer installed along with what it belongs to.

    ## What it does

    Looks at what a fresh install would get and at what the code of the project uses:

    - TensorBoard, which TensorFlow no longer brings along since 2.21;
    - tf_keras, imported or switched on by `TF_USE_LEGACY_KERAS`, with TensorFlow 2.16 or later;
    - TensorFlow Probability 0.24 or later, and the TensorFlow models of transformers, which need
      tf-keras and do not require it.

    Nothing is said where some manifest of the project asks for it, or where something is
    installed that may bring it and that kerlint does not know.

    The probe looks whether TensorBoard is there where the code of the project uses it. (Of tf_keras
    [KER622](legacy-without-tf-keras.md) speaks.)

    ## Why is this bad?

    The program starts, and fails where it writes its first summary or makes its first layer.

    ## Example

    ```text
    # file: requirements.txt
    tensorflow==2.21.0
    # file: train.py
    import keras

    model = keras.Sequential([keras.layers.Dense(1)])
    model.compile("adam", "mse")
    model.fit([[1.0]], [[1.0]], callbacks=[keras.callbacks.TensorBoard("logs")])
    ```

    ## Use instead

    ```text
    # file: requirements.txt
    tensorflow==2.21.0
    tensorboard
    # file: train.py
    import keras

    model = keras.Sequential([keras.layers.Dense(1)])
    model.compile("adam", "mse")
    model.fit([[1.0]], [[1.0]], callbacks=[keras.callbacks.TensorBoard("logs")])
    ```

    ## References

    - [TensorBoard and TensorFlow 2.21](https://github.com/keras-team/keras/pull/22376)
    - [tf-keras and transformers](https://github.com/huggingface/transformers/issues/36410)
    """

    code = "KER410"
    name = "missing-companion"
    severity = "warning"
    trigger = Trigger()
    errors = (
        "TBNotInstalledError: TensorBoard is not installed, missing implementation for ...",
        "ModuleNotFoundError: No module named 'tf_keras'",
    )

    def check_installation(
        self, installation: Installation, context: InstallContext
    ) -> Iterator[Diagnostic]:
        """Yield each companion that the code needs and nothing brings."""
        from kerlint.knowledge.broken import tensorflow_of, version_in
        from kerlint.knowledge.companions import COMPANIONS
        from kerlint.project.specifiers import admits
        from kerlint.rules.manifests._places import at

        if installation.kind not in ("asked", "steps") or not _is_where_code_runs(installation):
            return
        told: set[str] = set()
        for pins in context.verdict(installation).chosen:
            family = tensorflow_of(pins)
            for row in COMPANIONS:
                versions = [(version_in(pins, name, family), wanted) for name, wanted in row.when]
                if row.name in pins or row.name in told:
                    continue
                if not all(version and admits(wanted, version) for version, wanted in versions):
                    continue
                line = _line(row, installation)
                if line is None or _comes_otherwise(row, installation, context):
                    continue
                user = _user(row, context)
                if user:
                    told.add(row.name)
                    yield at(
                        self,
                        line,
                        f"{user} uses {row.what}, which {row.when[0][0]} {versions[0][0]} does "
                        f"not bring along",
                        help=f"add `{row.name}`",
                        label=f"at run time: {row.happens}",
                    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield TensorBoard if the project's code uses it and the environment has none."""
        from kerlint.knowledge.releases import version_key
        from kerlint.probe.finding import Evidence, Finding
        from kerlint.probe.installed import Installed

        installed = Installed(seen)
        users = [one for one in asked.packages if one.what == "tensorboard"]
        module = seen.module("tensorboard")
        there = module is not None and module.kind not in ("absent", "namespace")
        if not users or there or installed.get("tensorboard") or installed.get("tb-nightly"):
            return
        tensorflow = installed.version("tensorflow")
        minor = ".".join(tensorflow.split(".")[:2])
        asks = (
            f"tensorboard=={minor}.*"
            if tensorflow and version_key(tensorflow) < version_key("2.21")
            else "tensorboard"
        )
        yield Finding(
            code=self.code,
            name=self.name,
            severity=self.severity,
            message=f"{users[0].place} uses TensorBoard, which is not installed",
            path=users[0].place,
            help="Install it: TensorFlow does not bring it along since 2.21.",
            evidence=[
                *(Evidence("uses TensorBoard", one.place) for one in users[:3]),
                Evidence("no distribution tensorboard"),
            ],
            commands=[asked.owner.install(asks)],
            subject="not-installed tensorboard",
        )


def _is_where_code_runs(installation: Installation) -> bool:
    manifest = installation.manifests[0]
    if manifest.path.endswith(".ipynb") or installation.origin.startswith(("build", "group")):
        return False
    return manifest.format in (
        *("requirements", "pyproject", "setup-cfg", "setup-py", "pipfile", "conda"),
        *("script", "conda-environment"),
    )


def _line(row: Companion, installation: Installation) -> Requirement | None:
    """The requirement that brings what the row is about: itself, or TensorFlow of any kind."""
    from kerlint.knowledge.families import ALL_TENSORFLOWS

    for name, _ in row.when:
        names = ALL_TENSORFLOWS if name == "tensorflow" else {name}
        for one in installation.requirements:
            if one.name in names:
                return one
    return None


def _comes_otherwise(row: Companion, installation: Installation, context: InstallContext) -> bool:
    """Whether another manifest asks for it, or something unknown may bring it."""
    from kerlint.knowledge.companions import INNOCENT

    if not installation.complete:
        return True
    for one in installation.requirements:
        if one.name not in INNOCENT and (
            one.source != "index" or context.index.package(one.name) is None
        ):
            return True
    nightly = f"{row.name}-nightly"
    return any(
        one.name in (row.name, nightly, "tb-nightly")
        for manifest in context.neighbours()
        for one in manifest.requirements
    )


def _user(row: Companion, context: InstallContext) -> str:
    """The file of the project that uses it, or ""."""
    import re

    path = context.usage.first(re.compile(row.uses.encode(), re.MULTILINE))
    return context.usage.relative(path) if path else ""
