"""The cases of PubGrub's own documentation, and what every resolver has to get right."""

from __future__ import annotations

from kerlint.solving import Conflict, Solution, Undecided, solve, solve_range
from kerlint.solving.attempt import attempt
from kerlint.solving.requirements import lines_of
from kerlint.solving.run import World

from .world import LINUX, Index, lines


def answer(index, text, constraints="", python="3.11"):
    return solve(lines(text), lines(constraints) if constraints else (), python, LINUX, index)


def pins(index, text, constraints="", python="3.11"):
    found = answer(index, text, constraints, python)
    assert isinstance(found, Solution), found
    return found.pins


def told(conflict):
    assert isinstance(conflict, Conflict), conflict
    return [one.text for one in conflict.lines], [fact.sentence for fact in conflict.facts]


def test_no_conflicts():
    index = Index({"foo 1.0.0": ["bar>=1.0.0,<2"], "bar 1.0.0": [], "bar 2.0.0": []})
    assert pins(index, "foo>=1.0.0,<2") == {"foo": "1.0.0", "bar": "1.0.0"}


def test_avoiding_conflict_during_decision_making():
    index = Index(
        {
            "foo 1.0.0": [],
            "foo 1.1.0": ["bar>=2,<3"],
            "bar 1.0.0": [],
            "bar 1.1.0": [],
            "bar 2.0.0": [],
        }
    )
    assert pins(index, "foo>=1,<2\nbar>=1,<2") == {"foo": "1.0.0", "bar": "1.1.0"}


def test_performing_conflict_resolution():
    index = Index({"foo 1.0.0": [], "foo 2.0.0": ["bar>=1,<2"], "bar 1.0.0": ["foo>=1,<2"]})
    assert pins(index, "foo>=1") == {"foo": "1.0.0"}


def test_conflict_resolution_with_a_partial_satisfier():
    index = Index(
        {
            "foo 1.0.0": [],
            "foo 1.1.0": ["left>=1,<2", "right>=1,<2"],
            "left 1.0.0": ["shared>=1"],
            "right 1.0.0": ["shared<2"],
            "shared 1.0.0": ["target>=1,<2"],
            "shared 2.0.0": [],
            "target 1.0.0": [],
            "target 2.0.0": [],
        }
    )
    assert pins(index, "foo>=1,<2\ntarget>=2,<3") == {"foo": "1.0.0", "target": "2.0.0"}


def test_linear_error_reporting():
    index = Index(
        {
            "foo 1.0.0": ["bar>=2,<3"],
            "bar 2.0.0": ["baz>=3,<4"],
            "baz 1.0.0": [],
            "baz 3.0.0": [],
        }
    )
    assert told(answer(index, "foo>=1,<2\nbaz>=1,<2")) == (
        ["foo>=1,<2", "baz>=1,<2"],
        ["foo 1.0.0 requires bar>=2,<3", "bar 2.0.0 requires baz>=3,<4"],
    )


def test_branching_error_reporting():
    index = Index(
        {
            "foo 1.0.0": ["a>=1,<2", "b>=1,<2"],
            "foo 1.1.0": ["x>=1,<2", "y>=1,<2"],
            "a 1.0.0": ["b>=2,<3"],
            "b 1.0.0": [],
            "b 2.0.0": [],
            "x 1.0.0": ["y>=2,<3"],
            "y 1.0.0": [],
            "y 2.0.0": [],
        }
    )
    found, facts = told(answer(index, "foo>=1,<2"))
    assert found == ["foo>=1,<2"]
    assert sorted(facts) == [
        "a 1.0.0 requires b>=2,<3",
        "foo 1.0.0 requires a>=1,<2",
        "foo 1.0.0 requires b>=1,<2",
        "foo 1.1.0 requires x>=1,<2",
        "foo 1.1.0 requires y>=1,<2",
        "x 1.0.0 requires y>=2,<3",
    ]


