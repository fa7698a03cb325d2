"""KER209 backend-switched-after-use."""

from __future__ import annotations

from kerlint.rules.base import Trigger
from kerlint.rules.order._rule import OrderRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic
    from kerlint.rules.base import Context
    from kerlint.source.facts import Event, Module

_SETTERS = frozenset({"keras.config.set_backend", "tensorflow.keras.config.set_backend"})
_HARMLESS = ("config.", "backend.", "version", "utils.set_random_seed", "saving.register")
"""What may be called before, below keras: it leaves no object of the old backend behind."""


class BackendSwitchedAfterUse(OrderRule):
    """`keras.config.set_backend` is called after Keras was used.

    ## What it does
    Follows the file in the order in which it runs and finds a call of `keras.config.set_backend`
    before which a layer, a model, a tensor or another object of Keras has certainly been made. A
    file that calls it more than once is left alone: it puts the backend back, or knows what it
    does.

    ## Why is this bad?
    The call loads Keras anew. Whatever was made before belongs to the old Keras on the old backend:
    its layers are no layers of the new one, its tensors are tensors of another library. Keras
    prints a warning, the errors come later and elsewhere.

    ## Example
    ```python
    import keras

    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    keras.config.set_backend("jax")
    model.compile(loss="mse")
    ```

    ## Use instead
    ```python
    import os

    os.environ["KERAS_BACKEND"] = "jax"

    import keras

    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.compile(loss="mse")
    ```

    ## References
    - [keras.config.set_backend](https://keras.io/api/utils/config_utils/#setbackend-function)
    - [keras #22619](https://github.com/keras-team/keras/issues/22619)
    """

    code = "KER209"
    name = "backend-switched-after-use"
    severity = "warning"
    trigger = Trigger(names=tuple(sorted(_SETTERS)))
    errors = ("UserWarning: Using `keras.config.set_backend` is dangerous and should be done ...",)

    def check(self, module: Module, context: Context) -> Iterator[Diagnostic]:
        """Yield the call, if some object of Keras has certainly been made before."""
        from kerlint.diagnostics import Related
        from kerlint.rules._conditions import never_runs
        from kerlint.rules.order import _writes

        versions = context.target.newest
        switches = [
            (event, function)
            for event, function in _writes.events(module)
            if event.kind == "use" and not _SETTERS.isdisjoint(event.names)
        ]
        if len(switches) != 1:
            return
        switch, function = switches[0]
        if _writes.is_test(function) or never_runs(switch.guards, versions):
            return
        made = _made_before(module, switch)
        if made is None:
            return
        yield self.diagnostic(
            module,
            switch.node,
            switch.last,
            message=f"the backend is switched after `{made.names[0]}` was used: "
            "what it made stays with the old backend",
            label="Keras is loaded anew here",
            help="set `KERAS_BACKEND` before the first import of keras instead",
            related=(
                Related(module.path, module.span(made.node, made.last), "made on the old backend"),
            ),
        )


def _made_before(module: Module, switch: Event) -> Event | None:
    """The first use of Keras that certainly happens before `switch`, or None."""
    from kerlint.rules.order._before import before

    return before(module, switch, _makes)


def _makes(event: Event) -> bool:
    if event.kind != "use" or len(event.names) != 1 or event.node is None:
        return False
    name = event.names[0].removeprefix("tensorflow.")
    root, _, rest = name.partition(".")
    return root == "keras" and bool(rest) and not rest.startswith(_HARMLESS)
