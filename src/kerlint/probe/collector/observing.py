"""Starts the interpreter in its modes and the driver's libraries, each in a child with a limit,
and puts the answers together as `Observations` has them."""

from __future__ import annotations

import contextlib
import os
import secrets
import threading
import time

from kerlint.probe.children import run
from kerlint.probe.collector.answering import LONGEST_ANSWER, Gaps
from kerlint.probe.collector.paths import python_path_of
from kerlint.probe.collector.pth import pth_raised
from kerlint.probe.process import Ended

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Mapping, Sequence

START_SECONDS = 20.0
"""The most that one start may take: a sound one needs a tenth of a second, on a slow network disk
some seconds."""
STATIC_SECONDS = 60.0
_MODES = {"ordinary": ["-B"], "isolated": ["-I", "-B"], "without-site": ["-I", "-S", "-B"]}
_NOT_FOR_CHILDREN = ("__PYVENV_LAUNCHER__", "COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG")
"""macOS tells by the first which interpreter *we* are; by the others coverage would write files."""
_KEPT_OUTPUT = 6000
_OLD = (
    "import sys; f = open(sys.argv[1], 'w'); "
    "f.write(sys.argv[2] + chr(10) + '\"%d.%d.%d\"' % sys.version_info[:3]); f.close()"
)
"""Runs in any Python there ever was."""


class Examined:
    """An interpreter under examination: starts it, and remembers how each start went.

    `texts`    the programs that the children run, by role (`assembling.CHILDREN`)
    `scratch`  a temporary folder of ours
    `seconds`  for everything together
    `substitute`  calls the driver where the interpreter itself does not start; "" for none
    """

    def __init__(
        self,
        python: str,
        folder: str,
        environment: Mapping[str, str],
        texts: Mapping[str, str],
        scratch: str,
        seconds: float,
        substitute: str = "",
    ) -> None:
        self.python = python
        self.substitute = substitute
        self.folder = folder
        self.starts: list[dict[str, Any]] = []
        self.gaps = Gaps()
        self._environment = dict(environment)
        for name in _NOT_FOR_CHILDREN:
            self._environment.pop(name, None)
        self._scratch = scratch
        self._empty = os.path.join(scratch, "empty")
        self._temporary = os.path.join(scratch, "temporary")
        self._environment.update(dict.fromkeys(("TMPDIR", "TMP", "TEMP"), self._temporary))
        self._ends = time.monotonic() + seconds
        self._start_seconds = min(START_SECONDS, seconds / 3)
        self._texts = texts

    def start(self, mode: str, program: str, *words: str) -> Any:
        """Start in a mode and give the answer; None where there is none."""
        return self._answer(mode, [*_MODES[mode], self._program(program)], words)

    def old(self) -> Any:
        """The version, asked in words that any Python understands."""
        return self._answer("without-site", ["-S", "-B", "-c", _OLD], ())

    def call(self, subject: str, *names: str) -> dict[str, Any]:
        """Call into a library; see `call_result`."""
        file = self._program("call")
        python = self.python if any(start["answered"] for start in self.starts) else ""
        python = python or self.substitute or self.python
        return self.call_by([python, *_MODES["without-site"], file], subject, *names)

    def call_by(self, argv: Sequence[str], subject: str, *names: str) -> dict[str, Any]:
        """Call into a library by another program."""
        file, nonce = self.file("steps"), secrets.token_hex(8)
        ended = self._run([*argv, subject, file, nonce, *names], START_SECONDS)
        return call_result(subject, ended, lines_of(file, nonce))

    def file(self, name: str) -> str:
        """A new path in the temporary folder."""
        os.makedirs(self._scratch, exist_ok=True)
        return os.path.join(self._scratch, f"{name}-{secrets.token_hex(4)}")

    def _program(self, role: str) -> str:
        """The path of a new copy: an earlier start may have changed or removed the last one."""
        path = self.file(role) + ".py"
        with open(path, "w", encoding="utf-8") as file:
            file.write(self._texts[role])
        return path

    def _answer(self, mode: str, options: list[str], words: Sequence[str]) -> Any:
        file, nonce = self.file(mode), secrets.token_hex(8)
        limit = self._start_seconds if not words else STATIC_SECONDS
        environment = None
        if mode == "ordinary" and self._environment.get("PYTHONPATH"):
            places = python_path_of(self._environment, self.folder)
            environment = {**self._environment, "PYTHONPATH": os.pathsep.join(places)}
        argv = [self.python, *options, file, nonce, *words]
        ended = self._run(argv, limit, environment)
        answer = answer_of(file, nonce)
        start = {
            "mode": mode,
            "error": ended.error,
            "returncode": ended.returncode,
            "signal": ended.signal,
            "timed_out": ended.timed_out,
            "answered": answer is not None,
            "seconds": ended.seconds,
            "stderr": ended.output[-_KEPT_OUTPUT:],
            "output_bytes": ended.output_bytes,
            "left_behind": ended.left_behind,
        }
        self.starts.append(start)
        return answer

    def _run(
        self, argv: list[str], limit: float, environment: Mapping[str, str] | None = None
    ) -> Ended:
        left = max(0.5, min(limit, self._ends - time.monotonic()))
        chosen = self._environment if environment is None else environment
        for folder in (self._empty, self._temporary):
            os.makedirs(folder, exist_ok=True)
        guard = self._texts.get("guard", "")
        return run(argv, environment=chosen, folder=self._empty, seconds=left, guard=guard)


