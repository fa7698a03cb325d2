"""Environments that break their own start: the collector ends within its limit, and says how."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

import pytest

from kerlint.probe import bundle
from kerlint.probe.observations import Observations, Start
from tests.probe.environments import Environment

posix = pytest.mark.skipif(os.name != "posix", reason="signals and process groups of POSIX")


def hostile(environment: Environment, code: str, seconds: float = 30) -> Observations:
    """An environment whose sitecustomize does this, and which has one distribution."""
    environment.add("keras", "3.15.1")
    (environment.site / "sitecustomize.py").write_text(code, encoding="utf-8")
    began = time.monotonic()
    seen = environment.seen(seconds=seconds)
    assert time.monotonic() - began < seconds + 15
    return seen


def start(seen: Observations, mode: str) -> Start:
    (found,) = [one for one in seen.starts if one.mode == mode]
    return found


def is_read(seen: Observations) -> bool:
    """Whether everything was read in spite of it: by the start without `site`."""
    found = seen.distribution("keras")
    return bool(
        start(seen, "without-site").answered
        and found
        and found.record.checked == 1
        and seen.interpreter.version.startswith(f"{sys.version_info[0]}.{sys.version_info[1]}.")
    )


def test_it_ends_every_start(environment: Environment) -> None:
    seen = hostile(environment, "import os; os._exit(0)")
    for mode in ("ordinary", "isolated"):
        assert (start(seen, mode).answered, start(seen, mode).returncode) == (False, 0)
    assert is_read(seen)
    assert [gap.what for gap in seen.not_checked][:1] == ["the path of an ordinary start"]
    assert str(environment.site) in [entry.path for entry in seen.path]
    assert seen.site.sitecustomize == str(environment.site / "sitecustomize.py")


@posix
def test_it_kills_every_start(environment: Environment) -> None:
    seen = hostile(environment, "import os; os.kill(os.getpid(), 11)")
    assert start(seen, "ordinary").signal == 11
    assert is_read(seen)


def test_it_hangs(environment: Environment) -> None:
    seen = hostile(environment, "import time; time.sleep(600)", seconds=6)
    assert start(seen, "ordinary").timed_out
    assert is_read(seen)


@posix
def test_it_ignores_the_request_to_end(environment: Environment) -> None:
    code = "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(600)"
    seen = hostile(environment, code, seconds=4)
    assert start(seen, "ordinary").timed_out
    assert is_read(seen)


def test_it_raises(environment: Environment) -> None:
    seen = hostile(environment, "raise ValueError('grim')")
    assert "grim" in start(seen, "ordinary").stderr
    assert start(seen, "ordinary").answered  # site prints it and goes on
    assert is_read(seen)


def test_it_leaves(environment: Environment) -> None:
    seen = hostile(environment, "raise SystemExit(3)")
    assert not start(seen, "ordinary").answered
    assert start(seen, "ordinary").returncode
    assert is_read(seen)


def test_it_prints_without_end(environment: Environment) -> None:
    code = "import sys\nwhile True: sys.stdout.write('x' * 1_000_000)"
    seen = hostile(environment, code, seconds=6)
    assert start(seen, "ordinary").timed_out
    assert len(start(seen, "ordinary").stderr) < 100_000
    assert is_read(seen)


@posix
def test_it_leaves_a_process_behind(environment: Environment) -> None:
    code = "import os, time\nif os.fork() == 0:\n    time.sleep(600)\n    os._exit(0)\n"
    seen = hostile(environment, code, seconds=20)
    assert start(seen, "ordinary").answered
    assert start(seen, "ordinary").left_behind
    assert not start(seen, "without-site").left_behind
    assert is_read(seen)


def test_it_prints_a_lot(environment: Environment) -> None:
    seen = hostile(environment, "import sys\nsys.stdout.write('x' * 3_000_000)\n", seconds=20)
    assert start(seen, "ordinary").answered
    assert start(seen, "ordinary").output_bytes >= 3_000_000
    assert start(seen, "without-site").output_bytes < 1000


@posix
def test_it_leaves_a_process_behind_that_nobody_can_reach(environment: Environment) -> None:
    code = (
        "import os, time\nif os.fork() == 0:\n    os.setsid()\n    time.sleep(5)\n    os._exit(0)\n"
    )
    assert is_read(hostile(environment, code, seconds=20))


def test_a_variable_breaks_every_ordinary_start(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.add("keras", "3.15.1")
    monkeypatch.setenv("PYTHONHOME", "/nowhere")
    seen = environment.seen()
    assert not start(seen, "ordinary").answered
    assert start(seen, "isolated").answered
    assert is_read(seen)
    assert seen.environment["PYTHONHOME"] == "/nowhere"
    assert str(environment.site) in [entry.path for entry in seen.path]


@posix
def test_two_processes_answer(environment: Environment) -> None:
    seen = hostile(environment, "import os; os.fork()", seconds=20)
    assert start(seen, "ordinary").answered
    assert is_read(seen)


def test_it_replaces_what_an_answer_needs(environment: Environment) -> None:
    code = (
        "import sys, types\n"
        "for name in ('json', 're', 'ast', 'subprocess', 'importlib.metadata'):\n"
        "    sys.modules[name] = types.ModuleType(name)\n"
    )
    seen = hostile(environment, code)
    assert start(seen, "ordinary").answered
    assert seen.site.sitecustomize == str(environment.site / "sitecustomize.py")
    assert is_read(seen)


def test_it_puts_nonsense_on_the_path(environment: Environment) -> None:
    code = "import sys; sys.path[:0] = [7, None, '\\udcff', 'a' * 5000, '']"
    seen = hostile(environment, code)
    assert start(seen, "ordinary").answered
    assert is_read(seen)


def test_an_answer_of_somebody_else_does_not_count(environment: Environment) -> None:
    code = "import sys, os\nopen(sys.argv[1], 'w').write('0' * 16 + '\\n{}')\nos._exit(0)"
    seen = hostile(environment, code)
    assert not start(seen, "ordinary").answered


def test_the_real_answer_may_be_garbage(environment: Environment) -> None:
    code = "import sys, os\nopen(sys.argv[1], 'w').write(sys.argv[2] + '\\n[' * 9)\nos._exit(0)"
    seen = hostile(environment, code)
    assert not start(seen, "ordinary").answered
    assert is_read(seen)


def test_an_interpreter_that_is_no_program(tmp_path: Path, environment: Environment) -> None:
    environment.python.unlink()
    environment.python.write_text("no program", encoding="ascii")
    seen = environment.seen(gpu=True)
    assert seen.starts[0].error
    assert {one.ended for one in seen.gpu.calls} == {"well"}  # called by another interpreter
    assert not any(one.answered for one in seen.starts)
    assert seen.interpreter.executable == str(environment.python)
    assert "everything inside the interpreter" in [gap.what for gap in seen.not_checked]


@posix
def test_an_interpreter_that_dangles(environment: Environment) -> None:
    environment.python.unlink()
    environment.python.symlink_to("/nowhere/python3.9")
    seen = environment.seen()
    assert seen.starts[0].error == "No such file or directory"
    assert seen.interpreter.prefix == str(environment.folder)
    assert seen.interpreter.version == ".".join(map(str, sys.version_info[:3]))
    assert seen.interpreter.base_prefix


@posix
def test_an_interpreter_that_answers_nothing(environment: Environment) -> None:
    environment.python.unlink()
    environment.python.write_text("#!/bin/sh\nexit 0\n", encoding="ascii")
    environment.python.chmod(0o755)
    seen = environment.seen()
    assert [one.returncode for one in seen.starts[:1]] == [0]
    assert not any(one.answered for one in seen.starts)


def test_a_shadowed_standard_library_on_pythonpath(
    environment: Environment, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    for name in ("json", "re", "random", "subprocess", "typing", "ast"):
        (folder / f"{name}.py").write_text("raise RuntimeError('mine')", encoding="ascii")
    monkeypatch.setenv("PYTHONPATH", str(folder))
    environment.add("keras", "3.15.1")
    seen = environment.seen()
    assert start(seen, "ordinary").answered
    assert {"json", "re", "random"} <= {one.module for one in seen.shadows}
    assert {one.kind for one in seen.shadows} == {"pythonpath"}
    assert is_read(seen)


@posix
@pytest.mark.parametrize("folder", ["os.getcwd()", "os.path.dirname(os.getcwd())"])
def test_it_removes_the_folder_that_it_runs_in(environment: Environment, folder: str) -> None:
    code = f"import os, shutil\nif 'kerlint-probe-' in os.getcwd(): shutil.rmtree({folder})"
    seen = hostile(environment, code)
    assert not any(one.error for one in seen.starts)
    assert is_read(seen)


def test_what_it_writes_into_the_temporary_folder_does_not_stay(
    environment: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    seen = hostile(environment, "import tempfile; tempfile.mkstemp()")
    assert start(seen, "ordinary").answered
    assert list(temporary.iterdir()) == []


def test_it_starts_and_cannot_be_read_in_time(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The words of that are not those of an old Python."""
    text = bundle.text
    slow = "import time; time.sleep(600)"
    monkeypatch.setattr(bundle, "text", lambda role="": slow if role == "static" else text(role))
    seen = environment.seen(seconds=4)
    assert start(seen, "ordinary").answered
    assert [gap.why for gap in seen.not_checked if "everything" in gap.what] == [
        "it starts, but its files were not read in time"
    ]


