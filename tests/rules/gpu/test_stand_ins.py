"""What the rules say of stand-ins for the driver, which answer on order."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kerlint.probe.exchange import observations
from tests.rules.gpu.machines import judged

STAND_INS = {
    "absent-device-named": "KER709",
    "compat-package": "KER702",
    "crash-in-cuinit": "KER704",
    "driver-mismatch": "KER707",
    "driver-too-old": "KER706",
    "fabric-manager": "KER702",
    "hang-in-cuinit": "KER703",
    "hidden-device": "KER711",
    "mig-without-instances": "KER710",
    "no-device": "KER701",
    "stub-library": "KER705",
    "unknown-error": "KER702",
    "mig-with-instances": "",
    "sound": "",
    "two-devices": "",
}
"""What stand-ins for the driver answer: the reading and the wording are tried, no computing."""


@pytest.mark.parametrize("name", STAND_INS)
def test_what_stand_ins_for_the_driver_say(name: str) -> None:
    file = Path(__file__).parents[3] / "fixtures" / "observations" / "standins" / f"{name}.json"
    what = observations(json.loads(file.read_text(encoding="utf-8")))
    expected = [(STAND_INS[name], "error")] if STAND_INS[name] else []
    assert judged(what) == expected
