"""KER602 startup-crash."""

from __future__ import annotations

from kerlint.rules._environment import EnvironmentRule, Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations


class StartupCrash(EnvironmentRule):
    """Something that runs at every start of Python ends or breaks it.

    ## What it does

    Compares a start that reads nothing of the environment with an ordinary one. Where only the
    first answers, a `sitecustomize`, a `usercustomize` or a line of a `.pth` file is at fault; the
    message names it where it can be told. Where each of the others does all that it is to do and
    then never ends, a thread was left running or something waits at the exit.

    ## Why is this bad?

    Every program of this Python ends before its first line, whatever is installed; or none ever ends,
    and a job runs into its limit.

    ## Example

    ```json
    {"site": {"sitecustomize": "/env/lib/python3.11/site-packages/sitecustomize.py"},
     "starts": [
      {"mode": "without-site", "returncode": 0, "answered": true},
      {"mode": "isolated", "returncode": 3, "stderr": "no licence\\n"},
      {"mode": "ordinary", "returncode": 3, "stderr": "no licence\\n"}]}
    ```

    ## Use instead

    ```json
    {"site": {"sitecustomize": "/env/lib/python3.11/site-packages/sitecustomize.py"},
     "starts": [
      {"mode": "without-site", "returncode": 0, "answered": true},
      {"mode": "isolated", "returncode": 0, "answered": true},
      {"mode": "ordinary", "returncode": 0, "answered": true}]}
    ```

    ## References

    - [What Python does at start](https://docs.python.org/3/library/site.html)
    """

    code = "KER602"
    name = "startup-crash"
    severity = "error"
    errors = ("Error in sitecustomize; set PYTHONVERBOSE for traceback: ...",)

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield one finding where only a start without `site` answers, or none of the others ends."""
        from kerlint.rules.environment._starts import culprit_of, how, last_line

        yield from self._without_end(seen, asked)
        silent = [one for one in seen.starts if not one.answered]
        if not silent or len(silent) == len(seen.starts):
            return
        if any(one.mode == "without-site" for one in silent):
            return
        failed = silent[0]
        culprit, what = culprit_of(seen, failed.stderr)
        evidence = [Evidence(how(one), f"start `{one.mode}`") for one in silent]
        said = last_line(failed.stderr)
        if said:
            evidence.append(Evidence(said, "standard error"))
        if not (culprit and culprit in failed.stderr):
            code = seen.site.pth_code
            evidence += [Evidence(one.text, f"{one.file}:{one.line}") for one in code]
        yield self.finding(
            f"every start of this Python fails{f' in {what}' if what else ''}: {how(failed)}",
            culprit or seen.interpreter.executable or "python",
            help="Move that file away, or mend it; `python -I -S` starts without it."
            if culprit
            else "Start with `python -v` to see what was run last.",
            evidence=evidence,
            confidence="certain" if culprit and culprit in failed.stderr else "likely",
            seen="live",
            commands=[asked.owner.put_aside(culprit)] if culprit else [],
            subject="start",
            causes=["run", "import", "backend", "start-up file", "gpu", "not-installed"],
        )

    def _without_end(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Starts that do all that they are to do, and then wait: for a thread, or at the exit."""
        from kerlint.rules.environment import _trials
        from kerlint.rules.environment._starts import culprit_of

        ordinary = [one for one in seen.starts if one.mode != "without-site"]
        if not ordinary or not all(one.answered and one.timed_out for one in ordinary):
            return
        if any(one.timed_out for one in seen.starts if one.mode == "without-site"):
            return
        culprit, what = culprit_of(seen, "")
        waiting = [
            f"start `{one.mode}`: done, and not ended after {one.seconds:.0f} s" for one in ordinary
        ]
        yield self.finding(
            f"no start of this Python comes to its end{f', by {what}' if what else ''}: it does what it is "
            "to do, and then hangs",
            culprit or seen.interpreter.executable or "python",
            help="Something that starts with it leaves a thread running, or waits at the exit; "
            "`python -I -S` starts without it.",
            evidence=[Evidence(one) for one in waiting],
            confidence="likely",
            seen="live",
            commands=[asked.owner.put_aside(culprit)] if culprit else [],
            subject="start end",
            causes=[_trials.subject(one) for one in _trials.tried(seen, "timed-out")],
        )
