"""KER611: requirements, and what mends them."""

from __future__ import annotations

import pytest

from kerlint.probe.clashes import joined, possible
from kerlint.probe.observations import CondaPackage, ModuleFound, Observations
from tests.probe.scenes import TENSORFLOW_2_15, TENSORFLOW_2_21, dist, pin, seen
from tests.rules.environment.judged import finding, findings, severities

PROTOBUF4 = dist("protobuf", "4.25.9")


def test_a_tensorflow_of_another_name_is_a_tensorflow() -> None:
    what = seen(
        dist("tensorflow-cpu", "2.21.0"), dist("tf-keras", "2.21.0", "tensorflow<2.22,>=2.21")
    )
    assert not findings("KER611", what)


def test_what_is_missing_altogether() -> None:
    found = finding("KER611", seen(dist("keras", "3.15.1", "namex", "optree>=0.1")))
    assert found.message == (
        "keras 3.15.1 requires namex, which is not installed; 1 more requirement is not met"
    )
    assert found.commands == ("/env/bin/python -m pip install namex 'optree>=0.1'",)


def test_clashes_that_hang_together_are_one_finding_with_one_command() -> None:
    what = seen(
        dist("tensorflow", "2.21.0", *TENSORFLOW_2_21),
        dist("keras", "2.15.0"),
        dist("numpy", "1.24.0"),
        dist("protobuf", "4.25.9"),
        dist("h5py", "3.14.0"),
    )
    found = finding("KER611", what)
    assert len(found.evidence) == 3
    assert found.commands == (
        "/env/bin/python -m pip install 'keras>=3.12.0' 'numpy>=1.26.0' 'protobuf>=6.31.1,<8.0.0'",
    )


def test_the_command_meets_everybody_who_requires_it() -> None:
    what = seen(
        dist("tensorflow", "2.15.1", *TENSORFLOW_2_15),
        dist("keras", "2.15.0"),
        PROTOBUF4,
        dist("scipy", "1.11.0", "numpy<1.28.0,>=1.21.6"),
        dist("numpy", "2.2.6"),
    )
    assert finding("KER611", what).commands == (
        "/env/bin/python -m pip install 'numpy>=1.23.5,<1.28.0'",
    )


def test_the_command_keeps_what_the_project_asks_for() -> None:
    what = seen(
        dist("tensorflow", "2.15.1", *TENSORFLOW_2_15),
        dist("keras", "2.15.0"),
        PROTOBUF4,
        dist("numpy", "2.2.6"),
    )
    found = finding("KER611", what, pins=[pin("numpy", ">=1.25")])
    assert "numpy>=1.25,<2.0.0" in found.commands[0]
    found = finding("KER611", what, pins=[pin("numpy", ">=2")])
    assert found.commands == ("/env/bin/python -m pip install tensorflow numpy==2.2.6",)


def test_what_nobody_asked_for_makes_way() -> None:
    what = seen(
        dist("jax", "0.4.20", "numpy<2", requested=False), dist("numpy", "2.2.6", requested=True)
    )
    assert finding("KER611", what).commands == ("/env/bin/python -m pip install jax numpy==2.2.6",)


def test_sides_that_exclude_each_other_are_named() -> None:
    what = seen(
        dist("tensorflow", "2.15.1", "numpy<2"),
        dist("jax", "0.10.2", "numpy>=2.0"),
        dist("numpy", "2.2.6"),
    )
    found = finding("KER611", what)
    assert "tensorflow 2.15.1 requires numpy<2; jax 0.10.2 requires numpy>=2.0" in found.help
    assert found.commands == ("/env/bin/python -m pip install tensorflow",)


def test_markers_are_those_of_the_examined_python() -> None:
    assert not findings(
        "KER611",
        seen(
            dist(
                "keras",
                "3.15.1",
                'colorama; sys_platform == "win32"',
                'zipp; python_version < "3.10"',
                'pytest; extra == "dev"',
            )
        ),
    )
    assert findings("KER611", seen(dist("keras", "3", 'zipp; python_version >= "3.10"')))


def test_without_markers_nothing_is_guessed() -> None:
    what = Observations(distributions=[dist("keras", "3", 'zipp; python_version >= "3.10"')])
    assert not findings("KER611", what)


@pytest.mark.parametrize(
    "line", ["nonsense >< 1", "", "git+https://example.org/x", "other @ https://example.org/x"]
)
def test_lines_that_nobody_understands_are_passed_over(line: str) -> None:
    assert not findings("KER611", seen(dist("keras", "3", line)))


def test_local_versions_fit() -> None:
    what = seen(dist("torchvision", "0.28", "torch==2.13.0"), dist("torch", "2.13.0+cpu"))
    assert not findings("KER611", what)


def test_what_conda_leaves_out_is_left_out_on_purpose() -> None:
    what = seen(dist("tensorflow", "2.19.0", "libclang>=13", installer="conda"))
    assert not findings("KER611", what)
    what = seen(dist("tensorflow", "2.19.0", "libclang>=13"), conda=[CondaPackage("tensorflow")])
    assert not findings("KER611", what)


def test_what_can_be_imported_is_there() -> None:
    what = seen(
        dist("keras", "3.15.1", "h5py"), modules=[ModuleFound("h5py", "package", "/usr/lib/h5py")]
    )
    assert not findings("KER611", what)


def test_packages_of_others_are_mentioned_once() -> None:
    what = seen(
        dist("keras", "3.15.1"),
        dist("flask", "3.0", "werkzeug>=3", "click"),
        dist("aiohttp", "3.0", "yarl"),
    )
    assert severities("KER611", what) == ["info"]


def test_who_requires_a_framework_concerns_it() -> None:
    what = seen(dist("autokeras", "1.0", "keras<3"), dist("keras", "3.15.1"))
    assert severities("KER611", what) == ["warning"]


def test_no_metadata_no_requirement() -> None:
    what = seen(dist("keras", "", "numpy>=3", problem="empty-metadata"), dist("numpy", "2.0"))
    assert not findings("KER611", what)


@pytest.mark.parametrize(
    ("specifiers", "whole"),
    [
        ([">=1.26", ">=1.23.5,<2"], ">=1.26,<2"),
        (["==0.2.*", ""], "==0.2.*"),
        (["<3", "<2.5,!=2.4"], "<2.5,!=2.4"),
    ],
)
def test_specifiers_are_joined(specifiers: list[str], whole: str) -> None:
    assert joined(specifiers) == whole


@pytest.mark.parametrize(
    ("specifier", "some"),
    [
        ("", True),
        (">=2,<2", False),
        (">=2.0,<2.1", True),
        (">=2.16,<2.16", False),
        ("==2.15.*,>=2.15.3", True),
        ("<2.0.0,>=1.23.5", True),
        ("==1.26.4,<1.26", False),
        ("~=0.3.1,<0.5", True),
        ("!=4.21.0,<5.0.0dev,>=3.20.3", True),
        (">1,<2", True),
        ("<1", True),
    ],
)
def test_whether_some_version_can_fit(specifier: str, some: bool) -> None:
    assert possible(specifier) is some
