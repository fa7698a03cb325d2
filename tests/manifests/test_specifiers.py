"""Poetry's constraints as PEP 440 writes them."""

from __future__ import annotations

import pytest
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from kerlint.manifests.specifiers import NotOne, poetry


@pytest.mark.parametrize(
    ("text", "specifiers"),
    [
        ("^2.15", [">=2.15,<3.0"]),
        ("^2", [">=2,<3.0"]),
        ("^0.2.3", [">=0.2.3,<0.3.0"]),
        ("^0.0.3", [">=0.0.3,<0.0.4"]),
        ("^0", [">=0,<1.0"]),
        ("^0.0", [">=0.0,<0.1"]),
        ("^1.2a1", [">=1.2a1,<2.0"]),
        ("^1!2.3", [">=1!2.3,<1!3.0"]),
        ("~2", [">=2,<3.0"]),
        ("~2.15", [">=2.15,<2.16"]),
        ("~2.15.1", [">=2.15.1,<2.16.0"]),
        ("2.15", ["==2.15"]),
        ("v2.15", ["==2.15"]),
        ("=2.15", ["==2.15"]),
        ("2.*", ["==2.*"]),
        ("!=2.5.*", ["!=2.5.*"]),
        (">=3.6.*", [">=3.6"]),
        ("*", [""]),
        (">= 2.0 , < 3.0", [">=2.0,<3.0"]),
        (">=2 <3", [">=2,<3"]),
        (">=2,", [">=2"]),
        ("~=2.1", ["~=2.1"]),
        ("^2.15 ,!=2.16", [">=2.15,<3.0,!=2.16"]),
        ("2.15.0+cu121", ["==2.15.0+cu121"]),
        ("<1 || >=2", ["<1", ">=2"]),
        ("^1.0|^2.0", [">=1.0,<2.0", ">=2.0,<3.0"]),
    ],
)
def test_poetry(text: str, specifiers: list[str]) -> None:
    assert list(poetry(text)) == specifiers
    for one in specifiers:
        SpecifierSet(one)


@pytest.mark.parametrize("text", ["", "abc", "^", "1.0 - 2.0", "^2.x.y", "latest", ">=2 ||"])
def test_what_poetry_refuses(text: str) -> None:
    with pytest.raises(NotOne):
        poetry(text)


def test_bounds_keep_the_version_itself() -> None:
    for number in ("0.0.1", "0.3", "1.2.3", "2.15.0.post1"):
        for sign in "^~":
            assert Version(number) in SpecifierSet(poetry(sign + number)[0])
