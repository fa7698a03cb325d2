"""Observations survive the way through JSON, and what is none is refused in words."""

from __future__ import annotations

import json

import pytest

from kerlint.failures import Failure
from kerlint.probe.exchange import observations, plain
from kerlint.probe.observations import Distribution, Observations, Record, Start


def test_there_and_back() -> None:
    seen = Observations(
        collected="2026-11-21T12:00:00+00:00",
        starts=[Start(mode="isolated", returncode=0, seconds=0.5)],
        distributions=[Distribution(name="keras", record=Record(True, 3, 1, ["keras/a.py"]))],
        environment={"KERAS_BACKEND": "jax"},
    )
    assert observations(json.loads(json.dumps(plain(seen)))) == seen


def test_what_was_not_seen_keeps_its_default() -> None:
    assert observations({"schema": 1}) == Observations()
    assert plain(Observations()) == {"schema": 1}


def test_unknown_keys_are_passed_over() -> None:
    assert observations({"schema": 1, "news": 1, "site": {"later": 2}}) == Observations()


@pytest.mark.parametrize(
    ("data", "word"),
    [
        ([], "schema"),
        ({}, "schema"),
        ({"schema": 99}, "update kerlint"),
        ({"schema": 1, "path": {}}, "observations.path"),
        ({"schema": 1, "starts": [{"seconds": "long"}]}, r"starts\[0\].seconds"),
        ({"schema": 1, "environment": {"A": 1}}, "environment.A"),
    ],
)
def test_what_is_no_observation_is_refused(data: object, word: str) -> None:
    with pytest.raises(Failure, match=word):
        observations(data)
