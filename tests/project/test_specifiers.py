"""Our own reading of plain specifiers is that of `packaging`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some
from packaging.specifiers import SpecifierSet

from kerlint.knowledge.releases import known
from kerlint.project import specifiers
from kerlint.project.specifiers import admits, valid

VERSIONS = some.lists(some.integers(0, 3), min_size=1, max_size=4).map(
    lambda numbers: ".".join(map(str, numbers))
)
PLAIN = some.one_of(
    some.tuples(some.sampled_from(["==", "!=", ">=", "<=", ">", "<"]), VERSIONS).map("".join),
    some.tuples(some.sampled_from(["==", "!="]), VERSIONS, some.just(".*")).map("".join),
    VERSIONS.filter(lambda version: "." in version).map(lambda version: f"~={version}"),
)
OTHER = some.sampled_from([">=2.0rc1", "==1.*", "===2.1", "<3.0.post1", "==2.1+cu1", ">=1!2"])
CLAUSES = some.lists(some.one_of(PLAIN, OTHER), max_size=3).map(", ".join)


OTHERS = some.tuples(VERSIONS, some.sampled_from(["a1", "b2", "rc0", "rc1", ".post1"])).map("".join)


@given(CLAUSES, some.one_of(VERSIONS, OTHERS))
def test_as_packaging_says(clauses: str, version: str) -> None:
    assert admits(clauses, version) == SpecifierSet(clauses).contains(version, prereleases=True)


@pytest.mark.parametrize(
    "specifier", [">=2.15,<2.17", "==2.2.4", "~=2.15.0", "==2.*", "!=2.16.0", "", ">=2.7.0rc0"]
)
def test_on_all_releases(specifier: str) -> None:
    for version in (*known("tensorflow"), "2.17.0rc1"):
        expected = SpecifierSet(specifier).contains(version, prereleases=True)
        assert admits(specifier, version) == expected, version


def test_plain_ones_do_without_packaging(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(specifiers, "_set", None)
    assert admits(">=2.15, <2.17", "2.16.1")
    assert not admits("==2.15.*", "2.16.1")
    with pytest.raises(TypeError):
        admits(">=2.15rc1", "2.16.1")
    for axis in ("keras", "tensorflow"):
        assert any(admits("==2.15.*", one) for one in known(axis))


@pytest.mark.parametrize("text", ["2.0", "=2.0", ">2.*", "~=2", "==", ">= two"])
def test_what_is_none(text: str) -> None:
    assert not valid(text)


@pytest.mark.parametrize("text", ["", ">=2", "==2.*", "===2.x", ">=2.0rc1"])
def test_what_is_one(text: str) -> None:
    assert valid(text)
