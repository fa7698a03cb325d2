"""One tox environment, put into the draft: its Python, what it installs, the project."""

from __future__ import annotations

import posixpath
import re

from kerlint.manifests import pythons
from kerlint.manifests.installer_options import Argument
from kerlint.manifests.installers import Order, take
from kerlint.manifests.installs import Installs
from kerlint.manifests.installs_filing import Filing
from kerlint.manifests.scripts import Script
from kerlint.manifests.shell_values import HOLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kerlint.diagnostics import Span
    from kerlint.manifests.drafts import Draft

_SUBSTITUTION = re.compile(r"\{(env:\w+:[^{}]*|[^{}\s][^{}]*)\}|\\#")
_WORD = re.compile(r"(?:\"[^\"]*\"|'[^']*'|\\.|[^\s\"'\\])+")
_FOLDERS = frozenset({"toxinidir", "tox_root", "tox_ini_dir", "/", "."})
_PYTHONS = frozenset({"envpython", "env_python", "basepython", "base_python", "py_impl"})


class Environment:
    """What is said about one environment, each line a script with its places.

    `listed`   commands as TOML has them: each the list of its words

    `project`  where it is said that the project is installed; None if it is not
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.deps: list[Script] = []
        self.conda: list[Script] = []
        self.before: list[Script] = []
        self.commands: list[Script] = []
        self.listed: list[list[Script]] = []
        self.extras: tuple[str, ...] = ()
        self.groups: tuple[str, ...] = ()
        self.python: tuple[str, Span] | None = None
        self.place: Span | None = None
        self.project: Span | None = None

    def put(self, draft: Draft) -> None:
        """Add everything, in the order in which tox installs it."""
        origin = f"env {self.name}"
        self._python(draft, origin)

        def locate(path: str) -> str | None:
            if path.startswith("/"):
                return None
            return posixpath.normpath(posixpath.join(posixpath.dirname(draft.path), path))

        for tool, lines in (("conda", self.conda), ("pip", self.deps)):
            if lines:
                script = Script.joined([filled(line) for line in lines])
                order = _order(tool, script)
                Filing(
                    draft,
                    order,
                    script,
                    folder="",
                    origin=origin,
                    whole=(0, len(script.text)),
                    program=(0, 0),
                    locate=locate,
                    strict=True,
                ).add()
        if self.project is not None:
            draft.commands += 1
            draft.include(
                "project",
                posixpath.dirname(draft.path) or ".",
                self.project,
                origin,
                extras=self.extras,
                groups=self.groups,
                command=draft.commands,
            )
        elif self.groups and self.place is not None:
            draft.include(
                "groups",
                posixpath.dirname(draft.path) or ".",
                self.place,
                origin,
                groups=self.groups,
            )
        installs = Installs(draft, origin=origin, locate=locate)
        for line in (*self.before, *self.commands):
            _command(installs, filled(line))
        for words in self.listed:
            whole = Script.joined([filled(word) for word in words])
            arguments, at = [], 0
            for text in whole.text.split("\n"):
                arguments.append(Argument(text, text, at, at + len(text)))
                at += len(text) + 1
            installs.arguments(arguments, whole)

    def _python(self, draft: Draft, origin: str) -> None:
        if self.python is not None:
            text, span = self.python
            specifier = pythons.of_factor(text) or pythons.specifier(text)
            if specifier:
                draft.python(specifier, text, span, origin)
            return
        for factor in self.name.split("-"):
            specifier = pythons.of_factor(factor)
            if specifier and self.place is not None:
                draft.python(specifier, factor, self.place, origin)
                return


def filled(line: Script) -> Script:
    """With values for what tox fills in, and a `HOLE` for what only a run of tox knows."""

    def one(found: re.Match[str]) -> str:
        what = found[1]
        if what is None:
            return "#"
        if what in _FOLDERS:
            return "."
        if what in _PYTHONS:
            return "python"
        if what.startswith("env:"):
            _, _, default = what[4:].partition(":")
            return default or HOLE
        return HOLE

    return line.filled(_SUBSTITUTION, one) if "{" in line.text or "\\#" in line.text else line


def _order(tool: str, script: Script) -> Order:
    """One requirement, or one option of pip, a line."""
    order = Order(tool)
    at = 0
    for line in script.text.split("\n"):
        start = at + len(line) - len(line.lstrip())
        end = at + len(line.rstrip())
        bare = script.text[start:end]
        if bare.startswith("-"):
            take(order, _words(script, start, end))
        elif bare:
            order.packages.append(Argument(bare, bare, start, end))
        at += len(line) + 1
    return order


def _words(script: Script, start: int, end: int) -> list[Argument]:
    """Words as tox splits them: no shell is at work."""
    found = []
    for word in _WORD.finditer(script.text, start, end):
        raw, begin, stop = word[0], word.start(), word.end()
        text = re.sub(r"\"([^\"]*)\"|'([^']*)'|\\(.)", _unquoted, raw)
        if len(raw) > 1 and raw[0] in "\"'" and raw[-1] == raw[0]:
            begin, stop, raw = begin + 1, stop - 1, raw[1:-1]
        found.append(Argument(text, raw, begin, stop))
    return found


def _unquoted(found: re.Match[str]) -> str:
    return next((one for one in found.groups() if one is not None), "")


def _command(installs: Installs, line: Script) -> None:
    words: Sequence[Argument] = _words(line, 0, len(line.text))
    while words and words[0].text in ("-", "!", "@"):
        words = words[1:]
    if words and words[0].text[:1] in ("-", "!"):
        words = [words[0].after(1), *words[1:]]
    installs.arguments(words, line)
