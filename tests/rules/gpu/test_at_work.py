"""Whether the GPU is used when a framework runs."""

from __future__ import annotations

import pytest

from kerlint.probe.observations import Build
from kerlint.probe.trial_observations import Trial
from tests.probe.scenes import SITE, dist
from tests.rules.environment.judged import finding, findings
from tests.rules.gpu.machines import KERAS, WANTED, copies_of_cudnn, judged, machine


def test_a_build_for_the_cpu() -> None:
    what = machine()
    what.distributions = [dist("tensorflow-cpu", "2.21.0"), KERAS, dist("pip", "24.0")]
    what.builds = [Build("tensorflow", "2.21.0", "/build_info.py", False)]
    what.trials = [Trial("tensorflow", ended="well", device_of_result="CPU:0")]
    assert judged(what) == [("KER741", "error")]
    assert finding("KER741", what, **WANTED).commands == (
        "/env/bin/python -m pip uninstall -y tensorflow-cpu",
        "/env/bin/python -m pip install 'tensorflow[and-cuda]==2.21.0'",
    )
    assert not findings("KER741", what)


@pytest.mark.parametrize(
    ("package", "version", "commands"),
    [
        ("jax", "0.10.2", ["install 'jax[cuda12]==0.10.2'"]),
        ("torch", "2.13.0+cpu", ["uninstall -y torch", "install torch==2.13.0"]),
    ],
)
def test_builds_of_other_backends(package: str, version: str, commands: list[str]) -> None:
    what = machine()
    what.distributions = [dist(package, version), KERAS, dist("pip", "24")]
    what.builds = [Build(package, version, "/version.py", False)]
    what.environment = {"KERAS_BACKEND": package}
    found = finding("KER741", what, **WANTED)
    assert found.commands == tuple(f"/env/bin/python -m pip {one}" for one in commands)


def test_what_ran_on_the_cpu() -> None:
    what = machine()
    what.trials = [
        Trial("tensorflow", ended="well", devices=["CPU:0"], device_of_result="CPU:0"),
        Trial("keras", "tensorflow", ended="well", devices=["CPU:0"], device_of_result="CPU:0"),
    ]
    assert judged(what) == [("KER741", "error")]


def test_wheels_into_which_tensorflow_does_not_look() -> None:
    what = machine(libraries=copies_of_cudnn("9.3.0")[1:])
    what.distributions[1] = dist("tensorflow", "2.16.1")
    what.trials = [Trial("tensorflow", ended="well", devices=["CPU:0"], device_of_result="CPU:0")]
    found = finding("KER741", what, **WANTED)
    assert found.commands == (f"export LD_LIBRARY_PATH={SITE}/nvidia/cudnn/lib",)
    what.distributions[1] = dist("tensorflow", "2.21.0")
    assert not finding("KER741", what, **WANTED).commands


def test_a_run_that_was_not_made_proves_nothing() -> None:
    what = machine()
    what.trials = [Trial("tensorflow", ended="not-run"), Trial("keras", "tensorflow", ended="well")]
    assert not findings("KER741", what, **WANTED)


def test_rocm_is_none_of_nvidias_business() -> None:
    what = machine(libraries=[], ptxas=[], driver_version="470.1", driver_cuda="11.4")
    what.gpu.kernel_version = ""
    what.builds = [Build("tensorflow", "2.21.0", "/build_info.py", True, rocm="6.0")]
    what.trials = [Trial("tensorflow", ended="well", device_of_result="GPU:0")]
    assert judged(what) == []
