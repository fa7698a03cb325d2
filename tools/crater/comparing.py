"""Holds what kerlint says of a package against what is so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from tools.crater.asking import Answers, Question
from tools.crater.running import Finding
from tools.crater.truth import Fact, assigned_in, sets
from tools.crater.uses import FileUses, of_root

CODES = ("KER301", "KER302", "KER303", "KER304", "KER305", "KER306", "KER310")
PRIVATE = "KER103"


class Verdict(NamedTuple):
    """One place, judged.

    `outcome`
      `hit`      missing, and kerlint says so
      `miss`     missing, and kerlint is silent
      `false`    kerlint says it is missing, and it is there, or the package itself puts it there
      `unseen`   kerlint says it is missing, the extractor did not see the use, and execution says
                 that the name is missing indeed
      `unclear`  kerlint says it is missing, and no execution says yes or no
      `guarded`  missing where code is prepared for that, and kerlint says so
      `twice`    kerlint reports a use of what is missing because its import fails already
    """

    outcome: str
    group: str
    path: str
    line: int
    code: str
    name: str
    why: str


def group_of(finding: Finding) -> str:
    """The group of a finding, as `truth.GROUPS` names them."""
    return {"KER305": "arguments", "KER306": "methods"}.get(finding.code, "names")


def _agree(finding: Finding, fact: Fact) -> bool:
    if finding.path != fact.path or not fact.line <= finding.line <= fact.last:
        return False
    # A missing member is a name to one and a method to the other; an argument is always one.
    return (fact.group == "arguments") == (finding.code == "KER305")


def compare(
    facts: Iterable[Fact],
    findings: Iterable[Finding],
    files: Iterable[FileUses],
    answers: Answers,
    folder: Path,
) -> list[Verdict]:
    """Judge every place of a package where something is missing or kerlint says so."""
    by_path: dict[str, list[Fact]] = {}
    for fact in facts:
        by_path.setdefault(fact.path, []).append(fact)
    claimed: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.code in (*CODES, PRIVATE):
            claimed.setdefault(finding.path, []).append(finding)
    files = list(files)
    imports = {file.path: file.imports for file in files}
    assigned = assigned_in(files)
    verdicts: list[Verdict] = []
    unmatched: list[Finding] = []
    for path in sorted({*by_path, *claimed}):
        here = claimed.get(path, [])
        known = by_path.get(path, [])
        verdicts += _of_facts(known, here)
        unmatched += _unmatched(known, here)
    questions = {f: question_of(f, folder, imports.get(f.path, ())) for f in unmatched}
    answers.ask(question for question in questions.values() if question)
    for finding in unmatched:
        verdict = _of_finding(finding, questions[finding], answers, by_path.get(finding.path, []))
        if verdict.outcome in ("unseen", "unclear") and sets(finding.name, assigned):
            verdict = verdict._replace(outcome="false", why="the package sets it")
        verdicts.append(verdict)
    return sorted(set(verdicts), key=lambda verdict: (verdict.path, verdict.line, verdict))


def _of_facts(facts: list[Fact], findings: list[Finding]) -> Iterator[Verdict]:
    """Hits and misses: one for each line and group where something unguarded is missing."""
    seen: set[tuple[int, str]] = set()
    for fact in facts:
        if fact.state != "missing" or fact.guard or (fact.line, fact.group) in seen:
            continue
        seen.add((fact.line, fact.group))
        matching = [finding for finding in findings if _agree(finding, fact)]
        if not matching and _of_unusable(fact, findings):
            continue
        code = matching[0].code if matching else ""
        outcome = "hit" if matching else "miss"
        yield Verdict(outcome, fact.group, fact.path, fact.line, code, fact.name, fact.why)


def _of_unusable(fact: Fact, findings: list[Finding]) -> bool:
    """Whether it is asked of a class that cannot be used, and kerlint says that of the class."""
    owner = fact.name.rpartition(".")[0]
    return fact.group == "methods" and any(
        finding.code == "KER304" and finding.name == owner for finding in findings
    )


def _unmatched(facts: list[Fact], findings: list[Finding]) -> Iterator[Finding]:
    """Findings where nothing is known to be missing."""
    for finding in findings:
        matching = [fact for fact in facts if _agree(finding, fact)]
        if any(fact.state == "missing" and not fact.guard for fact in matching):
            continue
        if finding.code == PRIVATE:
            continue  # private and there: says nothing of what is missing
        yield finding


def question_of(finding: Finding, folder: Path, imports: tuple[str, ...]) -> Question | None:
    """What to ask in order to know whether a finding is true; None if it cannot be asked."""
    name = finding.name
    if not of_root(name):
        return None
    depth = name.count(".")  # any part but the last may have been imported
    if finding.code == "KER304":
        return Question("unusable", name, imports=imports, bound=depth)
    if finding.code == "KER305":
        keyword = written(finding, folder)
        return Question("any-keyword", name, "", keyword, "", imports, depth)
    if finding.code == "KER306":
        owner, _, member = name.rpartition(".")
        return Question("method", owner, member, imports=imports, bound=depth)
    return Question("name", name, imports=imports, bound=depth)


def written(finding: Finding, folder: Path) -> str:
    """The source text that a finding points at."""
    text = (folder / finding.path).read_text(encoding="utf-8", errors="replace")
    lines = text.splitlines()
    if not (0 < finding.line <= len(lines)) or finding.line != finding.end_line:
        return ""
    return lines[finding.line - 1][finding.column - 1 : finding.end_column - 1]


def _of_finding(
    finding: Finding, question: Question | None, answers: Answers, facts: list[Fact]
) -> Verdict:
    """The verdict on a finding that no fact confirms."""
    matching = [fact for fact in facts if _agree(finding, fact)]
    guarded = any(fact.state == "missing" and fact.guard for fact in matching)
    outcome, why = "unclear", "cannot be asked"
    if guarded:
        outcome = "guarded"
        why = next(fact.guard for fact in matching if fact.state == "missing")
    elif question is not None:
        answer = answers.get(question)
        outcome = {"yes": "false", "no": "unseen", "unknown": "unclear"}[answer.answer]
        states = " ".join(sorted({f"{fact.state} {fact.name}" for fact in matching}))
        why = f"{answer.why} [{states or 'not seen'}] {finding.message}"
        if any(fact.state == "elsewhere" for fact in matching) and outcome == "unseen":
            outcome = "twice"
    return Verdict(
        outcome, group_of(finding), finding.path, finding.line, finding.code, finding.name, why
    )
