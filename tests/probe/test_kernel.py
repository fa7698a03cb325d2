"""What a running process has imported decides what is too late to set in it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from kerlint.probe.kernel import already


def modules(**versions: str) -> dict[str, Any]:
    return {name: SimpleNamespace(__version__=version) for name, version in versions.items()}


def test_nothing_is_said_about_nothing() -> None:
    assert list(already({"sys": object()}, {"KERAS_BACKEND": "jax"})) == []


def test_what_keras_has_read() -> None:
    loaded = modules(keras="3.15.1", jax="")
    loaded["keras.src.backend.config"] = SimpleNamespace(_BACKEND="jax")
    first, second = already(loaded, {"KERAS_BACKEND": "jax"})
    assert first == "Already imported in this process: keras 3.15.1 (on jax) and jax."
    assert "KERAS_BACKEND" in second
    assert "JAX_PLATFORMS" in second
    assert "TF_CPP_MIN_LOG_LEVEL" not in second


def test_tensorflow_imports_an_installed_jax() -> None:
    loaded = modules(keras="3.15.1", tensorflow="2.21.0")
    loaded["keras.src.backend.config"] = SimpleNamespace(_BACKEND="tensorflow")
    assert "JAX_PLATFORMS" not in " ".join(already(loaded, {}))
    loaded |= modules(jax="0.10.2")
    assert "JAX_PLATFORMS" in " ".join(already(loaded, {}))


def test_a_choice_that_came_too_late() -> None:
    loaded = modules(keras="3.15.1", tensorflow="2.21.0")
    loaded["keras.src.backend.config"] = SimpleNamespace(_BACKEND="tensorflow")
    *_, last = already(loaded, {"KERAS_BACKEND": "torch"})
    assert last.startswith("KERAS_BACKEND is torch, and Keras runs on tensorflow")


def test_a_module_without_a_version_is_no_accident() -> None:
    (first,) = already({"torch": SimpleNamespace(__version__=None)}, {})
    assert first == "Already imported in this process: torch."
