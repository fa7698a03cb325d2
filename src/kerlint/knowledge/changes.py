"""What is still accepted but means something else, or nothing, since some release.

The table is `data/changes.tsv`, kept by hand. Each row has the smallest program that shows the
change, `tools/changes/programs/PROGRAM.txt`, which runs in real environments on both sides of it;
what came of that is recorded beside the tests, and a test holds the table against the record.
Columns:

program     names the row
keras       the first release of keras with the new meaning
tensorflow  the first TensorFlow whose own `tf.keras` (up to 2.15) has it; empty: none
last        the last release of keras with it; empty: still so
severity    of a finding
pins        `any`: said wherever the target has the new meaning; `both`: only where the project's
            requirements admit the old one too, since the code is right for the new one
message     what happens, with places to fill in
cure        what to write instead
source      where to read it
"""

from __future__ import annotations

import os

from kerlint.knowledge.releases import version_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.diagnostics import Severity
    from kerlint.project.targets import Versions

_TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data", "changes.tsv")
_KERAS_3 = (2, 16)


class Change:
    """One row of the table."""

    __slots__ = (
        "cure",
        "keras",
        "last",
        "message",
        "pins",
        "program",
        "severity",
        "source",
        "tensorflow",
    )

    def __init__(
        self,
        program: str,
        keras: str,
        tensorflow: str,
        last: str,
        severity: Severity,
        pins: str,
        message: str,
        cure: str,
        source: str,
    ) -> None:
        self.program = program
        self.keras = keras
        self.tensorflow = tensorflow
        self.last = last
        self.severity: Severity = severity
        self.pins = pins
        self.message = message
        self.cure = cure
        self.source = source

    def holds(self, root: str, versions: Versions) -> bool | None:
        """Whether `root` (`keras`, `tensorflow.keras`) has the new meaning; None: not known."""
        if root == "tensorflow.keras":
            if versions.tensorflow is None:
                return None
            tensorflow = version_key(versions.tensorflow)
            if tensorflow[:2] < _KERAS_3:
                return bool(self.tensorflow) and tensorflow >= version_key(self.tensorflow)
        elif root != "keras":
            return False
        if versions.keras is None:
            return None
        keras = version_key(versions.keras)
        if self.last and keras > version_key(self.last):
            return False
        return keras >= version_key(self.keras)


_changes: dict[str, Change] = {}


def changes() -> dict[str, Change]:
    """The whole table, by program."""
    if not _changes:
        with open(_TABLE, encoding="utf-8") as file:
            lines = [line.rstrip("\n") for line in file if not line.startswith("#")]
        for line in lines[1:]:
            fields: list[str] = line.split("\t")
            _changes[fields[0]] = Change(*fields)  # type: ignore[arg-type]
    return _changes