def observe(
    examined: Examined, gpu: bool, nvml: Callable[[], dict[str, Any]] | None = None
) -> dict[str, Any]:
    """All observations. `nvml`: another way to ask NVML, instead of the examined interpreter."""
    waiting: dict[str, _Later] = {}
    ordinary = _Later(lambda: examined.start("ordinary", "start"))
    isolated = examined.start("isolated", "start")
    started = ordinary.result()
    if gpu:
        waiting["nvml"] = _Later(nvml or (lambda: examined.call("nvml")))
        waiting["cuda"] = _Later(lambda: examined.call("cuda"))
    if not isinstance(started, dict):
        started = {"isolated": True, **isolated} if isinstance(isolated, dict) else {}
    seen = _static(examined, started)
    for start in examined.starts:
        if start["mode"] == "ordinary":
            seen.setdefault("pth", []).extend(pth_raised(start["stderr"]))
    stack = seen.setdefault("gpu", {})
    calls: list[Any] = []
    if gpu:
        for name, later in waiting.items():
            calls.append(examined.gaps.around(f"the driver by {name}", later.result, None))
        for subject, file in callable_libraries(stack.get("libraries", [])):
            calls.append(examined.call(subject, file))
        add_calls(stack, [one for one in calls if one])
    else:
        examined.gaps.add("the GPU's driver", "it was not asked for")
    examined.starts.sort(key=lambda start: list(_MODES).index(start["mode"]))
    seen["starts"] = examined.starts
    seen["not_checked"] = seen.get("not_checked", []) + examined.gaps.all
    return seen


def _static(examined: Examined, started: dict[str, Any]) -> dict[str, Any]:
    """What is read from files; {} and a gap where no start answers."""
    facts = ""
    if started:
        from json import dumps

        facts = examined.file("facts")
        with open(facts, "w", encoding="ascii") as file:
            file.write(dumps(started))
    for mode in ("without-site", "isolated") if started else ("without-site",):
        answer = examined.start(mode, "static", examined.folder, facts)
        if isinstance(answer, dict):
            return answer
    if not any(start["error"] for start in examined.starts):
        version = examined.old()
        if isinstance(version, str) and too_old(version):
            del examined.starts[:-1]  # that it does not understand the collector is no fault of it
            why = f"it is Python {version}, and the collector needs 3.8: name another with --python"
            examined.gaps.add("everything inside the interpreter", why)
            return {"interpreter": {"executable": examined.python, "version": version}}
        del examined.starts[-1:]
    slow = any(start["timed_out"] for start in examined.starts)
    answered = any(start["answered"] for start in examined.starts)
    why = "it starts, but its files were not read" if answered else "no start of it gave an answer"
    why += " in time" if slow else ""
    examined.gaps.add("everything inside the interpreter", why)
    return {"interpreter": {"executable": examined.python}}