def test_a_circle_is_no_contradiction():
    index = Index({"a 1": ["b"], "b 1": ["c"], "c 1": ["a>=1"]})
    assert pins(index, "a") == {"a": "1", "b": "1", "c": "1"}


def test_facts_are_merged_over_releases():
    index = Index(
        {
            "tf 2.14": ["np<2,>=1"],
            "tf 2.15.0": ["np<2,>=1"],
            "tf 2.15.1": ["np<2,>=1"],
            "tf 2.18": ["np"],
            "np 1.26": [],
            "np 2.0": [],
        }
    )
    assert told(answer(index, "tf==2.15.*\nnp==2.0")) == (
        ["tf==2.15.*", "np==2.0"],
        ["tf 2.15.0 to 2.15.1 requires np>=1,<2"],
    )


def test_lines_that_are_not_at_fault_are_not_named():
    index = Index({"a 1": ["c<2"], "b 1": ["c<3"], "c 1": [], "c 2": [], "c 3": [], "d 1": []})
    assert told(answer(index, "d\nb\na\nc==3")) == (["b", "c==3"], ["b 1 requires c<3"]) or told(
        answer(index, "d\nb\na\nc==3")
    ) == (["a", "c==3"], ["a 1 requires c<2"])


def test_two_lines_exclude_each_other():
    index = Index({"a 1": [], "a 2": []})
    assert told(answer(index, "a==1\na>=2")) == (["a==1", "a>=2"], [])


def test_a_release_that_does_not_exist():
    index = Index({"a 1": [], "a 3": []})
    assert told(answer(index, "a==2")) == (["a==2"], ["a has no release that fits a==2"])


def test_a_pin_newer_than_what_is_known_is_no_conflict():
    index = Index({"a 1": [], "a 3": [], "b 1": ["a<2"], "c 1": ["a"]})
    found = answer(index, "a==4\nb\nc")
    assert isinstance(found, Solution)
    assert (found.pins, found.beyond) == ({"b": "1", "c": "1"}, ("a",))
    assert isinstance(answer(index, "a>=3.1\nb"), Solution)
    assert isinstance(answer(index, "a~=4.0\nb"), Solution)
    assert isinstance(answer(index, "a>3\nb"), Solution)


def test_even_then_two_lines_can_exclude_each_other():
    index = Index({"a 1": [], "a 3": []})
    assert told(answer(index, "a==4\na<4"))[0] == ["a==4", "a<4"]


def test_a_pin_below_everything_known_does_not_exist():
    index = Index({"a 2": [], "a 3": []})
    assert told(answer(index, "a==1"))[0] == ["a==1"]


def test_unknown_packages_are_no_obstacle():
    index = Index({"a 1": []})
    found = answer(index, "a\nrequests==2.31\nflask>=1,<0.5")
    assert isinstance(found, Conflict)
    assert [one.text for one in found.lines] == ["flask>=1,<0.5"]
    found = answer(index, "a\nrequests==2.31")
    assert isinstance(found, Solution)
    assert found.unknown == ("requests",)
    assert [one.text for one in answer(index, "requests==2\nrequests<2").lines] == [
        "requests==2",
        "requests<2",
    ]


def test_demands_on_an_unknown_package_are_held_against_each_other():
    """The newest release meets the first two, whatever it is; the third bounds it."""
    index = Index(
        {"a 1": ["x>=2"], "b 1": ["x"], "c 1": ["x<1"], "d 1": ["x>=2,<4"]},
        points={"x": ("0", "1", "2", "3", "4", "5")},
    )
    assert pins(index, "a\nb") == {"a": "1", "b": "1"}
    assert pins(index, "a\nb\nd") == {"a": "1", "b": "1", "d": "1"}
    assert told(answer(index, "a\nb\nc"))[0] == ["a", "c"]
    assert told(answer(index, "c\nb\nd"))[0] == ["c", "d"]


