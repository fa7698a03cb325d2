"""The pipeline: every file is scanned, some are worked on, and what comes of it is the result."""

from __future__ import annotations

import gc

from kerlint.checking.scan import Scan

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from concurrent.futures import Executor
    from typing import Protocol

    from kerlint.checking.work import Outcome, Work
    from kerlint.diagnostics import Diagnostic
    from kerlint.project.discovery import File
    from kerlint.project.targets import Target
    from kerlint.settings import SettingsTree
    from kerlint.source.notebooks.cells import Notebook

    class Progress(Protocol):
        """Hears of every file."""

        def step(self) -> None:
            """One more file is done."""


WORTH_PROCESSES = 1_500_000
"""Bytes to parse from which on own processes pay for their start."""


class Result:
    """What a run found.

    `diagnostics`  in the order of reports
    `files`        how many files were looked at
    `suppressed`   how many findings a comment silenced
    `targets`      what the files were judged by, and how many by each
    `notes`        what was assumed, in sentences
    `errors`       what kept kerlint from doing its job, in sentences; any makes the exit code 2
    `details`      tracebacks of what crashed
    `notebooks`    those in which something was found, by their path
    `looked_at`    what was read on the way: large, of no use, and slow to take apart
    """

    __slots__ = (
        "details",
        "diagnostics",
        "errors",
        "files",
        "looked_at",
        "notebooks",
        "notes",
        "suppressed",
        "targets",
    )

    def __init__(self) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.files = 0
        self.suppressed = 0
        self.targets: dict[Target, int] = {}
        self.notes: list[str] = []
        self.errors: list[str] = []
        self.details: list[str] = []
        self.notebooks: Mapping[str, Notebook] = {}
        self.looked_at: object = None


def check(
    files: Sequence[File],
    settings: SettingsTree,
    *,
    executor: Executor | None = None,
    jobs: int | None = None,
    gates: bool = True,
    progress: Progress | None = None,
) -> Result:
    """Check `files`.

    `executor`  carries the parsing, if given; any of `concurrent.futures` will do. Else up to
                `jobs` own processes (None: one a processor) do, when the work is worth it.
    `gates`     False: every file is parsed (to prove that the gates lose nothing)
    Raises Failure if a setting cannot be met.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        result = Result()
        scan = Scan(settings, result, gates)
        works: list[Work] = []
        result.looked_at = (scan, works)
        for file in files:
            work = scan.look(file)
            if work is not None:
                works.append(work)
            elif progress is not None:
                progress.step()
        scan.look_around(works, files)
        passed_over: set[str] = set()
        crowded: set[str] = set()
        crashes: list[tuple[str, str]] = []
        for outcome in _outcomes(works, executor, jobs):
            result.diagnostics += outcome.diagnostics
            result.suppressed += outcome.suppressed
            crashes += zip(outcome.errors, outcome.details, strict=True)
            passed_over |= outcome.passed_over
            crowded |= outcome.crowded
            if progress is not None:
                progress.step()
        for sentence, trace in sorted(crashes):
            result.errors.append(sentence)
            result.details.append(trace)
        scan.conclude()
        if passed_over:
            result.notes.append(
                f"What {len(passed_over)} own modules do when they are imported was not looked "
                "into, for they are too many: what comes before what in them is not known."
            )
        result.notes.extend(
            f"Which programs of {root} import which modules was not looked into, for its files are "
            "too many: what runs before them is not known."
            for root in sorted(crowded)
        )
        if result.diagnostics:
            result.diagnostics.sort(key=lambda found: found.sort_key())
        return result
    finally:
        if collecting:
            gc.enable()


def _outcomes(
    works: Sequence[Work], executor: Executor | None, jobs: int | None
) -> Iterator[Outcome]:
    """What comes of `works`, in any order."""
    if not works:
        return
    if executor is not None:
        from kerlint.checking.processes import spread

        yield from spread(works, executor)
        return
    if jobs != 1 and sum(work.size for work in works) > WORTH_PROCESSES:
        from kerlint.checking.processes import own, processors

        number = min(jobs or processors(), len(works))
        if number > 1:
            yield from own(works, number)
            return
    from kerlint.checking.work import in_turn

    # The largest first: its tree is what a run needs most memory for.
    yield from in_turn(sorted(works, key=lambda work: -work.size))
