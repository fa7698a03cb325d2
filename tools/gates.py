"""How much each gate lets through, and whether it holds anything back.

    python -m tools.gates FOLDER ... [--target keras==3.15.1]
    python -m tools.gates FOLDER ... [--target 'keras>=3.0.5']

prints, for every folder, how many files and bytes pass each gate and how many each rule's trigger
lets through, beside the files in which the rule then finds something. With `--prove` every file
that names Keras is parsed and checked without gates as well, and a finding that the gates would
have lost is an error (exit code 1).
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter

from kerlint.checking.work import Work, api_of, do
from kerlint.project.targets import Target, target_of
from kerlint.rules import all_rules
from kerlint.source.gates import Gate, mentions


class Tally:
    """What was counted in one folder."""

    def __init__(self) -> None:
        self.files = self.bytes = self.mentioning = self.parsed = self.parsed_bytes = 0
        self.passed: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.lost: list[str] = []


def python_files(folder: str) -> list[str]:
    """Every .py file below a folder, sorted."""
    return sorted(
        os.path.join(place, name)
        for place, _, names in os.walk(folder)
        for name in names
        if name.endswith(".py")
    )


def tally(folder: str, target: Target, *, prove: bool) -> Tally:
    """Run the gates, and what they let through, over one folder."""
    counted = Tally()
    rules = all_rules()
    oldest = None if target.floor is None else api_of(target.floor.versions)
    gate = Gate(api_of(target.newest), rules, oldest)
    for path in python_files(folder):
        with open(path, "rb") as file:
            data = file.read()
        counted.files += 1
        counted.bytes += len(data)
        if not mentions(data):
            continue
        counted.mentioning += 1
        passed = frozenset(rule.code for rule in gate.candidates(data, path))
        every = frozenset(rule.code for rule in rules if rule.applies(path, data))
        counted.passed.update(passed)
        if passed:
            counted.parsed += 1
            counted.parsed_bytes += len(data)
        if not passed and not prove:
            continue
        outcome = do(Work(path, data, len(data), every if prove else passed, every, target))
        found = {diagnostic.code for diagnostic in outcome.diagnostics} & every
        counted.found.update(found)
        for code in sorted(found - passed - {"KER901", "KER902"}):
            counted.lost.append(f"{code} in {path}")
    return counted


def main(argv: list[str] | None = None) -> int:
    """Print a table for every folder; 1 if something was lost."""
    parser = argparse.ArgumentParser(prog="python -m tools.gates", description=__doc__)
    parser.add_argument("folders", nargs="+", metavar="FOLDER")
    parser.add_argument("--target", default="keras", help="what to judge by (default: the newest)")
    parser.add_argument("--prove", action="store_true", help="check every file without gates too")
    options = parser.parse_args(argv)
    target = target_of(options.target)
    lost = 0
    for folder in options.folders:
        counted = tally(folder, target, prove=options.prove)
        print(f"{folder}: {counted.files} files, {counted.bytes / 1e6:.1f} MB")
        print(f"  gate 1 lets {counted.mentioning} files through")
        print(f"  gate 2 lets {counted.parsed} through, {counted.parsed_bytes / 1e6:.2f} MB")
        for code in sorted(counted.passed | counted.found):
            print(
                f"    {code}  {counted.passed[code]:5} pass  {counted.found[code]:5} have findings"
            )
        for line in counted.lost:
            print(f"  LOST {line}")
        lost += len(counted.lost)
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
