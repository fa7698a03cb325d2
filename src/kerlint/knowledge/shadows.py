"""Which names of own files keep Keras and its backends from starting.

`data/shadows.tsv` was written by `python -m tools.shadows`: an empty file of each name was put
beside a script that imports the library, and the script was run.
"""

from __future__ import annotations

import os

from kerlint.knowledge.releases import DATA

_errors: dict[tuple[str, str], str] = {}


def error_of(name: str, library: str) -> str | None:
    """What `import LIBRARY` says where an own `NAME.py` is found first; None if it starts.

    `library` may be `tensorflow.keras`: what of it is used then needs keras as well.
    """
    if library == "tensorflow.keras":
        return error_of(name, "tensorflow") or error_of(name, "keras")
    if not _errors:
        _load()
    return _errors.get((name, library))


def _load() -> None:
    with open(os.path.join(DATA, "shadows.tsv"), encoding="utf-8") as stream:
        for row in stream:
            if row[0] != "#":
                name, kind, library, error = row.rstrip("\n").split("\t")
                if kind == "file":
                    _errors[name, library] = error
