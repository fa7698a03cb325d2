"""Environments of Python on a Linux machine without a GPU: what was installed over what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kerlint.probe.observations import (
    CondaPackage,
    Distribution,
    KerasConfig,
    ModuleFound,
    Observations,
    PathEntry,
    Shadow,
    Site,
)
from kerlint.probe.trial_observations import Trial
from tests.probe.machines.parts import (
    NUMPY,
    OF_USER,
    UMATH,
    Broken,
    both,
    env,
    fails,
    found,
    old,
    on_jax,
    one_root,
    ran,
)
from tests.probe.scenes import SITE, dist

NO_FLOAT8 = "AttributeError: module 'ml_dtypes' has no attribute 'float8_e3m4'"
GENCODE = (
    "google.protobuf.runtime_version.VersionError: Detected incompatible Protobuf Gencode/Runtime "
    "versions when loading tensorflow/core/framework/attr_value.proto: gencode 6.31.1 runtime 4.25.3."
)
ROS = "/opt/ros/lib/python3.11/site-packages"


def twice(one: Distribution, **more: Any) -> Observations:
    """A second record of a distribution in the same folder."""
    what = env(**more)
    what.distributions.append(one)
    return what


def user_site() -> Observations:
    what = twice(
        dist("numpy", "1.23.5", location=OF_USER, metadata=f"{OF_USER}/numpy-1.23.5.dist-info",
             user_site=True, order=-1),
        trials=fails(UMATH),
    )  # fmt: skip
    what.site = Site(
        site_packages=["/usr/local/lib/python3.11/dist-packages"], user_site=OF_USER,
        user_site_enabled=True, virtual_environment=False, writable=True,
    )  # fmt: skip
    return what


def ros() -> Observations:
    """A workspace of ROS on PYTHONPATH, with a NumPy of its own."""
    what = twice(
        dist("numpy", "1.21.0", location=ROS, metadata=f"{ROS}/numpy-1.21.0.dist-info", order=-1),
        trials=fails(UMATH),
    )
    what.path = [PathEntry(ROS, "pythonpath"), PathEntry(SITE, "site")]
    what.environment = {"PYTHONPATH": ROS}
    what.modules = [ModuleFound("numpy", "package", f"{ROS}/numpy/__init__.py", "numpy")]
    what.shadows = [Shadow("numpy", f"{ROS}/numpy", f"{SITE}/numpy", "package", ROS, "pythonpath")]
    return what


def conda(installer: str, version: str) -> Observations:
    """numpy of conda's records beside the one that is there."""
    what = env(dist("numpy", version, installer=installer))
    what.site = Site(site_packages=[SITE], conda_prefix="/opt/conda/envs/k", writable=True)
    what.conda = [CondaPackage("numpy", "1.26.4"), CondaPackage("python", "3.11.7")]
    return what


def settings(text: str, **more: Any) -> Observations:
    file = "/home/me/.keras/keras.json"
    return env(keras_config=KerasConfig("/home/me/.keras", "home", True, True, file, text), **more)


