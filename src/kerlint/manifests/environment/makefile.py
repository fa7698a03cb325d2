"""What a Makefile exports, and what its recipes set.

https://www.gnu.org/software/make/manual/make.html#Variables_002fRecursion
"""

from __future__ import annotations

import re

from kerlint.manifests.settings import Setting
from kerlint.manifests.shell_settings import read_shell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.manifests.places import Places
    from kerlint.manifests.settings import Found

_LOGICAL = re.compile(r"(?:[^\\\r\n]|\\\r?\n|\\.)*(?:\r?\n|\Z)", re.DOTALL)
_ASSIGNED = re.compile(
    r"(?P<target>[^\s:=#][^:=#\r\n]*:[ \t]*)?[ ]*(?:override[ \t]+)?(?P<export>export[ \t]+)?(?:override[ \t]+)?"
    r"(?P<name>[A-Za-z_]\w*)[ \t]*(?P<how>::?:?=|\?=|=)[ \t]*(?P<value>[^\r\n]*)"
)
_RULE = re.compile(r"([^\s:=#][^:=#\r\n]*?)\s*::?(?!=)")
_CONDITIONALS = frozenset({"ifeq", "ifneq", "ifdef", "ifndef", "include", "-include"})
"""After one of these it is not known which assignments count."""
_EXPORT = re.compile(r" *export[ \t]+([\w \t]+)$")


def read(text: str, places: Places, found: Found) -> None:
    """Add exported variables, the settings of recipes, and what these start."""
    makefile = _Makefile(places, found)
    for line, start in _lines(text):
        makefile.line(line, start)
    makefile.end()


def _lines(text: str) -> Iterator[tuple[str, int]]:
    """The logical lines outside of `define`, each with its offset."""
    at = 0
    inside_define = False
    while at < len(text):
        match = _LOGICAL.match(text, at)
        line = match[0] if match else text[at]
        start, at = at, at + max(len(line), 1)
        word = line.split(maxsplit=1)[0] if line.strip() else ""
        if word in ("define", "endef"):
            inside_define = word == "define"
        elif not inside_define:
            yield line, start


class _Makefile:
    """Make reads all of the file before it runs a recipe."""

    def __init__(self, places: Places, found: Found) -> None:
        self._places = places
        self._found = found
        self._assigned: list[tuple[str, str, str, int, bool]] = []
        self._exported: set[str] = set()
        self._everything = False
        self._conditional = False
        self._rule = ""
        self._recipes: list[tuple[str, str, int]] = []

    def line(self, line: str, start: int) -> None:
        """Take in one logical line."""
        if line.startswith("\t"):
            recipe = line.lstrip("\t @+-")
            self._recipes.append((self._rule, recipe, start + len(line) - len(recipe)))
        elif line.startswith(".EXPORT_ALL_VARIABLES:"):
            self._everything = True
        elif names := _EXPORT.match(line.rstrip()):
            self._exported.update(names[1].split())
        elif pair := _ASSIGNED.match(line):
            value = re.split(r"(?<!\\)#", pair["value"])[0]
            target = (pair["target"] or "").rstrip(": \t")
            offset = start + pair.start("value")
            self._assigned.append((target, pair["name"], value, offset, bool(pair["export"])))
        elif line.split(maxsplit=1)[:1] and line.split(maxsplit=1)[0] in _CONDITIONALS:
            self._conditional = True
        elif rule := _RULE.match(line):
            self._rule = rule[1]

    def end(self) -> None:
        """Add what was found: the recipes first, then what they are run with."""
        handed_on: list[Setting] = []
        whole: dict[str, Setting] = {}
        of_rules: dict[str, dict[str, Setting]] = {}
        for target, name, value, offset, by_itself in self._assigned:
            if not (by_itself or self._everything or name in self._exported):
                continue
            known = None if "$" in value or "\\" in value else value
            span = self._places.span(offset, offset + len(value.rstrip()))
            setting = Setting(name, known, span)
            handed_on.append(setting)
            scope = of_rules.setdefault(target, {}) if target else whole
            scope[name] = setting if self._is_certain(target, name) else Setting(name, None, span)
        for rule, recipe, offset in self._recipes:
            around = {**whole, **of_rules.get(rule, {})}
            read_shell(recipe, offset, self._places, self._found, around, folder="")
        self._found.settings.extend(handed_on)

    def _is_certain(self, target: str, name: str) -> bool:
        """Whether nothing else in the file may give the name another value."""
        others = [one for one in self._assigned if one[:2] == (target, name)]
        return len(others) == 1 and not self._conditional