def test_an_override_is_what_counts_for_a_package():
    index = Index(
        {"a 1": ["c<2"], "c 1": ["x==1"], "c 2": ["x==2"], "d 1": ["x==2"]},
        points={"x": ("0", "1", "2", "3")},
    )
    override = lines("c==2", role="override")
    found = solve([*lines("a\nc==1\nd"), *override], (), "3.11", LINUX, index)
    assert isinstance(found, Solution)
    override = lines("c==1", role="override")
    assert isinstance(solve([*lines("a\nc==2\nd"), *override], (), "3.11", LINUX, index), Conflict)


def test_constraints_bind_only_what_something_requires():
    index = Index({"a 1": ["c"], "b 1": [], "c 1": [], "c 2": []})
    assert pins(index, "b", "c<2\na==1") == {"b": "1"}
    assert pins(index, "a", "c<2") == {"a": "1", "c": "1"}
    assert told(answer(index, "a", "c>1.5,<2"))[0] == ["a", "c>1.5,<2"]


def test_overrides_replace_what_others_require():
    index = Index({"a 1": ["c<2"], "c 1": [], "c 2": []})
    override = lines("c==2", role="override")
    found = solve([*lines("a"), *override], (), "3.11", LINUX, index)
    assert isinstance(found, Solution)
    assert found.pins == {"a": "1", "c": "2"}


def test_extras_require_only_when_asked_for():
    index = Index(
        {
            "tf 1": ["nccl==5; cuda", "np"],
            "tf 2": ["nccl==6; cuda", "np"],
            "torch 1": ["nccl==7"],
            "all 1": ["tf[cuda]"],
            "nccl 5": [],
            "nccl 6": [],
            "nccl 7": [],
            "np 1": [],
        }
    )
    assert pins(index, "tf\ntorch")["tf"] == "2"
    assert pins(index, "tf[cuda]")["nccl"] == "6"
    assert pins(index, "tf[cuda]<2")["nccl"] == "5"
    conflict = answer(index, "tf[cuda]==1\ntorch")
    assert told(conflict) == (
        ["tf[cuda]==1", "torch"],
        ["tf[cuda] 1 requires nccl==5", "torch 1 requires nccl==7"],
    )
    assert told(answer(index, "all\ntorch"))[0] == ["all", "torch"]
    assert pins(index, "tf[nonsense]")["tf"] == "2"


def test_an_extra_that_asks_for_another_of_the_same_package():
    index = Index({"x 1": ["x[a]; all", "p==1; a"], "p 1": [], "p 2": []})
    assert pins(index, "x[all]") == {"x": "1", "p": "1"}
    assert told(answer(index, "x[all]\np==2"))[0] == ["x[all]", "p==2"]


def test_prereleases_only_when_asked_for():
    index = Index({"a 1": [], "a 2rc1": [], "n 1.dev1": [], "b 1": ["a>=2rc0"], "c 1": ["a>=1"]})
    assert pins(index, "a") == {"a": "1"}
    assert pins(index, "a>=2rc0") == {"a": "2rc1"}
    assert pins(index, "n") == {"n": "1.dev1"}
    assert pins(index, "b") == {"b": "1", "a": "2rc1"}
    assert pins(index, "b\nc") == {"b": "1", "c": "1", "a": "2rc1"}
    assert pins(index, "a!=1") == {"a": "2rc1"}
    index = Index({"t 1": ["k<3"], "t 2rc1": [], "k 2": [], "k 3": []})
    found, facts = told(answer(index, "t\nk>=3"))
    assert found == ["t", "k>=3"]
    assert facts == ["t 1 requires k<3"]


def test_withdrawn_releases_only_for_an_exact_pin():
    index = Index({"a 1": [], "a 2": [], "b 1": ["a==2"]}, yanked=["a 2"])
    assert pins(index, "a") == {"a": "1"}
    assert pins(index, "a==2") == {"a": "2"}
    assert pins(index, "b") == {"b": "1", "a": "2"}
    assert told(answer(index, "a>=2"))[1] == ["only withdrawn releases of a fit: 2"]


