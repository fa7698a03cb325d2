"""The rules: one folder a family, one file a rule. The file's presence is enough.

`all_rules()` imports every module of every family and returns one instance of each rule class,
ordered by code. A module whose name begins with an underscore, and `base.py`, hold no rule.

`entries()` is what settings and gates need of them: codes, names and triggers, out of `table.py`,
which `python -m tools.docs` writes. A rule is imported when a file may have a finding of it.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.rules.base import Rule, Trigger
    from kerlint.source.suspect import Suspect

FAMILIES = ("imports", "order", "api", "manifests", "config", "environment", "gpu", "house")


class Entry:
    """A rule that is imported on demand.

    `hooks`  the methods of `Rule` that it has of its own: `check`, `applies`, `check_root` ...
    `spares_keras`  see Rule
    """

    __slots__ = ("_class", "_module", "_rule", "code", "hooks", "name", "spares_keras", "trigger")

    def __init__(
        self,
        code: str,
        name: str,
        where: str,
        hooks: tuple[str, ...],
        trigger: Trigger,
        spares_keras: bool = False,
        *,
        rule: Rule | None = None,
    ) -> None:
        self.code = code
        self.name = name
        self._module, _, self._class = where.partition(":")
        self.hooks = hooks
        self.trigger = trigger
        self.spares_keras = spares_keras
        self._rule = rule

    def rule(self) -> Rule:
        """The rule itself."""
        if self._rule is None:
            from importlib import import_module

            self._rule = getattr(import_module(f"kerlint.rules.{self._module}"), self._class)()
        return self._rule

    def applies(self, path: str, data: bytes) -> bool:
        """See `Rule.applies`."""
        return "applies" not in self.hooks or self.rule().applies(path, data)

    def suspects(self, suspect: Suspect) -> bool:
        """See `Rule.suspects`."""
        return "suspects" not in self.hooks or self.rule().suspects(suspect)

    def __repr__(self) -> str:
        return f"<Entry {self.code}>"


def entries() -> tuple[Entry, ...]:
    """Every rule, ordered by code, none of them imported yet."""
    global _ENTRIES
    if _ENTRIES is None:
        from kerlint.rules.table import TABLE

        _ENTRIES = tuple(Entry(*row) for row in TABLE)
    return _ENTRIES


def all_rules() -> tuple[Rule, ...]:
    """One instance of every rule, ordered by code."""
    global _RULES
    if _RULES is None:
        _RULES = tuple(sorted(_discover(), key=lambda rule: rule.code))
    return _RULES


_ENTRIES: tuple[Entry, ...] | None = None
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
