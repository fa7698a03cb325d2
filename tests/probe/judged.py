"""What is left of all findings over an environment, and distributions that many have."""

from __future__ import annotations

from typing import Any

from kerlint.probe.finding import Finding
from kerlint.probe.judging import judge
from kerlint.probe.observations import Observations
from tests.probe.scenes import asked, dist

KERAS3 = dist("keras", "3.15.1", "numpy")
NUMPY2 = dist("numpy", "2.2.6")
PROTOBUF6 = dist("protobuf", "6.33.0", top_level=["google"])
H5PY = dist("h5py", "3.14.0")


def judged(what: Observations, **wishes: Any) -> list[Finding]:
    return [one for one in judge(what, asked(what, **wishes)) if one.severity != "info"]


def only(what: Observations, **wishes: Any) -> Finding:
    found = judged(what, **wishes)
    assert len(found) == 1, found
    return found[0]


def says(one: Finding) -> str:
    return "\n".join(f"{line.text} {line.where}" for line in one.evidence)
