"""The benchmark's own measuring: what it counts, what it repeats, what it calls a failure."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("the benchmark needs a POSIX system", allow_module_level=True)

from benchmarks.measure import Command, Failed, interleaved, run

BURN = "import time\nwhile time.process_time() < 0.2: pass\n"
"""Uses 0.2 CPU seconds, however long that takes."""


def python(code: str, folder: Path, good: tuple[int, ...] = (0,)) -> Command:
    return Command((sys.executable, "-S", "-c", code), folder, good)


def test_the_cpu_time_of_children_counts(tmp_path: Path) -> None:
    (tmp_path / "burn.py").write_text(BURN)
    parent = "import subprocess, sys; subprocess.run([sys.executable, '-S', 'burn.py'])"
    assert run(python(parent, tmp_path)).cpu >= 0.2


def test_the_peak_is_in_bytes(tmp_path: Path) -> None:
    held = 200_000_000
    reading = run(python(f"held = bytearray({held}); held[::4096] = held[::4096]", tmp_path))
    assert held <= reading.peak < 2 * held


def test_an_unexpected_exit_code_is_no_measurement(tmp_path: Path) -> None:
    command = python("print('why'); raise SystemExit(2)", tmp_path)
    with pytest.raises(Failed, match=r"exit code 2(.|\n)*why"):
        run(command)
    assert run(command._replace(good=(2,))).wall > 0


def test_commands_take_turns_and_dear_ones_have_fewer(tmp_path: Path) -> None:
    turns: list[str] = []
    commands = {"dear": python(BURN, tmp_path), "cheap": python("pass", tmp_path)}
    results = interleaved(commands, runs=3, budget=0.3, said=turns.append)
    assert turns == ["dear, run 1", "cheap, run 1", "cheap, run 2", "cheap, run 3"]
    assert {name: len(result.readings) for name, result in results.items()} == {
        "dear": 1,
        "cheap": 3,
    }
