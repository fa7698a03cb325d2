"""The packages that import Keras are those that were seen to do so."""

from __future__ import annotations

from kerlint.knowledge.importers import importers, who_imports
from tools.importers.__main__ import ASKED, rows_of


def test_every_row_says_with_what_it_was_seen() -> None:
    rows = importers()
    assert len(rows) >= 30
    for row in rows.values():
        assert row.release.count(" ") == 1, row
        assert "keras 3." in row.stack, row
        assert row.loads <= {"keras", "tensorflow", "tf_keras", "jax", "torch"}, row


def test_every_row_was_asked_for() -> None:
    asked = {module: cells[0] for module, cells in rows_of(ASKED)}
    for row in importers().values():
        assert row.release.partition(" ")[0] == asked[row.module], row


def test_who_imports_keras() -> None:
    keras = who_imports("keras")
    assert {"keras_hub", "keras_tuner", "tensorflow_hub", "tf_keras", "tcn"} <= keras
    # These wait until they are asked for a model.
    assert keras.isdisjoint({"transformers", "wandb", "mlflow", "tensorflow_probability", "shap"})


def test_tf_keras_comes_with_keras() -> None:
    assert who_imports("tf_keras") <= who_imports("tensorflow") <= who_imports("keras")
