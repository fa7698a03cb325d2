"""Which files conda installed, as its own records say: `conda-meta/NAME-VERSION-BUILD.json`.

A RECORD in a conda package is the one that the wheel was built with; what the recipe took out
afterwards is still in it. conda's record has what was really put there.
"""

from __future__ import annotations

import os

from kerlint.probe.collector.answering import names_in, read_text

_LONGEST_FILE_LIST = 100_000_000


def conda_files(prefix: str, name: str) -> frozenset[str] | None:
    """Paths relative to the prefix, with forward slashes; None where no record is of that name.

    `name`  of the distribution, normalised; some packages are called `NAME-base`
    """
    import json

    folder = os.path.join(prefix, "conda-meta")
    wanted = (name, f"{name}-base")
    for file in names_in(folder):
        parts = file[: -len(".json")].rsplit("-", 2)
        if not file.endswith(".json") or parts[0].replace("_", "-").lower() not in wanted:
            continue
        try:
            record = json.loads(read_text(os.path.join(folder, file), _LONGEST_FILE_LIST))
        except (OSError, ValueError, RecursionError):
            continue
        files = record.get("files") if isinstance(record, dict) else None
        if isinstance(files, list):
            return frozenset(one for one in files if isinstance(one, str))
    return None