def test_a_pth_file_that_ends_every_start_is_named(environment: Environment) -> None:
    (environment.site / "end.pth").write_text("import os; os._exit(7)\n", encoding="ascii")
    environment.add("keras", "3.15.1")
    seen = environment.seen()
    assert not start(seen, "ordinary").answered
    assert [Path(one.file).name for one in seen.site.pth_code] == ["end.pth"]


NO_HINDRANCE = {
    "it closes what is open": "import os; os.closerange(0, 256)",
    "it replaces the output": (
        "import sys\nclass Raising:\n    def __getattr__(self, name): raise RuntimeError(name)\n"
        "sys.stdout = sys.stderr = Raising()\n"
    ),
    "it raises at the exit": "import atexit; atexit.register(lambda: 1 / 0)",
    "it goes elsewhere": "import os; os.chdir('/')",
    "it goes where nothing is any more": (
        "import os, tempfile\nfolder = tempfile.mkdtemp()\nos.chdir(folder)\nos.rmdir(folder)\n"
    ),
    "it takes the memory away": (
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (60 << 20, 60 << 20))"
    ),
    "it takes the depth away": "import sys; sys.setrecursionlimit(60)",
    "it traces, and fails at it": (
        "import sys\ndef raising(*_): raise KeyError(1)\nsys.settrace(raising)\n"
    ),
    "nobody may read what it writes": "import os; os.umask(0o777)",
}


