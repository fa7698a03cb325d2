"""`kerlint rule CODE|NAME|--all`: the pages of the rules."""

from __future__ import annotations

import inspect
import sys
from typing import TYPE_CHECKING

from kerlint.cli.arguments import Parser
from kerlint.failures import Failure
from kerlint.rules import all_rules
from kerlint.selection import codes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kerlint.rules.base import Rule


def run(argv: Sequence[str]) -> int:
    """Print the pages that are asked for; returns the exit code. Raises Failure."""
    parser = Parser(
        prog="kerlint rule",
        description="Explain rules: what they find, why it matters, what to write instead.",
        allow_abbrev=False,
    )
    parser.add_argument("rules", nargs="*", metavar="CODE", help="a code, its beginning, or a name")
    parser.add_argument("--all", action="store_true", help="one line for every rule")
    found = parser.parse(argv)
    if found.all:
        for rule in all_rules():
            sys.stdout.write(f"{rule.code}  {rule.name:<32} {summary(rule)}\n")
        return 0
    if not found.rules:
        raise Failure("say which rule, like `kerlint rule KER302`, or list them with --all")
    codes = set().union(*map(codes_of, found.rules))
    pages = [page(rule) for rule in all_rules() if rule.code in codes]
    sys.stdout.write("\n".join(pages))
    return 0


def summary(rule: Rule) -> str:
    """The first line of the rule's page, without the final stop."""
    return _text(rule).partition("\n")[0].removesuffix(".")


def page(rule: Rule) -> str:
    """The rule's page in Markdown."""
    return f"# {rule.name} ({rule.code})\n\n{_text(rule)}\n"


def _text(rule: Rule) -> str:
    return inspect.getdoc(type(rule)) or ""
