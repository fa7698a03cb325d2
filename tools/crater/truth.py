"""What is really wrong in a file: its uses together with the answers of an environment.

One fault is one entry. A use of a name whose import fails is the fault of the import, and a
keyword of a callable that is missing is the fault of the callable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tools.crater.asking import Answer, Answers, Question
from tools.crater.uses import Candidate, FileUses, Use

GROUPS = {
    "import": "names",
    "from": "names",
    "attribute": "names",
    "call": "names",
    "keyword": "arguments",
    "method-keyword": "arguments",
    "method": "methods",
    "own-method": "methods",
}
PUBLIC = ("tensorflow.python.keras",)
INTERNALS = ("tensorflow.python", "tensorflow.core", "tensorflow.compiler", "tensorflow.tsl")


class Fact(NamedTuple):
    """What is known of one use.

    `state` is `missing` (a fault), `there`, `unknown`, or `elsewhere` (the fault of another line)
    `group` is `names`, `arguments`, `methods`, or `internals`: names of TensorFlow's own inside and
            members that begin with an underscore, which no release promises, counted apart
    """

    path: str
    line: int
    last: int
    group: str
    state: str
    name: str
    guard: str
    why: str


def questions_of(use: Use, imports: tuple[str, ...] = ()) -> list[Question]:
    """What to ask about a use, one question for each candidate."""
    kind = use.kind.removeprefix("own-")
    return [
        Question(kind, c.name, use.part, use.keyword, use.value, imports, c.bound)
        for c in use.candidates
    ]


def ask_all(files: Iterable[FileUses], answers: Answers) -> int:
    """Have everything answered that the facts of these files need; returns how much was new."""
    files = list(files)
    new = answers.ask(q for file in files for use in file.uses for q in questions_of(use))
    again = (
        question._replace(imports=file.imports)
        for file in files
        for use in file.uses
        if use.kind not in ("import", "from")
        for question in questions_of(use)
        if answers.get(question).answer != "yes"
    )
    return new + answers.ask(again)


def assigned_in(files: Iterable[FileUses]) -> frozenset[str]:
    """The names of the libraries that the files of a package set themselves."""
    return frozenset(name for file in files for name in file.assigned)


def sets(name: str, assigned: frozenset[str]) -> bool:
    """Whether the package itself sets a name, or what the name is reached through."""
    parts = name.split(".")
    return any(".".join(parts[:end]) in assigned for end in range(1, len(parts) + 1))


def facts_of(
    file: FileUses,
    answers: Answers,
    assigned: frozenset[str] = frozenset(),
    others: Sequence[Answers] = (),
) -> Iterator[Fact]:
    """What is known of every use of a file; `ask_all` must have been called.

    `assigned` are the names that the package sets: nobody can say that they are missing. `others`
    are further environments: an attribute of an own class is only missing if its base has it in
    one of them; else another class or file may set it.
    """
    failing = {
        answer.missing
        for use in file.uses
        if use.kind == "import"
        for question in questions_of(use)
        if (answer := answers.get(question)).answer == "no"
    }
    for use in file.uses:
        state, name, why = _state(use, file, answers, failing, assigned)
        if state == "missing" and use.kind == "own-method":
            known = [a.find(q) for a in others for q in questions_of(use)]
            if not any(answer and answer.answer == "yes" for answer in known):
                state = "unknown"
        group = GROUPS[use.kind]
        if _internal(use, name):
            group = "internals"
        yield Fact(file.path, use.line, use.last, group, state, name, use.guard, why)


def _internal(use: Use, name: str) -> bool:
    if GROUPS[use.kind] == "methods" and use.part.startswith("_"):
        return True
    return name.startswith(INTERNALS) and not name.startswith(PUBLIC)


def _state(
    use: Use, file: FileUses, answers: Answers, failing: set[str], assigned: frozenset[str]
) -> tuple[str, str, str]:
    """`(state, name, why)` of one use."""
    shown = _shown(use, use.candidates[0].name)
    verdicts = [
        _verdict(use, candidate, file, answers, failing, assigned) for candidate in use.candidates
    ]
    left = [verdict for verdict in verdicts if verdict[0] != "elsewhere"]
    if not left:
        return ("elsewhere", shown, verdicts[0][1].why)
    for state in ("there", "unknown"):
        for found, answer in left:
            if found == state:
                return (state, shown, answer.why)
    answer = left[0][1]
    return ("missing", answer.missing or shown, answer.why)


def _shown(use: Use, name: str) -> str:
    if use.kind in ("keyword", "method-keyword"):
        method = f".{use.part}" if use.kind == "method-keyword" else ""
        return f"{name}{method}({use.keyword}=)"
    return f"{name}.{use.part}" if use.part else name + "()" * (use.kind == "call")


def _verdict(
    use: Use,
    candidate: Candidate,
    file: FileUses,
    answers: Answers,
    failing: set[str],
    assigned: frozenset[str],
) -> tuple[str, Answer]:
    """The state of one candidate of a use."""
    question = questions_of(use._replace(candidates=(candidate,)))[0]
    answer = answers.get(question)
    if answer.answer != "yes" and use.kind not in ("import", "from"):
        answer = answers.get(question._replace(imports=file.imports))
    if use.kind == "from" and use.part and answer.answer == "no":
        module = answers.get(Question("from", candidate.name, bound=0))
        return ("missing" if module.answer == "yes" else "elsewhere"), answer
    if answer.answer == "no" and use.kind == "attribute":
        if answer.missing.count(".") + 1 <= candidate.bound or answer.missing in failing:
            return "elsewhere", answer
        if sets(candidate.name, assigned):
            return "unknown", answer
    if answer.answer == "no" and f"{candidate.name}().{use.part}" in file.assigned:
        return "unknown", answer
    if answer.answer == "unknown" and answer.why.endswith("is missing"):
        return "elsewhere", answer
    return {"yes": "there", "no": "missing", "unknown": "unknown"}[answer.answer], answer
