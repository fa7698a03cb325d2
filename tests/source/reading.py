"""Code to facts, for tests of the resolver."""

from __future__ import annotations

from textwrap import dedent

from kerlint.source.facts import Module
from kerlint.source.names import analyse


def read(source: str) -> Module:
    """The facts of a file."""
    return analyse("example.py", dedent(source))
