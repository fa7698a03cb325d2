"""What people ran into, solved over the index that is shipped."""

from __future__ import annotations

import pytest

from kerlint.solving import Conflict, Solution, predict, solve, solve_range

from .world import LINUX, lines

CASES = [
    # github.com/g4m3r0/ImageUpscaler/issues/22
    (
        "3.9",
        "keras==3.9.0\ntensorflow==2.12.1",
        ["tensorflow 2.12.1 requires keras>=2.12.0,<2.13"],
        [("keras==2.12.0",), ("tensorflow==2.16.2",)],
    ),
    # github.com/mukund-ks/DeepLabV3-Segmentation/issues/5
    (
        "3.9",
        "keras==2.13.1\ntensorflow==2.10.1",
        ["tensorflow 2.10.1 requires keras>=2.10.0,<2.11"],
        [("keras==2.10.0",), ("tensorflow==2.13.1",)],
    ),
    # github.com/BatteryDEV/AutoECM/issues/11
    (
        "3.10",
        "keras==2.10.0\ntensorflow==2.11.1",
        ["tensorflow 2.11.1 requires keras>=2.11.0,<2.12"],
        [("keras==2.11.0",), ("tensorflow==2.10.1",)],
    ),
    # github.com/cognizant-ai-labs/covid-xprize/pull/224
    (
        "3.9",
        "keras==2.12.0\ntensorflow==2.11",
        ["tensorflow 2.11.0 requires keras>=2.11.0,<2.12"],
        [("keras==2.11.0",), ("tensorflow==2.12.1",)],
    ),
    # github.com/mindee/doctr/issues/932
    (
        "3.9",
        "keras<2.7.0\ntensorflow-cpu>=2.8",
        [
            "tensorflow-cpu 2.21.0 does not install on Python 3.9, only on 3.10 to 3.13",
            "tensorflow-cpu 2.8.0 to 2.20.0 requires keras 2.8.0 to 3.15.1, "
            "depending on its release",
        ],
        [("keras<=2.8.0",), ("tensorflow-cpu>=2.6.5",)],
    ),
    # github.com/Lxiangyue/GenN2N/issues/6
    (
        "3.9",
        "protobuf==3.20.3\ntensorflow==2.11.0",
        ["tensorflow 2.11.0 requires protobuf>=3.9.2,<3.20"],
        [("protobuf==3.19.6",), ("tensorflow==2.12.1",)],
    ),
    # github.com/keras-team/keras/issues/19390, /21162
    (
        "3.9",
        "tensorflow==2.13.0\nkeras>=3",
        ["tensorflow 2.13.0 requires keras>=2.13.1,<2.14"],
        [("keras>=2.13.1",), ("tensorflow==2.16.2",)],
    ),
    # github.com/tensorflow/tensorflow/issues/39768, /40640
    (
        "3.8",
        "tensorflow==1.15.0",
        ["tensorflow 1.15.0 does not install on Python 3.8, only on 2.7 to 3.7"],
        [("tensorflow==2.2.3",)],
    ),
    # github.com/keras-team/tf-keras/issues/756
    (
        "3.11",
        "tf-keras==2.15.1\ntensorflow==2.16.1",
        ["tf-keras 2.15.1 requires tensorflow>=2.15,<2.16"],
        [("tf-keras==2.15.0",), ("tensorflow==2.15.1",)],
    ),
]


@pytest.mark.parametrize(("python", "text", "facts", "ways"), CASES)
def test_the_proof_and_the_ways_out(python, text, facts, ways):
    found = solve(lines(text), (), python, LINUX)
    assert isinstance(found, Conflict)
    assert [one.text for one in found.lines] == text.splitlines()
    assert [fact.sentence for fact in found.facts] == facts
    assert [way.lines for way in found.ways_out] == ways


