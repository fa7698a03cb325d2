"""Answers are JSON, whatever is in them."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kerlint.probe.collector.answering import Gaps, add_line, encoded, write_answer
from kerlint.probe.collector.observing import answer_of, lines_of

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(VALUES)
def test_it_reads_back(value: object) -> None:
    assert json.loads(encoded(value)) == value


def test_a_file_name_that_cannot_be_decoded() -> None:
    assert json.loads(encoded("a\udcff\U0001f600")) == "a\udcff\U0001f600"


def test_only_the_answer_with_the_nonce_counts(tmp_path: Path) -> None:
    file = str(tmp_path / "answer")
    assert answer_of(file, "abc") is None
    write_answer(file, "abc", {"a": [1, "ü"]})
    assert answer_of(file, "abc") == {"a": [1, "ü"]}
    assert answer_of(file, "abd") is None
    assert [one.name for one in tmp_path.iterdir()] == ["answer"]


def test_steps_that_are_cut_off_or_foreign_are_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "steps"
    add_line(str(file), "abc", {"step": "load"})
    with file.open("a", encoding="ascii") as opened:
        opened.write('xyz {"step": "other"}\nabc [1]\nabc {"step": "cu')
    assert lines_of(str(file), "abc") == [{"step": "load"}]
    assert lines_of(str(tmp_path / "none"), "abc") == []


def test_what_raises_is_a_gap() -> None:
    gaps = Gaps()
    assert gaps.around("the moon", lambda: 1 // 0, "dark") == "dark"
    assert gaps.around("the sun", lambda: "light", "dark") == "light"
    (gap,) = gaps.all
    assert gap["what"] == "the moon"
    assert gap["why"].startswith("ZeroDivisionError")
