"""All checks over the observations; of what hangs together only the root remains.

Each finding has a subject and says of which subjects it is the cause. Among findings of which one
is the cause of another, the one that comes first in `ORDER` is the root: what follows from it
becomes its evidence. A failed run that follows from a warning makes an error of it: the clash is no
longer only on paper.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kerlint.diagnostics import SEVERITIES
from kerlint.probe.finding import Evidence, Finding
from kerlint.probe.installed import Installed, imported_as
from kerlint.probe.observations import Gap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kerlint.probe.asked import Asked
    from kerlint.probe.observations import Observations
    from kerlint.probe.trial_observations import Trial
    from kerlint.rules.base import Rule

ORDER = (
    # Nothing runs.
    *("KER601", "KER602"),
    # Another copy than the installed one is taken.
    *("KER644", "KER643", "KER642", "KER641"),
    # What is installed is damaged.
    *("KER614", "KER615", "KER616", "KER618", "KER647", "KER612", "KER613", "KER617"),
    # What is installed does not go together.
    *("KER604", "KER645", "KER661", "KER623", "KER611", "KER619", "KER622"),
    # What is chosen is not there.
    *("KER206", "KER501", "KER631", "KER410", "KER621", "KER662"),
    # The way to the GPU, from its door on.
    *("KER731", "KER732", "KER707", "KER705", "KER722", "KER706", "KER704", "KER703"),
    *("KER710", "KER709", "KER711", "KER702", "KER701", "KER708", "KER721", "KER723"),
    *("KER724", "KER712"),
    # What was seen when it ran.
    *("KER652", "KER653", "KER654", "KER651", "KER624", "KER741"),
    *("KER655", "KER656"),
    *("KER603", "KER646", "KER633", "KER632"),
)
"""Codes from root to fruit: of two findings that hang together the earlier one is the cause."""

MOST_EVIDENCE = 12
"""Lines that one finding shows for itself and for all that follow from it."""

FAILED = "the check failed"
"""How the reason begins that a check was not made because of a fault of its own."""

_RANK = {code: number for number, code in enumerate(ORDER)}
_IN_PACKAGE = re.compile(r"(?:site|dist)-packages[/\\]+(\w+)")
_GPU_FAILURES = (
    ("gpu failed", re.compile(r"cuda|cudnn|cublas|\bDNN library|\bGPU\b|nccl", re.IGNORECASE)),
    ("gpu compile", re.compile(r"libdevice|ptxas|nvvm")),
)
"""What a failed run says where the GPU's libraries are at fault."""
_IN_QUOTES = re.compile(r"['\"`]([A-Za-z_]\w*)(?:\.[\w.]+)?['\"`]")


def judge(seen: Observations, asked: Asked, codes: frozenset[str] | None = None) -> list[Finding]:
    """What is wrong, the one thing to do first at the beginning.

    `codes`  the rules that are in force; None for all of them
    """
    from kerlint.rules import entries

    rules = [
        entry.rule()
        for entry in entries()
        if "check_environment" in entry.hooks and (codes is None or entry.code in codes)
    ]
    return roots(list(_found(rules, seen, asked)), seen)


def _found(rules: Iterable[Rule], seen: Observations, asked: Asked) -> Iterator[Finding]:
    """What all rules find. One that fails is said not to have been checked; the others go on."""
    for rule in rules:
        try:
            yield from list(rule.check_environment(seen, asked))
        except Exception as error:
            why = f"{FAILED}: {type(error).__name__}: {error}"
            seen.not_checked.append(Gap(f"{rule.code} {rule.name}", why))


def roots(found: Sequence[Finding], seen: Observations) -> list[Finding]:
    """The findings that no other one explains, with what follows from each as its evidence."""
    ordered = sorted(found, key=_place)
    aspects = [_aspects(one, seen) for one in ordered]
    root_of = list(range(len(ordered)))
    for index, one in enumerate(ordered):
        others = [each for each in range(index) if ordered[each].subject != one.subject]
        # Who names this very thing knows better than who names something that it needs.
        for sought in ([one.subject], aspects[index]):
            cause = next((each for each in others if _explains(ordered[each], sought)), None)
            if cause is not None:
                root_of[index] = root_of[cause]
                break
    _guess(ordered, root_of, seen)
    followers: dict[int, list[Finding]] = {}
    for index, root in enumerate(root_of):
        if root != index:
            followers.setdefault(root, []).append(ordered[index])
    left = [
        _with(one, followers.get(index, ()))
        for index, one in enumerate(ordered)
        if root_of[index] == index
    ]
    return sorted(left, key=_importance)


def _place(one: Finding) -> tuple[int, bool, int]:
    """Where it comes in the order; of failed runs that of a backend before Keras's on it."""
    rank = _RANK.get(one.code, len(ORDER))
    if one.subject.startswith("run "):
        return (_RANK["KER652"], one.subject.startswith("run keras"), rank)
    return (rank, False, rank)


