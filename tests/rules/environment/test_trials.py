"""KER655 and KER656: what a framework leaves behind, and what it writes."""

from __future__ import annotations

import pytest

from kerlint.probe.judging import judge
from kerlint.probe.outcome import Examination
from kerlint.probe.subjects import subjects
from kerlint.probe.trial_observations import Trial
from tests.probe.scenes import asked, dist, seen
from tests.rules.environment.judged import finding, findings


@pytest.mark.parametrize(("size", "fires"), [(999_999, False), (1_000_000, True)])
def test_how_much_is_too_much(size: int, fires: bool) -> None:
    trial = Trial(subject="tensorflow", ended="well", output="a\nb\nb\n", output_bytes=size)
    assert bool(findings("KER656", seen(trials=[trial]))) is fires


def test_the_line_that_is_repeated_is_shown() -> None:
    trial = Trial(subject="jax", ended="well", output="a\nb\n\n\nb\n", output_bytes=5_000_000)
    found = finding("KER656", seen(trials=[trial]))
    assert found.evidence[0].text == "b"
    assert "5 MB" in found.message
    assert found.commands == ()


def test_a_variable_that_asks_for_details_is_named() -> None:
    trial = Trial(subject="tensorflow", ended="well", output_bytes=5_000_000)
    what = seen(trials=[trial], environment={"TF_CPP_MAX_VLOG_LEVEL": "3"})
    found = finding("KER656", what)
    assert found.commands == ("unset TF_CPP_MAX_VLOG_LEVEL",)


def test_keras_floods_because_its_backend_does() -> None:
    trials = [
        Trial(subject="tensorflow", ended="well", output_bytes=5_000_000, left_behind=True),
        Trial(
            subject="keras",
            backend="tensorflow",
            ended="well",
            output_bytes=5_000_000,
            left_behind=True,
        ),
    ]
    what = seen(dist("keras", "3.15.1"), trials=trials)
    found = [one for one in judge(what, asked(what)) if one.code in ("KER655", "KER656")]
    assert [one.code for one in found] == ["KER655", "KER656"]
    (line,) = [one for one in subjects(Examination(what, found)) if one.title == "TensorFlow"]
    assert list(line.findings) == found


def test_a_quiet_one_is_silent() -> None:
    trial = Trial(subject="torch", ended="well", output_bytes=100)
    assert not findings("KER655", seen(trials=[trial]))
