"""KER206 unknown-backend."""

from __future__ import annotations

from kerlint.rules.base import Trigger
from kerlint.rules.order._rule import OrderRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic
    from kerlint.knowledge.backends import Verdict
    from kerlint.manifests.settings import SettingsFile
    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations
    from kerlint.rules.base import Context
    from kerlint.source.facts import Module

_SETTERS = ("keras.config.set_backend", "tensorflow.keras.config.set_backend")


class UnknownBackend(OrderRule):
    """A backend is chosen that Keras does not have.

    ## What it does
    Looks at the values that code gives to `KERAS_BACKEND` and `keras.config.set_backend`, and those
    that [other files](../settings-files.md) give to the variable (`.env`, Dockerfiles, workflows,
    tox and more), as far as they are written out, and compares them with the backends of the Keras that the project gets:
    `tensorflow`, `jax`, `torch` and `numpy` since Keras 3.0, `openvino` since 3.8; `tensorflow`,
    `theano` and `cntk` up to 2.3. Case counts; an empty value counts as none. Values in tests, and
    in code that expects an error, are left alone.

    The probe compares what `KERAS_BACKEND` and `keras.json` of an environment say with the Keras
    that is installed there.

    ## Why is this bad?
    Importing Keras fails, and so does `import tensorflow`, which imports Keras. The traceback names
    neither the variable nor the place where it was set.

    ## Example
    ```python
    import os

    os.environ["KERAS_BACKEND"] = "pytorch"

    import keras

    print(keras.backend.backend())
    ```

    ## Use instead
    ```python
    import os

    os.environ["KERAS_BACKEND"] = "torch"

    import keras

    print(keras.backend.backend())
    ```

    ## References
    - [Configuring your backend](https://keras.io/getting_started/#configuring-your-backend)
    - [Where Keras compares](https://github.com/keras-team/keras/blob/v3.15.1/keras/src/backend/__init__.py)
    - [keras #10252](https://github.com/keras-team/keras/issues/10252)
    """

    code = "KER206"
    name = "unknown-backend"
    severity = "error"
    trigger = Trigger(variables=(b"KERAS_BACKEND",), names=_SETTERS)
    errors = (
        "ValueError: Unable to import backend : ...",
        "ImportError: Keras cannot be imported. Check that it is installed.",
    )

    def check(self, module: Module, context: Context) -> Iterator[Diagnostic]:
        """Yield each value that no backend of the target's Keras has."""
        from kerlint.knowledge.backends import judge_backend
        from kerlint.rules.order import _writes

        versions = context.target.newest
        for event, value in _writes.values(module, "KERAS_BACKEND", versions):
            verdict = judge_backend(value, versions)
            if verdict.kind == "unknown":
                yield self.diagnostic(
                    module,
                    event.node,
                    event.last,
                    message=_message(value, verdict, versions.keras),
                    help=_help(verdict),
                )
        for call in module.calls:
            name = getattr(call.callee, "name", "")
            if name not in _SETTERS or not call.arguments or _writes.is_test(call.callee.scope):
                continue
            given = call.arguments[0]
            if len(given) != 1 or given[0][0] != "text":
                continue
            verdict = judge_backend(given[0][1], versions)
            parts = getattr(call.callee, "parts", ())
            if verdict.kind == "unknown" and parts:
                yield self.diagnostic(
                    module,
                    parts[0],
                    parts[-1],
                    message=_message(given[0][1], verdict, versions.keras),
                    help=_help(verdict),
                )

    def check_settings(self, file: SettingsFile, context: Context) -> Iterator[Diagnostic]:
        """Yield each value in a file of settings that no backend has."""
        from kerlint.knowledge.backends import judge_backend
        from kerlint.rules._files import found_in, pins_old

        versions = context.target.newest
        for setting in file.settings:
            if setting.variable != "KERAS_BACKEND" or not setting.value:
                continue
            verdict = judge_backend(setting.value, versions)
            if verdict.kind == "unknown" and not (verdict.ended and pins_old(file.text)):
                message = _message(setting.value, verdict, versions.keras)
                yield found_in(self, file, setting.span, message, help=_help(verdict))

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield the backend that is chosen in an examined environment, if Keras lacks it."""
        from kerlint.knowledge.backends import judge_backend
        from kerlint.probe.choice import choice, versions
        from kerlint.probe.finding import Evidence, Finding
        from kerlint.probe.installed import Installed

        installed = versions(Installed(seen), seen.interpreter.version)
        chosen = choice(seen)
        verdict = judge_backend(chosen.backend, installed)
        if verdict.kind != "unknown" or not chosen.where:
            return
        variable = chosen.where == "KERAS_BACKEND"
        right = verdict.nearest or "tensorflow"
        yield Finding(
            code=self.code,
            name=self.name,
            severity=self.severity,
            message=f"{_message(chosen.backend, verdict, installed.keras)} ({chosen.by} says so)",
            path=chosen.where,
            help=_help(verdict),
            evidence=[
                Evidence(
                    f"KERAS_BACKEND={chosen.backend}"
                    if variable
                    else f'"backend": "{chosen.backend}"',
                    "environment" if variable else chosen.where,
                )
            ],
            commands=[asked.owner.set("KERAS_BACKEND", right)],
            subject="backend choice",
            causes=[
                "import keras",
                "tensorflow's keras",
                f"run keras {chosen.backend}",
                f"not-installed {chosen.backend}",
            ],
        )


def _message(value: str, verdict: Verdict, keras: str | None) -> str:
    what = f"Keras {keras} has no backend `{value}`"
    if verdict.ended:
        return f"{what}: Keras {verdict.ended} dropped it"
    if verdict.begins:
        return f"{what}: it came with Keras {verdict.begins}"
    return what


def _help(verdict: Verdict) -> str:
    if verdict.nearest:
        return f"did you mean `{verdict.nearest}`?"
    return "choose one of " + ", ".join(f"`{name}`" for name in verdict.choices)
