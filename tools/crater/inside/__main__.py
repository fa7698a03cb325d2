"""Answers questions about one environment; run by that environment's interpreter.

    python -m tools.crater.inside TOP

TOP (`tensorflow`, `keras` or `tf_keras`) is imported once. Then every line of standard input is a
job, `{"imports": [...], "questions": [...]}`. Each job runs in a fork, so that what one job
imports is not seen by the next, and is answered by one line, a list of `[answer, why]`, where the
answer is `yes`, `no` or `unknown`. The standard library alone is used besides what is examined.
"""

from __future__ import annotations

import importlib
import json
import os
import select
import signal
import sys
import time
import warnings
from collections.abc import Sequence

from tools.crater.inside.answering import Asked, Given, answer, try_import

SECONDS = 60.0


def main(top: str) -> None:
    """Serve jobs until standard input ends."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    warnings.simplefilter("ignore")
    importlib.import_module(top)
    for line in sys.stdin:
        job = json.loads(line)
        questions = job["questions"]
        given: list[Given] = []
        while len(given) < len(questions):
            given += _in_fork(job["imports"], questions[len(given) :])
            if len(given) < len(questions):
                given.append(("unknown", "the process died or took too long"))
        answers.write(json.dumps(given[: len(questions)]) + "\n")
        answers.flush()


def _in_fork(imports: Sequence[str], questions: Sequence[Asked]) -> list[Given]:
    """The answers of a child process, as many as it gave before it ended or its time was up."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        try:
            for name in imports:
                try_import(name)
            with os.fdopen(writer, "w") as out:
                for question in questions:
                    out.write(json.dumps(answer(question)) + "\n")
                    out.flush()
        finally:
            os._exit(0)
    os.close(writer)
    text = b""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        ready, _, _ = select.select([reader], [], [], 1.0)
        if ready:
            chunk = os.read(reader, 1 << 16)
            if not chunk:
                break
            text += chunk
            deadline = time.monotonic() + SECONDS
    os.close(reader)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    lines = text.decode().split("\n")
    return [json.loads(line) for line in lines[:-1]]


if __name__ == "__main__":
    main(sys.argv[1])
