"""The command of `tools.importers`."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tools.importers.environments import IMPORT_LIMIT, above, install, run

ROOT = Path(__file__).resolve().parents[2]
ASKED = Path(__file__).with_name("packages.tsv")
TABLE = ROOT / "src" / "kerlint" / "knowledge" / "data" / "importers.tsv"
HEADER = "# module\tdistribution\tstack\tloads\n"

CHILD = """
import importlib, importlib.metadata, json, sys
failure = ""
try:
    importlib.import_module(sys.argv[1])
except BaseException as error:
    failure = f"{type(error).__name__}: {error}"
roots = ("keras", "tensorflow", "tf_keras", "jax", "torch")
def version(name):
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""
print("RESULT " + json.dumps({
    "loads": [root for root in roots if hasattr(sys.modules.get(root), "__version__")],
    "failure": failure.splitlines()[0][:120] if failure else "",
    "keras": version("keras"),
    "tensorflow": version("tensorflow") or version("tensorflow-cpu"),
    "tf_keras": version("tf-keras"),
}))
"""


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Record which packages import Keras and its kin.")
    parser.add_argument("modules", nargs="*", help="only these")
    parser.add_argument("--base", type=Path, required=True, help="venv with keras and tensorflow")
    parser.add_argument("--scratch", type=Path, required=True, help="where venvs are made")
    options = parser.parse_args(argv)
    rows = dict(rows_of(TABLE))
    for module, (distribution, *more) in rows_of(ASKED):
        if options.modules and module not in options.modules:
            continue
        row, failure = record(module, distribution, more, options.base, options.scratch)
        print(module, *row, failure, sep="\t", flush=True)
        if failure:
            rows.pop(module, None)
        else:
            rows[module] = row
        text = "".join("\t".join((name, *rows[name])) + "\n" for name in sorted(rows))
        TABLE.write_text(HEADER + text, encoding="utf-8", newline="\n")
    return 0


def rows_of(path: Path) -> Iterator[tuple[str, list[str]]]:
    """The first column and the others of a table."""
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                first, *others = line.split("\t")
                yield first, others


def record(
    module: str, distribution: str, words: Sequence[str], base: Path, scratch: Path
) -> tuple[list[str], str]:
    """What importing `module` loads: distribution with version, stack, roots; and its failure."""
    with above(base, scratch / module) as python:
        try:
            version = install(python, distribution, " ".join(words).split())
            if not version:
                return [distribution], "cannot be installed"
            done = run([python, "-c", CHILD, module], IMPORT_LIMIT)
        except subprocess.TimeoutExpired:
            return [distribution], "takes too long"
    answers = [line for line in done.stdout.splitlines() if line.startswith("RESULT ")]
    if not answers:
        return [distribution], f"ends with {done.returncode}"
    found = json.loads(answers[-1][7:])
    stack = [f"{name} {found[name]}" for name in ("keras", "tensorflow", "tf_keras") if found[name]]
    row = [f"{distribution} {version}", ", ".join(stack), " ".join(found["loads"])]
    return row, found["failure"]


if __name__ == "__main__":
    sys.exit(main())
