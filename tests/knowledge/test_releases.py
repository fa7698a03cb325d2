"""Axes of releases, and which go together."""

from __future__ import annotations

import pytest
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from kerlint.knowledge import releases
from kerlint.project.targets import Versions


def complete(keras: str | None = None, tensorflow: str | None = None, tf_keras: str | None = None):
    return releases.complete(Versions(keras, tensorflow, tf_keras, None))


@pytest.mark.parametrize("distribution", releases.DISTRIBUTIONS)
def test_axes_ascend(distribution: str) -> None:
    axis = releases.known(distribution)
    assert len(axis) > 5
    assert list(axis) == sorted(axis, key=Version)
    assert [releases.version_key(v) for v in axis] == sorted(map(releases.version_key, axis))


def test_distributions_are_known_by_both_spellings() -> None:
    assert releases.known("tf_keras") == releases.known("tf-keras")
    assert releases.known("torch") == ()


@pytest.mark.parametrize(
    "versions",
    [
        ["2.15.0rc1", "2.15.0", "2.15.1", "2.16.0.dev1", "2.16", "2.16.1"],
        ["1.0", "1.0.1", "1.10", "2.0a1", "2.0b2", "2.0rc1", "2.0"],
    ],
)
def test_keys_sort_as_the_standard_says(versions: list[str]) -> None:
    assert sorted(versions, key=Version) == sorted(versions, key=releases.version_key)


def test_post_releases_count_as_their_release() -> None:
    assert releases.version_key("2.15.0.post1") == releases.version_key("2.15.0")


def test_place_is_the_newest_release_not_above() -> None:
    axis = releases.known("keras")
    assert axis[releases.place("keras", "3.15.1")] == "3.15.1"
    assert axis[releases.place("keras", "2.15.99")] == "2.15.0"
    assert axis[releases.place("keras", "99")] == axis[-1]
    assert releases.place("keras", "0.1") == -1


def test_nothing_given_is_the_newest_of_all() -> None:
    keras, tensorflow, tf_keras, python = complete()
    assert keras == releases.known("keras")[-1]
    assert tensorflow == releases.known("tensorflow")[-1]
    assert tf_keras == releases.known("tf-keras")[-1]
    assert python is None


@pytest.mark.parametrize(
    ("tensorflow", "keras"),
    [("2.15.1", "2.15.0"), ("2.13.1", "2.13.1"), ("2.12.1", "2.12.0"), ("2.6.0", "2.6.0")],
)
def test_tensorflow_2_brings_the_keras_of_its_minor_version(tensorflow: str, keras: str) -> None:
    assert complete(tensorflow=tensorflow).keras == keras


def test_tensorflow_before_2_6_brings_no_keras() -> None:
    assert complete(tensorflow="2.5.3").keras is None
    assert complete(tensorflow="1.15.5").keras is None


def test_newer_tensorflow_takes_the_newest_keras() -> None:
    for version in ("2.16.2", "2.18.0", "2.21.0"):
        assert complete(tensorflow=version).keras == releases.known("keras")[-1]


def test_keras_3_goes_with_the_newest_tensorflow_that_admits_it() -> None:
    assert complete("3.15.1").tensorflow == "2.21.0"
    assert complete("3.11.0").tensorflow == "2.20.0"
    assert complete("3.6.0").tensorflow == "2.19.1"
    assert complete("3.0.5").tensorflow == "2.16.2"


def test_keras_2_goes_with_its_own_minor_version() -> None:
    assert complete("2.15.0").tensorflow == "2.15.1"
    assert complete("2.8.0").tensorflow == "2.8.4"


def test_tf_keras_has_the_minor_version_of_tensorflow() -> None:
    assert complete(tensorflow="2.18.1").tf_keras == "2.18.0"
    assert complete(tf_keras="2.19.0").tensorflow == "2.19.1"


def test_what_is_given_stays() -> None:
    assert complete("3.0.0", "2.15.1", "2.15.0") == ("3.0.0", "2.15.1", "2.15.0", None)


def test_every_pair_is_what_the_metadata_asks() -> None:
    for tensorflow in releases.known("tensorflow"):
        asked = releases.asks("tensorflow", tensorflow)
        keras = complete(tensorflow=tensorflow).keras
        if asked is None:
            assert keras is None
        else:
            assert keras is not None
            assert keras in SpecifierSet(asked.removeprefix("keras"), prereleases=True)
