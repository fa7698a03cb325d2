"""KER621 to KER633, and KER206 and KER501 of an environment: which Keras on which backend."""

from __future__ import annotations

import pytest

from kerlint.probe.observations import KerasConfig, ModuleFound, Observations
from tests.probe.scenes import dist, failed, seen
from tests.rules.environment.judged import finding, findings, severities

TF15 = dist("tensorflow", "2.15.1")
TF21 = dist("tensorflow", "2.21.0")
KERAS2 = dist("keras", "2.15.0")
KERAS3 = dist("keras", "3.15.1")
ON = {"TF_USE_LEGACY_KERAS": "1"}


def with_config(text: str | None, **more: str) -> Observations:
    config = KerasConfig(file="/home/me/.keras/keras.json", text=text, **more)
    return seen(TF21, KERAS3, keras_config=config)


# KER621


@pytest.mark.parametrize(
    ("tensorflow", "keras", "fires"),
    [
        ("2.15.1", "3.15.1", True),
        ("2.21.0", "2.15.0", True),
        ("2.16.0rc0", "3.0.5", False),
        ("2.15.1", "2.15.0", False),
        ("2.21.0", "3.15.1", False),
        ("2.4.0", "2.3.1", False),
    ],
)
def test_generations(tensorflow: str, keras: str, fires: bool) -> None:
    what = seen(dist("tensorflow", tensorflow), dist("keras", keras))
    assert bool(findings("KER621", what)) is fires


def test_with_the_switch_tf_keras_is_another_library() -> None:
    assert not findings("KER621", seen(TF15, KERAS3, environment=ON))


# KER622, KER623


@pytest.mark.parametrize("value", ["1", "true", "True"])
def test_the_switch_without_the_library(value: str) -> None:
    what = seen(TF21, KERAS3, environment={"TF_USE_LEGACY_KERAS": value})
    assert finding("KER622", what).commands == (
        "/env/bin/python -m pip install 'tf-keras==2.21.*'",
    )


@pytest.mark.parametrize("value", ["0", "", "TRUE", "yes"])
def test_values_that_do_not_turn_it_on(value: str) -> None:
    what = seen(TF21, KERAS3, environment={"TF_USE_LEGACY_KERAS": value})
    assert not findings("KER622", what)


def test_beside_tensorflow_cpu_it_is_installed_alone() -> None:
    what = seen(dist("tensorflow-cpu", "2.21.0"), KERAS3, environment=ON)
    assert "--no-deps" in finding("KER622", what).commands[0]


def test_code_that_imports_tf_keras_needs_it() -> None:
    what = seen(TF21, KERAS3)
    assert "imports tf_keras" in finding("KER622", what, packages=["tf_keras"]).message
    assert not findings("KER622", what, packages=["tensorboard"])


def test_old_tensorflows_do_not_heed_the_switch() -> None:
    assert not findings("KER622", seen(dist("tensorflow", "2.12.1"), environment=ON))


def test_a_module_without_metadata_is_there() -> None:
    module = ModuleFound("tf_keras", "package", "/opt/tf_keras/__init__.py")
    assert not findings("KER622", seen(TF21, environment=ON, modules=[module]))


@pytest.mark.parametrize(
    ("version", "severity"), [("2.21.0", []), ("2.20.0", ["warning"]), ("2.15.0", ["warning"])]
)
def test_another_minor_alone_is_a_warning(version: str, severity: list[str]) -> None:
    assert severities("KER623", seen(TF21, dist("tf-keras", version))) == severity


def test_the_right_minor_may_fail_for_another_reason() -> None:
    what = seen(TF21, dist("tf-keras", "2.21.0"), trials=[failed("tf_keras", "ImportError: no")])
    found = finding("KER623", what)
    assert found.message == "importing tf_keras fails: ImportError: no"
    assert not found.commands


# KER631, KER632


@pytest.mark.parametrize(
    ("backend", "names"),
    [
        ("jax", ["jax"]),
        ("torch", ["torch"]),
        ("numpy", ["jax", "scipy"]),
        ("openvino", ["openvino", "scipy"]),
    ],
)
def test_a_backend_and_what_it_needs(backend: str, names: list[str]) -> None:
    what = seen(TF21, KERAS3, environment={"KERAS_BACKEND": backend})
    assert finding("KER631", what).commands == (
        f"/env/bin/python -m pip install {' '.join(names)}",
    )


def test_the_default_backend_is_a_choice_as_well() -> None:
    assert "tensorflow is not installed" in finding("KER631", seen(KERAS3)).message
    assert not findings("KER631", seen(KERAS3, dist("tf-nightly-cpu", "2.22.0.dev1")))


def test_code_that_chooses_for_itself_is_asked_instead() -> None:
    what = seen(KERAS3, dist("jax", "0.10.2"), dist("jaxlib", "0.10.2"))
    assert not findings("KER631", what, backends=["jax"])
    assert "torch" in finding("KER631", what, backends=["torch"]).message


