"""The probe from end to end: observe, try, judge, mask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.probe.outcome import Examination

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.masking import Masks
    from kerlint.probe.observations import Observations


LOOKING = 30.0
"""Seconds that looking may take; an environment without faults needs less than one."""


class Order:
    """What to examine, and how.

    `argument`     interpreter, virtual environment or conda prefix
    `folder`       the project to compare with; "" for none
    `tries`        start each framework in a child
    `seconds`      time limit of each such child; None: the default
    `require_gpu`  a GPU is wanted whatever the project says
    `codes`        the checks in force; None: all
    """

    def __init__(
        self,
        argument: str,
        folder: str = "",
        *,
        tries: bool = True,
        seconds: float | None = None,
        require_gpu: bool = False,
        codes: frozenset[str] | None = None,
    ) -> None:
        self.argument = argument
        self.folder = folder
        self.tries = tries
        self.seconds = seconds
        self.require_gpu = require_gpu
        self.codes = codes
        self._asked: Asked | None = None

    def asked(self, seen: Observations) -> Asked:
        """What is wanted of this environment: the project's files are read once."""
        if self._asked is None:
            from kerlint.probe.wishes import asked_of_project

            self._asked = asked_of_project(seen, self.folder, require_gpu=self.require_gpu)
        return self._asked


def observe(order: Order, tell: Callable[[str], None] | None = None) -> Observations:
    """Look, and unless it is not wanted, try. `tell` is told what is being done."""
    from kerlint.probe.collecting import collect
    from kerlint.probe.observations import Gap

    tell = tell or (lambda what: None)
    tell("looking at the environment")
    seen = collect(order.argument, order.folder, seconds=LOOKING)
    if order.tries and seen.interpreter.version:
        from kerlint.probe.trials import try_all

        tell("starting the frameworks")
        asked = order.asked(seen)
        seen.trials = try_all(seen, asked, seconds=order.seconds or _limit(seen, asked))
    elif not order.tries:
        seen.not_checked.append(Gap("whether the frameworks start", "not wanted (--no-import)"))
    return seen


def _limit(seen: Observations, asked: Asked) -> float:
    """Seconds for each framework: TensorFlow starts in 3 when it was read before and in 10 when
    not; code for a new GPU is compiled on its first use."""
    return 180.0 if asked.gpu or seen.gpu.devices else 90.0


def judge(seen: Observations, order: Order, masks: Masks, notes: Sequence[str] = ()) -> Examination:
    """Findings over what was seen, masked with it."""
    from kerlint.probe.judging import judge as judged

    asked = order.asked(seen)
    findings = judged(seen, asked, order.codes)
    return Examination(
        masks.deep(seen),
        [masks.finding(found) for found in findings],
        [masks.text(note) for note in (*notes, *_another_one_meant(seen))],
        errors=[masks.text(error) for error in _unexamined(seen, findings)],
        pins=len(asked.pins),
    )


def _unexamined(seen: Observations, findings: Sequence[Finding]) -> Iterator[str]:
    """Why the interpreter was not looked into, where no finding says so; which checks failed."""
    from kerlint.probe.judging import FAILED

    for gap in seen.not_checked:
        if gap.why.startswith(FAILED):
            yield f"{gap.what}: {gap.why}. This is a fault of kerlint."
    if not seen.path and not any(one.severity == "error" for one in findings):
        what = "everything inside the interpreter"
        why = next((gap.why for gap in seen.not_checked if gap.what == what), "nothing was seen")
        python = seen.interpreter.executable or seen.argument or "the interpreter"
        yield f"{python} cannot be examined: {why}"


def _another_one_meant(seen: Observations) -> Iterator[str]:
    """A sentence about an environment that nobody can have meant."""
    looked = [seen.module(name) for name in ("keras", "tensorflow", "jax", "torch")]
    if all(one is not None and one.kind == "absent" for one in looked):
        yield (
            "Neither Keras nor TensorFlow, JAX or PyTorch is installed there. If another "
            "environment was meant, --python names it."
        )
