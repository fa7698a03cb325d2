"""KER202 backend-set-after-transitive-import."""

from __future__ import annotations

from kerlint.rules.base import Trigger
from kerlint.rules.order._rule import OrderRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic
    from kerlint.rules.base import Context
    from kerlint.source.facts import Module


class BackendSetAfterTransitiveImport(OrderRule):
    """`KERAS_BACKEND` is set after another module has imported Keras.

    ## What it does
    Follows the programs of the project as Python would run them: scripts, `__main__` modules,
    console commands, notebooks, and tests with their `conftest.py`. Own modules run when they are
    first imported, packages before what is in them, functions when they are called. Finds writes
    of `KERAS_BACKEND` to `os.environ` that certainly come after some own module has imported
    Keras or TensorFlow, and says which one did. Packages that are known to import Keras count
    too, as a warning. What another program comes to on its way counts if nothing in that program
    can keep the write from being made.

    ## Why is this bad?
    Keras reads the variable once, while it is imported, no matter who imports it. A later write is
    obeyed by nobody and reported by nobody. In a project of several files nothing on the screen
    shows that it is too late: the import that reads the variable is in another file.

    ## Example
    ```python
    # file: net.py
    import keras

    model = keras.Sequential([keras.layers.Dense(1)])

    # file: train.py
    import net

    import os

    os.environ["KERAS_BACKEND"] = "jax"

    net.model.compile(loss="mse")
    ```

    ## Use instead
    ```python
    # file: net.py
    import keras

    model = keras.Sequential([keras.layers.Dense(1)])

    # file: train.py
    import os

    os.environ["KERAS_BACKEND"] = "jax"

    import net

    net.model.compile(loss="mse")
    ```

    Or set it before Python starts: `KERAS_BACKEND=jax python train.py`. A package can set it in
    its `__init__.py`, above every import; a test suite in the `conftest.py` of its root.

    ## References
    - [Configuring your backend](https://keras.io/getting_started/#configuring-your-backend)
    - [keras-hub #2881](https://github.com/keras-team/keras-hub/issues/2881): a `conftest.py` that
      imports Keras before the tests choose a backend
    """

    code = "KER202"
    name = "backend-set-after-transitive-import"
    severity = "error"
    trigger = Trigger(variables=(b"KERAS_BACKEND",), words=(b"load_dotenv",))
    errors = ("ModuleNotFoundError: No module named 'tensorflow'",)

    def check(self, module: Module, context: Context) -> Iterator[Diagnostic]:
        """Yield each write of the variable that comes too late."""
        from kerlint.rules.order import _late

        return _late.check(
            self,
            module,
            context,
            "KERAS_BACKEND",
            "Keras keeps the backend it has",
            "set `{variable}` before the first import that leads to keras or tensorflow, "
            "or in the shell that starts Python",
            here=False,
        )
