"""KER201 backend-set-after-import."""

from __future__ import annotations

from kerlint.rules.base import Trigger
from kerlint.rules.order._rule import OrderRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic
    from kerlint.rules.base import Context
    from kerlint.source.facts import Module


class BackendSetAfterImport(OrderRule):
    """`KERAS_BACKEND` is set after the import that reads it.

    ## What it does
    Follows the file in the order in which it runs and finds writes of `KERAS_BACKEND` to
    `os.environ` that certainly come after Keras was imported. `import tensorflow` counts: it
    imports Keras. Functions count when the file calls them; what only another process will see,
    what is put back or deleted, and what repeats a write that was in time is left alone.
    `load_dotenv()` is a write if the `.env` file that it finds chooses a backend. A late `"tensorflow"` is a warning: Keras takes it anyway where nobody has
    chosen another.

    ## Why is this bad?
    Keras reads the variable once, while it is imported. A later write is obeyed by nobody and
    reported by nobody: the program goes on with another backend than its text says, and
    `importlib.reload(keras)` does not change that.

    ## Example
    ```python
    import os

    import tensorflow as tf

    os.environ["KERAS_BACKEND"] = "jax"

    import keras

    print(keras.backend.backend(), tf.__version__)  # tensorflow
    ```

    ## Use instead
    ```python
    import os

    os.environ["KERAS_BACKEND"] = "jax"

    import keras
    import tensorflow as tf

    print(keras.backend.backend(), tf.__version__)  # jax
    ```

    Or set it before Python starts: `KERAS_BACKEND=jax python train.py`.

    ## References
    - [Configuring your backend](https://keras.io/getting_started/#configuring-your-backend)
    - [keras-core #749](https://github.com/keras-team/keras-core/issues/749)
    - [keras #19423](https://github.com/keras-team/keras/issues/19423)
    """

    code = "KER201"
    name = "backend-set-after-import"
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
            "set `{variable}` before the first import of keras or tensorflow, "
            "or in the shell that starts Python",
            here=True,
        )
