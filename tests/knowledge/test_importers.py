"""The packages that import Keras are those that were seen to do so."""

from __future__ import annotations

from kerlint.knowledge.importers import importers
from kerlint.knowledge.packages import IMPORTS_KERAS


def test_every_row_says_with_what_it_was_seen() -> None:
    rows = importers()
    assert len(rows) >= 8
    for row in rows.values():
        assert row.release.count(" ") == 1, row
        assert "keras 3." in row.stack, row
        assert row.loads <= {"keras", "tensorflow", "tf_keras", "jax", "torch"}, row


def test_who_imports_keras_was_seen_to() -> None:
    for row in importers().values():
        assert ("keras" in row.loads) is (row.module in IMPORTS_KERAS), row
