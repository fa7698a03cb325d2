"""The order of what is found, and what is said when checks fail or are not in force."""

from __future__ import annotations

import pytest

from kerlint.probe.judging import ORDER, judge
from kerlint.probe.observations import Observations, Record, Start
from kerlint.probe.trial_observations import Trial
from kerlint.rules import all_rules
from tests.probe.judged import H5PY, KERAS3, NUMPY2, PROTOBUF6, judged, only
from tests.probe.scenes import SITE, TENSORFLOW_2_21, asked, dist, failed, seen


def test_every_rule_of_the_probe_has_its_place_in_the_order() -> None:
    codes = {rule.code for rule in all_rules() if rule.code[:4] in ("KER6", "KER7")}
    assert codes <= {*ORDER}
    assert len(ORDER) == len({*ORDER})


def test_a_sound_environment_is_silent() -> None:
    tensorflow = dist("tensorflow", "2.21.0", *TENSORFLOW_2_21)
    what = seen(tensorflow, KERAS3, NUMPY2, PROTOBUF6, H5PY)
    what.trials = [Trial(subject="tensorflow", ended="well")]
    assert judged(what) == []


def test_an_interpreter_that_does_not_run_leaves_nothing_else_to_say() -> None:
    what = Observations(
        argument="/env",
        starts=[Start("without-site", error="No such file or directory")],
        environment={"KERAS_BACKEND": "theano"},
        trials=[failed("keras", "never")],
    )
    assert only(what).code == "KER601"


def test_what_is_not_selected_explains_nothing() -> None:
    record = Record(True, 1200, 1, ["keras/src/layers/__init__.py"])
    what = seen(dist("keras", "3.15.1", record=record))
    what.trials = [failed("keras", "ImportError: cannot import name 'layers'")]
    found = judge(what, asked(what), frozenset({"KER624"}))
    assert [one.code for one in found] == ["KER624"]


def test_the_gravest_comes_first() -> None:
    record = Record(True, 1200, 1, ["keras/src/layers/__init__.py"])
    what = seen(
        dist("keras", "3.15.1", record=record),
        dist("tensorflow", "2.21.0"),
        leftovers=[f"{SITE}/~ensorboard"],
        environment={"KERAS_BACKEND": "torch"},
    )
    codes = [one.code for one in judge(what, asked(what))]
    assert codes[:2] == ["KER612", "KER631"]
    assert codes[2:] == ["KER618", "KER632"]


def test_a_check_that_fails_is_said_not_to_have_been_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(self: object, what: object, wishes: object) -> object:
        raise ValueError("no")

    rule = next(one for one in all_rules() if one.code == "KER612")
    monkeypatch.setattr(type(rule), "check_environment", fails)
    what = seen(dist("keras", "3.15.1", requires_python=">=3.12"), dist("tensorflow", "2.21.0"))
    assert [one.code for one in judged(what)] == ["KER604"]
    assert [(one.what, one.why) for one in what.not_checked] == [
        ("KER612 files-missing", "the check failed: ValueError: no")
    ]
