"""KER624 keras-import-failed."""

from __future__ import annotations

from kerlint.rules._environment import EnvironmentRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations


class KerasImportFailed(EnvironmentRule):
    """Keras could not be imported, or could not run.

    ## What it does

    Imports Keras in a process of its own, builds a small model on the chosen backend, fits it for
    one batch and saves it. It fires where that raises an exception. Where another finding explains
    the failure, the failure is that finding's evidence, and there is only the one.

    ## Why is this bad?

    The project's code will fail in the same place.

    ## Example

    ```json
    {"trials": [{"subject": "keras", "backend": "tensorflow", "ended": "failed",
      "last_step": "found", "error": "ImportError: cannot import name 'layers' from 'keras.src'"}]}
    ```

    ## Use instead

    ```json
    {"trials": [{"subject": "keras", "backend": "tensorflow", "ended": "well"}]}
    ```

    ## References

    - [Installing Keras](https://keras.io/getting_started/)
    """

    code = "KER624"
    name = "keras-import-failed"
    severity = "error"
    errors = (
        "ImportError: cannot import name ... from partially initialized module 'keras' (most "
        "likely due to a circular import)",
        "ImportError: Keras cannot be imported. Check that it is installed.",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield each trial of Keras that raised."""
        from kerlint.rules.environment import _trials

        for trial in _trials.tried(seen, "failed"):
            if trial.subject != "keras":
                continue
            variable, happens = _trials.by_variable(trial, seen)
            yield self.finding(
                f"{_trials.called(trial)} does not run: {trial.error or trial.last_step}",
                "keras",
                help=happens or _trials.advice(trial),
                evidence=_trials.evidence(trial),
                commands=[asked.owner.unset(variable)] if variable else [],
                seen="live",
                subject=_trials.subject(trial),
                causes=_trials.causes(trial),
            )
