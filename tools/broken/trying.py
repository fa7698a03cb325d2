"""Programs that are tried in real environments, with packages put before what is installed."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from tools.broken.trials import Trial

MINUTES = 5


def wanted(
    trials: Sequence[Trial], command: str, manual: str | None, arguments: Sequence[str] | None
) -> Iterator[tuple[Trial, Path, Path]]:
    """The trials that the command line asks for, the environment of each, and where overlays lie.

    It is said of a trial that its environment is missing. Exits if the command line is wrong.
    """
    parser = argparse.ArgumentParser(
        prog=command,
        description=manual,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("environments", type=Path, nargs="+", help="folders of environments")
    parser.add_argument("--overlays", type=Path, required=True, help="where to put packages")
    parser.add_argument("--rows", nargs="*", default=[], help="only these")
    options = parser.parse_args(arguments)
    for trial in trials:
        if options.rows and trial.row not in options.rows:
            continue
        homes = (path / trial.environment for path in options.environments)
        home = next((one for one in homes if one.is_dir()), None)
        if home is None:
            print(f"{trial.row}: there is no {trial.environment}", file=sys.stderr)
        else:
            yield trial, home, options.overlays


def tried(trial: Trial, home: Path, overlays: Path, says: Collection[str]) -> tuple[str, str]:
    """The Python, and the last line of what the program printed, or that it ran.

    `says`  how the error begins that is expected: it is taken, wherever it stands
    """
    python = str(home / "bin" / "python")
    named = "+".join(one.replace("==", "-") for one in trial.besides)
    folder = overlays / f"{trial.environment}+{named}"
    if trial.besides and not folder.is_dir():
        words = ("-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder))
        subprocess.run([python, *words, *trial.besides], check=True)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment |= {"PYTHONPATH": str(folder), "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONNOUSERSITE": "1"}
    version = subprocess.run(
        [python, "-c", "import platform; print(platform.python_version())"],
        capture_output=True,
        text=True,
        check=True,
    )
    done = subprocess.run(
        [python, "-c", trial.code],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60 * MINUTES,
    )
    if not done.returncode:
        return version.stdout.strip(), (done.stdout.split("\n")[-2:-1] or ["it ran"])[0]
    errors = [line for line in done.stderr.splitlines() if line and not line.startswith(" ")]
    told = [line for line in errors if "Error: " in line] or errors or ["no message"]
    expected = [line for line in told if any(line.startswith(one) for one in says)]
    last = re.sub(r" \(/[^)]*\)", "", (expected or told)[-1])  # where a module lies
    return version.stdout.strip(), " ".join(last.split())[:200]
