"""See the package."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kerlint.knowledge.companions import COMPANIONS, Companion
from tools.broken.trying import tried, wanted
from tools.packages import __doc__ as manual
from tools.packages.trials import TRIALS

RECORD = Path(__file__).parents[2] / "fixtures" / "packages-tried.tsv"
HEAD = "# row, environment, put before it, Python, what was printed last; see tools/packages\n"


def main(arguments: Sequence[str] | None = None) -> int:
    recorded = {line[0]: line for line in read()}
    for trial, home, overlays in wanted(TRIALS, "python -m tools.packages", manual, arguments):
        says = [one.happens for one in COMPANIONS if row_of(one) == trial.row]
        python, last = tried(trial, home, overlays, says)
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
