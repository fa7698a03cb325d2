"""Keras's backend and its settings: variables and keras.json."""

from __future__ import annotations

from tests.environments.environment import Environment
from tests.environments.kind import kind


@kind("keras-3", "KER206")
def backend_theano_by_variable(here: Environment) -> None:
    here.variables["KERAS_BACKEND"] = "theano"


@kind("keras-3", "KER206")
def backend_pytorch_by_variable(here: Environment) -> None:
    here.variables["KERAS_BACKEND"] = "pytorch"


@kind("keras-3", "KER206", "KER501")
def backend_theano_by_file(here: Environment) -> None:
    here.keras_json('{"backend": "theano", "image_dim_ordering": "th"}')


@kind("keras-3", "KER631")
def backend_jax_not_installed(here: Environment) -> None:
    here.variables["KERAS_BACKEND"] = "jax"


@kind("keras-3", "KER631")
def backend_torch_not_installed_by_file(here: Environment) -> None:
    here.keras_json('{"backend": "torch"}')


@kind("keras-3", "KER631")
def no_backend_at_all(here: Environment) -> None:
    here.pip("uninstall", "-y", "tensorflow-cpu")


@kind("keras-3", "KER631")
def numpy_backend_without_scipy(here: Environment) -> None:
    here.variables["KERAS_BACKEND"] = "numpy"


@kind("keras-3", "KER501")
def settings_no_json(here: Environment) -> None:
    here.keras_json('{"backend": "jax",}')


@kind("keras-3", "KER501")
def settings_no_object(here: Environment) -> None:
    here.keras_json("[]")


@kind("keras-3", "KER501")
def settings_floatx(here: Environment) -> None:
    here.keras_json('{"floatx": "bfloat16"}')


@kind("keras-3", "KER501")
def settings_epsilon(here: Environment) -> None:
    here.keras_json('{"epsilon": 1}')


@kind("keras-3", "KER501")
def settings_image_data_format(here: Environment) -> None:
    here.keras_json('{"image_data_format": "th"}')


@kind("keras-3", "KER622")
def legacy_switch_without_tf_keras(here: Environment) -> None:
    here.variables["TF_USE_LEGACY_KERAS"] = "1"


@kind("keras-3", "KER633")
def home_of_keras_not_writable(here: Environment) -> None:
    (here.folder / "file").write_text("")
    here.variables["KERAS_HOME"] = str(here.folder / "file" / "keras")


@kind(
    "keras-3",
    *("KER731", "KER741", "KER701", "KER721"),
    arguments=("--require-gpu",),
    mends=False,
)
def gpu_wanted_and_not_there(here: Environment) -> None:
    pass
