"""Which endings of file names, and which formats, a release of Keras takes.

The table is `data/saving.tsv`, kept by hand, each row with its source; `tools/saving` tries all of
it in real environments, and a test holds the table against what came of that. Columns:

call     what is called, below `keras.`; `(save_weights_only=True)`: with that argument; `(format=)`:
         the row is about that argument's values, not about the file's name
first    the first and
last     the last release of keras with that behaviour; empty: still so
takes    endings or values that are accepted; all others are refused
error    what is raised for the others
source   where to read it

Keras 2 and tf-keras take every name: what they do not know is written as a SavedModel or in the
format of TensorFlow's checkpoints.
"""

from __future__ import annotations

import os

from kerlint.knowledge.releases import version_key

_TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data", "saving.tsv")

ORBAX = "3.14.0"
"""From this release on `load_model` and `load_weights` read folders that Orbax has written.

Source: https://github.com/keras-team/keras/blob/v3.14.0/keras/src/saving/saving_api.py
"""


class Accepted:
    """One row of the table."""

    __slots__ = ("call", "error", "first", "last", "source", "takes")

    def __init__(
        self, call: str, first: str, last: str, takes: str, error: str, source: str
    ) -> None:
        self.call = call
        self.first = first
        self.last = last
        self.takes = tuple(takes.split())
        self.error = error
        self.source = source

    def holds(self, keras: str) -> bool:
        """Whether the row is about that release of keras."""
        key = version_key(keras)
        if key < version_key(self.first):
            return False
        return not self.last or key <= version_key(self.last)


_rows: list[Accepted] = []


def rows() -> list[Accepted]:
    """The whole table."""
    if not _rows:
        with open(_TABLE, encoding="utf-8") as file:
            lines = [line.rstrip("\n") for line in file if not line.startswith("#")]
        _rows.extend(Accepted(*line.split("\t")) for line in lines[1:])
    return _rows


def accepted(call: str, keras: str) -> Accepted | None:
    """What a call takes at a release of keras; None: anything."""
    for row in rows():
        if row.call == call and row.holds(keras):
            return row
    return None
