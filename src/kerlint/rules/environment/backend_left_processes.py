"""KER655 backend-left-processes."""

from __future__ import annotations

from kerlint.rules._environment import EnvironmentRule, Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations


class BackendLeftProcesses(EnvironmentRule):
    """A framework started processes and did not end them.

    ## What it does

    Starts each installed framework in a process of its own. It fires where that process has ended,
    and something that it started has not, half a second later. The probe ends it. The starts of
    Python itself count, too.

    ## Why is this bad?

    Whoever waits for the output that such a process holds open waits for ever: a CI job,
    `subprocess.run` with captured output, a notebook. On a GPU it may hold memory. The usual cause
    is a plugin, a profiler or a `sitecustomize` that starts a helper.

    ## Example

    ```json
    {"trials": [{"subject": "torch", "ended": "well", "returncode": 0, "left_behind": true,
                 "left": ["helper"]}]}
    ```

    ## Use instead

    ```json
    {"trials": [{"subject": "torch", "ended": "well", "returncode": 0}]}
    ```

    ## References

    - [subprocess: pipes and children](https://docs.python.org/3/library/subprocess.html#subprocess.Popen.communicate)
    """

    code = "KER655"
    name = "backend-left-processes"
    severity = "warning"
    errors = ()

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield the starts of Python, and each trial that something outlived."""
        from kerlint.rules.environment import _trials

        yield from self._starts(seen, asked)

        for trial in seen.trials:
            if not trial.left_behind:
                continue
            yield self.finding(
                f"{_trials.called(trial)} started a process that outlived it",
                trial.subject,
                help="Look for what starts it: `python -X importtime` names the modules that are "
                "imported on the way.",
                evidence=[
                    Evidence(f"it had ended, and still there was: {', '.join(trial.left)}")
                    if trial.left
                    else Evidence("its output was still held open after it had ended"),
                    *_trials.evidence(trial),
                ],
                seen="live",
                subject=f"left {trial.subject} {trial.backend}".rstrip(),
                causes=[f"left keras {trial.subject}"],
            )

    def _starts(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        from kerlint.rules.environment._starts import culprit_of

        outlived = [one for one in seen.starts if one.answered and one.left_behind]
        if not outlived:
            return
        culprit, what = culprit_of(seen, outlived[0].stderr)
        yield self.finding(
            f"every start of this Python leaves a process behind{f', by {what}' if what else ''}",
            culprit or seen.interpreter.executable or "python",
            help="Mend that file, or move it away."
            if culprit
            else "Look for what starts it: `python -X importtime -c pass` names what is imported.",
            evidence=[Evidence("still there half a second later", f"start `{outlived[0].mode}`")],
            seen="live",
            commands=[asked.owner.put_aside(culprit)] if culprit else [],
            subject="start left",
            causes=["left"],
        )
