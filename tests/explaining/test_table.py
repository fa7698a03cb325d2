"""Every message of the table is found by its own example and by no other's, whatever is around."""

from __future__ import annotations

import re
import string

import pytest

from kerlint.explaining import explain
from kerlint.explaining.cleaning import clean
from kerlint.explaining.messages import Message, all_messages
from kerlint.rules import all_rules

EVERY = all_messages()
each = pytest.mark.parametrize("message", EVERY, ids=lambda one: one.id)

PREFIXES = (
    "",
    "2026-11-21 14:28:59.100000: I tensorflow/core/util/port.cc:113] ",
    "2019-01-01 00:00:00: W external/xla/xla/x.cc:9] ",
    "I0000 00:00:1795271969.293187   18712 port.cc:153] ",
    "E1231 23:59:59.123456 7 a_b.cc:99999] ",
    "WARNING:tensorflow:",
    "INFO:jax._src.xla_bridge:",
    "WARNING:2025-06-15 17:04:55,449:jax._src.xla_bridge:791: ",
    "/env/lib/python3.12/site-packages/keras/src/x.py:107: UserWarning: ",
    "2026-11-21T14:28:59.1234567Z ",
    "[2026-11-21 14:28:59,123] ",
    "train-1  | ",
    "[rank0]: ",
    "(worker pid=12, ip=10.0.0.1) ",
    "\x1b[31m",
    "\\u001b[0;31m",
    "│ ",
    "  ",
    "2026-11-21T14:28:59Z stderr F 2026-11-21 14:28:59.1: E tensorflow/c.cc:1] ",
)


def found(text: str, near: str) -> list[str]:
    cleaned = clean(text)
    return [one.id for one in EVERY if one.match(cleaned, near)]


def test_there_are_enough() -> None:
    assert len(EVERY) >= 80
    assert len({one.id for one in EVERY}) == len(EVERY)


@each
def test_the_example_is_found_by_its_own_message_alone(message: Message) -> None:
    assert found(message.example, message.near) == [message.id]


@each
def test_what_stands_before_it_does_not_matter(message: Message) -> None:
    bare = clean(message.example)
    for prefix in PREFIXES:
        assert found(prefix + bare, message.near) == [message.id], prefix
        for end in ("\r", " \x1b[0m", "   │"):
            assert found(prefix + bare + end, message.near) == [message.id], (prefix, end)


@each
def test_the_row_is_whole(message: Message) -> None:
    assert re.fullmatch(r"[a-z0-9-]+", message.id)
    assert message.source.startswith("https://")
    assert message.says.endswith(".")
    assert message.kind == "harmless" or message.cure
    assert not message.gpu or message.kind == "harmless"
    assert set(message.codes) <= {one.code for one in all_rules()} | PROBE
    assert set(message.follows) <= {one.id for one in EVERY}
    assert bool(message.follows) >= (message.kind == "follower")
    match = message.match(clean(message.example), message.near)
    assert match is not None
    for template in (message.says, message.cure):
        for _, name, _, _ in string.Formatter().parse(template.replace("`{...}`", "")):
            assert not name or f"?P<{name}>" in message.pattern


PROBE = {f"KER{number}" for number in (*range(601, 663), *range(701, 742))}
"""Codes of the probe: some come with rules of their own later than their message."""


@each
def test_explaining_the_example(message: Message) -> None:
    text = message.example
    if message.near:
        text = f'Traceback (most recent call last):\n  File "/e/x{message.near}", line 1\n{text}'
    result = explain(text)
    if message.kind == "harmless":
        assert result.cause is None
        assert [one.message and one.message.id for one in result.harmless] == [message.id]
        if message.gpu:
            wanted = explain(text, gpu=True).cause
            assert wanted is not None
            assert wanted.id == message.id
    else:
        assert result.cause is not None
        assert result.cause.id == message.id
