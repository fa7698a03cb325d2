"""KER203: which writes of TF_USE_LEGACY_KERAS are too late."""

from __future__ import annotations

import pytest

from tests.rules.order.order_cases import findings, lines

LATE = 'import os\nimport tensorflow as tf\nos.environ["TF_USE_LEGACY_KERAS"] = "1"\n'


@pytest.mark.parametrize(
    "program",
    [
        LATE,
        'import os, tf_keras\n\nos.environ["TF_USE_LEGACY_KERAS"] = "1"\n',
        'import os\nimport tensorflow.compat.v1 as tf\nos.environ["TF_USE_LEGACY_KERAS"] = "true"',
        "from os import environ\nfrom tensorflow import keras\n"
        'environ.setdefault("TF_USE_LEGACY_KERAS", "1")\n',
    ],
)
def test_too_late(program: str) -> None:
    assert lines("KER203", program) == [3]


@pytest.mark.parametrize(
    "program",
    [
        'import os\nos.environ["TF_USE_LEGACY_KERAS"] = "1"\nimport tensorflow as tf\n',
        'import os, jax\nos.environ["TF_USE_LEGACY_KERAS"] = "1"\n',
        "import os\nfrom tensorflow_probability import distributions\n"
        'os.environ["TF_USE_LEGACY_KERAS"] = "1"\n',
        'import os\nos.environ["TF_USE_LEGACY_KERAS"] = "1"\nimport tensorflow\n'
        'os.environ["TF_USE_LEGACY_KERAS"] = "1"\n',
        # Keras imports TensorFlow only when TensorFlow is its backend.
        'import os, keras\nos.environ["TF_USE_LEGACY_KERAS"] = "1"\n',
        'import os, sys, tensorflow\nos.environ["TF_USE_LEGACY_KERAS"] = "1"\n'
        "os.execv(sys.executable, sys.argv)\n",
    ],
)
def test_not_too_late(program: str) -> None:
    assert lines("KER203", program) == []


@pytest.mark.parametrize(
    ("keras", "tensorflow", "expected"),
    [
        ("3.15.1", "2.21.0", [3]),
        ("3.0.0", "2.16.1", [3]),
        ("2.15.0", "2.15.1", []),
        ("2.10.0", "2.10.1", []),
        (None, "2.21.0", [3]),
        (None, None, []),
    ],
)
def test_depends_on_the_versions(
    keras: str | None, tensorflow: str | None, expected: list[int]
) -> None:
    assert lines("KER203", LATE, keras=keras, tensorflow=tensorflow) == expected


def test_both_places_are_named() -> None:
    (found,) = findings("KER203", LATE)
    assert found.severity == "error"
    assert found.label == "too late: set here"
    assert found.related[0].message == "tensorflow is imported here, and reads it"
    assert found.related[0].span.start.line == 2
    assert "before the first import of tensorflow" in found.help
