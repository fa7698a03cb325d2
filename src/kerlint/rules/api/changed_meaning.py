"""KER308."""

from __future__ import annotations

from kerlint.rules.base import Rule, Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic
    from kerlint.knowledge.changes import Change
    from kerlint.rules.base import Context
    from kerlint.source.facts import Module

_PLACES = ("applications", "callbacks", "initializers", "layers", "models", "optimizers", "saving")
_NAMES = tuple(
    f"{root}.{place}"
    for root in ("keras", "tensorflow.keras")
    for place in (*_PLACES, "Layer", "Model", "Sequential")
)
"""Where the classes and functions of all rows come from."""


class ChangedMeaning(Rule):
    """Code that the target accepts, and that means something else than it did.

    ## What it does
    Finds code whose meaning a release has changed without an error:

    - `decay=` of an optimizer, `optimizer.lr = ...`, `ReduceLROnPlateau(epsilon=)`,
      `include_optimizer=False` with a `.keras` file: ignored by Keras 3;
    - a `tf.Variable` kept by a layer or model: `fit` of Keras 3 does not train it, `save` leaves it
      out (`tf.train.Checkpoint` does keep it);
    - `Conv2D(32, 3, 3)`: in Keras 1 a kernel of 3x3, since Keras 2 a stride of 3;
    - the keys `acc` and `val_acc` of what is watched and kept, although the metric is named
      "accuracy", and `lr` in the history;
    - `model.metrics_names` of a model compiled with metrics, which no longer names them;
    - one initializer without a seed for several weights: they begin alike since Keras 2.10;
    - where the requirements admit Keras 2 and 3 both: `hard_sigmoid`, `restore_best_weights`.

    Each stands in a table with its source and with a small program that was run before and after
    the change.

    ## Why is this bad?
    The program runs, and learns something else, or nothing. At best there is a warning among
    many lines of output.

    ## Example
    ```python
    import keras

    optimizer = keras.optimizers.SGD(learning_rate=0.1, decay=1e-4)
    ```

    ## Use instead
    ```python
    import keras

    schedule = keras.optimizers.schedules.InverseTimeDecay(0.1, decay_steps=1, decay_rate=1e-4)
    optimizer = keras.optimizers.SGD(learning_rate=schedule)
    ```

    ## References
    - [Migrating Keras 2 code to Keras 3](https://keras.io/guides/migrating_to_keras_3/)
    - [Keras 2.0 release notes](https://github.com/keras-team/keras/wiki/Keras-2.0-release-notes)
    """

    code = "KER308"
    name = "changed-meaning"
    severity = "warning"
    by_target = "newest"
    spares_keras = True
    trigger = Trigger(names=_NAMES)
    errors = (
        "UserWarning: Argument `decay` is no longer supported and will be ignored.",
        "UserWarning: Can save best model only with val_acc available, skipping.",
        "KeyError: 'acc'",
    )

    def applies(self, path: str, data: bytes) -> bool:
        """Whether the words of some row stand in the file; not in the sources of Keras itself."""
        from kerlint.rules.api._changed_text import may_have_changed

        return may_have_changed(data)

    def check(self, module: Module, context: Context) -> Iterator[Diagnostic]:
        """One finding for each place where the meaning has changed."""
        from kerlint.knowledge.changes import changes
        from kerlint.rules._guards import ANY, silenced
        from kerlint.rules.api._changed import shapes
        from kerlint.rules.api._verdicts import judge_of

        judge = judge_of(module, context)
        for shape in shapes(module, context):
            change = changes()[shape.program]
            if not _said(change, shape.root, context):
                continue
            if silenced(shape.guards, ANY, context, judge.fails):
                continue
            yield self.diagnostic(
                module,
                shape.node,
                message=change.message.format(**shape.words),
                label="changed",
                help=change.cure.format(**shape.words),
                severity=change.severity,
            )


def _said(change: Change, root: str, context: Context) -> bool:
    """Whether the change matters at the target."""
    if context.api.legacy and root != "keras":
        return False
    if change.holds(root, context.target.newest) is not True:
        return False
    if change.pins == "any":
        return True
    floor = context.target.floor
    return floor is not None and change.holds(root, floor.versions) is False
