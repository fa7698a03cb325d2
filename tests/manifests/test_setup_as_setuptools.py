"""setup.py and setup.cfg say what setuptools says; `tools/manifests/ask_setuptools.py` ran them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

from kerlint.manifests.formats import read
from kerlint.manifests.model import Manifest

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "manifests"
ANSWERS: dict[str, Any] = json.loads((FIXTURES / "setuptools.json").read_text("utf-8"))
CASES = sorted(set(ANSWERS) - {"setuptools"})
NOT_TOLD = {"setup-cfg/percent": "a value that setuptools interpolates; it is no requirement"}


def required(manifest: Manifest, folder: Path) -> set[tuple[str, str, str]]:
    """Origin, name and specifier of what is certain, with the files that are named."""
    found = {
        (one.origin, one.name, str(Requirement(f"x{one.specifier}").specifier))
        for one in manifest.requirements
        if one.known and one.origin not in ("build", "group tests")
    }
    for include in manifest.includes:
        inner = read(include.path, (folder / include.path).read_bytes(), "requirements")
        found |= {
            (include.origin, name, specifier) for _, name, specifier in required(inner, folder)
        }
    return found


@pytest.mark.parametrize("case", CASES)
def test_it_says_what_setuptools_says(case: str) -> None:
    folder = FIXTURES / case
    file = "setup.py" if case.startswith("setup-py") else "setup.cfg"
    manifest = read(file, (folder / file).read_bytes())
    answer = ANSWERS[case]
    if "error" in answer:
        assert manifest.problems or case in NOT_TOLD
        return
    meant = set()
    for text in answer["install_requires"]:
        one = Requirement(text)
        meant.add(("", one.name, str(one.specifier)))
    for key, texts in answer["extras_require"].items():
        extra = key.partition(":")[0]
        for one in map(Requirement, texts):
            meant.add((f"extra {extra}" if extra else "", one.name, str(one.specifier)))
    found = required(manifest, folder)
    assert found <= meant
    assert found == meant or manifest.unread or any(not one.known for one in manifest.requirements)
    assert not manifest.problems
