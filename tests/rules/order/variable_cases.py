"""Asking one rule on variables about a program, without the inventory."""

from __future__ import annotations

import textwrap
from types import SimpleNamespace
from typing import Any

from kerlint.project.targets import Target, Versions
from kerlint.rules import all_rules
from kerlint.rules.base import Context
from kerlint.source.names import analyse

RULES = {rule.code: rule for rule in all_rules()}


def findings(
    code: str, program: str, *, keras: str | None = "3.15.1", tensorflow: str | None = "2.21.0"
) -> list[Any]:
    """What the rule `code` finds in `program`."""
    versions = Versions(keras, tensorflow, None, "3.11")
    api: Any = SimpleNamespace(legacy=False, versions=versions)
    module = analyse("program.py", textwrap.dedent(program))
    return list(RULES[code].check(module, Context(api, Target(versions, versions, ""))))


def lines(code: str, program: str, **options: Any) -> list[int]:
    """The lines of what it finds."""
    return sorted(found.span.start.line for found in findings(code, program, **options))
