"""KER652 backend-crashed."""

from __future__ import annotations

from kerlint.rules._environment import EnvironmentRule, Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations


class BackendCrashed(EnvironmentRule):
    """A framework took the whole process down with it.

    ## What it does

    Starts each installed framework in a process of its own, and says which signal ended it and at
    which step: an instruction that the processor does not have, memory that ran out, a library
    that was loaded twice.

    ## Why is this bad?

    No `try` catches it: the program is gone, in a notebook the kernel restarts without a word.

    ## Example

    ```json
    {"trials": [{"subject": "tensorflow", "ended": "crashed", "signal": 4, "last_step": "found"}]}
    ```

    ## Use instead

    ```json
    {"trials": [{"subject": "tensorflow", "ended": "well"}]}
    ```

    ## References

    - [tensorflow #17411](https://github.com/tensorflow/tensorflow/issues/17411), processors without AVX
    - [Signals](https://docs.python.org/3/library/signal.html)
    """

    code = "KER652"
    name = "backend-crashed"
    severity = "error"
    errors = (
        "Illegal instruction (core dumped)",
        "Segmentation fault (core dumped)",
        "Killed",
    )

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield each trial that was ended by a signal."""
        from kerlint.rules.environment import _trials

        for trial in _trials.tried(seen, "crashed"):
            number = trial.signal or 0
            meaning = _trials.MEANING.get(number, "")
            translated = number == 4 and _translated(seen)
            help = TRANSLATED if translated else _help(number)
            if _trials.explained(trial) is not None:
                help = _trials.advice(trial)
            yield self.finding(
                f"{_trials.called(trial)} crashed with signal {number}"
                + (f": {meaning}" if meaning else "")
                + (f" (after the step `{trial.last_step}`)" if trial.last_step else ""),
                trial.subject,
                help=help,
                evidence=[
                    Evidence(f"signal {number}", _trials.command(trial)),
                    *_trials.evidence(trial),
                    *(
                        [
                            Evidence(
                                "a Python for Intel on a Mac with ARM", seen.interpreter.executable
                            )
                        ]
                        if translated
                        else []
                    ),
                ],
                seen="live",
                subject=_trials.subject(trial),
                causes=_trials.causes(trial),
            )


TRANSLATED = (
    "This Python is one for Intel and runs translated (Rosetta), without AVX: make the environment "
    "anew with a Python for arm64."
)


def _translated(seen: Observations) -> bool:
    """Whether an Intel Python runs on a Mac with ARM: the kernel's version names its processor."""
    python = seen.interpreter
    kernel = python.markers.get("platform_version", "")
    return python.system == "Darwin" and python.machine == "x86_64" and "ARM64" in kernel


def _help(number: int) -> str:
    if number == 4:
        return "Use a machine with AVX, a build without it, or another backend."
    if number == 9:
        return "Give the process more memory; in a container look at its limit."
    return "Run it under `python -X faulthandler` to see the line at which it ends."
