"""What the recipes of a Makefile install.

https://www.gnu.org/software/make/manual/make.html#Recipes
"""

from __future__ import annotations

import re

from kerlint.manifests.drafts import Draft
from kerlint.manifests.installs import Installs, may_install
from kerlint.manifests.scripts import Script
from kerlint.manifests.shell_values import HOLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.manifests.model import Manifest

_LOGICAL = re.compile(r"(?:[^\\\r\n]|\\\r?\n|\\.)*(?:\r?\n|\Z)", re.DOTALL)
_ASSIGNED = re.compile(
    r"[ ]*(?:export[ \t]+|override[ \t]+)*([A-Za-z_][\w.-]*)[ \t]*(:{0,3}=|\?=|\+=|!=)[ \t]*([^\r\n]*)"
)
_TARGET = re.compile(r"([^\s:=#][^:=#\r\n]*?)[ \t]*::?(?!=)")
_EXPANDED = re.compile(r"\$\$|\$\(([\w.-]+)\)|\$\{([\w.-]+)\}|\$\(|\$\{|\$[\w@<^*?+%|]")
_COMMAND = re.compile(r" +[@-]?(?:pip3?|python3?|uv|conda|mamba) ")
_PIP = re.compile(r"pip|python|py|uv|conda|mamba|poetry", re.IGNORECASE)


def read(path: str, text: str) -> Manifest:
    """The facts of a Makefile: each target is an origin of its own."""
    draft = Draft(path, text, "makefile")
    if may_install(text):
        _read(draft, text)
    return draft.manifest()


def _read(draft: Draft, text: str) -> None:
    variables: dict[str, str] = {}
    recipes: list[tuple[str, Script]] = []
    target, at, inside_define, told = "", 0, False, ".RECIPEPREFIX" in text
    while at < len(text):
        match = _LOGICAL.match(text, at)
        line = match[0] if match else text[at]
        start, at = at, at + max(len(line), 1)
        word = line.split(maxsplit=1)[0] if line.strip() else ""
        if word in ("define", "endef"):
            inside_define = word == "define"
        elif inside_define or not word or line.startswith("#"):
            continue
        elif line.startswith("\t") and target:
            recipe = line.lstrip("\t @+-")
            recipes.append((target, Script.of(recipe, start + len(line) - len(recipe))))
        elif target and line.startswith(" ") and _COMMAND.match(line) and not told:
            told = True
            place = start + len(line) - len(line.lstrip())
            draft.problem(
                "a recipe begins with a tab, and this line with spaces",
                draft.places.span(start, place),
            )
        elif pair := _ASSIGNED.match(line):
            _assign(variables, pair)
        elif found := _TARGET.match(line):
            target = found[1].split()[0]
            _, semicolon, recipe = line.partition(";")
            if semicolon:
                recipes.append((target, Script.of(recipe, start + len(line) - len(recipe))))
    shells: dict[str, Installs] = {}
    for name, script in recipes:
        if not may_install(script.text) and not _PIP.search(script.text):
            continue
        origin = f"target {_expanded(Script.of(name), variables).text}".replace(HOLE, "?")
        # `make GPU=1` overrules what the file says.
        shell = shells.setdefault(origin, Installs(draft, origin=origin, decides=False))
        shell.read(_expanded(script, variables))


def _assign(variables: dict[str, str], pair: re.Match[str]) -> None:
    name, how, text = pair[1], pair[2], re.split(r"(?<!\\)#", pair[3])[0].strip()
    if how == "!=" or "\\" in text:
        variables[name] = HOLE
    elif how == "+=":
        variables[name] = f"{variables.get(name, '')} {text}".strip()
    elif how != "?=" or name not in variables:
        variables[name] = text
    if len(variables[name]) > 1000:
        variables[name] = HOLE


def _expanded(script: Script, variables: dict[str, str], depth: int = 0) -> Script:
    """With make's variables filled in. What is computed is not known; a variable that is called
    after pip or Python stays as it is, so that it can be told.
    """

    def one(found: re.Match[str]) -> str | None:
        if found[0] == "$$":
            return "$"
        name = found[1] or found[2]
        if name is None:
            return HOLE if found[0] not in ("$(", "${") else None
        text = variables.get(name)
        if text is None or depth > 5 or HOLE in text:
            return None if _PIP.search(name) else HOLE
        if "$" in text:
            text = _expanded(Script.of(text), variables, depth + 1).text
            if HOLE in text or "$(" in text:
                return None if _PIP.search(name) else HOLE
        return text if len(text) < 1000 else HOLE

    return script.filled(_EXPANDED, one) if "$" in script.text else script
