"""KER302."""

from __future__ import annotations

from kerlint.rules.api._verdicts import NAME, of_kind
from kerlint.rules.api._wording import cure, fate_of, spelled, target_of
from kerlint.rules.base import Rule, Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic
    from kerlint.rules.api._verdicts import Verdict
    from kerlint.rules.base import Context
    from kerlint.source.facts import Module


class MissingName(Rule):
    """Using a Keras name that the target does not have.

    ## What it does
    Finds every use of a class, function or constant of `keras`, `tf.keras` or `tf_keras` that the
    target's release does not have, and says whether it was removed (and when), has moved (and
    where to), comes with a later release, or never existed (and which name is the nearest).

    ## Why is this bad?
    The import fails with `ImportError`, the attribute with `AttributeError`; inside a function
    that is called late, perhaps hours after the training began.

    ## Example
    ```python
    from keras.layers import CuDNNLSTM
    ```

    ## Use instead
    ```python
    from keras.layers import LSTM
    ```

    ## References
    - [Keras 3 migration guide](https://keras.io/guides/migrating_to_keras_3/)
    """

    code = "KER302"
    name = "missing-name"
    by_target = "newest"
    trigger = Trigger(missing=True)
    errors = (
        "ImportError: cannot import name 'np_utils' from 'keras.utils'",
        "ImportError: cannot import name 'CuDNNLSTM' from 'keras.layers'",
        "AttributeError: module 'keras.backend' has no attribute 'set_image_dim_ordering'",
    )

    def check(self, module: Module, context: Context) -> Iterator[Diagnostic]:
        """One finding for each reference to a missing name."""
        for verdict in of_kind(NAME, module, context):
            yield self.diagnostic(
                module,
                *verdict.nodes(),
                message=self._message(verdict, context),
                label="no such name",
                help=cure(verdict.missing, context),
                qualified_name=verdict.name,
            )

    def _message(self, verdict: Verdict, context: Context) -> str:
        missing = verdict.missing
        if not verdict.found.missing:
            holder = spelled(verdict.found.container)
            return (
                f"`{spelled(missing)}` cannot be reached: `{holder}` has no such attribute until "
                f"the module is imported by its own name"
            )
        return (
            f"{target_of(missing, context)} has no `{spelled(missing)}`: "
            f"{fate_of(missing, context)}"
        )
