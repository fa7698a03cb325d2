"""Standard input and output: pipes that close, interrupts, names of what was piped in."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pytest

from kerlint.cli import progress
from tests.cli.support import CLEAN, LATE, PLAIN, Kerlint, environment

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX pipes and signals")


def test_standard_input(kerlint: Kerlint) -> None:
    done = kerlint("-", "--output-format=concise", stdin=LATE)
    assert done.returncode == 1
    assert done.stdout.startswith("-:4:1: KER201 ")


def test_standard_input_with_a_name_and_its_settings(kerlint: Kerlint) -> None:
    kerlint.write("pkg/kerlint.toml", "ignore = ['KER201']\nexclude = ['gen']\n")
    arguments = ("-", "--output-format=concise", "-q", "--stdin-filename")
    assert kerlint(*arguments, "other/x.py", stdin=LATE).stdout.startswith("other/x.py:4:1: KER201")
    assert kerlint(*arguments, "pkg/x.py", stdin=LATE).returncode == 0
    done = kerlint(*arguments, "pkg/gen/x.py", "--select=ALL", "--force-exclude", stdin=LATE)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_source_lines_of_standard_input_are_shown(kerlint: Kerlint) -> None:
    kerlint.write("x.py", "not this\n" * 9)
    done = kerlint("-", "--stdin-filename", "x.py", stdin=LATE)
    assert "os.environ['KERAS_BACKEND'] = 'jax'" in done.stdout
    assert "not this" not in done.stdout


def test_standard_input_beside_files(kerlint: Kerlint) -> None:
    kerlint.write("late.py", LATE)
    done = kerlint("late.py", "-", "--output-format=concise", stdin=LATE)
    assert done.stdout.count("KER201") == 2


@posix
def test_a_closed_pipe_is_no_traceback(kerlint: Kerlint) -> None:
    for number in range(300):
        kerlint.write(f"late{number}.py", LATE)
    with kerlint.start(".") as process:
        assert process.stdout is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr is not None
        err = process.stderr.read()
    assert err == b""
    assert process.returncode == 1


@posix
def test_a_pipe_that_is_closed_before_anything_is_written(kerlint: Kerlint) -> None:
    kerlint.write("late.py", LATE)
    for arguments in (["late.py"], ["--help"], ["rule", "--all"], ["config"], ["--show-files"]):
        with kerlint.start(*arguments) as process:
            assert process.stdout is not None
            process.stdout.close()
            assert process.stderr is not None
            assert process.stderr.read() == b""


@posix
def test_no_standard_output_at_all(kerlint: Kerlint) -> None:
    kerlint.write("late.py", LATE)
    kerlint.write("clean.py", CLEAN)
    for name, code in (("late.py", 1), ("clean.py", 0)):
        done = subprocess.run(
            f"'{sys.executable}' -m kerlint {name} >&-",
            shell=True,
            cwd=kerlint.folder,
            env=environment(kerlint.folder),
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (code, b"")


@posix
def test_an_interrupt_while_waiting_for_input(kerlint: Kerlint) -> None:
    with kerlint.start("-") as process:
        time.sleep(0.8)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, b"")


@posix
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupt_in_the_middle_of_the_work(kerlint: Kerlint, jobs: str) -> None:
    text = LATE + "".join(
        f"def f{n}(a, b):\n    return [a[{n}].b(b), {{a: b}}]\n" for n in range(3000)
    )
    for number in range(40):
        kerlint.write(f"late{number}.py", text)
    with kerlint.start(".", "--jobs", jobs) as process:
        time.sleep(1.5)
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"")
    deadline = time.monotonic() + 20
    while _in_session(process.pid):
        assert time.monotonic() < deadline, "processes were left behind"
        time.sleep(0.05)


def _in_session(number: int) -> list[str]:
    """Processes of a session that still run (Linux; elsewhere none are seen)."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rsplit(")", 1)[1].split()
        except (OSError, IndexError):
            continue
        state, session = fields[0], int(fields[3])
        if session == number and state != "Z":
            found.append(path.parent.name)
    return found


class Terminal(StringIO):
    """Remembers what was written, like a terminal."""

    def isatty(self) -> bool:
        return True


def test_progress_waits_and_wipes_itself_away(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    out = Terminal()
    told = progress.Progress(3, out)
    told.step()
    assert out.getvalue() == ""
    now[0] += progress.PATIENCE
    told.step()
    assert "2 of 3 files" in out.getvalue()
    told.step()
    assert out.getvalue().endswith("\r\x1b[K")


def test_progress_of_a_short_run_leaves_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress.time, "monotonic", lambda: 100.0)
    out = Terminal()
    told = progress.Progress(1, out)
    told.step()
    assert out.getvalue() == ""


@posix
def test_a_terminal_gets_colours_and_a_pipe_does_not(kerlint: Kerlint) -> None:
    pty = pytest.importorskip("pty")
    kerlint.write("plain.py", PLAIN)
    assert "\x1b[" not in kerlint("plain.py").stdout
    assert "\x1b[" in kerlint("plain.py", "--color=always").stdout
    assert "\x1b[" in kerlint("plain.py", FORCE_COLOR="1").stdout
    master, slave = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "kerlint", "plain.py"],
        cwd=kerlint.folder,
        env=environment(kerlint.folder, TERM="xterm"),
        stdout=slave,
    ) as process:
        pass
    os.close(slave)
    assert process.returncode == 0
    assert b"\x1b[" in os.read(master, 1000)
    os.close(master)


def test_the_short_way_says_what_the_report_says(kerlint: Kerlint) -> None:
    kerlint.write("clean.py", CLEAN)
    kerlint.write("plain.py", PLAIN)
    for names in (["clean.py"], ["plain.py"], ["clean.py", "plain.py"]):
        short = kerlint(*names)
        kerlint(*names, "--output-file", "report.txt")
        assert short.stdout == (kerlint.folder / "report.txt").read_text()
        assert short.returncode == 0
