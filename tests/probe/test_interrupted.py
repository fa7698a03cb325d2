"""Whoever interrupts the probe need not wait for its limits, and finds nothing left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import kerlint
from tests.probe.environments import Environment
from tests.probe.test_children import processes

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")

SOURCE = str(Path(kerlint.__file__).parents[1])
START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from kerlint.cli import main; sys.exit(main(sys.argv[1:]))"
HANGS = "import os, time\nopen(os.environ['REACHED'], 'a').close()\ntime.sleep(600)\n"


@pytest.mark.parametrize("where", ["sitecustomize.py", "torch/__init__.py"])
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_it_leaves_at_once_and_leaves_nothing(
    tmp_path: Path,
    no_variables: None,
    where: str,
    number: signal.Signals,
    code: int,
) -> None:
    environment = Environment(tmp_path / "env")
    environment.add("torch", files={"torch/__init__.py": ""})
    (environment.site / where).write_text(HANGS, encoding="ascii")
    temporary, reached = tmp_path / "temporary", tmp_path / "reached"
    temporary.mkdir()
    mark = f"interrupted-{tmp_path.name}-{os.getpid()}"
    with subprocess.Popen(
        [sys.executable, "-c", START, SOURCE, "probe", "--python", str(environment.folder)],
        cwd=tmp_path,
        env={
            **os.environ,
            "M": mark,
            "REACHED": str(reached),
            "TMPDIR": str(temporary),
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as probe:
        _until(reached.exists)
        time.sleep(0.3)  # so that all who start together have started
        began = time.monotonic()
        probe.send_signal(number)
        assert probe.wait(60) == code
    assert time.monotonic() - began < 15
    _until(lambda: processes(mark) == [])
    assert list(temporary.iterdir()) == []


def _until(true: Callable[[], bool]) -> None:
    ends = time.monotonic() + 30
    while not true():
        assert time.monotonic() < ends
        time.sleep(0.05)