BROKEN: dict[str, Callable[[], Broken]] = {
    "NumPy 2 below TensorFlow 2.15": lambda: Broken(
        old(NUMPY, dist("protobuf", "4.25.3", top_level=["google"]), trials=fails(UMATH)),
        "KER611", ("'numpy>=1.23.5,<2.0.0'", "KER619", "KER651", "KER624")),
    "an old protobuf below TensorFlow 2.15": lambda: Broken(
        old(dist("numpy", "1.26.4"), dist("protobuf", "3.19.6", top_level=["google"]),
            trials=fails("TypeError: Descriptors cannot be created directly.")),
        "KER611", ("protobuf>=3.20.3", "KER651", "KER624")),
    "protobuf recorded twice": lambda: Broken(
        twice(dist("protobuf", "4.25.3", top_level=["google"]), trials=fails(GENCODE)),
        "KER615", ("rm -rf -- ", "protobuf-4.25.3.dist-info", "KER651", "KER624")),
    "Keras recorded twice, and it runs": lambda: Broken(
        twice(dist("keras", "2.15.0")), "KER615", ("3.15.1 and 2.15.0",), "warning"),
    "an old ml_dtypes below JAX": lambda: Broken(
        on_jax(dist("ml-dtypes", "0.2.0"), trials=fails(NO_FLOAT8, "jax", "jax")),
        "KER611", ("install 'ml-dtypes>=0.5.0'", "KER651", "KER624")),
    "a jaxlib that is older than JAX": lambda: Broken(
        on_jax(dist("jaxlib", "0.9.0", "numpy>=2.0"), trials=fails(
            "RuntimeError: jaxlib is version 0.9.0, but this version of jax requires version >= "
            "0.10.1.", "jax", "jax")),
        "KER611", ("'jaxlib>=0.10.1,<=0.10.2'", "KER651", "KER624")),
    "NumPy of the user's own site": lambda: Broken(
        user_site(), "KER645", ("numpy 1.23.5 comes from the user site", "PYTHONNOUSERSITE=1",
                                "KER611", "KER651")),
    "ROS on PYTHONPATH": lambda: Broken(
        ros(), "KER643", ("unset PYTHONPATH", "KER611", "KER651")),
    "another Python on PYTHONPATH": lambda: Broken(
        env(path=[PathEntry("/usr/lib/python3.9/site-packages", "pythonpath", True, "3.9"),
                  PathEntry(SITE, "site")],
            trials=fails("ImportError: cannot import name '_c' from partially initialized module")),
        "KER644", ("packages of Python 3.9", "KER651", "KER624")),
    "pip over conda": lambda: Broken(
        conda("pip", "2.2.6"), "KER647",
        ("conda install -y -p /opt/conda/envs/k --force-reinstall numpy=1.26.4",), "warning"),
    "a backend that is not there": lambda: Broken(
        env(environment={"KERAS_BACKEND": "torch"}, modules=[ModuleFound("torch", "absent")],
            trials=[ran("tensorflow"),
                    Trial("keras", "torch", "failed", 1,
                          error="ModuleNotFoundError: No module named 'torch'")]),
        "KER631", ("pip install torch", "KER624")),
    "settings that are no JSON": lambda: Broken(
        settings('{"backend": "jax",}'), "KER501", ("keras.json.off",)),
    "the legacy switch without tf-keras": lambda: Broken(
        env(environment={"TF_USE_LEGACY_KERAS": "1"}), "KER622", ("'tf-keras==2.21.*'",)),
    "a system that manages its Python, and protobuf is missing": lambda: Broken(
        _managed(), "KER611", ("/usr/bin/python3 -m venv .venv", "KER651", "KER624")),
}  # fmt: skip

SOUND: dict[str, Callable[[], Observations]] = {
    "TensorFlow 2.21": env,
    "TensorFlow 2.15": lambda: old(
        dist("numpy", "1.26.4"), dist("protobuf", "4.25.3", top_level=["google"])
    ),
    "JAX": on_jax,
    "the legacy switch with tf-keras": lambda: env(
        dist("tf-keras", "2.21.0", "tensorflow<2.22,>=2.21"),
        environment={"TF_USE_LEGACY_KERAS": "1"},
        trials=[*both(), ran("tf_keras")],
    ),
    "all of conda": lambda: conda("conda", "1.26.4"),
    "settings that choose a backend": lambda: settings('{"backend": "tensorflow"}'),
}


def _managed() -> Observations:
    what = env(trials=fails("ModuleNotFoundError: No module named 'google'"))
    what.distributions = [one for one in what.distributions if one.name != "protobuf"]
    what.interpreter.executable = "/usr/bin/python3"
    what.site = Site(
        site_packages=["/usr/lib/python3/dist-packages"], virtual_environment=False, writable=False,
        externally_managed="/usr/lib/python3.11/EXTERNALLY-MANAGED",
    )  # fmt: skip
    return what


@pytest.mark.parametrize("name", BROKEN)
def test_the_root_is_named(name: str) -> None:
    one_root(BROKEN[name]())


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_environment_is_silent(name: str) -> None:
    assert found(SOUND[name]()) == []
