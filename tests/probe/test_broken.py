"""Real environments, broken in known ways: one finding, the root, with what it led to as evidence.

What was seen is kept under `fixtures/observations/broken`, trimmed of what no check asks for. It
was TensorFlow 2.21 with Keras 3.15, JAX and PyTorch in each, before it was broken.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kerlint.probe.exchange import observations
from kerlint.probe.judging import judge
from kerlint.probe.wishes import asked_of_environment

FOLDER = Path(__file__).parents[2] / "fixtures" / "observations" / "broken"
PIP = "/env/bin/python -m pip"

KNOWN = {
    "a-file-of-keras-is-gone": (
        "KER612",
        "error",
        "KER624",
        [f"{PIP} install --force-reinstall --no-deps keras==3.15.1"],
    ),
    "keras-2-beside-tensorflow-2.21": (
        "KER611",
        "error",
        "KER621",
        [f"{PIP} install 'keras>=3.12.0'"],
    ),
    "keras-and-keras-nightly": (
        "KER616",
        "warning",
        "KER613",
        [f"{PIP} uninstall -y keras-nightly keras", f"{PIP} install keras==3.15.1"],
    ),
    "keras-nightly-removed": (
        "KER612",
        "error",
        "KER624",
        [f"{PIP} install --force-reinstall --no-deps keras==3.15.1"],
    ),
    "legacy-switch-without-tf-keras": (
        "KER622",
        "error",
        "",
        [f"{PIP} install --no-deps 'tf-keras==2.21.*'"],
    ),
    "optree-is-missing": ("KER611", "error", "KER624", [f"{PIP} install optree"]),
    "protobuf-5-below-tensorflow-2.21": (
        "KER611",
        "error",
        "KER651",
        [f"{PIP} install 'protobuf>=6.31.1,<8.0.0'"],
    ),
    "tf-keras-2.15-beside-tensorflow-2.21": (
        "KER623",
        "error",
        "AttributeError",
        [f"{PIP} install --no-deps 'tf-keras==2.21.*'"],
    ),
}


@pytest.mark.parametrize("name", KNOWN)
def test_one_root_and_its_cure(name: str) -> None:
    code, severity, follower, commands = KNOWN[name]
    seen = observations(json.loads((FOLDER / f"{name}.json").read_text(encoding="ascii")))
    found = [one for one in judge(seen, asked_of_environment(seen)) if one.severity != "info"]
    assert [(one.code, one.severity) for one in found] == [(code, severity)]
    assert list(found[0].commands) == commands
    assert any(line.text.startswith(follower) for line in found[0].evidence)


def test_each_of_them_is_known() -> None:
    assert {file.stem for file in FOLDER.glob("*.json")} == KNOWN.keys()
