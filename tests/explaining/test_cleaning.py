"""What stands around a message is taken off, and nothing of the message."""

from __future__ import annotations

import pytest

from kerlint.explaining.cleaning import clean, is_source


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("2026-11-21 14:00:00.1: I tensorflow/core/util/port.cc:113] oneDNN", "oneDNN"),
        ("I0000 00:00:1795271969.293187   18712 port.cc:153] oneDNN", "oneDNN"),
        ("W1121 14:00:00.123456 139 xla_bridge.py:123] CUDA", "CUDA"),
        ("WARNING:absl:No training", "No training"),
        ("WARNING:2025-06-15 17:04:55,449:jax._src.xla_bridge:791: An NVIDIA", "An NVIDIA"),
        ("/a/b.py:12: UserWarning: Argument", "Argument"),
        (r"C:\env\lib\b.py:12: FutureWarning: Argument", "Argument"),
        ("2026-11-21T14:00:00.1234567Z ValueError: x", "ValueError: x"),
        ("[2026-11-21 14:00:00,123] ValueError: x", "ValueError: x"),
        ("web-1  | ValueError: x", "ValueError: x"),
        ("#12 34.56 ValueError: x", "ValueError: x"),
        ("\x1b[0;31mValueError\x1b[0m: x", "ValueError: x"),
        ("\\u001b[0;31mValueError\\u001b[0m: x", "ValueError: x"),
        ("│ ValueError: x              │", "ValueError: x"),
        ("\x1b]8;;http://a\x07ValueError\x1b]8;;\x07: x", "ValueError: x"),
        (
            "ImportError: /lib/x.so: version `GLIBC_2.29'",
            "ImportError: /lib/x.so: version `GLIBC_2.29'",
        ),
        ("Epoch 1/2", "Epoch 1/2"),
        ("", ""),
    ],
)
def test_prefixes(line: str, text: str) -> None:
    assert clean(line) == text


@pytest.mark.parametrize(
    "line",
    [
        '    raise ValueError(f"Unable to import backend : {backend()}")',
        '---> 59     raise ValueError(f"Unable to import backend : {backend()}")',
        "│ ❱ 59 │   raise ValueError(f'Unable to import backend : x')                │",
        '     60         "Could not find cuda drivers on your machine"',
    ],
)
def test_the_program_that_prints_is_not_the_message(line: str) -> None:
    assert is_source(clean(line))


def test_messages_are_no_program() -> None:
    assert not is_source("ValueError: Unable to import backend : x")
    assert not is_source("303 raisins")
