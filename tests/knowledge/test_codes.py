"""Stretches of releases as text and as bits."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kerlint.knowledge.codes import (
    mask_of,
    profile_mask,
    runs_of,
    state_at,
    value_at,
    within,
)
from tools.inventory.packing.texts import profile_text, runs_text, timeline_text

masks = st.integers(min_value=1, max_value=2**120)


@given(masks)
def test_runs_say_the_same_as_bits(mask: int) -> None:
    text = runs_text(mask)
    assert mask_of(text) == mask
    assert [i for i in range(125) if within(text, i)] == [i for i in range(125) if mask >> i & 1]


@given(masks)
def test_runs_are_maximal_and_ascending(mask: int) -> None:
    runs = runs_of(mask)
    for (_, last), (first, _) in pairwise(runs):
        assert first > last + 1


@given(st.lists(st.sampled_from(["", "c", "f", "D", "C"]), min_size=1, max_size=60))
def test_a_profile_gives_back_the_state_of_every_release(states: list[str]) -> None:
    by_state: dict[str, int] = {}
    for index, state in enumerate(states):
        if state:
            by_state[state] = by_state.get(state, 0) | 1 << index
    text = profile_text(by_state)
    if not text:
        return
    assert [state_at(text, index) for index in range(len(states))] == states
    assert profile_mask(text) == sum(1 << i for i, state in enumerate(states) if state)


@given(st.lists(st.integers(min_value=-1, max_value=300), min_size=1, max_size=60))
def test_a_timeline_gives_back_the_number_of_every_release(numbers: list[int]) -> None:
    by_number: dict[int, int] = {}
    for index, number in enumerate(numbers):
        if number >= 0:
            by_number[number] = by_number.get(number, 0) | 1 << index
    text = timeline_text(by_number)
    assert [value_at(text, index) for index in range(len(numbers))] == numbers