def test_the_file_that_keras_wrote_is_overruled_by_code() -> None:
    config = KerasConfig(file="/home/me/.keras/keras.json", text='{"backend": "tensorflow"}')
    what = seen(KERAS3, dist("jax", "0.10.2"), dist("jaxlib", "0.10.2"), keras_config=config)
    assert severities("KER631", what) == ["error"]
    assert severities("KER631", what, backends=["jax"]) == ["info"]
    what.environment = {"KERAS_BACKEND": "torch"}
    assert severities("KER631", what, backends=["jax"]) == ["error"]


def test_keras_2_chooses_nothing() -> None:
    assert not findings("KER631", seen(KERAS2, environment={"KERAS_BACKEND": "jax"}))
    assert not findings("KER632", seen(KERAS2, environment={"KERAS_BACKEND": "jax"}))


def test_jax_without_jaxlib_lacks_only_that() -> None:
    what = seen(KERAS3, dist("jax", "0.10.2"), environment={"KERAS_BACKEND": "jax"})
    assert finding("KER631", what).commands == ("/env/bin/python -m pip install jaxlib",)


def test_the_variable_overrules_the_file() -> None:
    what = with_config('{"backend": "jax"}')
    assert "keras.json" in finding("KER632", what).message
    what.environment = {"KERAS_BACKEND": "torch"}
    found = finding("KER632", what)
    assert "overrules jax of /home/me/.keras/keras.json" in found.message
    assert found.severity == "info"


def test_code_that_chooses_another_one_is_mentioned() -> None:
    assert (
        "chooses jax for itself" in finding("KER632", seen(TF21, KERAS3), backends=["jax"]).message
    )
    assert not findings("KER632", seen(TF21, KERAS3), backends=["tensorflow"])


# KER633


@pytest.mark.parametrize(
    ("config", "fires"),
    [
        (KerasConfig("/tmp/.keras", "temporary", True, True), True),
        (KerasConfig("/data", "KERAS_HOME", True, False), True),
        (KerasConfig("/home/me/.keras", "home", False, True), False),
        (KerasConfig("/home/me/.keras", "home", True, None), False),
        (KerasConfig(), False),
    ],
)
def test_where_keras_keeps_its_files(config: KerasConfig, fires: bool) -> None:
    assert bool(findings("KER633", seen(KERAS3, keras_config=config))) is fires
    assert not findings("KER633", seen(keras_config=config))


# KER206


@pytest.mark.parametrize(
    ("value", "fires"), [("theano", True), ("pytorch", True), ("jax", False), ("", False)]
)
def test_a_backend_that_keras_lacks(value: str, fires: bool) -> None:
    what = seen(TF21, KERAS3, environment={"KERAS_BACKEND": value})
    assert bool(findings("KER206", what)) is fires


def test_the_file_chooses_where_the_variable_does_not() -> None:
    found = finding("KER206", with_config('{"backend": "pytorch"}'))
    assert found.path == "/home/me/.keras/keras.json"
    assert found.commands == ("export KERAS_BACKEND=torch",)
    what = with_config('{"backend": "theano"}')
    what.environment = {"KERAS_BACKEND": "tensorflow"}
    assert not findings("KER206", what)


def test_without_keras_no_backend_is_wrong() -> None:
    assert not findings("KER206", seen(environment={"KERAS_BACKEND": "theano"}))


# KER501


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"backend": "jax",}', "passes over the whole file"),
        ("[1]", "holds a list"),
        ('{"floatx": "bfloat16"}', 'fails with `"floatx": "bfloat16"`'),
        ('{\n"epsilon": 1}', 'fails with `"epsilon": 1`'),
        ('{"backend": 3}', 'fails with `"backend": 3`'),
        ('{"image_dim_ordering": "th"}', "is ignored"),
    ],
)
def test_files_that_keras_refuses_or_ignores(text: str, words: str) -> None:
    assert words in finding("KER501", with_config(text)).message


def test_the_line_of_the_entry_is_its_place() -> None:
    found = finding("KER501", with_config('{\n  "floatx": "float32",\n  "epsilon": 1\n}'))
    assert found.span.start.line == 3


def test_a_file_that_cannot_be_opened() -> None:
    assert "cannot be read" in finding("KER501", with_config(None, problem="no permission")).message


def test_files_that_are_right() -> None:
    right = '{"floatx": "float32", "epsilon": 1e-07, "backend": "torch"}'
    assert not findings("KER501", with_config(right))
    assert not findings("KER501", with_config('{"backend": "theano"}')), "that is KER206"
    assert not findings("KER501", with_config(None))
    broken = KerasConfig(text="{", file="keras.json")
    assert not findings("KER501", seen(keras_config=broken)), "no Keras reads it"
