"""The command of `tools.importers`."""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ASKED = Path(__file__).with_name("packages.tsv")
TABLE = ROOT / "src" / "kerlint" / "knowledge" / "data" / "importers.tsv"
HEADER = "# module\tdistribution\tstack\tloads\n"

INSTALL_LIMIT, IMPORT_LIMIT = 400, 200
"""Seconds."""

VERSION = "import importlib.metadata, sys; print(importlib.metadata.version(sys.argv[1]))"

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
    place = scratch / module
    try:
        python = _above(base, place)
        pip: list[str | Path] = [
            python,
            "-m",
            "pip",
            "--disable-pip-version-check",
            "install",
            "-q",
        ]
        if _run([*pip, "--no-deps", distribution], INSTALL_LIMIT).returncode:
            return [distribution], "cannot be installed"
        asked: list[str | Path] = [python, "-c", VERSION, distribution]
        release = f"{distribution}=={_run(asked, IMPORT_LIMIT).stdout.strip()}"
        others = " ".join(words).split()
        needs: list[str | Path]
        needs = ["--no-deps", *others] if others else ["-c", place / "base.txt", release]
        _run([*pip, *needs], INSTALL_LIMIT)  # what is missing then, the import says
        done = _run([python, "-c", CHILD, module, distribution], IMPORT_LIMIT)
        answers = [line for line in done.stdout.splitlines() if line.startswith("RESULT ")]
        if not answers:
            return [distribution], f"ends with {done.returncode}"
        found = json.loads(answers[-1][7:])
    except subprocess.TimeoutExpired:
        return [distribution], "takes too long"
    finally:
        shutil.rmtree(place, ignore_errors=True)
    stack = [f"{name} {found[name]}" for name in ("keras", "tensorflow", "tf_keras") if found[name]]
    release = f"{distribution} {found['version']}"
    return [release, ", ".join(stack), " ".join(found["loads"])], found["failure"]


def _above(base: Path, place: Path) -> Path:
    """The Python of a new environment in `place` that sees all of `base` and can add to it.

    `base.txt` in it holds the versions of `base`, so that pip keeps them.
    """
    below = base / "bin" / "python"
    _run([below, "-m", "venv", "--without-pip", place], INSTALL_LIMIT)
    python = place / "bin" / "python"
    where = "import sys; print(*(one for one in sys.path if 'site-packages' in one), sep='\\n')"
    folders, own = (_run([one, "-c", where], IMPORT_LIMIT).stdout for one in (below, python))
    Path(own.strip(), "base.pth").write_text(folders, encoding="utf-8")
    frozen = _run([below, "-m", "pip", "freeze"], INSTALL_LIMIT).stdout
    (place / "base.txt").write_text(frozen, encoding="utf-8")
    return python


def _run(words: Sequence[str | Path], limit: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, capture_output=True, text=True, timeout=limit, check=False)


if __name__ == "__main__":
    sys.exit(main())
