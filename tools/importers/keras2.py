"""Tries the libraries that are said to need Keras 2, beside Keras 3 and beside the legacy switch.

    python -m tools.importers.keras2 --base ENVIRONMENT --scratch FOLDER [MODULE ...]

The options as for `tools.importers`; `keras2.tsv` says what else is installed. Each library is
imported once with TF_USE_LEGACY_KERAS=0 and once with 1. What the import then says, or that it
works, goes into `fixtures/keras2-only.executed.tsv`; a test holds `knowledge/keras2_only.py`
against it.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.importers.__main__ import ROOT, rows_of
from tools.importers.environments import IMPORT_LIMIT, above, install, run

ASKED = Path(__file__).with_name("keras2.tsv")
TABLE = ROOT / "fixtures" / "keras2-only.executed.tsv"
HEADER = "# module\trelease\twith Keras 3\twith the legacy switch\n"

CHILD = """
import importlib, sys
try:
    importlib.import_module(sys.argv[1])
    print("SAYS works")
except BaseException as error:
    first = (str(error).strip().splitlines() or [""])[0]
    print(f"SAYS {type(error).__name__}: {first.partition(' (/')[0]}"[:200])  # no paths
"""

SWITCHES = ({"TF_USE_LEGACY_KERAS": "0"}, {"TF_USE_LEGACY_KERAS": "1", "TF_KERAS": "1"})
"""Without and with; TF_KERAS is a switch of bert4keras."""


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Record which libraries need Keras 2.")
    parser.add_argument("modules", nargs="*", help="only these")
    parser.add_argument("--base", type=Path, required=True, help="venv with keras and tensorflow")
    parser.add_argument("--scratch", type=Path, required=True, help="where venvs are made")
    options = parser.parse_args(argv)
    asked = dict(rows_of(ASKED))
    rows = {module: row for module, row in rows_of(TABLE) if module in asked}
    for module, (distribution, *more) in asked.items():
        if options.modules and module not in options.modules:
            continue
        words = " ".join(more).split()
        with above(options.base, options.scratch / module) as python:
            rows[module] = _try(python, module, distribution, words)
        print(module, *rows[module], sep="\t", flush=True)
        text = "".join("\t".join((name, *rows[name])) + "\n" for name in sorted(rows))
        TABLE.write_text(HEADER + text, encoding="utf-8", newline="\n")
    return 0


def _try(python: Path, module: str, distribution: str, words: Sequence[str]) -> list[str]:
    """The release, and what its import says without and with the switch."""
    try:
        row = [f"{distribution} {install(python, distribution, words)}"]
        for switch in SWITCHES:
            done = run([python, "-c", CHILD, module], IMPORT_LIMIT, {**os.environ, **switch})
            said = [line[5:] for line in done.stdout.splitlines() if line.startswith("SAYS ")]
            row.append(said[-1] if said else f"ends with {done.returncode}")
    except subprocess.TimeoutExpired:
        return [distribution, "takes too long", "takes too long"]
    return row


if __name__ == "__main__":
    sys.exit(main())
