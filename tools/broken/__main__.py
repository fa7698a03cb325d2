"""See the package."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kerlint.knowledge.broken import BROKEN
from tools.broken import __doc__ as manual
from tools.broken.trials import TRIALS
from tools.broken.trying import tried, wanted

RECORD = Path(__file__).parents[2] / "fixtures" / "broken-combinations.tsv"
HEAD = "# row, environment, put before it, Python, what failed last; see tools/broken\n"


def main(arguments: Sequence[str] | None = None) -> int:
    keys = [(one.row, one.environment, " ".join(one.besides)) for one in TRIALS]
    recorded = {tuple(line.split("\t")[:3]): line for line in _recorded()}
    lines = {key: recorded[key] for key in keys if key in recorded}
    for trial, home, overlays in wanted(TRIALS, "python -m tools.broken", manual, arguments):
        key = (trial.row, trial.environment, " ".join(trial.besides))
        says = {row.says.partition("...")[0] for row in BROKEN if row.id == trial.row and row.says}
        python, last = tried(trial, home, overlays, says)
        lines[key] = "\t".join((*key, python, last))
        print(lines[key], flush=True)
    RECORD.write_text(HEAD + "".join(f"{line}\n" for line in lines.values()), encoding="utf-8")
    return 0


def _recorded() -> list[str]:
    if not RECORD.exists():
        return []
    lines = RECORD.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


if __name__ == "__main__":
    raise SystemExit(main())
