"""What stands around a message: colours, boxes, time stamps, log prefixes."""

from __future__ import annotations

import re

ANSI = re.compile(
    r"(?:\x1b|\\u001b|\\x1b|\\033)(?:\[[0-9;:?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\))"
)
"""Escape sequences, as bytes or as JSON and Python spell them (outputs in notebook files)."""

BOX = " \t\r│┃║╭╮╰╯┌┐└┘─━═"
"""Around the lines of a traceback that rich has drawn."""

PREFIXES = re.compile(
    "|".join(
        (
            # 2026-11-21 14:00:00.123456: / 2026-11-21T14:00:00.123Z / [2026-11-21 14:00:00,123]
            r"\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?\]?(?::(?=\s)|)\s*(?:[-|]\s)?",
            r"\[?\d\d:\d\d:\d\d(?:[.,]\d+)?\]?\s",
            # [  1234.567890] (dmesg), Nov 21 20:00:00 host python[42]: (journald)
            r"\[\s*\d+\.\d{6}\]\s+",
            r"[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d [\w.-]+ [\w./-]+(?:\[\d+\])?: ",
            # I0000 00:00:1795271969.293187   18712 port.cc:153]     (absl, from TensorFlow 2.17 on)
            r"[IWEF]\d{4} \d\d:\d\d:\d+(?:\.\d+)?\s+\d+ [^\]\s]+:\d+\]\s*",
            # F20230801 21:50:32.905575  4768 pool.cc:51]     (glog)
            r"[IWEF]\d{8} \d\d:\d\d:\d+(?:\.\d+)?\s+\d+ [^\]\s]+:\d+\]\s*",
            # ERROR 03-26 05:25:01 engine.py:389]     (vLLM)
            r"(?:DEBUG|INFO|WARNING|ERROR) \d\d-\d\d \d\d:\d\d:\d\d \S+:\d+\]\s*",
            # I tensorflow/core/util/port.cc:113]
            r"[IWEF] \S+:\d+\]\s*",
            # WARNING:2025-06-15 17:04:55,449:jax._src.xla_bridge:791: / WARNING:tensorflow:
            r"(?:DEBUG|INFO|WARNING|ERROR|CRITICAL):(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+:)?[\w.]+:(?:\d+:)?\s*",
            # /usr/lib/python3/x.py:12: UserWarning:
            r"(?:[A-Za-z]:)?[^:\s]*\.py:\d+: \w*Warning:\s*",
            r"\[rank\d+\]:\s*",
            r"\((?:[\w.:]+ )?pid=\d+[^)]*\)\s*",
            # - ERROR - , [ERROR] , | WARNING | (Python's logging as people set it up)
            r"(?:[-|] )?(?:[\w.]+ [-|] )?\[?(?:DEBUG|INFO|WARNING|ERROR|CRITICAL)\]?\s+[-|]\s+",
            r"\[(?:DEBUG|INFO|WARNING|ERROR|CRITICAL)\]\s*",
            # service-1  | (docker compose), [pod/train-0/main] (kubectl), 0: (srun --label), stderr F
            # (Kubernetes), 00O (GitLab), ##[error] (Azure, GitHub), | (exception groups), E (pytest)
            r"[\w.-]+\s+\|\s",
            r"\[pod/[^\]]+\]\s?",
            r"\d\d[OE]\+?\s?",
            r"##\[\w+\]",
            r"\|\s+",
            r"E {3,}",
            r"\[default\d+\]:\s?",
            r"\d{1,4}: ",
            r"std(?:out|err) [FP] ",
            r"(?:>|#\d+ \d+\.\d+) ",
        )
    )
)
"""What log writers put before a message. Several may stand in a row."""

SOURCE = re.compile(r"(?:[❱>-]+\s*)?(?:\d+\s*[│|]?\s*)?(?:raise\b|[rbuf]{0,2}[\"'])")
"""A line of a program that prints the message, shown by a traceback: not the message."""


ROUNDS = 20
"""Prefixes of a line that are taken off."""

ESCAPES = ("\x1b", "\\u001b", "\\x1b", "\\033")
"""How the sequences of `ANSI` begin."""

OBJECTS = '{"'
"""How lines begin that are objects of JSON: what Docker and clouds keep of a log."""

TEXTS = ("log", "message", "msg", "textPayload", "MESSAGE")
"""Where such an object holds the line itself."""

DEEPEST = 3
"""Objects in objects."""

OVERWRITTEN = re.compile("[\r\b]+")
"""What progress bars write over their own line with."""


DIVIDED = (OBJECTS, "\r", "\b")
"""What a text holds that has lines which consist of several: see `parts`."""


def plain(text: str) -> str:
    """The text without colours."""
    return ANSI.sub("", text) if any(one in text for one in ESCAPES) else text


def parts(line: str) -> list[str]:
    """The lines that a line of a log consists of: out of an object of JSON, or written over."""
    text = _of_object(line) if OBJECTS in line else line
    if "\r" in text or "\b" in text:
        return [part for one in text.split("\n") for part in OVERWRITTEN.split(one)]
    return text.split("\n")


def clean(line: str) -> str:
    """The message itself: without colours, boxes and what log writers put before it."""
    return bare(_of_object(plain(line).strip(BOX)))


def bare(line: str) -> str:
    """A line of `parts` without boxes and what log writers put before it: an end of that line."""
    line = line.strip(BOX)
    for _ in range(ROUNDS):
        found = PREFIXES.match(line)
        if found is None:
            break
        line = line[found.end() :].lstrip(BOX)
    return line


def _of_object(line: str) -> str:
    """The text that an object of JSON holds, or one within it; the whole line where it is none."""
    for _ in range(DEEPEST):
        if OBJECTS not in line or (inner := _text_of(bare(line))) is None:
            break
        line = inner
    return line


def _text_of(text: str) -> str | None:
    if not (text.startswith(OBJECTS) and text.endswith("}")):
        return None
    import json

    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    for name in TEXTS:
        if isinstance(inner := found.get(name), str):
            return plain(inner).strip("\n")
    return None


def is_source(text: str) -> bool:
    """Whether a cleaned line is one of a program, quoted by a traceback."""
    return SOURCE.match(text) is not None
