"""See the package."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from kerlint.knowledge.companions import COMPANIONS, Companion
from tools.broken.__main__ import tried
from tools.packages import __doc__ as manual
from tools.packages.trials import TRIALS

RECORD = Path(__file__).parents[2] / "fixtures" / "packages-tried.tsv"
HEAD = "# row, environment, put before it, Python, what was printed last; see tools/packages\n"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tools.packages",
        description=manual,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("environments", type=Path, nargs="+")
    parser.add_argument("--overlays", type=Path, required=True, help="where to put packages")
    parser.add_argument("--rows", nargs="*", default=[], help="only these")
    options = parser.parse_args(arguments)
    recorded = {line[0]: line for line in read()}
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
        says = [one.happens for one in COMPANIONS if row_of(one) == trial.row]
        python, last = tried(trial, home, options.overlays, says)
        recorded[trial.row] = [trial.row, trial.environment, " ".join(trial.besides), python, last]
        print("\t".join(recorded[trial.row]), flush=True)
    lines = ("\t".join(recorded[one.row]) for one in TRIALS if one.row in recorded)
    RECORD.write_text(HEAD + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return 0


def row_of(one: Companion) -> str:
    """How the record calls a row of the companions."""
    return f"{one.name}: {one.what}"


def read() -> list[list[str]]:
    """The columns of every line of the record."""
    if not RECORD.exists():
        return []
    lines = RECORD.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


if __name__ == "__main__":
    raise SystemExit(main())
