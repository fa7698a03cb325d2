"""Looking at a shape once says the same of a log as looking at every line anew."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kerlint.explaining import Reader
from kerlint.explaining.messages import all_messages
from kerlint.explaining.reading import BLOCK, Seen
from kerlint.explaining.shapes import DULL, Shape, Shapes, shape_of

FIXTURES = Path(__file__).parents[2] / "fixtures"
REAL = [
    line
    for folder in ("logs", "reported")
    for path in sorted((FIXTURES / folder).glob("*.log"))
    for line in path.read_text(encoding="utf-8").splitlines()
]
EXAMPLES = [one.example for one in all_messages()]
AROUND = (
    "",
    "2026-11-21 14:28:59.100000: I tensorflow/core/util/port.cc:113] ",
    "E0000 00:00:1795271969.293187   18712 port.cc:153] ",
    "train-1  | ",
    "Nov 21 14:28:59 node-3 python[4242]: ",
    "│ ",
    "\x1b[31m",
    " 3/100 [=>...]\r",
    "3/100\b\b\b\b\b\b",
)


class EveryLine(Shapes):
    """Remembers nothing, and asks every message of every line."""

    def of(self, lines: list[str]) -> list[Shape]:
        return [
            shape_of(line, tuple(one for one in all_messages() if one.has in line))
            for line in lines
        ]


class PlainReader(Reader):
    """Without shapes."""

    def __init__(self) -> None:
        super().__init__()
        self._shapes = EveryLine(all_messages())


@st.composite
def lines(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(AROUND)) + draw(
        st.sampled_from(REAL) | st.sampled_from(EXAMPLES) | st.text(max_size=30)
    )
    if draw(st.booleans()):
        digit = draw(st.sampled_from("0123456789"))
        text = "".join(digit if one in "123" else one for one in text)
    if draw(st.integers(0, 9)) == 0:
        text = json.dumps({"log": text + "\n", "stream": "stderr"})
    return text


def seen(reader: Reader, log: str, size: int) -> Seen:
    for start in range(0, len(log), size):
        reader.feed(log[start : start + size])
    return reader.end()


@settings(max_examples=150, deadline=None)
@given(st.lists(lines(), max_size=40), st.integers(1, 5000))
def test_nothing_is_lost(log: list[str], size: int) -> None:
    text = "\n".join(log)
    assert seen(Reader(), text, size) == seen(PlainReader(), text, len(text) or 1)


def test_nothing_is_lost_over_many_blocks() -> None:
    text = "\n".join(line.replace("1", str(n % 9)) for n in range(12) for line in REAL)
    assert len(text) > 3 * BLOCK
    assert seen(Reader(), text, 70_000) == seen(PlainReader(), text, len(text))


def test_shapes_are_forgotten_when_they_are_too_many() -> None:
    shapes = Shapes(all_messages())
    for n in range(40):
        letters = "".join(chr(97 + int(digit)) for digit in str(n))
        shapes.of([f"{letters}{'x' * 150_000}"])
    assert len(shapes._known) < 40
    line = "ValueError: Unable to import backend : theano"
    assert shapes.of([line])[0] == shape_of(line, shapes.of([line])[0].candidates)
    assert [one.id for one in shapes.of([line])[0].candidates] == ["unknown-backend"]


def test_a_digit_of_a_message_still_counts() -> None:
    reader = Reader()
    reader.feed("This version of x was removed in the NumPy 3.0 release. `np.a` was removed\n")
    assert reader.end().lines == []


def test_what_says_nothing_is_dull() -> None:
    assert Shapes(all_messages()).of(["loss: 0.5", "", "Epoch 1/2"]) == [DULL, DULL, DULL]