@posix
@pytest.mark.parametrize("name", NO_HINDRANCE)
def test_what_does_not_hinder(environment: Environment, name: str) -> None:
    seen = hostile(environment, NO_HINDRANCE[name])
    assert is_read(seen)
    assert start(seen, "ordinary").answered


HINDRANCE = {
    "it allows no files": (
        "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))",
        "exit code",
    ),
    "it allows no bytes in them": (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))",
        "ended",
    ),
    "it allows no imports": (
        "import builtins\ndef none(*a, **k): raise KeyError('no')\nbuiltins.__import__ = none\n",
        "exit code",
    ),
    "it stops": ("import os, signal; os.kill(os.getpid(), signal.SIGSTOP)", "did not answer"),
    "it never ends": (
        "import atexit, time; atexit.register(lambda: time.sleep(600))",
        "comes to its end",
    ),
    "it leaves a thread": (
        "import threading, time; threading.Thread(target=time.sleep, args=(600,)).start()",
        "comes to its end",
    ),
}


@posix
@pytest.mark.parametrize("name", HINDRANCE)
def test_what_hinders_is_named(environment: Environment, name: str) -> None:
    from kerlint.probe.judging import judge
    from kerlint.probe.wishes import asked_of_environment

    code, said = HINDRANCE[name]
    seen = hostile(environment, code, seconds=6)
    assert is_read(seen)
    found = [one for one in judge(seen, asked_of_environment(seen)) if one.code == "KER602"]
    assert len(found) == 1
    assert said in found[0].message
    assert found[0].commands == (
        f"mv {environment.site}/sitecustomize.py {environment.site}/sitecustomize.py.off",
    )


def test_the_first_of_many_of_one_name_wins(environment: Environment) -> None:
    for number in range(300):
        environment.add("keras", f"3.{number}", {}, record=False)
    seen = environment.seen()
    assert len(seen.distributions) == 300
    assert seen.not_checked
    assert len(seen.not_checked) < 10
