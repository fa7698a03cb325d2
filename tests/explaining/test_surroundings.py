"""The real logs as others hand them on: by containers, clusters, CI, terminals and notebooks."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kerlint.explaining import Reader, explain, judge
from tests.explaining.told import cause, ids, named
from tools.logs.programs import PROGRAMS

LOGS = Path(__file__).parents[2] / "fixtures" / "logs"
TIME = "2026-11-21T14:28:59.1234567Z"
RED, END = "\x1b[1;31m", "\x1b[0m"


def before(prefix: str) -> Callable[[str], str]:
    return lambda line: prefix + line


def coloured(line: str) -> str:
    """As Python 3.13 and IPython print the last line of a traceback."""
    kind, colon, said = line.partition(": ")
    return f"{RED}{kind}{END}: {RED}{said}{END}" if colon and kind.endswith("Error") else line


SURROUNDINGS: dict[str, Callable[[str], str]] = {
    "docker compose": before("train-1  | "),
    "docker's own files": lambda line: json.dumps({"log": line + "\n", "stream": "stderr"}),
    "kubectl logs --prefix": before("[pod/train-0-x7k2p/main] "),
    "the container runtime of Kubernetes": before("2026-11-21T14:28:59.123456789Z stderr F "),
    "GitHub Actions": before(f"{TIME} "),
    "GitLab": before("2026-11-21T14:28:59.123456Z 00O "),
    "Slurm": before("3: "),
    "torchrun": before("[rank0]: "),
    "Ray": before("(train_fn pid=4242, ip=10.0.0.1) "),
    "the journal": before("Nov 21 14:28:59 node-3 python[4242]: "),
    "Python's logging": before("2026-11-21 14:28:59,123 - root - ERROR - "),
    "loguru": before("2026-11-21 14:28:59.123 | ERROR    | "),
    "a cloud": lambda line: json.dumps({"severity": "ERROR", "textPayload": line}),
    "colours": coloured,
    "colours in a notebook's file": lambda line: json.dumps(coloured(line))[1:-1],
    "Windows": lambda line: line + "\r",
    "a progress bar": lambda line: f"  3%|▎         | 3/100 [00:01<00:32,  2.96it/s]\r{line}",
    "an exception group": lambda line: f"  | {line}",
}


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_the_cause_is_the_same(name: str) -> None:
    around = SURROUNDINGS[name]
    for program in PROGRAMS:
        lines = (LOGS / f"{program.name}.log").read_text(encoding="utf-8").splitlines()
        assert cause("\n".join(map(around, lines)) + "\n") == program.cause, program.name


def test_pytest_marks_the_lines_of_an_error() -> None:
    log = (
        "    def test_model():\n>       import keras\n\n"
        "E       ModuleNotFoundError: No module named 'keras.engine'\n"
    )
    assert cause(log) == "module-of-keras-gone"


def test_an_exception_group() -> None:
    log = (
        "  + Exception Group Traceback (most recent call last):\n"
        '  |   File "/app/train.py", line 9, in main\n'
        "  |     async with asyncio.TaskGroup() as group:\n"
        "  |                ~~~~~~~~~~~~~~~~~^^\n"
        "  | ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)\n"
        "  +-+---------------- 1 ----------------\n"
        "    | Traceback (most recent call last):\n"
        '    |   File "/app/train.py", line 4, in fit\n'
        "    |     import keras\n"
        "    | ValueError: Unable to import backend : theano\n"
        "    +------------------------------------\n"
    )
    found = explain(log)
    assert named(found) == "unknown-backend"
    assert found.unknown is None


def test_what_failed_first_among_several_processes() -> None:
    log = (
        "[rank1]: Traceback (most recent call last):\n"
        '[rank1]:   File "/app/train.py", line 9, in <module>\n'
        "[rank1]: torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB.\n"
        "[rank0]: Traceback (most recent call last):\n"
        '[rank0]:   File "/app/train.py", line 9, in <module>\n'
        "[rank0]: torch.distributed.DistBackendError: NCCL communicator was aborted on rank 0.\n"
    )
    found = explain(log)
    assert named(found) == "torch-out-of-memory"
    assert ids(found.followers) == ["nccl-other-process"]


def test_a_traceback_of_windows() -> None:
    log = (
        "Traceback (most recent call last):\r\n"
        '  File "C:\\Users\\me\\train.py", line 1, in <module>\r\n'
        "    import keras\r\n"
        '  File "C:\\env\\Lib\\site-packages\\keras\\src\\backend\\config.py", line 401, in <module>\r\n'
        "    _backend = _config.get('backend', _BACKEND)\r\n"
        "AttributeError: 'list' object has no attribute 'get'\r\n"
    )
    assert cause(log) == "keras-json-no-object"


def test_colours_in_pieces() -> None:
    line = coloured("ModuleNotFoundError: No module named 'keras.engine'") + "\n"
    for size in (1, 3, 50):
        reader = Reader()
        for start in range(0, len(line), size):
            reader.feed(line[start : start + size])
        assert named(judge(reader.end())) == "module-of-keras-gone"


def test_a_whole_traceback_in_an_object() -> None:
    whole = (
        'Traceback (most recent call last):\n  File "/app/train.py", line 1, in <module>\n'
        "    import keras\nValueError: Unable to import backend : theano"
    )
    for name in ("message", "textPayload", "log"):
        line = json.dumps({"severity": "ERROR", name: whole})
        for log in (line, f"app-1  | {line}", json.dumps({"log": line + "\n"})):
            found = explain("step 1\n" + log + "\n")
            assert found.cause_line is not None
            assert (found.cause_line.number, named(found)) == (2, "unknown-backend")
            assert found.read == 2
