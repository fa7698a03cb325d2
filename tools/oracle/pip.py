"""Ask pip what it makes of a few hand-written manifests: `pip install --dry-run`.

    python -m tools.oracle.pip 3.11=PATH 3.12=PATH      # interpreters with pip, of these Pythons

Few, because every question reads the index: uv answers the many. The answers are written to
`tests/solving/pip/answers.tsv`, and `tests/solving/test_against_pip.py` holds the solver to them.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys

from kerlint.knowledge.index import load
from tools.oracle import recorded

MANIFESTS = (
    # A Keras of its own beside a TensorFlow that asks for another one.
    ("3.11", ("keras==3.9.0", "tensorflow-cpu==2.15.1")),
    ("3.11", ("tensorflow-cpu==2.15.1",)),
    # Open ranges: which end of them does a fresh install take?
    ("3.11", ("numpy<2", "tensorflow-cpu>=2.16,<2.18")),
    ("3.11", ("keras>=2.12,<3", "tensorflow-cpu>=2.12")),
    ("3.11", ("keras", "tensorflow-cpu<2.19")),
    # What TensorFlow bounds, and what it forgot to bound.
    ("3.11", ("numpy>=2", "tensorflow-cpu==2.17.1")),
    ("3.11", ("tensorflow-cpu==2.14.0",)),
    ("3.11", ("protobuf>=5", "tensorflow-cpu>=2.14,<2.18")),
    ("3.11", ("ml-dtypes==0.2.0", "tensorflow-cpu>=2.14")),
    ("3.11", ("tensorboard==2.16.2", "tensorflow-cpu")),
    # Pythons without wheels, and Keras for newer Pythons only.
    ("3.12", ("tensorflow-cpu<2.16",)),
    ("3.12", ("h5py<3.11", "keras==3.6.0")),
    ("3.10", ("keras>=3.10", "tensorflow-cpu==2.19.0")),
    # A pin that there is not, and a withdrawn one.
    ("3.11", ("tensorflow-cpu==2.16.0",)),
    ("3.11", ("keras==3.12.0", "numpy==1.26.4", "tensorflow-cpu==2.20.0")),
    # What is asked for first, and bounded by what comes later.
    ("3.10", ("protobuf<=3.20", "tensorflow-cpu<=2.11")),
    ("3.10", ("keras<=2.12", "tensorflow-cpu<=2.10")),
)

_IMPOSSIBLE = re.compile(r"ResolutionImpossible|No matching distribution|conflicting dependencies")


def main() -> int:
    interpreters = dict(word.split("=", 1) for word in sys.argv[1:])
    index = load()
    lines = ["# Python, requirements, and what pip pins of the packages in the index; tools/oracle"]
    for python, texts in MANIFESTS:
        pins = asked(interpreters[python], texts)
        if pins is not None:
            pins = {name: version for name, version in pins.items() if index.knows(name)}
        lines.append(str(recorded.Answer(python, texts, pins)))
        print(lines[-1], flush=True)
    recorded.OF_PIP.parent.mkdir(exist_ok=True)
    recorded.OF_PIP.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


def asked(
    interpreter: str,
    texts: tuple[str, ...],
    *,
    timeout: float = 600,
    environment: dict[str, str] | None = None,
) -> dict[str, str] | None:
    """What pip would install; None if it says that nothing fits. RuntimeError for other faults.

    `texts`: requirements, and options before them. `timeout` in seconds. `environment`: variables.
    """
    words = ("install", "--dry-run", "--ignore-installed", "--quiet", "--report", "-")
    few = ("--only-binary", ":all:", "--use-feature", "fast-deps")
    command = (interpreter, "-m", "pip", *words, *few, *texts)
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=timeout, env=environment
        )
    except subprocess.TimeoutExpired as late:
        raise RuntimeError(f"no answer in {timeout} s") from late
    if done.returncode:
        if _IMPOSSIBLE.search(done.stderr):
            return None
        raise RuntimeError(done.stderr[-500:])
    report = json.loads(done.stdout)
    return {
        re.sub(r"[-_.]+", "-", one["metadata"]["name"]).lower(): one["metadata"]["version"]
        for one in report["install"]
    }


if __name__ == "__main__":
    raise SystemExit(main())
