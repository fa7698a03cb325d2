"""The libraries: which are missing, which copy wins, which versions fit."""

from __future__ import annotations

import pytest

from kerlint.probe.gpu_observations import Call, Library, Step
from kerlint.probe.observations import CondaPackage
from kerlint.probe.trial_observations import Trial
from tests.probe.scenes import SITE, dist, failed
from tests.rules.environment.judged import finding, findings, severities
from tests.rules.gpu.machines import LIBRARIES, WANTED, copies_of_cudnn, judged, machine


def test_each_missing_library_is_named() -> None:
    what = machine(libraries=LIBRARIES[:-1])
    found = finding("KER721", what, **WANTED)
    assert "libcudnn.so.9 is not there" in found.message
    assert "nvidia-cudnn-cu12<10.0,>=9.3.0.75" in "".join(one.text for one in found.evidence)
    assert found.commands == ("/env/bin/python -m pip install 'tensorflow[and-cuda]==2.21.0'",)


def test_libraries_of_another_major_do_not_count() -> None:
    libraries = [*LIBRARIES[1:], Library("libcudart.so.11", "/usr/lib/libcudart.so.11", "ldconfig")]
    assert "libcudart.so.12" in finding("KER721", machine(libraries=libraries), **WANTED).message


def test_libraries_of_the_system_do() -> None:
    libraries = [Library(one.soname, f"/usr/lib/{one.soname}", "ldconfig") for one in LIBRARIES]
    assert not findings("KER721", machine(libraries=libraries), **WANTED)


def test_nobody_needs_libraries_who_wants_no_gpu() -> None:
    assert not findings("KER721", machine(libraries=[]))


@pytest.mark.parametrize(
    ("version", "found"),
    [("9.1.0", "error"), ("", "error"), ("9.10.2", "info"), ("8.9.7", "error")],
)
def test_a_copy_that_wins(version: str, found: str) -> None:
    what = machine(libraries=copies_of_cudnn(version), ld_library_path=["/usr/local/cuda/lib64"])
    assert severities("KER722", what, **WANTED) == [found]
    assert finding("KER722", what, **WANTED).commands == ("unset LD_LIBRARY_PATH",)


def test_a_copy_that_did_no_harm() -> None:
    what = machine(libraries=copies_of_cudnn("9.1.0"), ld_library_path=["/usr/local/cuda/lib64"])
    what.trials = [Trial("tensorflow", ended="well", device_of_result="GPU:0")]
    assert severities("KER722", what, **WANTED) == ["info"]


def test_the_folder_of_the_wheel_itself_may_be_named() -> None:
    name = "libcudnn.so.9"
    path = f"{SITE}/nvidia/cudnn/lib/{name}"
    libraries = [Library(name, path, "ld_library_path"), Library(name, path, "wheel")]
    assert not findings("KER722", machine(libraries=libraries), **WANTED)


def test_a_copy_explains_what_tensorflow_says_of_it() -> None:
    what = machine(
        libraries=[*LIBRARIES[:-1], *copies_of_cudnn("9.1.0")],
        ld_library_path=["/usr/local/cuda/lib64"],
    )
    said = (
        "Loaded runtime CuDNN library: 9.1.0 but source was compiled with: 9.3.0.  CuDNN library "
        "needs to have matching major version"
    )
    one = failed("tensorflow", "FailedPreconditionError: DNN library initialization failed.")
    one.output = said
    what.trials = [one]
    assert judged(what) == [("KER722", "error")]
    assert "built for cuDNN 9.3.0 and has loaded 9.1.0" in finding("KER723", what, **WANTED).message


def test_a_wheel_that_is_older_than_the_extra_asks_for() -> None:
    what = machine()
    what.distributions.append(dist("nvidia-cudnn-cu12", "9.1.0.70"))
    found = finding("KER723", what, **WANTED)
    assert found.commands == ("/env/bin/python -m pip install 'nvidia-cudnn-cu12>=9.3.0.75,<10.0'",)
    what.distributions[-1] = dist("nvidia-cudnn-cu12", "9.10.2.21")
    assert not findings("KER723", what, **WANTED)


def test_two_frameworks_that_cannot_share_a_cudnn() -> None:
    what = machine()
    what.distributions += [
        dist("nvidia-cudnn-cu12", "9.1.0.70"),
        dist("torch", "2.6.0", "nvidia-cudnn-cu12==9.1.0.70"),
    ]
    found = finding("KER723", what, **WANTED)
    assert "torch 2.6.0 asks for another one" in found.help
    assert not found.commands


def test_tools_of_xla() -> None:
    what = machine(ptxas=[], libdevice=[])
    assert severities("KER724", what, **WANTED) == ["warning"]
    assert not findings("KER724", what)
    what.environment = {"XLA_FLAGS": "--xla_gpu_cuda_data_dir=/opt/cuda"}
    assert not findings("KER724", what, **WANTED)


def test_conda_brings_its_own() -> None:
    what = machine(
        libraries=[Library(one.soname, f"/c/{one.soname}", "conda") for one in LIBRARIES]
    )
    what.conda = [CondaPackage("cudnn", "9.3.0")]
    assert not findings("KER721", what, **WANTED)


def test_cudnn_itself_is_asked() -> None:
    old = Call("cudnn", "well", steps=[Step("cudnnGetVersion", "/a/libcudnn.so.9", 0, "90100")])
    assert "the one that is found is 9.1.0" in finding("KER723", machine(old), **WANTED).message
    new = Call("cudnn", "well", steps=[Step("cudnnGetVersion", "/a/libcudnn.so.9", 0, "91002")])
    assert not findings("KER723", machine(new), **WANTED)