@pytest.mark.parametrize(
    ("python", "text"),
    [
        # Exact CUDA wheels of two libraries.
        ("3.11", "tensorflow[and-cuda]==2.15.1\ntorch==2.3.0"),
        ("3.11", "tensorflow[and-cuda]==2.18.0\ntorch==2.6.0"),
        ("3.11", "tensorflow[and-cuda]==2.19.1\ntorch==2.7.0"),
        ("3.10", "tensorflow[and-cuda]==2.14.1\ntorch==2.0.0"),
    ],
)
def test_cuda_wheels_that_exclude_each_other(python, text):
    found = solve(lines(text), (), python, LINUX)
    assert isinstance(found, Conflict)
    assert [one.text for one in found.lines] == text.splitlines()
    assert all("nvidia-" in fact.sentence for fact in found.facts)


@pytest.mark.parametrize(
    ("python", "text"),
    [
        ("3.11", "tensorflow[and-cuda]==2.20.0\ntorch==2.8.0"),
        ("3.11", "tensorflow==2.15.1\ntorch==2.3.0"),
        ("3.11", "tensorflow[and-cuda]==2.15.1\ntorch==2.3.0+cpu"),
        ("3.11", "tf-keras==2.20.0"),
        ("3.11", "tensorflow==2.99.0\nkeras==2.3.1\nnumpy<1.20"),
    ],
)
def test_what_can_be_installed(python, text):
    assert isinstance(solve(lines(text), (), python, LINUX), Solution)


@pytest.mark.parametrize(
    ("python", "text", "taken"),
    [
        # What is bounded later is taken anew: TensorFlow 2.11 wants protobuf below 3.20.
        (
            "3.10",
            "protobuf<=3.20\ntensorflow<=2.11",
            {"tensorflow": "2.11.0", "protobuf": "3.19.6"},
        ),
        ("3.11", "keras<=2.15\ntensorflow<=2.14", {"tensorflow": "2.14.0", "keras": "2.14.0"}),
        (
            "3.11",
            "tensorflow<=2.17\ntf-keras<=2.16",
            {"tensorflow": "2.16.2", "tf-keras": "2.16.0"},
        ),
    ],
)
def test_the_newest_of_what_asks_for_others_comes_first(python, text, taken):
    found = predict(lines(text), (), python, LINUX)
    assert found is not None
    assert {name: found.pins[name] for name in taken} == taken


@pytest.mark.parametrize(
    ("text", "python", "platform", "says"),
    [
        ("keras==3.3.3", "3.8", LINUX, "Python 3.8, only on 3.9 to 3.15"),
        (
            "tensorflow==2.4.4",
            "3.6",
            "macos-arm64",
            "tensorflow 2.4.4 has nothing to install on macos-arm64",
        ),
        ("tensorflow==2.*", "3.6", "macos-arm64", "Python 3.6 on macos-arm64, only on 3.8 to 3.13"),
    ],
)
def test_the_platform_is_named_where_others_are_better_off(text, python, platform, says):
    found = solve(lines(text), (), python, platform)
    assert isinstance(found, Conflict)
    assert found.proof.endswith(says)


def test_only_some_pythons_fail():
    found = solve_range(
        lines("keras==2.12.0\ntensorflow==2.12.*"), (), ["3.9", "3.10", "3.11", "3.12"], [LINUX]
    )
    assert found.conflict is None
    (conflict,) = found.failing.values()
    assert (conflict.python, conflict.proof) == (
        "3.12",
        "tensorflow 2.12.0 to 2.12.1 does not install on Python 3.12, only on 3.8 to 3.11",
    )


def test_on_no_python():
    found = solve_range(
        lines("keras==3.9.0\ntensorflow==2.15.1"), (), ["3.9", "3.10", "3.11"], [LINUX]
    )
    assert found.conflict is not None
    assert found.conflict.proof == "tensorflow 2.15.1 requires keras>=2.15.0,<2.16"
    assert found.conflict.python == ""


def test_the_newest_and_the_oldest_that_fit():
    asked = lines("keras\ntensorflow>=2.13,<2.16")
    newest = predict(asked, (), "3.11", LINUX)
    oldest = predict(asked, (), "3.11", LINUX, oldest=True)
    assert newest is not None
    assert oldest is not None
    assert (newest.pins["tensorflow"], newest.pins["keras"]) == ("2.15.1", "2.15.0")
    assert (oldest.pins["tensorflow"], oldest.pins["keras"]) == ("2.13.0", "2.13.1")
