"""KER207 unread-legacy-switch."""

from __future__ import annotations

from kerlint.rules.base import Trigger
from kerlint.rules.order._rule import OrderRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic
    from kerlint.manifests.settings import SettingsFile
    from kerlint.rules.base import Context
    from kerlint.source.facts import Module


class UnreadLegacySwitch(OrderRule):
    """`TF_USE_LEGACY_KERAS` is given a value that does not turn it on.

    ## What it does
    Looks at the values that code and [other files](../settings-files.md) give to
    `TF_USE_LEGACY_KERAS`, as far as they are written out.
    `1`, `true` and `True` turn it on; a plain no (`0`, `false`, an empty text) leaves it off.
    Everything else is reported, for it is meant to turn it on and does not.

    ## Why is this bad?
    TensorFlow compares letter by letter and says nothing: with `TRUE` or `yes`, `tf.keras` is
    Keras 3 although the program asks for Keras 2.

    ## Example
    ```python
    import os

    os.environ["TF_USE_LEGACY_KERAS"] = "yes"

    import tensorflow as tf

    print(tf.keras.__name__)
    ```

    ## Use instead
    ```python
    import os

    os.environ["TF_USE_LEGACY_KERAS"] = "1"

    import tensorflow as tf

    print(tf.keras.__name__)
    ```

    ## References
    - [Where TensorFlow compares](https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/python/util/lazy_loader.py)
    - [TensorFlow + Keras 2 backwards compatibility](https://keras.io/getting_started/#tensorflow--keras-2-backwards-compatibility)
    """

    code = "KER207"
    name = "unread-legacy-switch"
    severity = "warning"
    trigger = Trigger(variables=(b"TF_USE_LEGACY_KERAS",))

    def check(self, module: Module, context: Context) -> Iterator[Diagnostic]:
        """Yield each value that is neither a yes that TensorFlow reads nor a plain no."""
        from kerlint.knowledge.backends import judge_switch
        from kerlint.knowledge.variables import LEGACY_SWITCH, readings
        from kerlint.rules.order import _writes

        versions = context.target.newest
        if not readings(LEGACY_SWITCH, versions):
            return
        for event, value in _writes.values(module, LEGACY_SWITCH, versions):
            if judge_switch(value) == "ignored":
                yield self.diagnostic(
                    module,
                    event.node,
                    event.last,
                    message=f"`{LEGACY_SWITCH}` stays off with `{value}`: "
                    "TensorFlow reads `1`, `true` and `True` only",
                    help='write `"1"`',
                )

    def check_settings(self, file: SettingsFile, context: Context) -> Iterator[Diagnostic]:
        """Yield each such value in a file of settings."""
        from kerlint.knowledge.backends import judge_switch
        from kerlint.knowledge.variables import LEGACY_SWITCH, readings
        from kerlint.rules._files import found_in

        if not readings(LEGACY_SWITCH, context.target.newest):
            return
        for setting in file.settings:
            value = setting.value
            if setting.variable == LEGACY_SWITCH and value and judge_switch(value) == "ignored":
                yield found_in(
                    self,
                    file,
                    setting.span,
                    f"`{LEGACY_SWITCH}` stays off with `{value}`: "
                    "TensorFlow reads `1`, `true` and `True` only",
                    help="write `1`",
                )