def too_old(version: str) -> bool:
    """Whether a Python of that version cannot read the collector."""
    numbers = [int(one) for one in version.split(".")[:2] if one.isdigit()]
    return numbers < [3, 8]


class _Later:
    """A result that a thread works out meanwhile; the error of one is raised where it is wanted."""

    def __init__(self, do: Callable[[], Any]) -> None:
        self._value: Any = None
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._work, args=(do,), daemon=True)
        self._thread.start()

    def _work(self, do: Callable[[], Any]) -> None:
        try:
            self._value = do()
        except Exception as error:
            self._error = error

    def result(self) -> Any:
        self._thread.join()
        if self._error:
            raise self._error
        return self._value


def answer_of(file: str, nonce: str) -> Any:
    """The answer in a file; None where there is none, or it is not an answer to us."""
    import json

    try:
        with open(file, "rb") as opened:
            data = opened.read(LONGEST_ANSWER)
        first, _, rest = data.partition(b"\n")
        return json.loads(rest) if first == nonce.encode("ascii") else None
    except (OSError, ValueError, RecursionError):
        return None


def lines_of(file: str, nonce: str) -> list[dict[str, Any]]:
    """The steps in a file; what is not ours or was cut off is passed over."""
    import json

    found = []
    with contextlib.suppress(OSError), open(file, "rb") as opened:
        for line in opened.read(LONGEST_ANSWER).split(b"\n"):
            first, _, rest = line.partition(b" ")
            with contextlib.suppress(ValueError, RecursionError):
                value = json.loads(rest) if first == nonce.encode("ascii") else None
                if isinstance(value, dict):
                    found.append(value)
    return found


def call_result(subject: str, ended: Ended, lines: list[dict[str, Any]]) -> dict[str, Any]:
    """`Call`, and beside it `facts` and `devices` for the stack as a whole.

    A step that began and did not come back is the last one, without a code.
    """
    steps: list[dict[str, Any]] = []
    begun: dict[str, Any] = {}
    call: dict[str, Any] = {"subject": subject, "seconds": ended.seconds, "signal": ended.signal}
    facts: dict[str, Any] = {}
    devices: list[Any] = []
    finished = False
    for line in lines:
        if "begins" in line:
            begun = {"step": line["begins"], "library": line.get("library", "")}
        elif "step" in line:
            steps.append(line)
            begun = {}
        facts.update(line.get("facts", {}))
        if "device" in line:
            devices.append(line["device"])
        call["loaded"] = line.get("loaded", call.get("loaded", []))
        finished = finished or "end" in line
    if begun and not finished:
        steps.append(begun)
    if finished:
        call["ended"], call["signal"] = "well", None
    elif ended.timed_out:
        call["ended"] = "timed-out"
    elif ended.error or not lines:
        call["ended"] = "not-run"
    else:
        call["ended"] = "crashed"
    call["steps"] = steps
    return {"call": call, "facts": facts, "devices": devices}


def callable_libraries(libraries: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Of the libraries on disk, those to ask for their version: the first one of each soname."""
    chosen: dict[str, tuple[str, str]] = {}
    for one in libraries:
        name, _, number = one.get("soname", "").partition(".so.")
        subject = {"libcudart": "cudart", "libcudnn": "cudnn"}.get(name)
        if subject and number and one.get("source") != "stubs":
            chosen.setdefault(one["soname"], (subject, one["path"]))
    return list(chosen.values())


def add_calls(stack: dict[str, Any], results: list[dict[str, Any]]) -> None:
    """Add the calls to what was read of the stack: what NVML said comes before CUDA."""
    stack["calls"] = [one["call"] for one in results]
    for one in results:
        for name, value in one["facts"].items():
            stack[name] = stack.get(name) or value
        stack["devices"] = stack.get("devices") or one["devices"]
