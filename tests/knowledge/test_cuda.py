"""What NVIDIA's parts accept of each other."""

from __future__ import annotations

import pytest

from kerlint.knowledge.cuda import (
    CUDA_CODES,
    DRIVERS,
    NVML_CODES,
    cudnn_serves,
    cudnn_version,
    driver_for,
    numbers,
    runs_code,
    visible,
)

TENSORFLOW_2_21 = ("sm_60", "sm_70", "sm_80", "sm_89", "compute_90")


@pytest.mark.parametrize(
    ("capability", "how"),
    [
        ("6.0", "native"),
        ("6.1", "native"),
        ("7.5", "native"),
        ("8.6", "native"),
        ("8.9", "native"),
        ("9.0", "jit"),
        ("10.0", "jit"),
        ("12.0", "jit"),
        ("5.2", "no"),
        ("3.7", "no"),
        ("", ""),
        ("unknown", ""),
    ],
)
def test_code_of_tensorflow_2_21(capability: str, how: str) -> None:
    assert runs_code(capability, TENSORFLOW_2_21) == how


def test_code_for_one_gpu_alone_runs_on_no_other() -> None:
    assert runs_code("9.0", ["sm_90a"]) == "native"
    assert runs_code("9.5", ["sm_90a"]) == "no"
    assert runs_code("10.3", ["sm_100a", "compute_80"]) == "jit"


def test_a_build_that_says_nothing_is_not_judged() -> None:
    assert runs_code("9.0", []) == ""
    assert runs_code("9.0", ["gfx90a"]) == ""


@pytest.mark.parametrize(
    ("code", "version"), [(90300, "9.3.0"), (91002, "9.10.2"), (8907, "8.9.7"), (90100, "9.1.0")]
)
def test_cudnn_counts_in_two_ways(code: int, version: str) -> None:
    assert cudnn_version(code) == version


@pytest.mark.parametrize(
    ("loaded", "built", "serves"),
    [
        ("9.3.0", "9.3.0", True),
        ("9.10.2", "9.3.0", True),
        ("9.1.0", "9.3.0", False),
        ("8.9.7", "9.3.0", False),
        ("10.0.0", "9.3.0", False),
        ("", "9.3.0", True),
    ],
)
def test_which_cudnn_serves(loaded: str, built: str, serves: bool) -> None:
    assert cudnn_serves(loaded, built) is serves


def test_drivers_are_known_by_major() -> None:
    row = driver_for(12)
    assert row is not None
    assert numbers("525.60.13") == numbers(row.linux)
    assert driver_for(99) is None
    assert [one.major for one in DRIVERS] == sorted(one.major for one in DRIVERS)


def test_every_code_has_its_words() -> None:
    for table in (CUDA_CODES, NVML_CODES):
        for code in table.values():
            assert code.name.startswith(("CUDA_ERROR_", "NVML_ERROR_"))
            assert code.means


@pytest.mark.parametrize(
    ("value", "count", "shown", "fault"),
    [
        ("0", 1, [0], False),
        ("1,0", 2, [1, 0], False),
        ("1", 1, [], True),
        ("0,2,-1,1", 3, [0, 2], True),
        ("0,5,1", 2, [0], True),
        ("-1", 2, [], False),
        ("GPU-8932f937", 1, [], False),
        ("MIG-1/2", 1, [], False),
        ("cuda:0", 1, [], True),
        ("0,", 2, [0], True),
    ],
)
def test_which_devices_are_visible(value: str, count: int, shown: list[int], fault: bool) -> None:
    found, why = visible(value, count)
    assert (found, bool(why)) == (shown, fault)
