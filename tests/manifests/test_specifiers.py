"""Specifiers of Poetry, Pipenv and conda as PEP 440 has them."""

from __future__ import annotations

import pytest

from kerlint.manifests.specifiers import of_conda, of_pipfile, of_poetry


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("^1.2.3", ">=1.2.3,<2.0.0"),
        ("^0.2.3", ">=0.2.3,<0.3.0"),
        ("^0.0.3", ">=0.0.3,<0.0.4"),
        ("^0.0", ">=0.0,<0.1"),
        ("^0", ">=0,<1"),
        ("^1.2rc1", ">=1.2rc1,<2.0"),
        ("~1.2.3", ">=1.2.3,<1.3.0"),
        ("~1", ">=1,<2"),
        ("~=1.2", "~=1.2"),
        ("1.2.*", "==1.2.*"),
        ("1.2", "==1.2"),
        ("*", ""),
        (">= 1 <2", ">=1,<2"),
        ("^1.2 || ^2.0", ">=1.2,<3.0"),
        ("~2.7 || ^3.5", None),
        ("~2.7 || ~2.9", ">=2.7,<2.10,!=2.8.*"),
        ("1.2 || 1.5", None),
        ("latest", None),
    ],
)
def test_poetry(written: str, meant: str | None) -> None:
    assert of_poetry(written) == meant


def test_poetry_of_pythons() -> None:
    """There is nothing between 2.7 and 3.0."""
    meant = ">=2.7,<4.0,!=3.0.*,!=3.1.*,!=3.2.*,!=3.3.*,!=3.4.*"
    assert of_poetry("~2.7 || ^3.5", python=True) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("=1.2", "==1.2.*"),
        ("==1.2", "==1.2"),
        ("1.2", "==1.2"),
        ("1.2*", "==1.2.*"),
        (">=1,<2", ">=1,<2"),
        (">=1.2.*", ">=1.2"),
        ("1.2|1.3", None),
        ("<2|>=2,<3", "<3"),
        ("2022_1", None),
    ],
)
def test_conda(written: str, meant: str | None) -> None:
    assert of_conda(written) == meant


def test_a_build_makes_a_conda_version_exact() -> None:
    assert of_conda("=1.2", build=True) == "==1.2"


def test_pipfile() -> None:
    assert [of_pipfile(one) for one in ("*", "== 1.2", "~=1.2", "any")] == [
        "",
        "==1.2",
        "~=1.2",
        None,
    ]
