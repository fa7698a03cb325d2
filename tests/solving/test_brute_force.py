"""Tiny random worlds: the solver against trying everything."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from kerlint.solving import Conflict, Solution, solve
from kerlint.solving.attempt import attempt, minimal
from kerlint.solving.explain import contradictory
from kerlint.solving.incompatibility import facts
from kerlint.solving.requirements import lines_of
from kerlint.solving.run import World

from .world import LINUX, Index, lines

NAMES = ("a", "b", "c", "d")
SPECIFIERS = ("", "==1", "==2", "==3", ">=2", "<2", "<3", "!=2", ">=2,<3", "==4")
EXTRAS = ("", "", "", "[x]", "[y]")

required_of = st.builds(
    "{}{}{}".format, st.sampled_from(NAMES), st.sampled_from(EXTRAS), st.sampled_from(SPECIFIERS)
)
wanted = st.builds(
    "{}{}{}".format,
    st.sampled_from(NAMES),
    st.sampled_from(EXTRAS),
    st.sampled_from(SPECIFIERS[:-1]),
)
required = st.builds("{}{}".format, required_of, st.sampled_from(("", "", "", "; x", "; y")))
worlds = st.fixed_dictionaries(
    {f"{name} {version}": st.lists(required, max_size=3) for name in NAMES for version in (1, 2, 3)}
).map(lambda releases: dict(sorted(releases.items())))
manifests = st.lists(wanted, min_size=1, max_size=4)


def brute_force(index, asked, constraints=()):
    """All consistent choices, or none: {name: version} for every package, None for absent."""
    found = []
    for choice in product((0, 2, 4, 8), repeat=len(NAMES)):
        chosen = dict(zip(NAMES, choice, strict=True))
        if all(
            not chosen[one.name] or chosen[one.name] & index.package(one.name).mask(one.specifier)
            for one in constraints
        ) and _holds(index, asked, chosen):
            found.append(chosen)
    return found


def _holds(index, asked, chosen):
    """Whether a choice meets what is asked for and everything that this requires in turn."""
    waiting = [(one.name, one.extras, index.package(one.name).mask(one.specifier)) for one in asked]
    extras = set()
    while waiting:
        name, wanted, mask = waiting.pop()
        if not chosen[name] & mask:
            return False
        for extra in ("", *wanted):
            if (name, extra) in extras:
                continue
            extras.add((name, extra))
            for dependency, carriers in index.package(name).found:
                if carriers & chosen[name] and dependency.extra == extra:
                    waiting.append((dependency.name, dependency.extras, dependency.mask))
    return True


@settings(max_examples=400, deadline=None)
@given(worlds, manifests, st.lists(wanted.filter(lambda text: "[" not in text), max_size=2))
def test_a_solution_is_found_exactly_if_there_is_one(releases, texts, bounds):
    index = Index(releases)
    asked = lines("\n".join(texts))
    constraints = lines("\n".join(bounds)) if bounds else []
    answer = solve(asked, constraints, "3.11", LINUX, index)
    possible = brute_force(index, asked, constraints)
    if isinstance(answer, Solution):
        chosen = {
            name: index.package(name).mask(f"=={answer.pins[name]}") if name in answer.pins else 0
            for name in NAMES
        }
        assert chosen in possible
    else:
        assert isinstance(answer, Conflict)
        assert not possible


@settings(max_examples=300, deadline=None)
@given(worlds, manifests, st.lists(wanted.filter(lambda text: "[" not in text), max_size=2))
def test_the_core_is_impossible_and_nothing_less_is(releases, texts, bounds):
    index = Index(releases)
    asked = lines("\n".join(texts))
    constraints = lines("\n".join(bounds)) if bounds else []
    answer = solve(asked, constraints, "3.11", LINUX, index)
    if not isinstance(answer, Conflict):
        return
    core = list(answer.lines)
    assert not brute_force(
        index, [one for one in core if one in asked], [one for one in core if one in constraints]
    )
    for one in core:
        rest = [other for other in core if other is not one]
        assert brute_force(
            index,
            [line for line in rest if line in asked],
            [line for line in rest if line not in asked],
        )


@settings(max_examples=200, deadline=None)
@given(worlds, manifests)
def test_the_facts_of_a_proof_contradict_each_other(releases, texts):
    index = Index(releases)
    world = World(lines_of(lines("\n".join(texts))), [("3.11", LINUX)], index)
    found = attempt(world, world.lines)
    if found.contradiction is not None:
        _, proof = minimal(world, world.lines, found)
        assert contradictory(world, facts(proof.contradiction))


@settings(max_examples=200, deadline=None)
@given(worlds, manifests)
def test_ways_out_lead_out(releases, texts):
    index = Index(releases)
    asked = lines("\n".join(texts))
    answer = solve(asked, (), "3.11", LINUX, index)
    if not isinstance(answer, Conflict):
        return
    for way in answer.ways_out:
        replaced = {id(one): text for one, text in way.changes}
        text = "\n".join(replaced.get(id(one), one.text) for one in asked)
        assert isinstance(solve(lines(text), (), "3.11", LINUX, index), Solution)


@settings(max_examples=200, deadline=None)
@given(worlds, manifests)
def test_the_oldest_release_is_no_newer_than_the_newest(releases, texts):
    from kerlint.solving import predict

    index = Index(releases)
    asked = lines("\n".join(texts))
    newest = predict(asked, (), "3.11", LINUX, index)
    oldest = predict(asked, (), "3.11", LINUX, index, oldest=True)
    assert (newest is None) == (oldest is None)
    if newest and oldest and len(asked) == 1:
        assert oldest.pins[asked[0].name] <= newest.pins[asked[0].name]
