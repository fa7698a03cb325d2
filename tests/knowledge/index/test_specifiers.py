"""Bisection by own keys gives what `packaging` gives."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from kerlint.knowledge import index as knowledge
from kerlint.knowledge.index import specifiers, synthetic, versions
from kerlint.knowledge.index.codes import (
    column_of,
    mask_of,
    ranges_of,
    sets_of,
    text_of,
    text_of_sets,
)

NUMBERS = st.lists(st.integers(0, 3), min_size=1, max_size=4).map(
    lambda parts: ".".join(map(str, parts))
)
SUFFIXES = st.sampled_from(
    [
        "",
        "",
        "",
        "",
        "a1",
        "b2",
        "rc0",
        "rc1",
        ".post1",
        ".dev0",
        ".dev3",
        "rc1.dev2",
        ".post1.dev0",
    ]
)
VERSIONS = st.builds(
    lambda epoch, n, s: epoch + n + s, st.sampled_from(["", "", "1!"]), NUMBERS, SUFFIXES
)
CLAUSES = st.one_of(
    st.builds(
        lambda operator, version: operator + version,
        st.sampled_from(["==", "!=", "<=", ">=", "<", ">"]),
        VERSIONS,
    ),
    st.builds(
        lambda numbers, suffix: f"~={numbers}{suffix}", NUMBERS.filter(lambda n: "." in n), SUFFIXES
    ),
    st.builds(lambda o, v: f"{o}{v}.*", st.sampled_from(["==", "!="]), NUMBERS),
)
SPECIFIERS = st.lists(CLAUSES, min_size=0, max_size=3).map(",".join)


@given(VERSIONS, VERSIONS)
def test_order(first: str, second: str) -> None:
    one, other = versions.parse(first), versions.parse(second)
    assert one is not None
    assert other is not None
    assert (one[0] < other[0]) == (Version(first) < Version(second))
    assert (one[0] == other[0]) == (Version(first) == Version(second))
    assert versions.is_prerelease(first) == Version(first).is_prerelease


@example(">0rc1.dev2", ["0rc1", "0rc1.post1", "0rc1.dev1"])
@example(">0rc1", ["0rc1", "0rc1.post1", "0"])
@given(SPECIFIERS, st.lists(VERSIONS, min_size=1, max_size=8))
def test_masks(text: str, found: list[str]) -> None:
    specifier = SpecifierSet(text)
    axis = tuple(map(str, sorted({Version(version) for version in found})))
    expected = [specifier.contains(version, prereleases=True) for version in axis]
    mask = specifiers.mask_of(text, specifiers.Ordered(axis))
    assert [bool(mask >> (i + 1) & 1) for i in range(len(axis))] == expected
    assert mask & 1 == 0


@pytest.mark.parametrize("text", ["2.0", ">=two", "~=2", ">=2.*", "== 1 2", "=>3"])
def test_nonsense(text: str) -> None:
    with pytest.raises(specifiers.Invalid):
        specifiers.mask_of(text, specifiers.Ordered(("1.0",)))


def test_local_parts_are_not_compared() -> None:
    ordered = specifiers.Ordered(("2.1.0", "2.2.0"))
    assert specifiers.mask_of("==2.1.0+cu121", ordered) == 0b10
    assert specifiers.mask_of("===2.1.0", ordered) == 0b10


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (">=2.7.0rc0,<2.8", True),
        (">=2.7", False),
        ("<5.0.0dev", True),
        ("!=5.0.0rc1", False),
        ("==2.6.0.dev3", True),
        ("==2.*", False),
    ],
)
def test_speaks_of_a_prerelease(text: str, expected: bool) -> None:
    assert specifiers.names_prerelease(text) is expected


def test_what_is_precomputed_is_what_would_be_computed() -> None:
    """Every specifier of every published requirement."""
    index = knowledge.load()
    seen = 0
    for line in index._specifiers:
        name, text, ranges = line.split("\t")
        package = index.package(name)
        assert package is not None
        assert mask_of(ranges) == specifiers.mask_of(text, specifiers.Ordered(package.versions))
        seen += 1
    assert seen > 100


@given(
    st.lists(CLAUSES, min_size=1, max_size=6),
    NUMBERS,
)
def test_synthetic_versions_leave_out_no_way(clauses: list[str], version: str) -> None:
    """Where a version fits all requirements, one of the points fits them, too."""
    texts = [text for text in clauses if SpecifierSet(text).contains(version)]
    axis = synthetic.points(texts)
    assert list(axis) == sorted(axis, key=Version)
    fitting = (2 << len(axis)) - 2
    for text in texts:
        fitting &= specifiers.mask_of(text, specifiers.Ordered(axis))
    assert fitting, (axis, version)


def test_columns_and_ranges() -> None:
    assert text_of(["4", "4", "7"]) == "4*2 7"
    assert column_of("4*2 7") == ["4", "4", "7"]
    assert column_of("") == []
    assert text_of_sets(["4", "4", "7", "4"]) == "4=16 7=8"
    assert sets_of("4=16 7=8") == [("4", 0b10110), ("7", 0b1000)]
    assert sets_of("") == []
    assert ranges_of(0b111010) == "0,2-4"
    assert mask_of("0,2-4") == 0b111010
    with pytest.raises(ValueError, match="bit 0"):
        ranges_of(1)


@given(st.sets(st.integers(0, 80)))
def test_ranges_both_ways(numbers: set[int]) -> None:
    mask = sum(2 << number for number in numbers)
    assert mask_of(ranges_of(mask)) == mask
