"""KER205 variable-without-effect."""

from __future__ import annotations

from kerlint.knowledge.variable_table import BY_NAME
from kerlint.rules.base import Trigger
from kerlint.rules.order._rule import OrderRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic
    from kerlint.rules.base import Context
    from kerlint.source.facts import Event, Module

_WAYS = (b"putenv", b"export ", b"set ", b"LD_LIBRARY_PATH", b"PYTHONHASHSEED", b"KERAS_BACKEND")


class VariableWithoutEffect(OrderRule):
    """An environment variable is set in a way that nobody can see.

    ## What it does
    Finds four ways to set a variable for nobody:

    - `os.putenv("KERAS_BACKEND", ...)`: `os.environ` does not change, and that is where Keras
      looks. Variables that compiled code reads, such as `CUDA_VISIBLE_DEVICES`, are left alone.
    - `os.system("export ...")`, `!export ...` in a notebook: the shell that it is set for ends at
      once.
    - `LD_LIBRARY_PATH` and `PYTHONHASHSEED` in `os.environ`: they are read when a process starts.
      A file that starts other processes, or may, is left alone.
    - `KERAS_BACKEND` with Keras 2.4 to 2.15, which runs on TensorFlow whatever it says.

    ## Why is this bad?
    The program looks as if it chose a backend, a folder of libraries or fixed hashes, and it does
    not. Nobody says so.

    ## Example
    ```python
    import os

    os.putenv("KERAS_BACKEND", "jax")

    import keras

    print(keras.backend.backend())
    ```

    ## Use instead
    ```python
    import os

    os.environ["KERAS_BACKEND"] = "jax"

    import keras

    print(keras.backend.backend())
    ```

    ## References
    - [os.putenv](https://docs.python.org/3/library/os.html#os.putenv)
    - [PYTHONHASHSEED](https://docs.python.org/3/using/cmdline.html#envvar-PYTHONHASHSEED)
    - [dlopen(3): LD_LIBRARY_PATH at the time the program was started](https://man7.org/linux/man-pages/man3/dlopen.3.html)
    """

    code = "KER205"
    name = "variable-without-effect"
    severity = "warning"
    trigger = Trigger(variables=tuple(name.encode() for name in BY_NAME))

    def applies(self, path: str, data: bytes) -> bool:
        """Whether the file shows one of the ways."""
        return any(way in data for way in _WAYS) and super().applies(path, data)

    def check(self, module: Module, context: Context) -> Iterator[Diagnostic]:
        """Yield each write that has no effect."""
        from kerlint.rules._conditions import never_runs
        from kerlint.rules.order import _without_effect, _writes

        if not _writes.about_keras(module):
            return
        versions = context.target.newest
        for event, function in _writes.events(module):
            if event.kind != "write" or event.node is None or event.variable not in BY_NAME:
                continue
            if never_runs(event.guards, versions) or _writes.is_test(function):
                continue
            fault = _without_effect.fault(module, event, versions)
            if fault is not None and not _without_effect.reads_otherwise(module, event, context):
                yield self._told(module, event, *fault)

    def _told(self, module: Module, event: Event, why: str, cure: str) -> Diagnostic:
        return self.diagnostic(
            module,
            event.node,
            event.last,
            message=f"setting `{event.variable}` here has no effect: {why}",
            help=cure,
            severity="error" if event.variable == "KERAS_BACKEND" else None,
        )
