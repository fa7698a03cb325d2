"""KER654 backend-no-result."""

from __future__ import annotations

from kerlint.rules._environment import EnvironmentRule, Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations


class BackendNoResult(EnvironmentRule):
    """A framework's process ended "well" without reaching the end.

    ## What it does

    Starts each installed framework in a process of its own, which writes down every step. It fires
    where the process ended with some exit code, no exception and no signal, before the last step.

    ## Why is this bad?

    Something called `exit`, a plugin or a `sitecustomize`. A script that only looks at the exit
    code takes that for success.

    ## Example

    ```json
    {"trials": [{"subject": "tensorflow", "ended": "no-result", "returncode": 0,
      "last_step": "imported"}]}
    ```

    ## Use instead

    ```json
    {"trials": [{"subject": "tensorflow", "ended": "well", "returncode": 0}]}
    ```

    ## References

    - [os._exit](https://docs.python.org/3/library/os.html#os._exit)
    """

    code = "KER654"
    name = "backend-no-result"
    severity = "error"
    errors = ("Process finished with exit code 0",)

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield each trial that stopped by itself before its end."""
        from kerlint.rules.environment import _trials

        for trial in _trials.tried(seen, "no-result"):
            step = trial.last_step or "start"
            yield self.finding(
                f"{_trials.called(trial)} ended with exit code {trial.returncode} after the step "
                f"`{step}`, without a result",
                trial.subject,
                help="Look for what ends the process: `sitecustomize`, a plugin, an `exit` at "
                "import.",
                evidence=[
                    Evidence(f"exit code {trial.returncode}", _trials.command(trial)),
                    *_trials.evidence(trial),
                ],
                seen="live",
                subject=_trials.subject(trial),
                causes=_trials.causes(trial),
            )
