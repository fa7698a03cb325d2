"""Children that crash, hang, flood or leave others behind end in a record, within the limit."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kerlint.probe import bundle, children
from kerlint.probe.children import run
from kerlint.probe.process import KEPT, Ended

posix = pytest.mark.skipif(os.name != "posix", reason="signals and process groups of POSIX")


def child(folder: Path, code: str, seconds: float = 30, data: bytes = b"") -> Ended:
    return run(
        [sys.executable, "-I", "-S", "-c", code],
        environment=os.environ,
        folder=str(folder),
        seconds=seconds,
        data=data,
    )


def test_a_child_that_ends_well(tmp_path: Path) -> None:
    code = "import sys; print(sys.stdin.read()); print('grim', file=sys.stderr); sys.exit(3)"
    ended = child(tmp_path, code, data=b"hello")
    assert (ended.returncode, ended.signal, ended.timed_out, ended.error) == (3, None, False, "")
    assert "hello" in ended.output
    assert "grim" in ended.output
    assert not ended.left_behind


def test_a_program_that_is_not_there(tmp_path: Path) -> None:
    ended = run([str(tmp_path / "no")], environment={}, folder=str(tmp_path), seconds=1)
    assert ended.error
    assert ended.returncode is None


@posix
def test_a_crash_is_told_by_its_signal(tmp_path: Path) -> None:
    ended = child(tmp_path, "import os; os.kill(os.getpid(), 11)")
    assert (ended.signal, ended.returncode, ended.timed_out) == (11, None, False)


def test_a_hang_is_ended(tmp_path: Path) -> None:
    ended = child(tmp_path, "print('before', flush=True)\nwhile True: pass", seconds=1)
    assert ended.timed_out
    assert ended.signal is None
    assert "before" in ended.output


@posix
def test_one_that_does_not_listen_is_ended_too(tmp_path: Path) -> None:
    code = "import signal, time; signal.signal(15, signal.SIG_IGN)\nwhile True: time.sleep(1)"
    assert child(tmp_path, code, seconds=1).timed_out


def test_a_flood_is_kept_in_bounds(tmp_path: Path) -> None:
    code = "import sys\nprint('first')\nfor _ in range(500): sys.stdout.write('x' * 10_000)\nprint('last')"
    ended = child(tmp_path, code)
    assert ended.output_bytes > 5_000_000
    assert len(ended.output) < KEPT + 100
    assert ended.output.startswith("first")
    assert ended.output.rstrip().endswith("last")


@posix
def test_a_grandchild_that_keeps_the_output_open(tmp_path: Path) -> None:
    code = (
        "import subprocess, sys\n"
        "print('done', flush=True)\n"
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])"
    )
    ended = child(tmp_path, code)
    assert ended.left_behind
    assert ended.returncode == 0
    assert "done" in ended.output


GUARD = bundle.text("guard")
guarded = pytest.mark.skipif(sys.platform != "linux", reason="Linux hands orphans to the guard")


def child_of_guard(folder: Path, code: str, seconds: float = 30, **variables: str) -> Ended:
    return run(
        [sys.executable, "-I", "-S", "-c", code],
        environment={**os.environ, **variables},
        folder=str(folder),
        seconds=seconds,
        guard=GUARD,
    )


def processes(mark: str) -> list[str]:
    """The processes whose environment holds `mark`."""
    found = []
    for name in os.listdir("/proc"):
        try:
            text = Path("/proc", name, "environ").read_bytes() if name.isdigit() else b""
        except OSError:
            continue
        if mark.encode() in text:
            found.append(name)
    return found


@guarded
@pytest.mark.parametrize(
    ("code", "returncode", "signal"),
    [
        ("import sys; print(sys.stdin.read()); sys.exit(3)", 3, None),
        ("import os; os.kill(os.getpid(), 11)", None, 11),
    ],
)
def test_the_guard_tells_how_the_child_ended(
    tmp_path: Path, code: str, returncode: int | None, signal: int | None
) -> None:
    ended = child_of_guard(tmp_path, code)
    assert (ended.returncode, ended.signal, ended.timed_out) == (returncode, signal, False)
    assert (ended.left_behind, ended.left) == (False, ())


@guarded
def test_the_guard_tells_what_cannot_be_started(tmp_path: Path) -> None:
    def start(name: str) -> str:
        path = str(tmp_path / name)
        return run([path], environment={}, folder=str(tmp_path), seconds=5, guard=GUARD).error

    (tmp_path / "text").write_text("no program", encoding="ascii")
    (tmp_path / "text").chmod(0o755)
    assert start("absent") == "No such file or directory"
    assert start("text") == "Exec format error"


@guarded
def test_the_child_has_the_signals_of_a_new_process(tmp_path: Path) -> None:
    code = "import sys; print(open('/proc/self/status').read())"
    alone, guarded_one = child(tmp_path, code), child_of_guard(tmp_path, code)
    assert signals(alone.output) == signals(guarded_one.output)


def signals(status: str) -> dict[str, int]:
    """The signals that are blocked, ignored and caught; without those of the C library's own."""
    pairs = [line.split(":\t") for line in status.splitlines() if line.startswith("Sig")]
    return {name: int(value, 16) & 0x7FFFFFFF for name, value in pairs if name[3:] in _KINDS}


