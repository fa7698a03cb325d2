"""What one rule finds in a piece of code, judged for a target, with and without the gates."""

from __future__ import annotations

from textwrap import dedent

from kerlint.diagnostics import Diagnostic
from kerlint.engine import check
from kerlint.project.discovery import File
from kerlint.settings import SettingsTree


def findings(code: str, source: str, *targets: str) -> list[Diagnostic]:
    """What the rule finds; the same with and without the gates."""
    data = dedent(source).encode()
    settings = {"target": list(targets), "select": [code]}
    both = []
    for gates in (True, False):
        tree = SettingsTree(dict(settings), isolated=True)
        result = check([File("example.py", explicit=True, data=data)], tree, jobs=1, gates=gates)
        assert not result.errors, result.details
        both.append([one for one in result.diagnostics if one.code == code])
    with_gates, without = both
    assert [one.message for one in with_gates] == [one.message for one in without]
    return with_gates


def names(code: str, source: str, *targets: str) -> list[str | None]:
    """The qualified names of what the rule finds, in the order of the text."""
    return [one.qualified_name for one in findings(code, source, *targets)]
