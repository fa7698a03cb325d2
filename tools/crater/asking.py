"""Questions, and their answers from a real environment.

What was answered once is kept in a file beside the environment and is not asked again.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any, NamedTuple

HOUSE = Path(__file__).parents[2]
CHUNK = 60


def worker_version() -> str:
    """Changes whenever a line of what runs inside the environments does."""
    digest = hashlib.sha256()
    for source in sorted((Path(__file__).parent / "inside").glob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:12]


class Question(NamedTuple):
    """One thing to try; the fields are those of a use (see uses.py), for one candidate.

    `bound`   is the candidate's: these leading components are what an import or alias gave, so a
              module among them need not be an attribute of its package.
    `imports` are the modules that are imported before; they are empty at first, and a question
              whose answer is not `yes` is asked again with the imports of its file.
    """

    kind: str
    name: str
    part: str = ""
    keyword: str = ""
    value: str = ""
    imports: tuple[str, ...] = ()
    bound: int = 1

    @property
    def key(self) -> str:
        """The question as text: the key of its answer in the file."""
        return json.dumps(list(self))


class Answer(NamedTuple):
    """`answer` is `yes`, `no` or `unknown`; `missing` the shortest missing name, if it is one."""

    answer: str
    why: str
    missing: str = ""


class Answers:
    """The answers of one environment."""

    def __init__(self, python: Path, file: Path) -> None:
        self._python = python
        self._file = file
        self._known: dict[str, list[str]] = {}
        self._worker = worker_version()
        if file.exists():
            kept = json.loads(file.read_text())
            self._known = kept["answers"]
            if kept["worker"] != self._worker:
                # What another way of asking found to be there is there.
                self._known = {k: v for k, v in self._known.items() if v[0] == "yes"}

    def get(self, question: Question) -> Answer:
        """The answer to a question that was asked."""
        return Answer(*self._known[question.key])

    def find(self, question: Question) -> Answer | None:
        """The answer to a question, if it was ever asked."""
        kept = self._known.get(question.key)
        return Answer(*kept) if kept else None

    def ask(self, questions: Iterable[Question]) -> int:
        """Have questions answered; returns how many were new."""
        new = [q for q in dict.fromkeys(questions) if q.key not in self._known]
        tops = dict.fromkeys(_top(question) for question in new)
        for top in tops:
            with Asker(self._python, self._file.parent / "scratch", top) as asker:
                for jobs, batch in enumerate(_batches([q for q in new if _top(q) == top])):
                    for question, answer in zip(batch, asker.ask(batch), strict=True):
                        self._known[question.key] = list(answer)
                    if jobs % 50 == 49:
                        self.save()
            self.save()
        return len(new)

    def save(self) -> None:
        """Write the answers down."""
        partial = self._file.with_suffix(".partial")
        content = {"worker": self._worker, "answers": self._known}
        partial.write_text(json.dumps(content, indent=0, sort_keys=True))
        partial.replace(self._file)


def _top(question: Question) -> str:
    """What is imported before a question: TensorFlow comes first where a file imports it."""
    tops = {name.partition(".")[0] for name in (question.name, *question.imports)}
    return next(top for top in ("tensorflow", "tf_keras", "keras") if top in tops)


def _batches(questions: list[Question]) -> Iterable[list[Question]]:
    """Questions that can share a process: imports are asked alone, the others by their imports."""
    together: dict[tuple[str, tuple[str, ...]], list[Question]] = {}
    for question in questions:
        if question.kind in ("import", "from"):
            yield [question]
        else:
            kind = "attribute" if question.kind == "attribute" else "call"
            together.setdefault((kind, question.imports), []).append(question)
    for batch in together.values():
        # The same class stays in one process, which makes an instance of it only once.
        batch.sort(key=lambda question: question.name.rpartition(".")[2])
        for start in range(0, len(batch), CHUNK):
            yield batch[start : start + CHUNK]


class Asker:
    """The process inside the environment that answers; see inside/__main__.py."""

    def __init__(self, python: Path, scratch: Path, top: str) -> None:
        scratch.mkdir(parents=True, exist_ok=True)
        quiet = {
            "CUDA_VISIBLE_DEVICES": "-1",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "KERAS_BACKEND": "tensorflow",
            "KERAS_HOME": str(scratch),
            "HOME": str(scratch),
            "PYTHONPATH": str(HOUSE.absolute()),
            "OMP_NUM_THREADS": "1",
            # Nothing that is tried may reach the network.
            "http_proxy": "http://localhost:9",
            "https_proxy": "http://localhost:9",
        }
        dropped = ("TF_USE_LEGACY_KERAS", "VIRTUAL_ENV")
        environ = {key: value for key, value in os.environ.items() if key not in dropped}
        with (scratch / "log.txt").open("ab") as log:
            self._process = subprocess.Popen(
                [str(python), "-m", "tools.crater.inside", top],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=scratch,
                env={**environ, **quiet},
                text=True,
            )

    def __enter__(self) -> Asker:
        return self

    def __exit__(self, *error: object) -> None:
        self._pipe(self._process.stdin).close()
        self._process.wait()

    @staticmethod
    def _pipe(pipe: IO[str] | None) -> IO[str]:
        assert pipe is not None
        return pipe

    def ask(self, questions: list[Question]) -> list[list[str]]:
        """The answers to questions with the same imports."""
        asked: list[dict[str, Any]] = []
        for question in questions:
            one = question._asdict()
            del one["imports"]
            asked.append(one)
        job = {"imports": list(questions[0].imports), "questions": asked}
        stdin = self._pipe(self._process.stdin)
        stdin.write(json.dumps(job) + "\n")
        stdin.flush()
        line = self._pipe(self._process.stdout).readline()
        if not line:
            raise RuntimeError(f"the interpreter ended at {questions[0]}")
        answers: list[list[str]] = json.loads(line)
        return answers
