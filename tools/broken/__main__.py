"""See the package."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Collection, Sequence
from pathlib import Path

from kerlint.knowledge.broken import BROKEN
from tools.broken import __doc__ as manual
from tools.broken.trials import TRIALS, Trial

RECORD = Path(__file__).parents[2] / "fixtures" / "broken-combinations.tsv"
HEAD = "# row, environment, put before it, Python, what failed last; see tools/broken\n"
MINUTES = 5


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tools.broken",
        description=manual,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("environments", type=Path, nargs="+", help="and rows, to try only these")
    parser.add_argument("--overlays", type=Path, required=True, help="where to put packages")
    parser.add_argument("--rows", nargs="*", default=[], help="only these")
    options = parser.parse_args(arguments)
    wanted = [(one.row, one.environment, " ".join(one.besides)) for one in TRIALS]
    recorded = {tuple(line.split("\t")[:3]): line for line in _recorded()}
    lines = {key: recorded[key] for key in wanted if key in recorded}
    for trial in TRIALS:
        if options.rows and trial.row not in options.rows:
            continue
        home = next(
            (one for path in options.environments if (one := path / trial.environment).is_dir()),
            None,
        )
        if home is None:
            print(f"{trial.row}: there is no {trial.environment}", file=sys.stderr)
            continue
        key = (trial.row, trial.environment, " ".join(trial.besides))
        says = {row.says.partition("...")[0] for row in BROKEN if row.id == trial.row and row.says}
        python, last = tried(trial, home, options.overlays, says)
        lines[key] = "\t".join((*key, python, last))
        print(lines[key], flush=True)
    RECORD.write_text(HEAD + "".join(f"{line}\n" for line in lines.values()), encoding="utf-8")
    return 0


def _recorded() -> list[str]:
    if not RECORD.exists():
        return []
    lines = RECORD.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


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


if __name__ == "__main__":
    raise SystemExit(main())
