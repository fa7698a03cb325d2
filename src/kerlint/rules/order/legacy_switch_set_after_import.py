"""KER203 legacy-switch-set-after-import."""

from __future__ import annotations

from kerlint.rules.base import Trigger
from kerlint.rules.order._rule import OrderRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic
    from kerlint.rules.base import Context
    from kerlint.source.facts import Module


class LegacySwitchSetAfterImport(OrderRule):
    """`TF_USE_LEGACY_KERAS` is set after TensorFlow was imported.

    ## What it does
    Follows the file in the order in which it runs and finds writes of `TF_USE_LEGACY_KERAS` to
    `os.environ` that certainly come after TensorFlow (2.16 or later) was imported.

    ## Why is this bad?
    TensorFlow looks at the switch while it is imported and once more when `tf.keras` is first
    used. A switch that changes in between splits the process in two: `tf.keras.layers.Dense`
    may be Keras 2 while `from tensorflow.keras import layers` still gives Keras 3, and their
    objects do not work together. Set later still, it does nothing at all.

    ## Example
    ```python
    import os

    import tensorflow as tf

    os.environ["TF_USE_LEGACY_KERAS"] = "1"

    model = tf.keras.Sequential([tf.keras.layers.Dense(1)])
    ```

    ## Use instead
    ```python
    import os

    os.environ["TF_USE_LEGACY_KERAS"] = "1"

    import tensorflow as tf

    model = tf.keras.Sequential([tf.keras.layers.Dense(1)])
    ```

    Or set it before Python starts: `TF_USE_LEGACY_KERAS=1 python train.py`.

    ## References
    - [TensorFlow + Keras 2 backwards compatibility](https://keras.io/getting_started/#tensorflow--keras-2-backwards-compatibility)
    - [Where TensorFlow reads it](https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/python/util/lazy_loader.py)
    """

    code = "KER203"
    name = "legacy-switch-set-after-import"
    severity = "error"
    trigger = Trigger(variables=(b"TF_USE_LEGACY_KERAS",), words=(b"load_dotenv",))
    errors = (
        "ValueError: Only instances of `keras.Layer` can be added to a Sequential model.",
        "TypeError: The added layer must be an instance of class Layer.",
    )

    def check(self, module: Module, context: Context) -> Iterator[Diagnostic]:
        """Yield each write of the switch that comes too late."""
        from kerlint.rules.order import _late

        return _late.check(
            self,
            module,
            context,
            "TF_USE_LEGACY_KERAS",
            "`tf.keras` and `tensorflow.keras` may now be different libraries",
            "set `{variable}` before the first import of tensorflow, "
            "or in the shell that starts Python",
        )
