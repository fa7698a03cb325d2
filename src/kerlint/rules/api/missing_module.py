"""KER301."""

from __future__ import annotations

from kerlint.rules.api._verdicts import MODULE, of_kind
from kerlint.rules.api._wording import cure_of_import, fate_of, spelled, target_of
from kerlint.rules.base import Rule, Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic
    from kerlint.rules.base import Context
    from kerlint.source.facts import Module


class MissingModule(Rule):
    """Importing or using a Keras module that the target does not have.

    ## What it does
    Finds imports and attribute chains that go through a module of `keras`, `tf.keras` or
    `tf_keras` which the target's release does not have: modules that were closed or moved
    (`keras.engine`, `keras.layers.core`, `keras.utils.np_utils`), and modules that no release
    ever had.

    ## Why is this bad?
    The import fails with `ModuleNotFoundError`, the attribute with `AttributeError`, before a
    single line of the program's own work is done.

    ## Example
    ```python
    from keras.layers.core import Dense
    ```

    ## Use instead
    ```python
    from keras.layers import Dense
    ```

    ## References
    - [Keras 3 migration guide](https://keras.io/guides/migrating_to_keras_3/)
    """

    code = "KER301"
    name = "missing-module"
    by_target = "newest"
    trigger = Trigger(missing=True)
    errors = (
        "ModuleNotFoundError: No module named 'keras.engine'",
        "ModuleNotFoundError: No module named 'keras.layers.core'",
        "ModuleNotFoundError: No module named 'keras.utils.np_utils'",
    )

    def check(self, module: Module, context: Context) -> Iterator[Diagnostic]:
        """One finding for each import or chain that goes through a missing module."""
        for verdict in of_kind(MODULE, module, context):
            missing = verdict.missing
            yield self.diagnostic(
                module,
                *verdict.nodes(),
                message=f"{target_of(missing, context)} has no module `{spelled(missing)}`: "
                f"{fate_of(missing, context)}",
                label="no such module",
                help=cure_of_import([verdict.name, *verdict.also], missing, context),
                qualified_name=verdict.name,
            )
