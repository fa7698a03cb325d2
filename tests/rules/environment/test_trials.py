"""What a framework leaves behind, what it writes, and what it says before it crashes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kerlint.probe.judging import judge
from kerlint.probe.observations import Observations, Site, Start
from kerlint.probe.outcome import Examination
from kerlint.probe.process import Ended
from kerlint.probe.subjects import subjects
from kerlint.probe.trial_observations import Trial
from kerlint.probe.trials.choosing import Subject
from kerlint.probe.trials.reading import trial_of
from tests.probe.scenes import SITE, asked, dist, seen
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


def starting(**more: Any) -> Observations:
    """A Python whose every ordinary start does something beside."""
    starts = [
        Start(mode="without-site", returncode=0, answered=True),
        Start(mode="ordinary", returncode=0, answered=True, **more),
    ]
    return seen(starts=starts, site=Site([SITE], sitecustomize=f"{SITE}/sitecustomize.py"))


def test_a_start_that_buries_everything_under_its_output() -> None:
    found = finding("KER656", starting(output_bytes=50_000_000, stderr="x\nx\n"))
    assert "writes 50 MB, in sitecustomize" in found.message
    assert found.commands == (f"mv {SITE}/sitecustomize.py {SITE}/sitecustomize.py.off",)
    assert not findings("KER656", starting(output_bytes=200))


def test_a_start_that_leaves_a_process_behind() -> None:
    found = finding("KER655", starting(left_behind=True))
    assert "by sitecustomize" in found.message
    assert not findings("KER655", starting())


def test_frameworks_do_what_every_start_does() -> None:
    what = starting(output_bytes=50_000_000, left_behind=True)
    what.trials = [Trial(subject="jax", ended="well", output_bytes=50_000_000, left_behind=True)]
    found = [one for one in judge(what, asked(what)) if one.code in ("KER655", "KER656")]
    assert [(one.code, one.subject) for one in found] == [
        ("KER655", "start left"),
        ("KER656", "start flood"),
    ]
    lines = subjects(Examination(what, found))
    assert [line.title for line in lines if line.findings] == ["Python"]


STACKS = "Fatal Python error: Aborted\n\nCurrent thread 0x1 (most recent call first):\n" + (
    '  File "<frozen importlib._bootstrap>", line 241 in _call_with_frames_removed\n' * 300
)


def test_what_it_said_before_it_crashed_is_kept_and_explained() -> None:
    output = (
        ": CommandLine Error: Option 'bitcode-mdindex-threshold' registered more than once!\n"
        f"LLVM ERROR: inconsistency in registered CommandLine options\n{STACKS}"
    )
    trial = trial_of(Subject("tensorflow"), Ended(signal=6, output=output), Path("nowhere"), "")
    found = finding("KER652", seen(trials=[trial]))
    assert "triton" in found.help
    assert "registered more than once" in found.evidence[-1].text


def test_the_last_line_before_the_stacks_is_shown() -> None:
    trial = trial_of(
        Subject("jax"), Ended(signal=6, output=f"a\nout of luck\n{STACKS}"), Path("nowhere"), ""
    )
    found = finding("KER652", seen(trials=[trial]))
    assert found.evidence[-1].text == "out of luck"
    assert "faulthandler" in found.help