def _explains(cause: Finding, aspects: Iterable[str]) -> bool:
    """Whether one of the causes is one of the aspects, or the first word of one."""
    for named in cause.causes:
        if named == "*":
            return True
        for one in aspects:
            if one == named or one.startswith(f"{named} "):
                return True
    return False


def _aspects(one: Finding, seen: Observations) -> frozenset[str]:
    """What a finding is about: its subject; of a failed run also what it had to import."""
    found = {one.subject}
    kind, _, names = one.subject.partition(" ")
    if kind == "requirements":
        found |= {f"requirements of {name}" for name in names.split()}
    if kind == "built":
        built = [each for each in seen.distributions if each.name == names]
        found |= {f"import {name}" for each in built for name in imported_as(each)}
    trial = _trial_of(one, seen)
    if trial is not None:
        found.add(f"import {trial.subject}")
        if trial.backend:
            found.add(f"backend {trial.backend}")
        if trial.subject == "keras" and trial.backend == "tensorflow":
            found.add("import tensorflow")
        if "Keras cannot be imported" in f"{trial.error}{trial.traceback}":
            found |= {"tensorflow's keras", "import keras"}
        found |= {f"import {name}" for name in mentioned(trial)}
        said = f"{trial.error}\n{trial.traceback}"
        found |= {subject for subject, words in _GPU_FAILURES if words.search(said)}
        found |= {_stuck_in_driver(trial, seen)}
    return frozenset(found - {""})


def _stuck_in_driver(trial: Trial, seen: Observations) -> str:
    """`gpu hung` or `gpu crashed`: the run ended so when the devices were looked for, or later."""
    build = seen.build(trial.backend or trial.subject)
    if trial.last_step in ("", "found", "imported") or (build is not None and build.gpu is False):
        return ""
    return {"timed-out": "gpu hung", "crashed": "gpu crashed"}.get(trial.ended, "")


def _trial_of(one: Finding, seen: Observations) -> Trial | None:
    words = one.subject.split()
    if len(words) < 2 or words[0] != "run":
        return None
    for trial in seen.trials:
        if [trial.subject, trial.backend] == [*words[1:], ""][:2]:
            return trial
    return None


def mentioned(trial: Trial) -> frozenset[str]:
    """Import names that the failure of a run speaks of: in its message, and where it stands."""
    error = trial.error or "\n".join(trial.output.splitlines()[-5:])
    names = set(_IN_QUOTES.findall(error))
    names |= {name for name in ("numpy", "protobuf", "h5py", "ml_dtypes") if name in error.lower()}
    if "protobuf" in names or "google.protobuf" in error:
        names |= {"google", "protobuf"}
    places = _IN_PACKAGE.findall(trial.traceback)
    names |= set(places[-3:])
    return frozenset(names)


def _guess(ordered: Sequence[Finding], root_of: list[int], seen: Observations) -> None:
    """A failed run that nothing explains by name: a clash or damage within its reach does."""
    installed: Installed | None = None
    for index, one in enumerate(ordered):
        trial = _trial_of(one, seen)
        if trial is None or root_of[index] != index:
            continue
        installed = installed or Installed(seen)
        reach = installed.reach([trial.subject.replace("_", "-"), trial.backend or trial.subject])
        names = {
            f"import {name}" for each in reach for name in imported_as(installed.by_name[each])
        }
        for earlier in range(index):
            cause = ordered[earlier]
            if cause.code in _GUESSED and not names.isdisjoint(cause.causes):
                root_of[index] = root_of[earlier]
                break


_GUESSED = frozenset({"KER611", "KER612", "KER613", "KER615", "KER616"})
"""What may show as any failure whatever."""


def _with(root: Finding, followers: Sequence[Finding]) -> Finding:
    """The root with what follows from it; as grave as a failed run among that, or a GPU that is
    wanted and cannot be used."""
    if not followers:
        return root
    evidence = list(root.evidence)
    for one in followers:
        evidence.append(Evidence(f"{one.code} {one.message}", one.path))
    grave = [one for one in followers if one.severity == "error"]
    failed = [one for one in grave if one.seen == "live"]
    unused = [one for one in grave if one.subject.startswith("gpu ")]
    severity = "error" if failed or unused else root.severity
    shown = tuple(dict.fromkeys(evidence))[:MOST_EVIDENCE]
    return Finding(
        code=root.code,
        name=root.name,
        severity=severity,
        message=root.message,
        path=root.path,
        span=root.span,
        help=root.help,
        evidence=shown,
        confidence=root.confidence,
        seen="live" if failed else root.seen,
        commands=root.commands,
        subject=root.subject,
        causes=root.causes,
    )


def _importance(one: Finding) -> tuple[int, tuple[int, bool, int], str]:
    """The gravest first; among these the nearest to the root."""
    return (-SEVERITIES.index(one.severity), _place(one), one.message)
