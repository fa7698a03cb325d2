"""Build, probe, mend: see the package."""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.environments import kinds
from tests.environments.bases import base, copy
from tests.environments.environment import Environment
from tests.environments.kind import KINDS, Kind

ORDER = ("info", "warning", "error")


def main() -> int:
    """Returns the number of kinds that were not told, or not mended."""
    parser = argparse.ArgumentParser(description="Break environments, probe them, mend them.")
    parser.add_argument(
        "--bases", type=Path, help="folder of the sound environments (made if missing)"
    )
    parser.add_argument("--mend", action="store_true", help="execute the commands and look again")
    parser.add_argument(
        "--quick",
        action="store_true",
        help="with --mend: look again without starting frameworks where looking had told it",
    )
    parser.add_argument("--keep", action="store_true", help="leave the environments")
    parser.add_argument("--list", action="store_true", help="list the kinds")
    parser.add_argument("kinds", nargs="*", metavar="KIND")
    options = parser.parse_args()
    for one in pkgutil.iter_modules(kinds.__path__):
        importlib.import_module(f"{kinds.__name__}.{one.name}")
    chosen = [one for one in KINDS if not options.kinds or one.name in options.kinds]
    if options.list:
        for one in chosen:
            print(f"{one.name:45} {one.base:10} {' '.join(one.codes)}")
        return 0
    bases = (options.bases or Path(tempfile.gettempdir()) / "kerlint-bases").resolve()
    bases.mkdir(parents=True, exist_ok=True)
    return sum(not _try(one, bases, options) for one in chosen)


def _try(kind: Kind, bases: Path, options: argparse.Namespace) -> bool:
    folder = Path(tempfile.mkdtemp(prefix=f"{kind.name}-", dir=bases))
    try:
        here = Environment(folder)
        if kind.base:
            copy(base(bases, kind.base), here.env)
        kind.spoil(here)
        started = time.monotonic()
        found = _probe(kind, here)
        seconds = time.monotonic() - started
        first = _first(found)
        good = first.get("code", "nothing") in kind.codes
        said = f"{'ok ' if good else 'BAD'} {kind.name}: {first.get('code', 'nothing')} ({seconds:.0f} s)"
        if not good:
            codes = " ".join(one["code"] for one in found)
            said += f", expected {' or '.join(kind.codes)}; all: {codes}"
        if good and options.mend and kind.mends:
            commands = first["commands"]
            quick = options.quick and first["seen"] == "static"
            more = ["--no-import"] if quick else []
            left = _probe(kind, here, commands, more) if commands else found
            good = first["code"] not in {one["code"] for one in left}
            codes = " ".join(one["code"] for one in left if one["severity"] != "info")
            said += f"; {'mended' if good else 'NOT MENDED'} by {commands or 'no command'}"
            said += f"; left: {codes}" if codes else ""
        print(said, flush=True)
        if not good:
            print(f"    {first.get('message', '')}", flush=True)
        return good
    finally:
        if not options.keep:
            shutil.rmtree(folder)


def _probe(
    kind: Kind, here: Environment, commands: Sequence[str] = (), more: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """The findings, after `commands` in the same shell."""
    source = str(Path(__file__).parents[2] / "src")
    argv = [sys.executable, "-I", "-c", START, source, "probe", "--full", "--output-format", "json"]
    argv += ["--python", str(here.env), *kind.arguments, *more]
    # The commands may change variables, so they run in the shell that starts the probe; what they
    # print is not the report.
    script = "\n".join(
        ["set -e", "exec 3>&1 1>&2", *commands, "exec 1>&3", f"exec {shlex.join(argv)}"]
    )
    ended = subprocess.run(
        ["bash", "-c", script],
        cwd=here.project,
        env=here.shell(),
        capture_output=True,
        check=False,
        timeout=1800,
    )
    try:
        data = json.loads(ended.stdout)
    except ValueError:
        print(ended.stderr.decode("utf-8", "replace")[-3000:], file=sys.stderr)
        return []
    found: list[dict[str, Any]] = data["diagnostics"]
    return found


START = "import sys; sys.path.insert(0, sys.argv[1]); from kerlint.cli import main; sys.exit(main(sys.argv[2:]))"
"""Start kerlint from its sources; the shell's PYTHONPATH is for the examined interpreter."""


def _first(found: list[dict[str, Any]]) -> dict[str, Any]:
    """The first finding that is more than a remark, else the first."""
    serious = [one for one in found if one["severity"] != "info"]
    return (serious or found or [{}])[0]


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
