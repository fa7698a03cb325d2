"""The lines of the doctor's report: what was looked at, in one sentence each.

A subject takes the findings whose codes it lists; without any, its sentence says what was seen,
or that nothing was.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from kerlint.report.summary import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations
    from kerlint.probe.outcome import Examination
    from kerlint.probe.trial_observations import Trial

FRAMEWORKS = {
    "tensorflow": "TensorFlow",
    "keras": "Keras",
    "tf_keras": "tf_keras",
    "jax": "JAX",
    "torch": "PyTorch",
}
"""Import name to title, in the order in which they are tried and shown."""


class Subject(NamedTuple):
    """One line of the report.

    `mark`  `ok`, `problem` (a warning), `broken` (an error), `note` (an info) or `unchecked`
    """

    title: str
    sentence: str
    mark: str
    findings: tuple[Finding, ...] = ()


class _Plan(NamedTuple):
    title: str
    codes: tuple[str, ...]
    says: Callable[[Observations], tuple[str, str]]
    """The sentence, and the mark where there is no finding."""


def subjects(examined: Examination) -> list[Subject]:
    """Every subject, in the order of the report; each finding belongs to exactly one."""
    seen = examined.seen
    left = list(examined.diagnostics)
    lines = []
    for plan in _plans(examined):
        own = tuple(one for one in left if _belongs(one, plan))
        left = [one for one in left if one not in own]
        sentence, mark = plan.says(seen)
        if mark == "broken" and not own:
            sentence += _root_of(plan, examined)
        lines.append(Subject(plan.title, sentence, _mark(own) or mark, own))
    if left:
        lines.append(Subject("Other", counted(len(left), "finding"), _mark(left), tuple(left)))
    return lines


def _root_of(plan: _Plan, examined: Examination) -> str:
    """Which finding explains a framework that has none of its own."""
    framework = next((name for name, title in FRAMEWORKS.items() if title == plan.title), "")
    for found in examined.diagnostics:
        if any(one.where == framework and one.text.startswith("KER") for one in found.evidence):
            return f": because of {found.code}"
    return ""


def _belongs(found: Finding, plan: _Plan) -> bool:
    if plan.title == "Python" and found.subject.startswith("start "):
        return True
    if not found.code.startswith(plan.codes):
        return False
    framework = next((name for name, title in FRAMEWORKS.items() if title == plan.title), "")
    # The subject of what a run showed: `run keras jax`.
    return not framework or found.subject.split()[1:2] == [framework]


def _mark(findings: Sequence[Finding]) -> str:
    severities = {one.severity for one in findings}
    for severity, mark in (("error", "broken"), ("warning", "problem"), ("info", "note")):
        if severity in severities:
            return mark
    return ""


def _plans(examined: Examination) -> list[_Plan]:
    seen = examined.seen
    plans = [
        _Plan("Python", ("KER601", "KER602", "KER604"), _python),
        _Plan("Path", ("KER603", "KER64"), _path),
        _Plan("Packages", ("KER61",), _packages),
        _Plan("Project", ("KER66",), partial(_project, examined.pins)),
        _Plan("Keras settings", ("KER206", "KER501", "KER621", "KER622", "KER63"), _settings),
    ]
    for name, title in FRAMEWORKS.items():
        if name in ("tensorflow", "keras") or seen.trial(name) is not None:
            plans.append(_Plan(title, ("KER623", "KER624", "KER65"), _framework(name)))
    return [
        *plans,
        _Plan("Frameworks", ("KER623", "KER624", "KER65"), _frameworks),
        _Plan("GPU driver", ("KER70", "KER71", "KER73"), _driver),
        _Plan("GPU libraries", ("KER72",), _libraries),
        _Plan("GPU at work", ("KER74",), _work),
    ]


def _python(seen: Observations) -> tuple[str, str]:
    one = seen.interpreter
    if not one.version:
        return "did not answer", "unchecked"
    kind = ""
    if seen.site.conda_prefix:
        kind = ", a conda environment"
    elif seen.site.virtual_environment:
        kind = ", a virtual environment"
    where = f"{one.system} {one.machine}".strip()
    mark = "ok" if seen.path else "unchecked"
    return f"{one.version} at {one.executable}{kind}{where and f', {where}'}", mark


def _path(seen: Observations) -> tuple[str, str]:
    if not seen.path:
        return "not read", "unchecked"
    return counted(len(seen.path), "entry", "entries"), "ok"


def _packages(seen: Observations) -> tuple[str, str]:
    if not seen.path:
        return "not read", "unchecked"
    if not seen.distributions:
        return "no installed package was seen", "ok"
    with_record = [one for one in seen.distributions if one.record.present]
    files = sum(one.record.checked for one in with_record)
    sentence = f"{len(seen.distributions)} installed, {files} files compared"
    without = len(seen.distributions) - len(with_record)
    if without:
        sentence += f", {without} without a list of files"
    return sentence, "ok"


def _project(pins: int, seen: Observations) -> tuple[str, str]:
    if not seen.folder:
        return "no project was given to compare with", "unchecked"
    if not pins:
        return f"{seen.folder} asks for no packages", "unchecked"
    return f"compared with {counted(pins, 'requirement')} of {seen.folder}", "ok"


def _settings(seen: Observations) -> tuple[str, str]:
    if not seen.path:
        return "not read", "unchecked"
    keras = seen.distribution("keras") or seen.distribution("keras-nightly")
    if keras is None:
        return "Keras is not installed", "unchecked"
    trial = seen.trial("keras")
    backend = trial.backend if trial is not None else ""
    return f"Keras {keras.version}{backend and f' on {backend}'}", "ok"


def _framework(name: str) -> Callable[[Observations], tuple[str, str]]:
    def says(seen: Observations) -> tuple[str, str]:
        trial = seen.trial(name)
        if trial is None or trial.ended == "not-run":
            module = seen.module(name)
            if module is not None and module.kind == "absent":
                return "not installed", "unchecked"
            return "not started", "unchecked"
        return _trial(trial), "ok" if trial.ended == "well" else "broken"

    return says


def _frameworks(seen: Observations) -> tuple[str, str]:
    return "", "ok" if seen.trials else "unchecked"


DID = {
    "imported": "starts",
    "computed": "computes",
    "convolved": "convolves",
    "compiled": "compiles",
    "fitted": "fits",
    "saved": "saves",
    "loaded": "loads",
}
"""What a framework does, by the step of its trial."""


def _trial(trial: Trial) -> str:
    steps = {one.step: one for one in trial.steps if one.ok}
    version = steps["imported"].value if "imported" in steps else ""
    on = f"on {trial.backend}" if trial.backend else ""
    if trial.ended != "well":
        how = trial.ended.replace("-", " ")
        what = f'{how} at the step "{trial.last_step}"' if trial.last_step else how
        return " ".join(filter(None, (version, on, what)))
    did = [word for step, word in DID.items() if step in steps]
    words = f"{', '.join(did[:-1])} and {did[-1]}" if len(did) > 1 else "".join(did)
    return " ".join(filter(None, (version, on, words, f"({trial.seconds:.1f} s)")))


def _driver(seen: Observations) -> tuple[str, str]:
    gpu = seen.gpu
    if gpu.devices:
        names = ", ".join(one.name for one in gpu.devices)
        return f"{gpu.driver_version}, CUDA {gpu.driver_cuda} at most: {names}", "ok"
    if gpu.pci_devices:
        return f"{counted(gpu.pci_devices, 'NVIDIA device')} on the bus, none that answers", "ok"
    if gpu.calls or gpu.pci_devices == 0:
        return "no NVIDIA GPU was found", "unchecked"
    return "not looked at", "unchecked"


def _libraries(seen: Observations) -> tuple[str, str]:
    found = seen.gpu.libraries
    if not found:
        return "no CUDA library was found" if seen.path else "not read", "unchecked"
    return f"{counted(len(found), 'library', 'libraries')} found on disk", "ok"


def _work(seen: Observations) -> tuple[str, str]:
    ran = [one for one in seen.trials if one.device_of_result]
    if not ran:
        return "no operation was run", "unchecked"
    on_gpu = [one for one in ran if "cpu" not in one.device_of_result.lower()]
    if not on_gpu:
        return "what was computed was computed on the CPU", "unchecked"
    return "; ".join(f"{one.subject} computed on {one.device_of_result}" for one in on_gpu), "ok"
