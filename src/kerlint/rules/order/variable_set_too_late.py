"""KER204 variable-set-too-late."""

from __future__ import annotations

from kerlint.knowledge.variable_table import VARIABLES
from kerlint.rules.base import Trigger
from kerlint.rules.order._rule import OrderRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic
    from kerlint.rules.base import Context
    from kerlint.source.facts import Module

_RULES_OF_THEIR_OWN = frozenset({"KERAS_BACKEND", "TF_USE_LEGACY_KERAS"})

_WATCHED = tuple(
    variable
    for variable in VARIABLES
    if variable.moment != "start" and variable.name not in _RULES_OF_THEIR_OWN
)


class VariableSetTooLate(OrderRule):
    """An environment variable is set after the library that obeys it has read it.

    ## What it does
    Follows the file in the order in which it runs and finds writes of environment variables that
    certainly come after the moment at which they are read. Some are read while a library is
    imported (`KERAS_HOME`, `TF_CPP_MIN_LOG_LEVEL`, `JAX_PLATFORMS`), others when its devices start
    (`CUDA_VISIBLE_DEVICES`, `XLA_FLAGS`): the latter may be set between the import and the first
    use, and are only reported after a call that certainly starts the devices, such as
    `tf.config.list_physical_devices()` or `jax.devices()`. [Order matters](../order-matters.md)
    lists them all with their moments.

    A module that names no library itself is judged by the programs that import it too late.

    `KERAS_BACKEND` and `TF_USE_LEGACY_KERAS` have rules of their own:
    [KER201](backend-set-after-import.md), [KER203](legacy-switch-set-after-import.md).

    ## Why is this bad?
    Nobody obeys the late value, and nobody says so: the log goes on, the GPU that was to be left
    alone is taken, downloads land in another folder.

    ## Example
    ```python
    import os

    import tensorflow as tf

    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"

    if tf.config.list_physical_devices("GPU"):
        os.environ["CUDA_VISIBLE_DEVICES"] = "0"
    ```

    ## Use instead
    ```python
    import os

    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"

    import tensorflow as tf

    os.environ["CUDA_VISIBLE_DEVICES"] = "0"
    print(tf.config.list_physical_devices("GPU"))
    ```

    ## References
    - [Where Keras reads its variables](https://github.com/keras-team/keras/blob/v3.15.1/keras/src/backend/config.py)
    - [CUDA environment variables](https://docs.nvidia.com/cuda/cuda-programming-guide/05-appendices/environment-variables.html)
    - [tensorflow #56107](https://github.com/tensorflow/tensorflow/issues/56107)
    - [segmentation_models #493](https://github.com/qubvel/segmentation_models/issues/493)
    """

    code = "KER204"
    name = "variable-set-too-late"
    severity = "warning"
    trigger = Trigger(variables=tuple(variable.name.encode() for variable in _WATCHED))

    def check(self, module: Module, context: Context) -> Iterator[Diagnostic]:
        """Yield each write that comes after the moment at which the variable is read."""
        from kerlint.rules.order import _moments

        for variable in _WATCHED:
            if variable.name in module.text:
                yield from _moments.late(self, module, context, variable)
