"""Draw questions, execute them in real environments, compare.

    python -m tools.judge [--pairs TEXT] [--number N] [--seed N] [--sample FOLDER] ...

Prints every disagreement and one line of figures per pair. Exit code 1 if there is one.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kerlint.knowledge import releases
from kerlint.knowledge.api import Api

from .comparing import SILENT, agrees, claim, truth
from .drawing import Question, Urn
from .environments import PAIRS, Pair, make

CHILD = Path(__file__).with_name("child.py")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pairs", default="", help="only pairs whose name holds this text")
    parser.add_argument("--number", type=int, default=1000, help="questions per pair")
    parser.add_argument("--kinds", default="", help="only these kinds of questions, with commas")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--cache", type=Path, default=Path(".cache/kerlint-judge"))
    parser.add_argument(
        "--pythons", type=Path, action="append", default=[], help="folder with Python installations"
    )
    parser.add_argument("--sample", type=Path, help="write the executed answers into this folder")
    parser.add_argument("--data", help="judge the data files of this folder")
    parser.add_argument("--all", action="store_true", help="print the agreements too")
    parser.add_argument("--unsure", action="store_true", help="print what is missing unnoticed")
    options = parser.parse_args(arguments)
    if options.data:
        releases.DATA = options.data
    wrong = 0
    for pair in PAIRS:
        if options.pairs not in pair.name:
            continue
        try:
            python = make(pair, options.cache, tuple(options.pythons))
        except (LookupError, subprocess.CalledProcessError) as error:
            print(f"{pair.name}: left out: {error}")
            continue
        urn = Urn(pair, options.seed, options.kinds)
        questions = list(urn.questions(options.number))
        answers = execute(pair, python, questions)
        wrong += report(pair, questions, answers, options.all, options.unsure)
        if options.sample:
            write_sample(options.sample / f"{pair.name}.tsv", questions, answers)
    return 1 if wrong else 0


def execute(pair: Pair, python: Path, questions: list[Question]) -> list[Any]:
    """Python's answers. Attribute chains of each root run where only that root was imported."""
    answers: dict[Question, Any] = {}
    for root in pair.roots:
        chains = [q for q in questions if q.kind == "attribute" and q.name.split(".")[0] == root]
        answers.update(zip(chains, ask(pair, python, [root], chains), strict=True))
    rest = [q for q in questions if q not in answers]
    answers.update(zip(rest, ask(pair, python, list(pair.roots), rest), strict=True))
    return [answers[question] for question in questions]


def ask(pair: Pair, python: Path, roots: list[str], questions: list[Question]) -> list[Any]:
    """One run of the child; a question that kills it is answered `error crash` and left out."""
    answers: list[Any] = []
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "",
        "KERAS_BACKEND": "tensorflow",
        "PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION": "python",
        "PYTHONWARNINGS": "ignore",
    }
    environment.pop("TF_USE_LEGACY_KERAS", None)
    if pair.legacy:
        environment["TF_USE_LEGACY_KERAS"] = "1"
    while len(answers) < len(questions):
        left = questions[len(answers) :]
        text = "".join(json.dumps(question.as_json()) + "\n" for question in left)
        run = subprocess.run(
            [str(python), str(CHILD), *roots],
            input=text,
            capture_output=True,
            text=True,
            env=environment,
        )
        got = [json.loads(line) for line in run.stdout.splitlines()]
        answers.extend(got)
        if len(got) < len(left):
            if not got and not answers:
                raise RuntimeError(f"{pair.name}: {run.stderr[-2000:]}")
            answers.append("error crash")
    return answers


def report(
    pair: Pair, questions: list[Question], answers: list[Any], everything: bool, unsure: bool
) -> int:
    """Print the disagreements and the figures; the number of disagreements."""
    api = Api(pair.versions, pair.legacy)
    figures: Counter[str] = Counter()
    wrong = 0
    for question, answer in zip(questions, answers, strict=True):
        real = truth(question.kind, answer)
        if real is None:
            figures["unsettled"] += 1
            continue
        said = claim(api, question.kind, question.name, question.extra)
        fine = agrees(question.kind, question.name, said, real)
        figures["silent" if said == SILENT else "right" if fine else "WRONG"] += 1
        if real == "no" and said == SILENT:
            figures["silent though missing"] += 1
        if not fine or everything or (unsure and real == "no" and said == SILENT):
            wrong += not fine
            mark = "" if fine else "WRONG "
            print(f"{mark}{question.kind} {question.name} {question.extra}")
            print(f"    kerlint: {said}\n    python:  {real}")
    words = ", ".join(f"{count} {word}" for word, count in sorted(figures.items()))
    print(f"{pair.name}: {len(questions)} questions: {words}")
    return wrong


def write_sample(file: Path, questions: list[Question], answers: list[Any]) -> None:
    """The settled answers, one a line: kind, name, extra, what Python said."""
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = []
    for question, answer in zip(questions, answers, strict=True):
        real = truth(question.kind, answer)
        if real is not None:
            lines.append("\t".join([question.kind, question.name, question.extra, real]))
    file.write_text("\n".join(sorted(lines)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
