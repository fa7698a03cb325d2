"""Asking the rules on order about a program, without the inventory."""

from __future__ import annotations

import textwrap
from types import SimpleNamespace
from typing import Any

from kerlint.project.targets import Target, Versions
from kerlint.rules.base import Context, Rule
from kerlint.rules.order.backend_set_after_import import BackendSetAfterImport
from kerlint.rules.order.backend_set_after_transitive_import import (
    BackendSetAfterTransitiveImport,
)
from kerlint.rules.order.legacy_switch_set_after_import import LegacySwitchSetAfterImport
from kerlint.source.names import analyse

RULES: dict[str, Rule] = {
    rule.code: rule
    for rule in (
        BackendSetAfterImport(),
        BackendSetAfterTransitiveImport(),
        LegacySwitchSetAfterImport(),
    )
}


def findings(
    code: str,
    program: str,
    *,
    keras: str | None = "3.15.1",
    tensorflow: str | None = "2.21.0",
    legacy: bool = False,
) -> list[Any]:
    """What the rule `code` finds in `program`."""
    versions = Versions(keras, tensorflow, None, "3.11")
    api: Any = SimpleNamespace(legacy=legacy, versions=versions)
    module = analyse("program.py", textwrap.dedent(program))
    return list(RULES[code].check(module, Context(api, Target(versions, versions, ""))))


def lines(code: str, program: str, **options: Any) -> list[int]:
    """The lines of what it finds."""
    return sorted(found.span.start.line for found in findings(code, program, **options))
