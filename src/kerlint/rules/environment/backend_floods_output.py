"""KER656 backend-floods-output."""

from __future__ import annotations

from kerlint.rules._environment import EnvironmentRule, Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations


LIMIT = 1_000_000
"""Bytes. TensorFlow 2.21 and Keras 3.15 wrote about a thousandth of it on a CPU."""


class BackendFloodsOutput(EnvironmentRule):
    """A framework buries everything under its output while it starts.

    ## What it does

    Starts each installed framework in a process of its own and counts what it writes. It fires from
    a million bytes on; a usual start writes about a thousand. The starts of Python itself count,
    too: what runs in each of them (`sitecustomize`) may write.

    ## Why is this bad?

    The line that matters is lost, CI cuts the log off, and writing it takes longer than the work.
    The usual cause is a variable that asks for details (`TF_CPP_MAX_VLOG_LEVEL`), or a message
    that is repeated for every operation.

    ## Example

    ```json
    {"trials": [{"subject": "tensorflow", "ended": "well", "output_bytes": 48000000,
      "output": "I tensorflow/core/x.cc:1] again"}]}
    ```

    ## Use instead

    ```json
    {"trials": [{"subject": "tensorflow", "ended": "well", "output_bytes": 2300}]}
    ```

    ## References

    - [Logging of TensorFlow](https://github.com/openxla/xla/blob/main/xla/tsl/platform/default/logging.cc)
    """

    code = "KER656"
    name = "backend-floods-output"
    severity = "warning"
    errors = ()

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield the starts of Python, and each trial that wrote too much."""
        from kerlint.rules.environment import _trials

        yield from self._starts(seen, asked)

        loud = [
            name for name in ("TF_CPP_MAX_VLOG_LEVEL", "TF_CPP_VMODULE") if name in seen.environment
        ]
        for trial in seen.trials:
            if trial.output_bytes < LIMIT:
                continue
            megabytes = trial.output_bytes / 1e6
            yield self.finding(
                f"{_trials.called(trial)} wrote {megabytes:.0f} MB while it started",
                trial.subject,
                help=f"Unset {' and '.join(loud)}."
                if loud
                else "The line that is repeated says who writes it.",
                evidence=[
                    *(Evidence(f"{name}={seen.environment[name]}", "environment") for name in loud),
                    *_repeated(trial.output),
                ],
                seen="live",
                commands=[asked.owner.words("unset", *loud)]
                if loud and not asked.owner.windows
                else [],
                subject=f"flood {trial.subject} {trial.backend}".rstrip(),
                causes=[f"flood keras {trial.subject}"],
            )

    def _starts(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        from kerlint.rules.environment._starts import culprit_of

        loud = [one for one in seen.starts if one.answered and one.output_bytes >= LIMIT]
        if not loud:
            return
        culprit, what = culprit_of(seen, loud[0].stderr)
        yield self.finding(
            f"every start of this Python writes {loud[0].output_bytes / 1e6:.0f} MB"
            + (f", in {what}" if what else ""),
            culprit or seen.interpreter.executable or "python",
            help="Mend that file, or move it away." if culprit else "The line says who writes it.",
            evidence=_repeated(loud[0].stderr),
            seen="live",
            commands=[asked.owner.put_aside(culprit)] if culprit else [],
            subject="start flood",
            causes=["flood"],
        )


def _repeated(output: str) -> list[Evidence]:
    """The line that stands in the output most often."""
    counts: dict[str, int] = {}
    for line in output.splitlines():
        if line.strip():
            counts[line.strip()] = counts.get(line.strip(), 0) + 1
    if not counts:
        return []
    line = max(counts, key=lambda one: counts[one])
    return [Evidence(line[:200], "its output")]
