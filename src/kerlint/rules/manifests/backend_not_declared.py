"""KER406 backend-not-declared."""

from __future__ import annotations

from kerlint.rules.base import Rule, Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic
    from kerlint.manifests.installations import Installation
    from kerlint.manifests.model import Requirement
    from kerlint.rules.installing import InstallContext


class BackendNotDeclared(Rule):
    """Keras 3 is installed without a backend, or without the one that the code chooses.

    ## What it does

    Keras 3 requires no backend: whoever installs it asks for tensorflow, jax or torch besides.
    This finds

    - installations of an application that get Keras 3 where no manifest of the project asks for
      any backend. A library (there is a `pyproject.toml` or `setup.py`) may leave the choice to
      those who install it;
    - installations that get Keras 3 and other backends than the one that the code of the project
      sets (`os.environ["KERAS_BACKEND"] = "jax"`), where no manifest asks for that one.

    Nothing is said where something is installed that kerlint cannot see, and of images, jobs and
    notebooks, which may have a backend already.

    ## Why is this bad?

    `import keras` tries to import TensorFlow, and fails.

    ## Example

    ```text
    # file: requirements.txt
    keras==3.9.0
    ```

    ## Use instead

    ```text
    # file: requirements.txt
    keras==3.9.0
    jax
    ```

    ## References

    - [Installing Keras 3](https://keras.io/getting_started/#installing-keras-3)
    """

    code = "KER406"
    name = "backend-not-declared"
    severity = "error"
    trigger = Trigger()
    errors = (
        "ModuleNotFoundError: No module named 'tensorflow'",
        "ModuleNotFoundError: No module named 'jax'",
    )

    def check_installation(
        self, installation: Installation, context: InstallContext
    ) -> Iterator[Diagnostic]:
        """Yield at most one finding, at the requirement on Keras."""
        from kerlint.rules.manifests._places import at, quoted

        keras = _keras_3(installation, context)
        if keras is None or installation.kind not in ("asked", "steps"):
            return
        here = _backends(installation, context)
        if here is None:
            return
        if not here:
            if _is_application(context) and not _declared(context) | _may_have(installation):
                yield at(
                    self,
                    keras,
                    "Keras 3 is installed, and no manifest of the project asks for a backend",
                    help="add a backend: `tensorflow`, `jax` or `torch`",
                    label="brings no backend along",
                )
            return
        if _is_hosted(installation):
            return  # what is installed there is more than the notebook asks for
        chosen = context.usage.backends()
        wanted = sorted({name for name in chosen if name in _BACKENDS} - here)
        if not wanted or here & chosen.keys() or "numpy" in chosen:
            return
        if len(wanted) == 1 and wanted[0] not in _declared(context):
            path = context.usage.relative(chosen[wanted[0]])
            yield at(
                self,
                keras,
                f"{path} chooses the backend {wanted[0]}, and no manifest of the project asks for "
                f"it: what is installed is {quoted(sorted(here))}",
                help=f"add `{_distribution(wanted[0])}`",
                label="brings no backend along",
            )


_BACKENDS = ("tensorflow", "jax", "torch", "openvino")


def _keras_3(installation: Installation, context: InstallContext) -> Requirement | None:
    """The requirement on keras itself, if it is Keras 3 that is certainly installed."""
    asked = [one for one in installation.requirements if one.name in ("keras", "keras-nightly")]
    if not asked or installation.constraints is None:
        return None
    verdict = context.verdict(installation)
    for pins in verdict.chosen:
        version = pins.get("keras", "")
        if version and int(version.partition(".")[0]) >= 3:
            return asked[0]
    return None


def _backends(installation: Installation, context: InstallContext) -> set[str] | None:
    """The backends that are installed; None where something is, that nobody knows."""
    from kerlint.knowledge.backends_needed import BRINGS

    found = {BRINGS[one.name] for one in installation.requirements if one.name in BRINGS}
    for pins in context.verdict(installation).chosen:
        found |= {BRINGS[name] for name in pins if name in BRINGS}
    if not found and (not installation.complete or _brings_unseen(installation, context)):
        return None
    return found


def _brings_unseen(installation: Installation, context: InstallContext) -> bool:
    """Whether some distribution of which the requirements are not known may bring a backend."""
    from kerlint.knowledge.companions import INNOCENT

    for one in installation.requirements:
        if one.name not in INNOCENT and (
            one.source != "index" or context.index.package(one.name) is None
        ):
            return True
    return False


def _may_have(installation: Installation) -> set[str]:
    """Backends that what is installed into may have already."""
    manifest = installation.manifests[0]
    if _is_hosted(installation) or manifest.format not in (
        "requirements",
        "pipfile",
        "conda-environment",
        "script",
    ):
        return set(_BACKENDS)
    return set()


def _is_hosted(installation: Installation) -> bool:
    """Whether a notebook installs into what may have every backend already, as Colab has."""
    return installation.manifests[0].path.endswith(".ipynb")


def _is_application(context: InstallContext) -> bool:
    """Whether nobody installs the project: a library leaves the choice to those who do."""
    import os

    from kerlint.manifests.installations import PROJECTS

    return not any(
        manifest.format in PROJECTS and (manifest.name or manifest.format != "pyproject")
        for manifest in context.neighbours()
        if os.path.abspath(os.path.dirname(manifest.path)) == context.root
    )


def _declared(context: InstallContext) -> set[str]:
    """The backends that any manifest of the project asks for."""
    from kerlint.knowledge.backends_needed import BRINGS

    found: set[str] = context.shared(
        "declared backends",
        lambda: {
            BRINGS[one.name]
            for manifest in context.neighbours()
            for one in manifest.requirements
            if one.name in BRINGS
        },
    )
    return found


def _distribution(backend: str) -> str:
    from kerlint.knowledge.backends_needed import DISTRIBUTION

    return DISTRIBUTION[backend]
