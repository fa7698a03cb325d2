"""Runs every call that is said to start devices, and writes down whether it does.

    python -m tools.executing.starting --python EXE

EXE as for `tools.executing`. Each call is made in a process of its own, and a variable that is read
when the devices start is set after it: `CUDA_VISIBLE_DEVICES` for TensorFlow, where the stand-in
for the driver tells what it found, `XLA_FLAGS` for JAX, which then counts its devices. What was
wanted and what was in force goes into `fixtures/starts.executed.tsv`, for the import alone too; a
test asks for every call.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from kerlint.knowledge.variable_table import STARTS
from tools.executing.__main__ import LIMIT, ROOT, VERSIONS, environment_in

TABLE = ROOT / "fixtures" / "starts.executed.tsv"

ARGUMENTS = {
    "jax.device_put": "1",
    "jax.numpy.array": "1",
    "jax.numpy.ones": "1",
    "jax.numpy.zeros": "1",
    "jax.random.PRNGKey": "1",
    "jax.random.key": "1",
}
"""What a call cannot do without."""

PROGRAMS = {
    "tensorflow": """
import os, pkgutil
import tensorflow as tf
log = os.environ["DRIVER_LOG"]
open(log, "a").close()
imported = os.path.getsize(log)
{call}
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
tf.config.list_physical_devices()
tf.constant(1)
print("FOUND -1", "started by the import" if imported else open(log).readline().strip())
""",
    "jax": """
import os, pkgutil
import jax
{call}
os.environ["XLA_FLAGS"] = "--xla_force_host_platform_device_count=3"
print("FOUND 3", len(jax.devices()))
""",
}


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Record which calls start devices.")
    parser.add_argument("--python", type=Path, required=True, help="the Python to run them with")
    python = parser.parse_args(argv).python
    asked = [python, "-c", VERSIONS]
    versions = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    lines = [f"# python -m tools.executing.starting, with {versions}\n", "# call\twanted\tfound\n"]
    with tempfile.TemporaryDirectory() as folder:
        environment = environment_in(Path(folder))
        for library, calls in sorted(STARTS.items()):
            for call in ("", *sorted(calls)):
                Path(environment["DRIVER_LOG"]).unlink(missing_ok=True)
                wanted, found = _run(python, library, call, environment)
                lines.append(f"{call or library}\t{wanted}\t{found}\n")
                print(lines[-1], end="", flush=True)
    TABLE.write_text("".join(lines), encoding="utf-8", newline="\n")
    return 0


def _run(python: Path, library: str, call: str, environment: Mapping[str, str]) -> tuple[str, str]:
    """What was wanted and what was in force, `call` made before, or nothing if it is empty."""
    made = f"pkgutil.resolve_name({call!r})({ARGUMENTS.get(call, '')})" if call else ""
    program = PROGRAMS[library].format(call=made)
    done = subprocess.run(
        [python, "-c", program],
        capture_output=True,
        text=True,
        env=environment,
        timeout=LIMIT,
        check=False,
    )
    for line in done.stdout.splitlines():
        if line.startswith("FOUND "):
            _, wanted, found = line.split(" ", 2)
            return wanted, found
    return "", f"ends with {done.returncode}: {done.stderr.strip()[-100:]}"


if __name__ == "__main__":
    sys.exit(main())
