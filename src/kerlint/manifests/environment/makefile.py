"""What a Makefile exports, and what its recipes set.

https://www.gnu.org/software/make/manual/make.html#Variables_002fRecursion
"""

from __future__ import annotations

import re

from kerlint.manifests.shell_settings import read_shell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.manifests.places import Places
    from kerlint.manifests.settings import Found

_LOGICAL = re.compile(r"(?:[^\\\r\n]|\\\r?\n|\\.)*(?:\r?\n|\Z)", re.DOTALL)
_ASSIGNED = re.compile(
    r"(?P<target>[^\s:=#][^:=#\r\n]*:[ \t]*)?[ ]*(?:override[ \t]+)?(?P<export>export[ \t]+)?(?:override[ \t]+)?"
    r"(?P<name>[A-Za-z_]\w*)[ \t]*(?P<how>::?:?=|\?=|=)[ \t]*(?P<value>[^\r\n]*)"
)
_EXPORT = re.compile(r" *export[ \t]+([\w \t]+)$")


def read(text: str, places: Places, found: Found) -> None:
    """Add exported variables and the settings of recipes."""
    assigned: list[tuple[str, str, int, bool]] = []
    exported: set[str] = set()
    everything = False
    at = 0
    inside_define = False
    while at < len(text):
        match = _LOGICAL.match(text, at)
        line = match[0] if match else text[at]
        start, at = at, at + max(len(line), 1)
        word = line.split(maxsplit=1)[0] if line.strip() else ""
        if word in ("define", "endef"):
            inside_define = word == "define"
        elif inside_define:
            continue
        elif line.startswith("\t"):
            recipe = line.lstrip("\t @+-")
            read_shell(recipe, start + len(line) - len(recipe), places, found, folder="")
        elif line.startswith(".EXPORT_ALL_VARIABLES:"):
            everything = True
        elif names := _EXPORT.match(line.rstrip()):
            exported.update(names[1].split())
        elif pair := _ASSIGNED.match(line):
            value = re.split(r"(?<!\\)#", pair["value"])[0]
            assigned.append(
                (pair["name"], value, start + pair.start("value"), bool(pair["export"]))
            )
    for name, value, offset, by_itself in assigned:
        if by_itself or everything or name in exported:
            unknown = "$" in value or "\\" in value
            span = places.span(offset, offset + len(value.rstrip()))
            found.add(name, None if unknown else value, span)
