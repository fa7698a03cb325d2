"""Joins the parts of the collector into one file, which needs nothing but an interpreter."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from kerlint.probe.collector.assembling import ROLES, assembled

_PROBE = Path(__file__).parent
_OWN_IMPORT = re.compile(
    r"^from kerlint\.probe(?:\.collector)?\.(\w+) import (?:\([^)]*\)|[^(\n]*)\n", re.M
)
_FUTURE = re.compile(r"^from __future__ import annotations\n", re.M)
_TYPES = re.compile(
    r"^TYPE_CHECKING = False\n|^if TYPE_CHECKING:\n(?:    .*\n|\n)+",
    re.M,
)


def text(role: str = "") -> str:
    """The collector as one file; with a role (`assembling.ROLES`) the program that plays it."""
    return assembled(_pieces(), role)


@cache
def _pieces() -> dict[str, tuple[list[str], str]]:
    pieces: dict[str, tuple[list[str], str]] = {}
    waiting = [part for part, _ in ROLES.values()]
    while waiting:
        name = waiting.pop()
        if name not in pieces:
            pieces[name] = _piece(name)
            waiting += pieces[name][0]
    return pieces


def _piece(name: str) -> tuple[list[str], str]:
    """A part: the parts that it needs, and its text without the imports of them."""
    own = _PROBE / "collector" / f"{name}.py"
    source = (own if own.exists() else _PROBE / f"{name}.py").read_text(encoding="utf-8")
    body = _TYPES.sub("", _FUTURE.sub("", source))
    needs = _OWN_IMPORT.findall(body)
    return needs, _OWN_IMPORT.sub("", body)
