"""The environments of a tox.ini: their Pythons and what each of them installs.

https://tox.wiki/en/latest/reference/config.html
"""

from __future__ import annotations

import re

from kerlint.manifests.drafts import Draft
from kerlint.manifests.ini_lines import entries
from kerlint.manifests.scripts import Script
from kerlint.manifests.tox_environments import Environment
from kerlint.manifests.tox_names import MOST, chosen, condition, expanded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.diagnostics import Span
    from kerlint.manifests.ini_lines import IniEntry
    from kerlint.manifests.model import Manifest

_COMMENT = re.compile(r"\s*(?<!\\)#.*$")
_REFERENCE = re.compile(r"\{\[([^\]{}]+)\]\s*([\w-]+)\}")
_SECTION = re.compile(r"^\[(testenv[^\]\r\n]*)\]", re.MULTILINE)
_TRUE = frozenset({"true", "1", "yes", "on"})
_DEEPEST = 10


def read(path: str, text: str) -> Manifest:
    """The facts of a tox.ini."""
    draft = Draft(path, text, "tox")
    add(draft, text)
    return draft.manifest()


def add(draft: Draft, text: str, base: int = 0, main: str = "tox") -> None:
    """Add what the environments install.

    `text`  the INI text, that stands in the file from the offset `base` on
    `main`  the section for tox itself: `tox:tox` in a setup.cfg
    """
    _Ini(draft, text, base, main).put()


class _Ini:
    def __init__(self, draft: Draft, text: str, base: int, main: str) -> None:
        self.draft = draft
        self.main = main
        self.known: dict[str, dict[str, IniEntry]] = {}
        loose: list[tuple[int, int]] = []
        for entry in entries(text, base, loose):
            own = self.known.setdefault(entry.section, {})
            place = entry.start, entry.start + len(entry.key)
            if main != "tox":
                pass  # of a setup.cfg its own reader tells
            elif not entry.section:
                self._refuse("something stands before the first section", place)
            elif any(one.key == entry.key for one in own.values()):
                self._refuse(f"`{entry.key}` comes twice in `[{entry.section}]`", place)
            own[entry.key.replace("_", "")] = entry
        for place in loose if main == "tox" else ():
            self._refuse("a line is neither a section nor `key = value`", place)
        self.places: dict[str, Span] = {}
        for found in _SECTION.finditer(text):
            at = base + found.start(1)
            self.places.setdefault(found[1], draft.places.span(at, base + found.end(1)))
        self.sections: dict[str, list[str]] = {}
        for section in (*self.known, *self.places):
            if section.startswith("testenv:"):
                for name in expanded(section[8:]):
                    sections = self.sections.setdefault(name, [])
                    if section not in sections:
                        sections.append(section)

    def _refuse(self, message: str, place: tuple[int, int]) -> None:
        """Tell what configparser, and so tox, refuses."""
        span = self.draft.places.span(*place)
        self.draft.problem(f"no valid INI file: {message}", span)

    def put(self) -> None:
        main = self.known.get(self.main, {})
        names: dict[str, Span | None] = {}
        listed = main.get("envlist")
        for offset, line in listed.lines if listed else ():
            bare = _COMMENT.sub("", line)
            span = self.draft.places.span(offset, offset + max(len(bare), 1))
            for name in expanded(bare):
                names.setdefault(name, span)
        for name in self.sections:
            names.setdefault(name, self.places.get(self.sections[name][0]))
        if not names and "testenv" in self.known:
            names["py"] = self.places.get("testenv")
        for name, where in list(names.items())[:MOST]:
            self._environment(name, where or self.places.get("testenv"))

    def _environment(self, name: str, span: Span | None) -> None:
        found = Environment(name)
        found.place = span
        found.deps = self._lines(name, "deps")
        found.conda = self._lines(name, "condadeps")
        found.before = self._commands(name, "commandspre")
        found.commands = self._commands(name, "commands")
        extras = self._lines(name, "extras")
        found.extras = tuple(re.split(r"[\s,]+", " ".join(one.text for one in extras).strip()))
        found.extras = tuple(one for one in found.extras if one and "{" not in one)
        groups = " ".join(one.text for one in self._lines(name, "dependencygroups"))
        found.groups = tuple(one for one in re.split(r"[\s,]+", groups) if one and "{" not in one)
        basis = self._lines(name, "basepython")
        if basis:
            where = self.draft.places.span(basis[0].start(0), basis[0].end(len(basis[0].text)))
            found.python = basis[0].text.split(",")[0].strip(), where
        if not self._skipped(name):
            place: Span | None = None
            if extras:
                place = self.draft.places.span(
                    extras[0].start(0), extras[0].end(len(extras[0].text))
                )
            found.project = place or span
        found.put(self.draft)

    def _skipped(self, name: str) -> bool:
        """Whether the project itself is not installed."""
        main = self.known.get(self.main, {})
        for key in ("skipsdist", "nopackage"):
            entry = main.get(key)
            if entry and entry.lines and entry.lines[0][1].strip().lower() in _TRUE:
                develop = self._lines(name, "usedevelop")
                return not (develop and develop[0].text.lower() in _TRUE)
        skip = self._lines(name, "skipinstall")
        if skip and skip[0].text.strip().lower() in _TRUE:
            return True
        package = self._lines(name, "package")
        return bool(package) and package[0].text.strip() in ("skip", "external")

    def _lines(self, name: str, key: str) -> list[Script]:
        """The lines of an entry that hold for an environment."""
        for section in (*self.sections.get(name, ()), "testenv"):
            entry = self.known.get(section, {}).get(key)
            if entry is not None:
                return self._chosen(entry, name, 0)
        return []

    def _chosen(self, entry: IniEntry, name: str, depth: int) -> list[Script]:
        found: list[Script] = []
        for offset, line in entry.lines:
            bare = _COMMENT.sub("", line)
            names, skipped = condition(bare)
            if not chosen(names, name) or not bare.strip():
                continue
            rest = bare[skipped:]
            other = _REFERENCE.fullmatch(rest.strip())
            if other:
                target = self.known.get(other[1], {}).get(other[2].replace("_", ""))
                if target is not None and depth < _DEEPEST:
                    found += self._chosen(target, name, depth + 1)
                continue
            if rest.strip():
                found.append(Script.of(rest.rstrip(), offset + skipped))
        return found

    def _commands(self, name: str, key: str) -> list[Script]:
        """With lines joined that end in a backslash."""
        found: list[Script] = []
        held: list[Script] = []
        for line in self._lines(name, key):
            if line.text.endswith("\\"):
                held.append(line.part(0, len(line.text) - 1))
                continue
            found.append(Script.joined([*held, line]) if held else line)
            held = []
        return [*found, *held]
