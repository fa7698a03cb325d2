"""KER653 backend-timed-out."""

from __future__ import annotations

from kerlint.rules._environment import EnvironmentRule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations


class BackendTimedOut(EnvironmentRule):
    """A framework did not come to an end in time.

    ## What it does

    Starts each installed framework in a process of its own and ends it when its time is over. The
    message names the last step that it reached.

    ## Why is this bad?

    It hangs, or is so slow that a job runs into its own limit. Usual causes: a file system over the
    network, a GPU that does not answer, a first start that compiles for minutes.

    ## Example

    ```json
    {"trials": [{"subject": "tensorflow", "ended": "timed-out", "seconds": 60.1,
      "last_step": "imported"}]}
    ```

    ## Use instead

    ```json
    {"trials": [{"subject": "tensorflow", "ended": "well", "seconds": 12.5}]}
    ```

    ## References

    - [faulthandler](https://docs.python.org/3/library/faulthandler.html)
    """

    code = "KER653"
    name = "backend-timed-out"
    severity = "error"
    errors = ("The job running on runner ... has exceeded the maximum execution time",)

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield each trial that was ended when its time was over."""
        from kerlint.rules.environment import _trials

        for trial in _trials.tried(seen, "timed-out"):
            known = _trials.explained(trial) is not None
            step = f"; the last step that it reached is `{trial.last_step}`" * bool(trial.last_step)
            yield self.finding(
                f"{_trials.called(trial)} did not come to an end within {trial.seconds:.0f} s{step}",
                trial.subject,
                help=_trials.advice(trial)
                if known
                else "Try once more with a higher `--timeout`; if it hangs again, look where with "
                "`python -X faulthandler`.",
                evidence=_trials.evidence(trial),
                seen="live",
                subject=_trials.subject(trial),
                causes=_trials.causes(trial),
            )
