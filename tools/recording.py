"""Runs a child program in environments with real releases and keeps what it prints.

The environments are those of `tools.judge`; a release of Keras 3 for which there is none is
unpacked into a folder of its own and found there before the one of a neighbour.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from tools.judge.environments import PAIRS, make

OVER = {
    "3.7.0": "3.6.0",
    "3.8.0": "3.6.0",
    "3.9.2": "3.6.0",
    "3.10.0": "3.15.1",
    "3.11.3": "3.15.1",
    "3.12.4": "3.15.1",
    "3.13.2": "3.15.1",
    "3.14.1": "3.15.1",
}
"""Releases of Keras that run in the environment of another one."""


def runs() -> list[tuple[str, str, str, str]]:
    """(name of the record, root, release of Keras of the environment, release laid over it)."""
    found = []
    for pair in PAIRS:
        keras = pair.keras
        if keras is None or pair.legacy:
            continue
        # The `keras` of 2.8 is not what people use with it: that is `tf.keras`.
        if keras.startswith("2.") and keras not in ("2.2.5", "2.3.1"):
            found.append((f"tensorflow-{pair.tensorflow}", "tensorflow.keras", keras, ""))
        else:
            found.append((f"keras-{keras}", "keras", keras, ""))
    found += [(f"keras-{keras}", "keras", base, keras) for keras, base in OVER.items()]
    return found


def record(child: Path, environments: Path, pythons: tuple[Path, ...], name: str) -> str:
    """What the child prints in the environment of the record called `name`."""
    _, root, keras, over = next(run for run in runs() if run[0] == name)
    pair = next(pair for pair in PAIRS if pair.keras == keras and not pair.legacy)
    python = make(pair, environments, pythons)
    extra = []
    if over:
        folder = environments / f"only-keras-{over}"
        if not folder.exists():
            pip: list[str | Path] = [
                python,
                "-m",
                "pip",
                "install",
                "-qq",
                "--no-deps",
                "--target",
                folder,
            ]
            subprocess.run([*pip, f"keras=={over}"], check=True)
        extra = [str(folder)]
    done = subprocess.run(
        [python, child, root, *extra], stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


def main(child: Path, records: Path, argv: list[str] | None = None) -> int:
    """Print what differs from the records; 1 if something does. `--write` renews them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("environments", type=Path, help="the folder they are, or shall be, in")
    parser.add_argument("--pythons", type=Path, nargs="*", default=[], help="folders of Pythons")
    parser.add_argument("--only", nargs="*", help="names of records")
    parser.add_argument("--write", action="store_true", help="write the records")
    options = parser.parse_args(argv)
    changed = 0
    for name in options.only or [run[0] for run in runs()]:
        said = record(child, options.environments, tuple(options.pythons), name)
        file = records / f"{name}.tsv"
        if options.write:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(said, encoding="utf-8")
        elif not file.exists() or file.read_text(encoding="utf-8") != said:
            changed += 1
            print(f"{name} says something else now", file=sys.stderr)
    return 1 if changed else 0
