"""KER403 broken-combination."""

from __future__ import annotations

from kerlint.rules.base import Rule, Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic
    from kerlint.manifests.installations import Installation
    from kerlint.rules.installing import InstallContext


class BrokenCombination(Rule):
    """What is asked for installs, but fails when it is run.

    ## What it does

    Predicts what a fresh install would get, and looks it up in a table of combinations that no
    published requirement forbids and that fail all the same: tf-keras 2.15.0 with TensorFlow 2.16,
    TensorFlow Addons with Keras 3, TensorFlow Probability with an older TensorFlow than it
    needs, ... Every row of the [table](../packages.md#what-installs-and-breaks) has a link to
    where it was seen. Of a lock it is told what it has chosen.

    Where one more line would mend it and no pin stands in its way, it is
    [works-by-luck](works-by-luck.md).

    ## Why is this bad?

    The install is green, and the first import of the program fails.

    ## Example

    ```text
    # file: requirements.txt
    tensorflow==2.16.2
    tf-keras==2.15.0
    ```

    ## Use instead

    ```text
    # file: requirements.txt
    tensorflow==2.16.2
    tf-keras==2.16.0
    ```

    ## References

    - [tf-keras #676](https://github.com/keras-team/tf-keras/issues/676)
    - [addons #2865](https://github.com/tensorflow/addons/issues/2865)
    """

    code = "KER403"
    name = "broken-combination"
    severity = "error"
    trigger = Trigger()
    errors = (
        "ModuleNotFoundError: No module named 'keras.src.engine'",
        "ImportError: This version of TensorFlow Probability requires TensorFlow version >= ...",
    )

    def check_installation(
        self, installation: Installation, context: InstallContext
    ) -> Iterator[Diagnostic]:
        """Yield each row that holds, and that no single line would mend."""
        from kerlint.rules.manifests._breaking import breaking
        from kerlint.rules.manifests._places import also, at, listed

        for one in breaking(installation, context):
            if one.cure:
                continue
            row = one.row
            together = listed([f"{name} {version}".strip() for name, version in one.versions])
            would = "are locked" if installation.kind == "locked" else "are what gets installed"
            yield at(
                self,
                one.line,
                f"{together} {would}: {row.happens}",
                help=_help(row.cures),
                label=row.says and f"at run time: {row.says}",
                severity="error" if row.grave else "warning",
                related=[also(other, "") for other in one.others],
            )


def _help(cures: tuple[str, ...]) -> str:
    return "it takes " + " or ".join(f"`{cure}`" for cure in cures)
