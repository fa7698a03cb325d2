"""Can these requirements be met, and if not, why not: PubGrub over the published releases.

Everything here is offline and bounded; it takes `Requirement`s and answers with versions or with
a proof. `kerlint.manifests` says what the requirements are, the rules say what the answers mean.

    answer = solve(requirements, constraints, "3.11", "linux-x86_64")
    match answer:
        case Solution():   answer.pins["keras"]            # what a fresh install gets
        case Conflict():   answer.lines, answer.facts, answer.ways_out
        case Undecided():  ...                             # bound on steps reached: say nothing

    answers = solve_range(requirements, constraints, ["3.10", "3.11", "3.12"], ["linux-x86_64"])
    answers.conflict       # for all of them at once (KER401), or None
    answers.failing        # {(python, platform): Conflict} of those that cannot (KER408)

    predict(requirements, constraints, "3.11", "linux-x86_64", oldest=True)

What is not known never makes a conflict: packages outside the index, addresses and local paths,
releases newer than the index, requirements of which the version cannot be known.
"""

from __future__ import annotations

from kerlint.solving.answers import Conflict, Fact, RangeAnswer, Solution, Undecided, WayOut
from kerlint.solving.solving import predict, solve, solve_range

__all__ = [
    "Conflict",
    "Fact",
    "RangeAnswer",
    "Solution",
    "Undecided",
    "WayOut",
    "predict",
    "solve",
    "solve_range",
]
