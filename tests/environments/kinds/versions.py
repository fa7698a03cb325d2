"""Versions that do not fit: what pip was told to install all the same."""

from __future__ import annotations

from tests.environments.environment import Environment
from tests.environments.kind import kind


@kind("keras-2", "KER611", "KER619")
def numpy_2_under_tensorflow_2_15(here: Environment) -> None:
    here.pip("install", "--no-deps", "numpy==2.2.6")


@kind("keras-3", "KER611")
def protobuf_5_under_tensorflow_2_21(here: Environment) -> None:
    here.pip("install", "--no-deps", "protobuf==5.29.5")


@kind("keras-3", "KER611")
def protobuf_3_under_tensorflow_2_21(here: Environment) -> None:
    here.pip("install", "--no-deps", "protobuf==3.20.3")


@kind("keras-2", "KER611")
def protobuf_6_under_tensorflow_2_15(here: Environment) -> None:
    here.pip("install", "--no-deps", "protobuf==6.31.1")


@kind("keras-3", "KER611", "KER619")
def h5py_for_numpy_1(here: Environment) -> None:
    here.pip("install", "--no-deps", "h5py==3.10.0")


@kind("keras-3", "KER611", "KER619")
def ml_dtypes_for_numpy_1(here: Environment) -> None:
    here.pip("install", "--no-deps", "ml-dtypes==0.3.2")


@kind("keras-3", "KER611")
def keras_2_under_tensorflow_2_21(here: Environment) -> None:
    here.pip("install", "--no-deps", "keras==2.15.0")


@kind("keras-2", "KER611", "KER621")
def keras_3_under_tensorflow_2_15(here: Environment) -> None:
    here.pip("install", "keras==3.12.0", "numpy<2")


@kind("tf-keras", "KER623", "KER611")
def tf_keras_2_15_under_tensorflow_2_21(here: Environment) -> None:
    here.pip("install", "--no-deps", "tf-keras==2.15.1")


@kind("keras-2", "KER623", "KER611")
def tf_keras_2_21_under_tensorflow_2_15(here: Environment) -> None:
    here.pip("install", "--no-deps", "tf-keras==2.21.0")
    here.variables["TF_USE_LEGACY_KERAS"] = "1"


@kind("multi", "KER611")
def jaxlib_older_than_jax(here: Environment) -> None:
    here.pip("install", "--no-deps", "jaxlib==0.9.0")


@kind("multi", "KER611")
def jaxlib_removed(here: Environment) -> None:
    here.pip("uninstall", "-y", "jaxlib")


@kind("keras-3", "KER611")
def absl_removed(here: Environment) -> None:
    here.pip("uninstall", "-y", "absl-py")


@kind("keras-3", "KER661")
def lock_of_another_keras(here: Environment) -> None:
    here.in_project("requirements.txt", "keras==3.14.0\n")


@kind("keras-3", "KER662")
def tensorflow_pinned_and_tensorflow_cpu_there(here: Environment) -> None:
    here.in_project("requirements.txt", "tensorflow==2.21.0\nkeras==3.15.1\n")
