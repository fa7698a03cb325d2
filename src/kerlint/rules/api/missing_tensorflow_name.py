"""KER310."""

from __future__ import annotations

from kerlint.rules.api._verdicts import TENSORFLOW, of_kind
from kerlint.rules.api._wording import cure_of_chain, fate_of, spelled, target_of
from kerlint.rules.base import Rule, Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic
    from kerlint.rules.base import Context
    from kerlint.source.facts import Module


class MissingTensorflowName(Rule):
    """Using a TensorFlow name that the target does not have.

    ## What it does
    Finds names and modules of `tensorflow` (outside `tf.keras`) that the target's release does not
    have: the API of TensorFlow 1 (`tf.Session`, `tf.placeholder`, `tf.contrib`), what later
    releases took away (`tf.estimator`), and names that never existed.

    ## Why is this bad?
    The code stops with `AttributeError` or `ImportError` as soon as it is reached.

    ## Example
    ```python
    import tensorflow as tf

    session = tf.Session()
    ```

    ## Use instead
    ```python
    import tensorflow as tf

    session = tf.compat.v1.Session()
    ```

    ## References
    - [Migrate to TensorFlow 2](https://www.tensorflow.org/guide/migrate)
    """

    code = "KER310"
    name = "missing-tensorflow-name"
    by_target = "newest"
    trigger = Trigger(missing=True)
    errors = (
        "AttributeError: module 'tensorflow' has no attribute 'Session'",
        "AttributeError: module 'tensorflow' has no attribute 'placeholder'",
        "ModuleNotFoundError: No module named 'tensorflow.contrib'",
    )

    def check(self, module: Module, context: Context) -> Iterator[Diagnostic]:
        """One finding for each reference to a missing name."""
        for verdict in of_kind(TENSORFLOW, module, context):
            missing = verdict.missing
            yield self.diagnostic(
                module,
                *verdict.nodes(),
                message=f"{target_of(missing, context)} has no `{spelled(missing)}`: "
                f"{fate_of(missing, context)}",
                label="no such name",
                help=cure_of_chain(verdict.name, missing, context),
                qualified_name=verdict.name,
            )
