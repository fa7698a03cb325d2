"""What the index must know, held against tables that were made from the wheels by other means."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerlint.knowledge import index as knowledge
from kerlint.knowledge.index import PLATFORMS, PYTHONS, Package

LINUX = "linux-x86_64"
ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "tensorflow.tsv").read_text(encoding="utf-8").splitlines()
]
COLUMNS = ("keras", "numpy", "protobuf", "ml-dtypes", "typing-extensions", "h5py", "tensorboard")


def package(name: str) -> Package:
    found = knowledge.load().package(name)
    assert found is not None
    return found


def pythons(of: Package, number: int, platform: str = LINUX) -> list[str]:
    return [python for python in PYTHONS if of.wheel_mask(python, platform) >> (number + 1) & 1]


def clauses(specifier: str) -> set[str]:
    return set(specifier.split(",")) - {""}


@pytest.mark.parametrize("row", ROWS[1:], ids=lambda row: row[0])
def test_tensorflow(row: list[str]) -> None:
    tensorflow = package("tensorflow")
    number = tensorflow.number(row[0])
    first, _, last = row[1].partition("-")
    found = [python for python in pythons(tensorflow, number) if python not in ("2.7", "3.5")]
    assert (found[0], found[-1]) == (first, last)
    required = [d for d in tensorflow.requirements(number, LINUX) if not d.extra]
    for name, expected in zip(COLUMNS, row[2:], strict=True):
        here = [d for d in required if d.name == name]
        for python in found:
            texts = [clauses(d.specifier) for d in here if d.applies(python, LINUX)]
            old = PYTHONS.index(python) <= PYTHONS.index("3.11")
            wanted = expected.split(" / ")[0 if old else -1].partition(" (py")[0]
            assert texts == ([] if wanted == "-" else [clauses(wanted)]), (name, python)


@pytest.mark.parametrize(
    ("name", "version"),
    [("tensorflow", "2.16.0"), ("keras", "2.5.0"), ("tf-keras", "2.14.0")],
)
def test_never_released(name: str, version: str) -> None:
    assert package(name).bit(version) == 0
    assert package(name).number(version) == -1


def test_a_candidate_is_no_release() -> None:
    keras = package("keras")
    assert keras.versions_in(keras.mask("==2.5.*")) == ["2.5.0rc0"]
    assert keras.mask("==2.5.*") & keras.finals == 0


def test_a_number_can_be_written_in_several_ways() -> None:
    keras = package("keras")
    assert keras.bit("3.0") == keras.bit("3.0.0") == keras.bit("v3.0.0.0") != 0
    assert keras.bit("3.0.0") == 2 << keras.versions.index("3.0.0")


def test_yanked() -> None:
    keras, numpy = package("tf-keras"), package("numpy")
    assert keras.versions_in(keras.yanked) == ["2.20.0"]
    assert keras.yanked_reason(keras.number("2.20.0")) == ""
    assert numpy.yanked_reason(numpy.number("2.4.0")) == "Backward compatibility bug"
    assert numpy.yanked & numpy.bit("2.4.1") == 0


@pytest.mark.parametrize(
    ("python", "first", "last"),
    [
        ("3.8", "2.2.0", "2.13.1"),
        ("3.9", "2.5.0", "2.20.0"),
        ("3.10", "2.8.0", "2.21.0"),
        ("3.11", "2.12.0", "2.21.0"),
        ("3.12", "2.16.1", "2.21.0"),
        ("3.13", "2.20.0", "2.21.0"),
    ],
)
def test_the_wheels_of_a_python(python: str, first: str, last: str) -> None:
    tensorflow = package("tensorflow")
    found = tensorflow.versions_in(tensorflow.wheel_mask(python, LINUX) & tensorflow.finals)
    assert (found[0], found[-1]) == (first, last)
    assert tensorflow.installable_mask(python, LINUX) & tensorflow.bit(last)


def test_no_wheel_for_the_newest_python() -> None:
    tensorflow = package("tensorflow")
    assert tensorflow.requires_python_mask("3.14") & tensorflow.finals == 0
    # Keras is pure Python, and has no upper bound.
    assert package("keras").installable_mask("3.14", LINUX) & package("keras").bit("3.15.1")


def test_requires_python() -> None:
    keras = package("keras")
    assert keras.requires_python(keras.number("3.12.0")) == ">=3.10"
    assert keras.admits_python_mask("3.9") & keras.bit("3.12.0") == 0
    assert keras.installable_mask("3.9", LINUX) & keras.bit("3.12.0") == 0
    assert keras.admits_python_mask("3.9") & keras.bit("3.10.0")


def test_wheels_of_one_release_differ_by_platform() -> None:
    tensorflow = package("tensorflow")
    number = tensorflow.number("2.15.0")
    windows = [d for d in tensorflow.requirements(number, "windows-x86_64") if not d.extra]
    assert [(d.name, d.specifier) for d in windows] == [("tensorflow-intel", "==2.15.0")]
    assert windows[0].applies("3.11", "windows-x86_64")
    assert not windows[0].applies("3.11", LINUX)
    here = [d for d in tensorflow.requirements(number, LINUX) if not d.extra]
    assert "tensorflow-intel" not in {d.name for d in here}
    assert len(here) > 20
    arm = [d for d in tensorflow.requirements(number, "macos-arm64") if not d.extra]
    assert [(d.name, d.specifier) for d in arm] == [("tensorflow-macos", "==2.15.0")]
    intel_mac = [d for d in tensorflow.requirements(number, "macos-x86_64") if not d.extra]
    assert {d.name for d in intel_mac} >= {"keras", "numpy", "protobuf"}


@pytest.mark.parametrize(
    ("version", "cudnn", "cublas", "runtime", "nccl"),
    [
        ("2.15.1", "==8.9.4.25", "==12.2.5.6", "==12.2.140", "==2.16.5"),
        ("2.16.1", "==8.9.7.29", "==12.3.4.1", "==12.3.101", "==2.19.3"),
        ("2.17.1", "==8.9.7.29", "==12.3.4.1", "==12.3.101", "==2.19.3"),
        ("2.18.0", "==9.3.0.75", "==12.5.3.2", "==12.5.82", "==2.21.5"),
        ("2.19.1", "==9.3.0.75", "==12.5.3.2", "==12.5.82", "==2.23.4"),
    ],
)
def test_cuda_wheels_of_tensorflow(
    version: str, cudnn: str, cublas: str, runtime: str, nccl: str
) -> None:
    tensorflow = package("tensorflow")
    found = {
        d.name: d.specifier
        for d in tensorflow.requirements(tensorflow.number(version), LINUX)
        if d.extra == "and-cuda"
    }
    assert found["nvidia-cudnn-cu12"] == cudnn
    assert found["nvidia-cublas-cu12"] == cublas
    assert found["nvidia-cuda-runtime-cu12"] == runtime
    assert found["nvidia-nccl-cu12"] == nccl


@pytest.mark.parametrize(
    ("version", "cudnn", "nccl"),
    [
        ("2.1.0", "==8.9.2.26", "==2.18.1"),
        ("2.3.0", "==8.9.2.26", "==2.20.5"),
        ("2.4.0", "==9.1.0.70", "==2.20.5"),
        ("2.6.0", "==9.1.0.70", "==2.21.5"),
        ("2.7.0", "==9.5.1.17", "==2.26.2"),
        ("2.8.0", "==9.10.2.21", "==2.27.3"),
    ],
)
def test_cuda_wheels_of_torch(version: str, cudnn: str, nccl: str) -> None:
    torch = package("torch")
    found = {d.name: d for d in torch.requirements(torch.number(version), LINUX) if not d.extra}
    assert found["nvidia-cudnn-cu12"].specifier == cudnn
    assert found["nvidia-nccl-cu12"].specifier == nccl
    assert found["nvidia-nccl-cu12"].applies("3.10", LINUX)
    assert not found["nvidia-nccl-cu12"].applies("3.10", "macos-arm64")


def test_exact_pins_of_packages_outside_exclude_each_other() -> None:
    tensorflow, torch = package("tensorflow"), package("torch")
    asked = [
        next(d for d in of.requirements(of.number(version), LINUX) if d.name == "nvidia-cudnn-cu12")
        for of, version in ((tensorflow, "2.15.1"), (torch, "2.3.0"), (tensorflow, "2.20.0"))
    ]
    cudnn = package("nvidia-cudnn-cu12")
    assert cudnn.synthetic
    assert not knowledge.load().knows("nvidia-cudnn-cu12")
    assert asked[0].mask
    assert asked[1].mask
    assert asked[0].mask & asked[1].mask == 0
    assert asked[2].mask & cudnn.mask("==9.10.2.21")  # torch 2.8: a range lets them meet


def test_matching_rules_that_metadata_state() -> None:
    keras = package("tf-keras")
    asked = {
        version: [
            clauses(d.specifier)
            for d in keras.requirements(keras.number(version), LINUX)
            if d.name == "tensorflow"
        ]
        for version in ("2.14.1", "2.15.0", "2.15.1", "2.18.0")
    }
    assert asked["2.14.1"] == asked["2.15.0"] == []
    assert asked["2.15.1"] == [{">=2.15", "<2.16"}]
    assert asked["2.18.0"] == [{">=2.18", "<2.19"}]
    board = package("tensorboard")
    protobuf = [
        d.specifier
        for d in board.requirements(board.number("2.15.1"), LINUX)
        if d.name == "protobuf"
    ]
    assert [clauses(specifier) for specifier in protobuf] == [{">=3.19.6", "<4.24"}]


def test_by_hand() -> None:
    """Releases with only a source distribution."""
    keras = package("keras")
    number = keras.number("2.0.4")
    assert keras.wheel_mask("3.6", LINUX) & keras.bit("2.0.4") == 0
    assert keras.sdists & keras.bit("2.0.4")
    assert [(d.name, d.extra) for d in keras.requirements(number, LINUX)] == [
        ("theano", ""),
        ("pyyaml", ""),
        ("six", ""),
        ("h5py", "h5py"),
        ("pydot-ng", "visualize"),
    ]
    assert "h5py" in keras.extras()


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("name", ["tensorflow", "torch", "keras", "tensorboard"])
def test_carriers_are_requirements_the_other_way_round(name: str, platform: str) -> None:
    of = package(name)
    by_release: dict[int, set[int]] = {}
    for dependency, mask in of.carriers(platform):
        assert mask
        assert mask & ~of.every == 0
        for number in range(len(of.versions)):
            if mask >> (number + 1) & 1:
                by_release.setdefault(number, set()).add(id(dependency))
    for number in range(len(of.versions)):
        required = {id(dependency) for dependency in of.requirements(number, platform)}
        assert required == by_release.get(number, set())