_KINDS = ("Blk", "Ign", "Cgt")


STAYS = (
    "import os, time\n"
    "if os.fork() == 0:\n"
    "    os.setsid()\n"
    "    if os.fork() == 0:\n"
    "        os.closerange(0, 64)\n"
    "        time.sleep(600)\n"
    "    os._exit(0)\n"
)


@guarded
@pytest.mark.parametrize("after", ["", "time.sleep(600)", "os._exit(7)"])
def test_nothing_outlives_the_child_in_a_session_of_its_own(tmp_path: Path, after: str) -> None:
    mark = f"stays-{tmp_path.name}-{os.getpid()}"
    ended = child_of_guard(tmp_path, STAYS + after, seconds=2 if "sleep" in after else 30, M=mark)
    assert ended.timed_out == ("sleep" in after)
    assert ended.left_behind == (not ended.timed_out)
    assert (ended.left != ()) == ended.left_behind
    assert processes(mark) == []


@guarded
@pytest.mark.parametrize(
    "deed",
    [
        "os.killpg(os.getpgid(os.getppid()), 9)",
        "os.kill(os.getppid(), 15)",
        "os.killpg(0, 9)",
    ],
)
def test_a_child_that_turns_on_its_parent(tmp_path: Path, deed: str) -> None:
    mark = f"turns-{tmp_path.name}-{os.getpid()}"
    ended = child_of_guard(tmp_path, f"{STAYS}{deed}\ntime.sleep(600)", M=mark)
    assert ended.signal in (9, 15)
    assert not ended.timed_out
    assert processes(mark) == []


@guarded
def test_a_family_that_grows_is_ended(tmp_path: Path) -> None:
    mark = f"grows-{tmp_path.name}-{os.getpid()}"
    code = (
        "import os, time\nfor _ in range(4): os.fork()\nos.setpgid(0, 0)\n"
        "end = time.time() + 60\n"
        "while time.time() < end:\n    time.sleep(0.2)\n    if os.fork(): os._exit(0)\n"
    )
    child_of_guard(tmp_path, code, seconds=1, M=mark)
    assert processes(mark) == []


@guarded
def test_when_kerlint_is_ended_its_children_are_too(tmp_path: Path) -> None:
    mark = f"orphan-{tmp_path.name}-{os.getpid()}"
    code = f"""
import os, sys
from kerlint.probe import bundle, children
children.run([sys.executable, "-c", "import time; print(1, flush=True); time.sleep(600)"],
    environment={{**os.environ, "M": {mark!r}}}, folder=".", seconds=600, guard=bundle.text("guard"))
"""
    source = str(Path(bundle.__file__).parents[2])
    with subprocess.Popen(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": source}, cwd=tmp_path
    ) as kerlint:
        _until(lambda: len(processes(mark)) >= 2)
        kerlint.kill()
    _until(lambda: processes(mark) == [])


def _until(true: Callable[[], bool]) -> None:
    ends = time.monotonic() + 30
    while not true():
        assert time.monotonic() < ends
        time.sleep(0.05)


LIST = """
import os
for name in os.listdir("/proc"):
    if name.isdigit():
        try:
            words = open(f"/proc/{name}/cmdline", "rb").read().split(b"\\0")
            words += open(f"/proc/{name}/environ", "rb").read().split(b"\\0")
        except OSError:
            continue
        os.write(1, name.encode() + b" " + b" ".join(words).replace(b"\\n", b" ") + b"\\n")
"""
"""What `ps` of macOS prints, told by /proc."""


@guarded
def test_without_a_guard_what_carries_the_mark_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = f"mac-{tmp_path.name}-{os.getpid()}"
    monkeypatch.setattr(children, "PS", (sys.executable, "-I", "-S", "-c", LIST))
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setenv("M", mark)
    ended = child(tmp_path, STAYS)
    assert (ended.returncode, ended.timed_out) == (0, False)
    assert processes(mark) == []


def test_without_a_list_of_processes_the_report_comes_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(children, "PS", (str(tmp_path / "no-such-program"),))
    monkeypatch.setattr(sys, "platform", "darwin")
    assert child(tmp_path, "print(1)").returncode == 0
