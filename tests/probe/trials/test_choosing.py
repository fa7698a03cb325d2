"""What is installed is tried, with the backend that is in force."""

from __future__ import annotations

import pytest

from kerlint.probe.asked import Asked, Wish
from kerlint.probe.gpu_observations import Gpu, GpuStack
from kerlint.probe.observations import Distribution, KerasConfig, ModuleFound, Observations
from kerlint.probe.trials.choosing import Subject, subjects, with_gpu
from kerlint.probe.wishes import asked_of_environment


def seen(*names: str, keras: str = "3.15.1") -> Observations:
    return Observations(
        modules=[ModuleFound(name=name, kind="package") for name in names],
        distributions=[Distribution(name="keras", version=keras)] if keras else [],
    )


def test_only_what_is_installed_is_tried() -> None:
    one = seen("torch", "jax", keras="")
    one.modules.append(ModuleFound(name="tensorflow", kind="absent"))
    assert subjects(one, asked_of_environment(one)) == [Subject("jax"), Subject("torch")]


def test_metadata_without_files_is_tried_too() -> None:
    one = seen(keras="")
    one.distributions = [Distribution(name="tensorflow-cpu", version="2.21.0")]
    assert subjects(one, asked_of_environment(one)) == [Subject("tensorflow")]


@pytest.mark.parametrize(
    ("text", "variable", "backend"),
    [
        (None, "", "tensorflow"),
        ('{"backend": "jax"}', "", "jax"),
        ('{"backend": "jax"}', "torch", "torch"),
        ('{"backend": "jax"', "", "tensorflow"),
        ("[]", "", "tensorflow"),
        ('{"backend": 1}', "", "tensorflow"),
    ],
)
def test_the_backend_in_force(text: str | None, variable: str, backend: str) -> None:
    one = seen("keras")
    one.keras_config = KerasConfig(text=text)
    one.environment = {"KERAS_BACKEND": variable}
    assert subjects(one, asked_of_environment(one)) == [Subject("keras", backend)]


def test_keras_2_has_no_backends() -> None:
    one = seen("keras", keras="2.15.0")
    one.environment = {"KERAS_BACKEND": "torch"}
    assert subjects(one, asked_of_environment(one)) == [Subject("keras")]


def test_the_projects_own_choice_comes_first() -> None:
    one = seen("keras")
    asked = Asked(
        asked_of_environment(one).owner, backends=[Wish("jax", "a.py:3"), Wish("jax", "b.py:1")]
    )
    assert subjects(one, asked) == [Subject("keras", "jax", choose=True)]


def test_a_gpu_that_is_there_or_wanted() -> None:
    one = seen()
    assert not with_gpu(one, asked_of_environment(one))
    assert with_gpu(
        one, Asked(asked_of_environment(one).owner, gpu=[Wish("a GPU", "--require-gpu")])
    )
    one.gpu = GpuStack(devices=[Gpu(name="NVIDIA H200")])
    assert with_gpu(one, asked_of_environment(one))
