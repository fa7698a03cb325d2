"""Which values of KERAS_BACKEND and TF_USE_LEGACY_KERAS count."""

from __future__ import annotations

import pytest

from kerlint.knowledge.backends import backends, judge_backend, judge_switch
from kerlint.project.targets import Versions


@pytest.mark.parametrize(
    ("keras", "names"),
    [
        ("3.15.1", "tensorflow jax torch numpy openvino"),
        ("3.8.0", "tensorflow jax torch numpy openvino"),
        ("3.7.0", "tensorflow jax torch numpy"),
        ("3.0.0", "tensorflow jax torch numpy"),
        ("2.15.0", "tensorflow"),
        ("2.4.3", "tensorflow"),
        ("2.3.1", "tensorflow theano cntk"),
        ("2.0.4", "tensorflow theano"),
        ("1.0.0", "tensorflow theano"),
    ],
)
def test_the_backends_of_a_release(keras: str, names: str) -> None:
    assert backends(keras) == tuple(names.split())


# Executed with `KERAS_BACKEND=VALUE python -c "import keras"`: `known` ends well or fails for want
# of the package of that name, `unknown` ends with "Unable to import backend".
@pytest.mark.parametrize(
    ("value", "keras", "kind", "nearest"),
    [
        ("jax", "3.15.1", "known", None),
        ("openvino", "3.15.1", "known", None),
        ("openvino", "3.6.0", "unknown", None),
        ("pytorch", "3.15.1", "unknown", "torch"),
        ("PyTorch", "3.15.1", "unknown", "torch"),
        ("Torch", "3.15.1", "unknown", "torch"),
        ("TensorFlow", "3.15.1", "unknown", "tensorflow"),
        ("tensorfow", "3.15.1", "unknown", "tensorflow"),
        ("tf", "3.15.1", "unknown", "tensorflow"),
        (" jax", "3.15.1", "unknown", "jax"),
        ("JAX", "3.15.1", "unknown", "jax"),
        ("theano", "3.15.1", "unknown", None),
        ("plaidml.keras.backend", "3.15.1", "unknown", None),
        ("mxnet", "3.15.1", "unknown", None),
        ("plaidml.keras.backend", "2.3.1", "external", None),
        ("mxnet", "2.2.4", "external", None),
        ("jax", "2.3.1", "unknown", None),
        ("theano", "2.3.1", "known", None),
        ("Theano", "2.3.1", "unknown", "theano"),
        ("", "3.15.1", "unset", None),
        ("theano", "2.15.0", "unread", None),
    ],
)
def test_a_value_is_judged(value: str, keras: str, kind: str, nearest: str | None) -> None:
    verdict = judge_backend(value, Versions(keras, "2.21.0", None, None))
    assert (verdict.kind, verdict.nearest) == (kind, nearest)


def test_a_backend_of_another_time_says_when() -> None:
    late = judge_backend("theano", Versions("3.15.1", None, None, None))
    early = judge_backend("openvino", Versions("3.7.0", None, None, None))
    assert (late.ended, late.begins) == ("2.4", "")
    assert (early.ended, early.begins) == ("", "3.8")


def test_without_a_version_nothing_is_known() -> None:
    assert judge_backend("pytorch", Versions(None, "2.21.0", None, None)).kind == "silent"


@pytest.mark.parametrize(
    ("value", "outcome"),
    [
        *((value, "on") for value in ("1", "true", "True")),
        *((value, "off") for value in ("", "0", "false", "False", "no", "OFF")),
        *((value, "ignored") for value in ("TRUE", "yes", "on", "2", " 1", "Yes", "enabled")),
    ],
)
def test_the_switch(value: str, outcome: str) -> None:
    assert judge_switch(value) == outcome
