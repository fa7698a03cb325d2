"""KER407 works-by-luck."""

from __future__ import annotations

from kerlint.rules.base import Rule, Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic
    from kerlint.manifests.installations import Installation
    from kerlint.rules.installing import InstallContext


class WorksByLuck(Rule):
    """A dependency without an upper bound whose newest release breaks what is pinned.

    ## What it does

    Predicts what a fresh install would get, and finds where that fails when it is run although no
    line asks for it: TensorFlow 2.10 does not bound NumPy, was built with NumPy 1, and gets
    NumPy 2. The help is the one line that mends it.

    It says nothing where something else is asked for that may hold the newest release back: a
    pinned package whose own requirements kerlint does not know, a file that it cannot read, or
    packages of conda.

    What was installed before works on: in an environment that somebody made a year ago nothing is
    wrong, and in the next one it is.

    ## Why is this bad?

    The manifest says what is needed, and a fresh install of it fails at import. It worked when it
    was written, and nobody changed it.

    ## Example

    ```text
    # file: requirements.txt
    tensorflow==2.10.1
    ```

    ## Use instead

    ```text
    # file: requirements.txt
    tensorflow==2.10.1
    numpy<2
    ```

    ## References

    - [TensorFlow and NumPy 2](https://github.com/tensorflow/tensorflow/issues/67291)
    - [TensorFlow and protobuf 4](https://github.com/tensorflow/tensorflow/issues/56266)
    - [setuptools without pkg_resources](https://github.com/tensorflow/hub/issues/934)
    """

    code = "KER407"
    name = "works-by-luck"
    severity = "warning"
    trigger = Trigger()
    errors = (
        "AttributeError: _ARRAY_API not found",
        "TypeError: Descriptors cannot be created directly.",
        "ModuleNotFoundError: No module named 'pkg_resources'",
        "AttributeError: 'str' object has no attribute 'decode'",
    )

    def check_installation(
        self, installation: Installation, context: InstallContext
    ) -> Iterator[Diagnostic]:
        """Yield each row that holds, and that one line would mend."""
        from kerlint.rules.manifests._breaking import breaking
        from kerlint.rules.manifests._places import also, at, listed

        for one in breaking(installation, context):
            if not one.cure:
                continue
            row = one.row
            *first, last = [f"{name} {version}".strip() for name, version in one.versions]
            yield at(
                self,
                one.line,
                f"a fresh install on Python {one.python} would pick {last} for {listed(first)}: "
                f"{row.happens}",
                help=f"add the line `{one.cure}` (releases as of {context.index.snapshot})",
                label=row.says and f"at run time: {row.says}",
                related=[also(other, "") for other in one.others],
            )
