"""The environments of a tox.toml, and of `[tool.tox]` in a pyproject.toml.

https://tox.wiki/en/latest/config.html#toml-grammar
"""

from __future__ import annotations

from itertools import islice, product

from kerlint.manifests import tox
from kerlint.manifests.drafts import Draft
from kerlint.manifests.scripts import Script
from kerlint.manifests.toml_places import document
from kerlint.manifests.tox_environments import Environment
from kerlint.manifests.tox_names import MOST

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kerlint.manifests.model import Manifest
    from kerlint.manifests.toml_places import Path, TomlDocument

_DEEPEST = 10


def read(path: str, text: str) -> Manifest:
    """The facts of a tox.toml. Raises Malformed."""
    draft = Draft(path, text, "tox-toml")
    add(draft, document(text, draft.places), ())
    return draft.manifest()


def add(draft: Draft, found: TomlDocument, root: Path) -> None:
    """Add what the environments in the table at `root` install."""
    legacy = found.get((*root, "legacy_tox_ini"))
    if isinstance(legacy, str):
        start, end = found.inner((*root, "legacy_tox_ini"))
        if draft.text[start:end] == legacy:
            tox.add(draft, legacy, start)
        return
    _Table(draft, found, root).put()


class _Table:
    def __init__(self, draft: Draft, found: TomlDocument, root: Path) -> None:
        self.draft = draft
        self.found = found
        self.root = root

    def put(self) -> None:
        places: dict[str, Path] = {}
        listed = self.found.get((*self.root, "env_list"))
        for index, one in enumerate(listed if isinstance(listed, list) else ()):
            for name in _names(one):
                places.setdefault(name, (*self.root, "env_list", index))
        for table in ("env", "env_run_base"):
            if not isinstance(self.found.get((*self.root, table)), (dict, type(None))):
                self._refuse((*self.root, table), f"`{table}` is a table")
        own = self.found.get((*self.root, "env"))
        for name in own if isinstance(own, dict) else ():
            places.setdefault(name, (*self.root, "env", name))
        if not places and self.found.get((*self.root, "env_run_base")) is not None:
            places["py"] = (*self.root, "env_run_base")
        for name, path in list(places.items())[:MOST]:
            self._environment(name, path)

    def _environment(self, name: str, path: Path) -> None:
        environment = Environment(name)
        environment.place = self.draft.places.span(*self.found.inner(path))
        deps = self._path(name, "deps")
        environment.deps = self._scripts(deps, 0)
        if not isinstance(self.found.get(deps), (str, list, dict, type(None))):
            self._refuse(deps, "`deps` is a list of requirements")
        extras = self._path(name, "extras")
        environment.extras = self._texts(extras)
        environment.groups = self._texts(self._path(name, "dependency_groups"))
        for key in ("base_python", "basepython"):
            base = self._path(name, key)
            for text in self._texts(base)[:1]:
                where = base if isinstance(self.found.get(base), str) else (*base, 0)
                environment.python = text, self.draft.places.span(*self.found.inner(where))
        if not self._skipped(name):
            environment.project = environment.place
            if environment.extras:
                environment.project = self.draft.places.span(*self.found.stretch(extras))
        for key in ("commands_pre", "commands"):
            commands = self._path(name, key)
            value = self.found.get(commands)
            for index, words in enumerate(value if isinstance(value, list) else ()):
                count = len(words) if isinstance(words, list) else 0
                scripts = [
                    script
                    for number in range(count)
                    for script in self._script((*commands, index, number))
                ]
                if scripts:
                    environment.listed.append(scripts)
        environment.put(self.draft)

    def _refuse(self, path: Path, message: str) -> None:
        self.draft.problem(message, self.draft.places.span(*self.found.stretch(path)))

    def _path(self, name: str, key: str) -> Path:
        own: Path = (*self.root, "env", name, key)
        return own if self.found.get(own) is not None else (*self.root, "env_run_base", key)

    def _skipped(self, name: str) -> bool:
        if self.found.get((*self.root, "no_package")) is True:
            return True
        if self.found.get(self._path(name, "skip_install")) is True:
            return True
        return self.found.get(self._path(name, "package")) in ("skip", "external")

    def _texts(self, path: Path) -> tuple[str, ...]:
        value = self.found.get(path)
        several = value if isinstance(value, list) else [value]
        return tuple(one for one in several if isinstance(one, str) and "{" not in one)

    def _scripts(self, path: Path, depth: int) -> list[Script]:
        """The texts of an array, and of those that it refers to."""
        value: Any = self.found.get(path)
        found: list[Script] = []
        if isinstance(value, str):
            return self._script(path)
        for index, one in enumerate(value if isinstance(value, list) else ()):
            inner = (*path, index)
            if isinstance(one, str):
                found += self._script(inner)
            elif isinstance(one, dict) and one.get("replace") == "ref" and depth < _DEEPEST:
                target = one.get("of")
                if isinstance(target, list) and all(isinstance(part, str) for part in target):
                    found += self._scripts((*self.root, *target), depth + 1)
            elif isinstance(one, dict):
                self.draft.skip(self.draft.places.span(*self.found.stretch(inner)))
            else:
                self._refuse(inner, "a requirement is a string")
        return found

    def _script(self, path: Path) -> list[Script]:
        text = self.found.get(path)
        if not isinstance(text, str):
            return []
        start, end = self.found.inner(path)
        if self.draft.text[start:end] == text:
            return [Script.of(text, start)]
        return [Script.instead(text, start, end)]


def _names(one: Any) -> list[str]:
    """A name of `env_list`, or those of `{ product = [["py39", "py310"], ["a", "b"]] }`."""
    if isinstance(one, str):
        return [one]
    parts = one.get("product") if isinstance(one, dict) else None
    if not isinstance(parts, list):
        return []
    lists = []
    for part in parts:
        if isinstance(part, dict) and isinstance(part.get("prefix"), str):
            start, stop = part.get("start"), part.get("stop")
            if isinstance(start, int) and isinstance(stop, int):
                part = [f"{part['prefix']}{number}" for number in range(start, stop + 1)[:MOST]]
        lists.append([text for text in part if isinstance(text, str)])
    excluded = one.get("exclude")
    found = ["-".join(names) for names in islice(product(*lists), MOST)]
    return [name for name in found if not isinstance(excluded, list) or name not in excluded]
