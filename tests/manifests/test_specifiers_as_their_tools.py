"""Specifiers admit what Poetry and conda admit; `tools/manifests/ask_specifiers.py` asked them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from packaging.specifiers import SpecifierSet

from kerlint.manifests.match_spec import match_spec
from kerlint.manifests.specifiers import of_poetry

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "manifests"
ASKED: dict[str, Any] = json.loads((FIXTURES / "specifiers.json").read_text("utf-8"))

NOT_SAID = {
    "1.2 || 1.3",
    ">=1.2,<2 || >=3",
    "2.7.* || >=3.4",
    "~2.7 || ^3.5",
    "^3.5 || <2",
    "a=1.2|2.0",
}
"""Alternatives with something between them: PEP 440 has no word for them."""


def admitted(specifier: str) -> list[str]:
    return [one for one in ASKED["versions"] if one in SpecifierSet(specifier)]


@pytest.mark.parametrize("written", ASKED["poetry"])
def test_poetry(written: str) -> None:
    specifier = of_poetry(written)
    if written in NOT_SAID:
        assert specifier is None
    else:
        assert (None if specifier is None else admitted(specifier)) == ASKED["poetry"][written]


@pytest.mark.parametrize("written", ASKED["conda"])
def test_conda(written: str) -> None:
    spec = match_spec(written)
    specifier = spec.specifier if spec else None
    if written in NOT_SAID:
        assert spec is not None
        assert specifier is None
    else:
        assert (None if specifier is None else admitted(specifier)) == ASKED["conda"][written]
