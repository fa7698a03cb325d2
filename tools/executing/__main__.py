"""The command of `tools.executing`."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ROOT / "fixtures" / "variables"
TABLE = ROOT / "fixtures" / "variables.executed.tsv"
DRIVER = Path(__file__).with_name("driver.c")

LIMIT = 240
"""Seconds that a program may take."""

OURS: tuple[str, ...] = (
    "TF_",
    "KERAS_",
    "JAX_",
    "XLA_",
    "CUDA_",
    "PYTHONHASHSEED",
    "LD_LIBRARY_PATH",
)
OURS += ("SM_FRAMEWORK", "USE_")
"""Beginnings of variables that a program must not inherit."""

VERSIONS = """
from importlib.metadata import packages_distributions, version
own = packages_distributions()  # tensorflow may be that of tensorflow-cpu
names = ("keras", "tensorflow", "tf_keras", "jax", "torch", "transformers")
names += ("segmentation_models", "bert4keras")
print(", ".join(f"{own[name][0]} {version(own[name][0])}" for name in names if name in own))
"""


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Record what the programs really do.")
    parser.add_argument("programs", nargs="*", help="only these (names without .py)")
    parser.add_argument("--python", type=Path, required=True, help="the Python to run them with")
    options = parser.parse_args(argv)
    rows = _known()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        environment = environment_in(place)
        asked = [options.python, "-c", VERSIONS]
        versions = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
        names = sorted(path.stem for path in PROGRAMS.glob("*.py"))
        for name in names:
            if not options.programs or name in options.programs:
                rows[name] = _run(options.python, name, environment, place)
                print(name, *rows[name], sep="\t", flush=True)
        lines = [f"{name}\t{rows[name][0]}\t{rows[name][1]}\n" for name in names if name in rows]
    TABLE.write_text(
        f"# python -m tools.executing, with {versions}\n# program\twanted\tin force\n"
        + "".join(lines),
        encoding="utf-8",
        newline="\n",
    )
    return 0


def _known() -> dict[str, tuple[str, str]]:
    rows: dict[str, tuple[str, str]] = {}
    if TABLE.exists():
        for line in TABLE.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                name, wanted, found = line.split("\t")
                rows[name] = (wanted, found)
    return rows


def environment_in(place: Path) -> dict[str, str]:
    """The environment of every program, with the stand-in for the driver in the loader's path."""
    for folder, library in (("driver", "libcuda.so.1"), ("elsewhere", "libelsewhere.so")):
        (place / folder).mkdir()
        output = place / folder / library
        subprocess.run(["cc", "-shared", "-fPIC", "-o", output, DRIVER], check=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {
        **kept,
        "DRIVER_LOG": str(place / "driver.log"),
        "ELSEWHERE": str(place / "elsewhere"),
        "LD_LIBRARY_PATH": str(place / "driver"),
        "KERAS_HOME": str(place / "keras"),
    }


def _run(python: Path, name: str, environment: dict[str, str], place: Path) -> tuple[str, str]:
    """What the program wanted and what was in force."""
    (place / "driver.log").write_text("", encoding="utf-8")
    done = subprocess.run(
        [python, PROGRAMS / f"{name}.py"],
        capture_output=True,
        text=True,
        env=environment,
        timeout=LIMIT,
        check=False,
    )
    said = dict.fromkeys(("wanted", "in force"), "")
    for line in done.stdout.splitlines():
        for word in said:
            if line.startswith(word):
                found = line[len(word) :].strip().replace(str(place), "ELSEWHERE")
                said[word] = found.replace(tempfile.gettempdir(), "TEMP")
    if not said["in force"]:
        said["in force"] = f"ends with {done.returncode}: {' '.join(done.stderr.split())[-100:]}"
    return said["wanted"], said["in force"]


if __name__ == "__main__":
    sys.exit(main())
