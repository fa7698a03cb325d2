"""Put an empty file beside a script that imports a library, run the script, write down how it ended.

    python -m tools.shadows --python PYTHON [--output FILE]

PYTHON is the interpreter of an environment with keras, tensorflow, jax and torch. Every module
that a library imports at its start, and that Python itself has not imported by then, is tried
as `NAME.py` and, if it is a library's own name, as the folder `NAME/` with and without an
`__init__.py`. The table that `knowledge/shadows.py` reads is what comes out: one row for each
name and library whose import then fails, with the last line that Python prints.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from kerlint.project.import_roots import DEPENDENCIES, LIBRARIES

DEFAULT = Path(__file__).parents[2] / "src/kerlint/knowledge/data/shadows.tsv"

_LISTING = """
import sys
before = {name.partition(".")[0] for name in sys.modules}
import LIBRARY
after = {name.partition(".")[0] for name in sys.modules}
print(*sorted(after - before))
print(sys.version.split()[0], LIBRARY.__version__)
"""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--python", required=True, help="interpreter with the libraries")
    parser.add_argument("--output", type=Path, default=DEFAULT)
    parser.add_argument("--libraries", default="tensorflow,keras,jax,torch")
    options = parser.parse_args(arguments)
    rows: list[str] = []
    for library in options.libraries.split(","):
        names, versions = _imported(options.python, library)
        rows.append(f"# {library} {versions[1]} on Python {versions[0]}")
        for name in names:
            for kind, line in _tried(options.python, library, name):
                rows.append(f"{name}\t{kind}\t{library}\t{line}")
                print(rows[-1], flush=True)
    options.output.write_text("\n".join(rows) + "\n")
    return 0


def _imported(python: str, library: str) -> tuple[list[str], list[str]]:
    """Top-level modules that the import brings; the versions of Python and the library."""
    with tempfile.TemporaryDirectory() as place:
        code, text = _run(python, _LISTING.replace("LIBRARY", library), Path(place))
    if code != 0:
        raise SystemExit(f"{library} cannot be imported: {text}")
    *_, names, versions = text.splitlines()
    own = LIBRARIES | DEPENDENCIES | sys.stdlib_module_names
    return [name for name in names.split() if name in own and name[0] != "_"], versions.split()


def _tried(python: str, library: str, name: str) -> Iterator[tuple[str, str]]:
    """The kinds of shadows that break the import, each with what Python says."""
    for kind in ("file", "package", "folder") if name in LIBRARIES else ("file",):
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            if kind == "file":
                (folder / f"{name}.py").write_text("")
            else:
                (folder / name).mkdir()
                if kind == "package":
                    (folder / name / "__init__.py").write_text("")
            code, output = _run(python, _use(library), folder)
        if code != 0:
            yield kind, output.splitlines()[-1].replace(place, "...")[:200] if output else ""


def _use(library: str) -> str:
    """A program that needs something of the library, as every user's does."""
    wanted = {
        "tensorflow": "tensorflow.constant",
        "keras": "keras.layers.Dense",
        "jax": "jax.numpy.ones",
        "torch": "torch.ones",
    }[library]
    return f"import {library}\nimport {wanted.rpartition('.')[0]}\n{wanted}\n"


def _run(python: str, program: str, folder: Path) -> tuple[int, str]:
    """Exit code and output of a script in `folder`, with that folder first on the path."""
    script = folder / "script_that_imports.py"
    script.write_text(program)
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("PYTHONPATH", None)
    with tempfile.TemporaryDirectory() as home:
        environment["KERAS_HOME"] = home
        try:
            done = subprocess.run(
                [python, str(script)],
                env=environment,
                cwd=folder,
                text=True,
                errors="replace",
                capture_output=True,
                timeout=120,
            )
        except subprocess.TimeoutExpired:
            return 1, "it did not end within two minutes"
    return done.returncode, (done.stdout if done.returncode == 0 else done.stderr).strip()


if __name__ == "__main__":
    sys.exit(main())
