"""What a child said, for the rules about frameworks that do not start."""

from __future__ import annotations

from kerlint.probe.finding import Evidence
from kerlint.probe.trials.reading import before_stacks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.explaining.reading import Line
    from kerlint.probe.observations import Observations
    from kerlint.probe.trial_observations import Trial

MEANING = {
    4: "an instruction that this processor does not have: TensorFlow's wheels need AVX",
    6: "the program gave up (abort)",
    7: "a bus error: a file or memory that is mapped is gone, often /dev/shm or a full disk",
    8: "an arithmetic error",
    9: "somebody ended it, usually the system for lack of memory",
    11: "a read or write of memory that is not its own",
}
"""What the signals mean that end a child (POSIX numbers, the same on Linux and macOS but 7)."""


def tried(seen: Observations, ended: str) -> Iterator[Trial]:
    """The trials that ended so."""
    for one in seen.trials:
        if one.ended == ended:
            yield one


def called(trial: Trial) -> str:
    """`keras with the backend jax`, for people."""
    name = "keras" if trial.subject == "keras" else trial.subject
    return f"{name} with the backend {trial.backend}" if trial.backend else name


def command(trial: Trial) -> str:
    """How it can be seen again."""
    variable = f"KERAS_BACKEND={trial.backend} " if trial.backend else ""
    return f'{variable}python -c "import {trial.subject}"'


ONLY_THE_SIGNAL = frozenset({"illegal-instruction", "segmentation-fault", "killed", "aborted"})
"""Messages that say no more than the number of the signal."""


def explained(trial: Trial) -> Line | None:
    """The line of its output that the table of messages takes for the cause; None for none."""
    from kerlint.explaining import explain

    error = "" if trial.error in trial.traceback else trial.error
    found = explain(f"{trial.output}\n{trial.traceback}\n{error}")
    if found.cause is None or found.unknown is not None or found.cause.id in ONLY_THE_SIGNAL:
        return None
    return found.cause_line


def advice(trial: Trial) -> str:
    """What the table of messages knows of its output: what it means and what to do."""
    line = explained(trial)
    if line is not None and line.message is not None:
        return f"{line.message.says} {line.message.cure}"
    return "`kerlint explain` reads the whole log and says which line is the cause."


def by_variable(trial: Trial, seen: Observations) -> tuple[str, str]:
    """A variable of Python that makes a failure of what would have passed: it, and what it does.

    https://docs.python.org/3/using/cmdline.html#envvar-PYTHONOPTIMIZE
    """
    value = seen.environment.get("PYTHONOPTIMIZE", "")
    if value not in ("", "0", "1") and "'NoneType' object" in trial.error:
        return "PYTHONOPTIMIZE", (
            f"PYTHONOPTIMIZE={value} takes the docstrings away, and something reads one."
        )
    value = seen.environment.get("PYTHONWARNINGS", "")
    if "error" in value and trial.error.partition(":")[0].endswith("Warning"):
        return "PYTHONWARNINGS", f"PYTHONWARNINGS={value} makes an error of every such warning."
    return "", ""


def evidence(trial: Trial) -> list[Evidence]:
    """What it said, and how far it came."""
    found = []
    if trial.error:
        found.append(Evidence(trial.error, command(trial)))
    if trial.last_step:
        found.append(Evidence(f"last step reached: {trial.last_step}", command(trial)))
    said = "" if trial.error else telling(trial)
    if said:
        found.append(Evidence(said, "its output"))
    return found


def telling(trial: Trial) -> str:
    """The line of its output that tells most: a known cause, else the last one before the stacks
    that faulthandler wrote."""
    line = explained(trial)
    if line is not None:
        return line.text.strip()
    output = trial.output[: before_stacks(trial.output)] or trial.output
    lines = [one.strip() for one in output.splitlines()]
    return next((one for one in reversed(lines) if one), "")


def subject(trial: Trial) -> str:
    """What findings about a trial are about."""
    return f"run {trial.subject} {trial.backend}".rstrip()


def causes(trial: Trial) -> list[str]:
    """What fails because this one did: Keras on that backend, and the GPU is not used."""
    found = [f"import {trial.subject}", f"gpu used {trial.subject}"]
    if trial.subject != "keras":
        found += [f"run keras {trial.subject}", f"gpu used keras {trial.subject}"]
    else:
        found.append(f"gpu used keras {trial.backend}".rstrip())
    return found
