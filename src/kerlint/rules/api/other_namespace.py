"""KER303."""

from __future__ import annotations

from kerlint.rules.api._verdicts import NAMESPACE, of_kind, other_namespace
from kerlint.rules.api._wording import moved, spelled, target_of
from kerlint.rules.base import Rule, Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic
    from kerlint.rules.base import Context
    from kerlint.source.facts import Module


class OtherNamespace(Rule):
    """Using a name that lives under `tf.keras` but not under `keras`, or the reverse.

    ## What it does
    Finds names that the target has on one side only. With TensorFlow 2.16 and later `keras` and
    `tf.keras` are the same library, but not the same list of names: old helpers such as
    `Tokenizer` and `ImageDataGenerator` are only under `tf.keras`, and
    `losses.mean_squared_error` only under `keras`.

    ## Why is this bad?
    Code that is moved from one spelling to the other looks the same and fails with
    `AttributeError` or `ImportError`.

    ## Example
    ```python
    from keras.preprocessing.text import Tokenizer
    ```

    ## Use instead
    ```python
    from tensorflow.keras.preprocessing.text import Tokenizer
    ```

    ## References
    - [tensorflow/tensorflow#69851](https://github.com/tensorflow/tensorflow/issues/69851)
    """

    code = "KER303"
    name = "other-namespace"
    by_target = "newest"
    trigger = Trigger(missing=True)
    errors = (
        "ModuleNotFoundError: No module named 'keras.preprocessing.text'",
        "AttributeError: module 'keras._tf_keras.keras.losses' has no attribute "
        "'mean_squared_error'",
    )

    def check(self, module: Module, context: Context) -> Iterator[Diagnostic]:
        """One finding for each name that is written under the wrong root."""
        from kerlint.knowledge.replacements import replacement

        for verdict in of_kind(NAMESPACE, module, context):
            missing = verdict.missing
            other = spelled(other_namespace(missing) or "")
            row = replacement(missing)
            advice = (
                moved(missing, context.api) if row is None else row.sentence(context.target.newest)
            )
            help = f"{advice}; or write `{other}`" if advice else f"write `{other}`"
            yield self.diagnostic(
                module,
                *verdict.nodes(),
                message=f"`{spelled(missing)}` does not exist in {target_of(missing, context)}; "
                f"only `{other}` does",
                label="not in this namespace",
                help=help,
                qualified_name=verdict.name,
            )
