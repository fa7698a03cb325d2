"""KER601 to KER604: the interpreter itself."""

from __future__ import annotations

import pytest

from kerlint.probe.observations import Observations, PthLine, Site, Start
from kerlint.probe.trial_observations import Trial
from tests.probe.scenes import SITE, dist, seen
from tests.rules.environment.judged import finding, findings

WELL = Start("without-site", returncode=0, answered=True)


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (Start("without-site", error="No such file or directory"), "No such file"),
        (Start("without-site", returncode=1, stderr="No module named 'encodings'"), "exit code 1"),
        (Start("without-site", signal=11), "signal 11"),
        (Start("without-site", timed_out=True, seconds=10.0), "within 10 s"),
        (Start("without-site", returncode=0), "without an answer"),
    ],
)
def test_an_interpreter_that_never_answers(start: Start, words: str) -> None:
    found = finding("KER601", Observations(argument="/env", starts=[start]))
    assert words in found.message
    assert found.path == "/env"


def test_an_interpreter_that_answers_in_one_way_at_least_is_runnable() -> None:
    assert not findings("KER601", Observations(starts=[WELL, Start("isolated", returncode=1)]))
    assert not findings("KER601", Observations())


def test_the_file_that_breaks_every_start_is_named() -> None:
    crash = Start("isolated", returncode=1, stderr="SystemExit in usercustomize")
    what = seen(starts=[WELL, crash])
    what.site.sitecustomize = f"{SITE}/sitecustomize.py"
    what.site.usercustomize = "/home/me/.local/usercustomize.py"
    found = finding("KER602", what)
    assert found.path == "/home/me/.local/usercustomize.py"
    assert found.commands == (
        "mv /home/me/.local/usercustomize.py /home/me/.local/usercustomize.py.off",
    )


def test_a_pth_line_that_breaks_every_start_is_named() -> None:
    what = seen(starts=[WELL, Start("isolated", signal=6)])
    what.pth = [PthLine(f"{SITE}/a.pth", 2, "import os; os.abort()", "raises")]
    assert "line 2" in finding("KER602", what).message


def test_a_start_without_a_culprit_is_told_all_the_same() -> None:
    found = finding("KER602", seen(starts=[WELL, Start("ordinary", timed_out=True, seconds=5.0)]))
    assert found.confidence == "likely"
    assert not found.commands


def test_when_all_starts_answer_nothing_is_said() -> None:
    assert not findings("KER602", seen(starts=[WELL, Start("ordinary", 0, answered=True)]))


def test_a_pth_line_has_its_place() -> None:
    what = seen(pth=[PthLine(f"{SITE}/mine.pth", 3, "/gone", "points-nowhere")])
    found = finding("KER603", what)
    assert (found.path, found.span.start.line) == (f"{SITE}/mine.pth", 3)
    assert found.severity == "warning"
    assert found.commands == (f"mv {SITE}/mine.pth {SITE}/mine.pth.off",)
    what.distributions.append(dist("mine", "1.0", editable="file:///gone"))
    assert finding("KER603", what).commands == ("/env/bin/python -m pip uninstall -y mine",)


def test_what_excludes_this_python() -> None:
    what = seen(dist("keras", "3.15.1", requires_python=">=3.12"))
    found = finding("KER604", what)
    assert "keras 3.15.1 requires Python >=3.12" in found.message
    assert found.commands == ("/env/bin/python -m pip install 'keras!=3.15.1'",)
    what.distributions.append(dist("tensorflow", "2.21.0", "keras>=3", requires_python=">=3.12"))
    found = finding("KER604", what)
    assert "1 more" in found.message
    assert "'keras>=3,!=3.15.1' 'tensorflow!=2.21.0'" in found.commands[0]


def test_other_packages_may_exclude_what_they_like() -> None:
    assert not findings("KER604", seen(dist("flask", "3", requires_python=">=3.12")))
    assert not findings("KER604", seen(dist("keras", "3", requires_python=">=3.9,<3.12")))
    assert not findings("KER604", seen(dist("keras", "3", requires_python="nonsense")))


def test_a_pth_file_that_runs_code_is_suspected() -> None:
    what = seen(starts=[WELL, Start("ordinary", returncode=7)])
    what.site.pth_code = [
        PthLine(f"{SITE}/distutils-precedence.pth", 1, "import os; var = 'SETUPTOOLS'"),
        PthLine(f"{SITE}/plugin.pth", 1, "import plugin"),
    ]
    found = finding("KER602", what)
    assert found.path == f"{SITE}/plugin.pth"
    assert found.confidence == "likely"
    assert found.commands == (f"mv {SITE}/plugin.pth {SITE}/plugin.pth.off",)
    what.site.pth_code.append(PthLine(f"{SITE}/other.pth", 2, "import other"))
    found = finding("KER602", what)
    assert not found.commands
    assert {one.text for one in found.evidence} >= {"import plugin", "import other"}


def test_the_lines_of_one_pth_file_are_one_finding() -> None:
    lines = [PthLine(f"{SITE}/mine.pth", number, "/gone", "points-nowhere") for number in (2, 3, 4)]
    found = finding("KER603", seen(pth=lines))
    assert found.message.startswith(
        "line 2 of mine.pth leads to a folder that is not there; 2 more"
    )
    assert len(found.evidence) == 3


def test_a_pth_file_that_cannot_be_read_has_no_line() -> None:
    found = finding("KER603", seen(pth=[PthLine(f"{SITE}/mine.pth", 0, "", "unreadable", "no")]))
    assert found.message == "mine.pth cannot be read"


def test_a_pth_file_that_no_python_can_read_ends_every_start() -> None:
    what = seen(starts=[WELL, Start("ordinary", returncode=1, stderr="UnicodeDecodeError: ...")])
    what.pth = [PthLine(f"{SITE}/a.pth", 0, "", "unreadable", "can't decode byte 0xff")]
    found = finding("KER602", what)
    assert found.message.startswith(f"every start of this Python fails in {SITE}/a.pth: it ended")


def endless(mode: str) -> Start:
    return Start(mode, None, timed_out=True, answered=True, seconds=12.0)


def test_starts_that_never_end() -> None:
    what = seen(
        starts=[WELL, endless("isolated"), endless("ordinary")],
        site=Site([SITE], sitecustomize=f"{SITE}/sitecustomize.py"),
        trials=[
            Trial("tensorflow", "", "timed-out", last_step="saved", seconds=60),
            Trial("keras", "tensorflow", "failed", 1, error="ImportError: x", last_step="found"),
        ],
    )
    found = finding("KER602", what)
    assert "no start of this Python comes to its end, by sitecustomize" in found.message
    assert found.commands == (f"mv {SITE}/sitecustomize.py {SITE}/sitecustomize.py.off",)
    assert found.causes == ("run tensorflow",)


def test_a_machine_that_is_slow_is_no_start_without_end() -> None:
    assert not findings("KER602", seen(starts=[endless("without-site"), endless("ordinary")]))
    isolated = Start("isolated", 0, answered=True)
    assert not findings("KER602", seen(starts=[WELL, isolated, endless("ordinary")]))
