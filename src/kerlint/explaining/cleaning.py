"""What stands around a message: colours, boxes, time stamps, log prefixes."""

from __future__ import annotations

import re

ANSI = re.compile(
    r"(?:\x1b|\\u001b|\\x1b|\\033)(?:\[[0-9;:?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\))"
)
"""Escape sequences, as bytes or as JSON and Python spell them (outputs in notebook files)."""

BOX = " \t\r│┃║╭╮╰╯┌┐└┘─━═"
"""Around the lines of a traceback that rich has drawn."""

PREFIXES = [
    re.compile(text)
    for text in (
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
]
"""What log writers put before a message. Several may stand in a row."""

SOURCE = re.compile(r"(?:[❱>-]+\s*)?(?:\d+\s*[│|]?\s*)?(?:raise\b|[rbuf]{0,2}[\"'])")
"""A line of a program that prints the message, shown by a traceback: not the message."""


def plain(text: str) -> str:
    """The text without colours."""
    return ANSI.sub("", text) if "\x1b" in text or "\\" in text else text


def clean(line: str) -> str:
    """The message itself: without colours, boxes and what log writers put before it."""
    line = plain(line).strip(BOX)
    if line.startswith(OBJECTS):
        line = _of_object(line).strip(BOX)
    for _ in range(6):
        before = line
        for prefix in PREFIXES:
            if (found := prefix.match(line)) and found.end():
                line = line[found.end() :].lstrip(BOX)
        if line == before:
            break
    return line


OBJECTS = '{"'
"""How lines begin that are objects of JSON: what Docker and clouds keep of a log."""

TEXTS = ("log", "message", "msg", "textPayload", "MESSAGE")
"""Where such an object holds the line itself."""


def _of_object(line: str) -> str:
    """The line that an object of JSON holds; the whole line where it is none."""
    import json

    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return line
    texts = [found.get(name) for name in TEXTS] if isinstance(found, dict) else []
    return next((plain(text) for text in texts if isinstance(text, str)), line)


def is_source(text: str) -> bool:
    """Whether a cleaned line is one of a program, quoted by a traceback."""
    return SOURCE.match(text) is not None
