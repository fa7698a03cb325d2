"""KER651 backend-import-failed."""

from __future__ import annotations

from kerlint.rules._environment import EnvironmentRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations


class BackendImportFailed(EnvironmentRule):
    """A backend is installed and cannot be imported, or cannot run.

    ## What it does

    Imports each installed backend (TensorFlow, JAX, PyTorch) in a process of its own and computes
    something with it. It fires where that raises an exception. Where another finding explains the
    failure, the failure is that finding's evidence.

    ## Why is this bad?

    Keras on this backend fails in the same place, and so does code that uses the backend itself.

    ## Example

    ```json
    {"trials": [{"subject": "jax", "ended": "failed", "last_step": "found",
      "error": "RuntimeError: jaxlib is version 0.4.20, but this version of jax requires 0.10.2"}]}
    ```

    ## Use instead

    ```json
    {"trials": [{"subject": "jax", "ended": "well"}]}
    ```

    ## References

    - [Installing TensorFlow](https://www.tensorflow.org/install/pip)
    - [Installing JAX](https://docs.jax.dev/en/latest/installation.html)
    - [Installing PyTorch](https://pytorch.org/get-started/locally/)
    """

    code = "KER651"
    name = "backend-import-failed"
    severity = "error"
    errors = (
        "ImportError: Traceback (most recent call last): ... Failed to load the native TensorFlow "
        "runtime.",
        "RuntimeError: jaxlib is version ..., but this version of jax requires version >= ....",
        "OSError: libcudart.so.12: cannot open shared object file: No such file or directory",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield each trial of a backend that raised."""
        from kerlint.rules.environment import _trials

        for trial in _trials.tried(seen, "failed"):
            if trial.subject in ("keras", "tf_keras"):
                continue
            variable, happens = _trials.by_variable(trial, seen)
            yield self.finding(
                f"{trial.subject} does not run: {trial.error or trial.last_step}",
                trial.subject,
                help=happens or _trials.advice(trial),
                evidence=_trials.evidence(trial),
                commands=[asked.owner.unset(variable)] if variable else [],
                seen="live",
                subject=_trials.subject(trial),
                causes=_trials.causes(trial),
            )
