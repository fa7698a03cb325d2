"""The rules: one folder a family, one file a rule. The file's presence is enough.

`all_rules()` imports every module of every family and returns one instance of each rule class,
ordered by code. A module whose name begins with an underscore, and `base.py`, hold no rule.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.rules.base import Rule

FAMILIES = ("imports", "order", "api", "config", "house")


def all_rules() -> tuple[Rule, ...]:
    """One instance of every rule, ordered by code."""
    global _RULES
    if _RULES is None:
        _RULES = tuple(sorted(_discover(), key=lambda rule: rule.code))
    return _RULES


_RULES: tuple[Rule, ...] | None = None


def _discover() -> list[Rule]:
    import os
    from importlib import import_module

    from kerlint.rules.base import Rule

    found: list[Rule] = []
    folder = os.path.dirname(__file__)
    for family in FAMILIES:
        for file in sorted(os.listdir(os.path.join(folder, family))):
            stem, dot, suffix = file.partition(".")
            if suffix != "py" or stem.startswith("_") or not dot:
                continue
            module = import_module(f"kerlint.rules.{family}.{stem}")
            found.extend(
                value()
                for value in vars(module).values()
                if isinstance(value, type)
                and issubclass(value, Rule)
                and value.__module__ == module.__name__
            )
    return found
