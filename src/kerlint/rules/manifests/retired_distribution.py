"""KER405 retired-distribution."""

from __future__ import annotations

from kerlint.rules.base import Rule, Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic
    from kerlint.knowledge.distributions import Ended
    from kerlint.manifests.model import Manifest, Requirement
    from kerlint.rules.installing import InstallContext


class RetiredDistribution(Rule):
    """A distribution that ended, or only refuses to be installed.

    ## What it does

    Finds requirements on distributions of the Keras world that ended (`keras-nlp`,
    `tensorflow-addons`, `keras-rl`, ...), with what follows them. It is an error where the releases
    that fit refuse to be installed: `tensorflow-gpu` has no others since 2.12.

    A requirement that is pinned or bounded from above (`tensorflow-gpu==2.4.0`,
    `keras-preprocessing<1.2`) is somebody's choice, and left alone. So is what a lock has chosen.

    ## Why is this bad?

    What has ended gets no repairs, and fails with the next Keras, TensorFlow, NumPy or Python.

    ## Example

    ```text
    # file: requirements.txt
    tensorflow-gpu
    ```

    ## Use instead

    ```text
    # file: requirements.txt
    tensorflow[and-cuda]
    ```

    ## References

    - [tensorflow-gpu](https://github.com/tensorflow/tensorflow/issues/60074)
    - [TensorFlow Addons ended](https://github.com/tensorflow/addons/issues/2807)
    - [KerasNLP became KerasHub](https://github.com/keras-team/keras-hub/issues/1831)
    """

    code = "KER405"
    name = "retired-distribution"
    severity = "warning"
    trigger = Trigger()
    errors = ('The "tensorflow-gpu" package has been removed!',)

    def check_manifest(self, manifest: Manifest, context: InstallContext) -> Iterator[Diagnostic]:
        """Yield each requirement on what ended."""
        from kerlint.knowledge.distributions import ended
        from kerlint.rules.manifests._places import at, bounded_above

        for one in manifest.requirements:
            row = ended(one.name)
            if row is None or one.source != "index" or one.ecosystem != "pypi" or not one.known:
                continue
            refuses = _refuses(row, one)
            if not refuses and (bounded_above(one.specifier) or one.role != "requirement"):
                continue
            yield at(
                self,
                one,
                f"`{one.name}` {row.fate}",
                help=f"use {_instead(row, one)}",
                severity="error" if refuses else "warning",
            )


def _refuses(row: Ended, one: Requirement) -> bool:
    """Whether pip would take a release that refuses to be installed."""
    if not row.refuses or one.role == "constraint":
        return False
    from kerlint.project.specifiers import admits

    refusing = row.refuses.removeprefix(">=") + ".0"
    return admits(one.specifier, refusing)


def _instead(row: Ended, one: Requirement) -> str:
    """What to write, for the platforms on which the line holds."""
    from kerlint.manifests.marker_places import only_on

    where = only_on(one.marker)
    fitting = [text for platform, text in row.instead if not platform or platform in where]
    if len(fitting) == 1:
        return fitting[0]
    names = {"linux": "on Linux", "macos": "on macOS", "windows": "on Windows"}
    return "; ".join(
        f"{names[platform]} {text}" for platform, text in row.instead if platform in where
    )
