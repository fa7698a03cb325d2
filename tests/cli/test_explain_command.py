"""`kerlint explain --command`: the program runs as it would alone, and a failure is explained."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

posix = pytest.mark.skipif(os.name != "posix", reason="signals and process groups of POSIX")
WAITS = "import time; print('first', flush=True); time.sleep(30)"
DECIDES = (
    "import sys, time\n"
    "try:\n    print('first', flush=True); time.sleep(30)\n"
    "except KeyboardInterrupt:\n    print('saved'); sys.exit(3)\n"
)


def argv_of(*argv: str) -> list[str]:
    return [sys.executable, "-m", "kerlint", "explain", "--command", "--", *argv]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


def kerlint(*argv: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        argv_of(*argv),
        capture_output=True,
        input=given,
        env=environment(),
        check=False,
        timeout=60,
    )


def python(code: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return kerlint(sys.executable, "-c", code, given=given)


def test_a_command_that_ends_well_is_left_alone() -> None:
    ended = python("import sys; print('out'); print('err', file=sys.stderr)")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"out\n", b"err\n")


def test_a_command_that_fails_is_explained() -> None:
    ended = python(
        "import sys; print('out'); sys.stdout.buffer.write(b'\\xff'); raise ValueError('Unable to import backend : theano')"
    )
    assert ended.returncode == 1
    assert ended.stdout == b"out\n\xff"
    assert b"kerlint: the program ended with exit code 1\n\nThe cause (line " in ended.stderr


def test_the_exit_code_is_kept() -> None:
    ended = python("import sys; sys.exit(37)")
    assert ended.returncode == 37
    assert b"No line here that kerlint knows" in ended.stderr


@posix
def test_a_signal_is_explained_as_a_shell_would_say_it() -> None:
    ended = python("import os; os.kill(os.getpid(), 4)")
    assert ended.returncode == 128 + 4
    assert b"was ended by SIGILL" in ended.stderr
    assert b"AVX" in ended.stderr


def test_arguments_reach_the_program_as_they_are() -> None:
    ended = kerlint(
        sys.executable, "-c", "import sys; print(sys.argv[1:])", "$HOME", "--format", "a b"
    )
    assert ended.stdout.strip() == b"['$HOME', '--format', 'a b']"


def test_standard_input_is_the_programs() -> None:
    ended = python("print(input() + input())", given=b"a\nb\n")
    assert (ended.returncode, ended.stdout) == (0, b"ab\n")


def test_lines_of_the_two_streams_do_not_cut_into_each_other() -> None:
    ended = python(
        "import sys, time\n"
        "for piece in ('ValueError: Unable to imp', 'ort backend : theano\\n'):\n"
        "    sys.stderr.write(piece); sys.stderr.flush(); print('step', flush=True)\n"
        "    time.sleep(0.1)\n"
        "sys.exit(1)\n"
    )
    assert ended.stdout == b"step\nstep\n"
    assert b"`theano` is no backend" in ended.stderr


@posix
@pytest.mark.parametrize(
    ("number", "code", "ends", "last"),
    [
        ("SIGTERM", WAITS, 128 + 15, b""),
        ("SIGHUP", WAITS, 128 + 1, b""),
        ("SIGINT", DECIDES, 3, b"saved\n"),
    ],
)
def test_a_request_to_end_is_the_programs(number: str, code: str, ends: int, last: bytes) -> None:
    with subprocess.Popen(
        argv_of(sys.executable, "-c", code),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        start_new_session=True,
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"first\n"
        if number == "SIGINT":  # as a terminal sends it: to all that run in it
            os.killpg(child.pid, signal.SIGINT)
        else:
            child.send_signal(getattr(signal, number))
        out, _ = child.communicate(timeout=30)
        assert (child.returncode, out) == (ends, last)