def test_local_versions_count_by_their_public_part():
    index = Index({"torch 2.3.0": ["nvidia-nccl==5"], "nvidia-nccl 5": [], "nvidia-nccl 6": []})
    assert pins(index, "torch==2.3.0+cu121\nnvidia-nccl==6")["torch"] == "2.3.0"
    assert told(answer(index, "torch==2.3.0\nnvidia-nccl==6"))[0] == [
        "torch==2.3.0",
        "nvidia-nccl==6",
    ]


def test_an_address_has_any_version():
    index = Index({"k 2": [], "k 3": [], "t 1": ["k<3"]})
    one = lines("k")[0]
    one.source = "vcs"
    found = solve([one, *lines("t")], (), "3.11", LINUX, index)
    assert isinstance(found, Solution)
    assert found.pins == {"t": "1"}


def test_markers_of_the_lines():
    index = Index({"a 1": [], "a 2": []})
    text = "a==1 ; python_version < '3.10'\na==2 ; python_version >= '3.10'"
    assert pins(index, text, python="3.9") == {"a": "1"}
    assert pins(index, text, python="3.10") == {"a": "2"}
    assert pins(index, "a ; sys_platform == 'win32'") == {}


def test_pythons():
    index = Index(
        {"t 1": [], "t 2": [], "k 1": ["t<2"], "k 2": []},
        pythons={"t 1": ("3.9", "3.10"), "t 2": ("3.11",), "k 2": ("3.11", "3.10")},
    )
    assert pins(index, "t", python="3.10") == {"t": "1"}
    assert told(answer(index, "t==1")) == (
        ["t==1"],
        ["t 1 does not install on Python 3.11, only on 3.9 to 3.10"],
    )
    found = solve_range(lines("t==1"), (), ["3.9", "3.10", "3.11"], [LINUX], index)
    assert found.conflict is None
    assert list(found.failing) == [("3.11", LINUX)]
    assert list(found.answers) == [("3.11", LINUX), ("3.10", LINUX), ("3.9", LINUX)]
    found = solve_range(lines("t==2\nk==1"), (), ["3.9", "3.10", "3.11"], [LINUX], index)
    assert found.conflict is not None
    assert told(found.conflict) == (["t==2", "k==1"], ["k 1 requires t<2"])


def test_the_bound_on_steps():
    index = Index({f"p{n} {v}": [f"p{n + 1}"] for n in range(50) for v in (1, 2)} | {"p50 1": []})
    world = World(lines_of(lines("p0")), [("3.11", LINUX)], index)
    found = attempt(world, world.lines, limit=10)
    assert found.chosen is None
    assert found.contradiction is None
    assert attempt(world, world.lines).chosen is not None
    assert Undecided("3.11", 10).steps == 10


def test_long_chains_do_not_recurse():
    depth = 3000
    index = Index(
        {f"p{n} 1": [f"p{n + 1}==1"] for n in range(depth)} | {f"p{depth} 1": [], f"p{depth} 2": []}
    )
    world = World(lines_of(lines(f"p0\np{depth}==2")), [("3.11", LINUX)], index)
    assert attempt(world, world.lines, limit=100000).contradiction is not None


def test_a_python_of_which_nothing_is_known():
    index = Index({"a 1": []})
    assert isinstance(answer(index, "a==7", python="3.99"), Undecided)
    found = solve_range(lines("a"), (), ["3.11", "3.99"], [LINUX], index)
    assert list(found.answers) == [("3.11", LINUX)]


def test_a_lock_of_thousands():
    index = Index({"a 1": ["b<2"], "b 1": [], "b 2": []})
    text = "\n".join(f"p{n}==1.{n}" for n in range(6000))
    assert isinstance(answer(index, f"{text}\na\nb"), Solution)
    found, facts = told(answer(index, f"{text}\na\nb==2"))
    assert (found, facts) == (["a", "b==2"], ["a 1 requires b<2"])
