"""`.env` files. The expected values are what python-dotenv 1.2 returned for the same lines."""

from __future__ import annotations

import pytest

from tests.manifests.reading import settings_of

LINES = [
    ("KERAS_BACKEND=jax", ["B=jax 1:15"]),
    ("export KERAS_BACKEND=jax", ["B=jax 1:22"]),
    ("A=1\n  KERAS_BACKEND = jax  ", ["A=1 1:3", "B=jax 2:19"]),
    ("KERAS_BACKEND='jax'", ["B=jax 1:16"]),
    ('KERAS_BACKEND="jax" # why', ["B=jax 1:16"]),
    ("KERAS_BACKEND=jax # why", ["B=jax 1:15"]),
    ("KERAS_BACKEND=jax#why", ["B=jax#why 1:15"]),
    ("KERAS_BACKEND=", ["B= 1:1"]),
    ("KERAS_BACKEND=''", ["B= 1:1"]),
    ("# KERAS_BACKEND=theano", []),
    ("KERAS_BACKEND", []),
    ("KERAS_BACKEND=${BACKEND}", ["B=? 1:15"]),
    ("KERAS_BACKEND='${BACKEND}'", ["B=${BACKEND} 1:16"]),
    ("A='first\nKERAS_BACKEND=theano\n'", ["A=first\nKERAS_BACKEND=theano\n 1:4"]),
    ("KERAS_BACKEND=jax\r\nTF_USE_LEGACY_KERAS=1\r\n", ["B=jax 1:15", "L=1 2:21"]),
    ("NOTE=für\nKERAS_BACKEND=jax", ["NOTE=für 1:6", "B=jax 2:15"]),
]


@pytest.mark.parametrize(("text", "expected"), LINES, ids=[text for text, _ in LINES])
def test_lines(text: str, expected: list[str]) -> None:
    assert settings_of(".env", text) == expected
