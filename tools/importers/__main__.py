"""The command of `tools.importers`."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ASKED = Path(__file__).with_name("packages.tsv")
TABLE = ROOT / "src" / "kerlint" / "knowledge" / "data" / "importers.tsv"
HEADER = "# module\tdistribution\tstack\tloads\tfails with\n"

INSTALL_LIMIT, IMPORT_LIMIT = 200, 150
"""Seconds."""

CHILD = """
import importlib, importlib.metadata, json, sys
before = set(sys.modules)
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
    "version": version(sys.argv[2]),
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
    rows = dict(_rows(TABLE))
    for module, (distribution, *more) in _rows(ASKED):
        if options.modules and module not in options.modules:
            continue
        row = record(module, distribution, more, options.base, options.scratch)
        print(module, *row, sep="\t", flush=True)
        rows[module] = row
        text = "".join("\t".join((name, *rows[name])).rstrip() + "\n" for name in sorted(rows))
        TABLE.write_text(HEADER + text, encoding="utf-8", newline="\n")
    return 0


def _rows(path: Path) -> Iterator[tuple[str, list[str]]]:
    """The first column and the others of a table."""
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                first, *others = line.split("\t")
                yield first, others


def record(
    module: str, distribution: str, more: Sequence[str], base: Path, scratch: Path
) -> list[str]:
    """What importing `module` loads: distribution with version, stack, roots, failure."""
    place = scratch / module
    python = str(base / "bin" / "python")
    words = [distribution, *" ".join(more).split()]
    try:
        options = ["-q", "--no-deps", "--target", str(place)]
        pip = [python, "-m", "pip", "install", *options, *words]
        if _run(pip, INSTALL_LIMIT).returncode:
            return [distribution, "", "", "cannot be installed"]
        asked = [python, "-c", CHILD, module, distribution]
        done = _run(asked, IMPORT_LIMIT, {**os.environ, "PYTHONPATH": str(place)})
        answers = [line for line in done.stdout.splitlines() if line.startswith("RESULT ")]
        if not answers:
            return [distribution, "", "", f"ends with {done.returncode}"]
        found = json.loads(answers[-1][7:])
    except subprocess.TimeoutExpired:
        return [distribution, "", "", "takes too long"]
    finally:
        shutil.rmtree(place, ignore_errors=True)
    stack = [f"{name} {found[name]}" for name in ("keras", "tensorflow", "tf_keras") if found[name]]
    return [
        f"{distribution} {found['version']}",
        ", ".join(stack),
        " ".join(found["loads"]),
        found["failure"],
    ]


def _run(
    words: Sequence[str | Path], limit: int, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words, capture_output=True, text=True, timeout=limit, check=False, env=environment
    )


if __name__ == "__main__":
    sys.exit(main())
