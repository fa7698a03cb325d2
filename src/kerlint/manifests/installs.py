"""`pip install ...` and its like in scripts: what they install, where, and one after the other.

    installs = Installs(draft, origin="stage 1", folder="")
    installs.read(Script.of(text, offset))

Whoever reads a format with commands in it makes one `Installs` for each environment that is built
up, and hands it the scripts in the order in which they run.
"""

from __future__ import annotations

import posixpath
import re
from itertools import pairwise

from kerlint.manifests.installer_options import Argument
from kerlint.manifests.installers import order_of
from kerlint.manifests.installs_filing import Filing, joined
from kerlint.manifests.requested import asked
from kerlint.manifests.shell_ends import opened_and_not_closed
from kerlint.manifests.shell_flow import steps
from kerlint.manifests.shell_values import HOLE, value
from kerlint.manifests.shell_words import Word, assignment, left_open

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kerlint.diagnostics import Span
    from kerlint.manifests.drafts import Draft
    from kerlint.manifests.installers import Order
    from kerlint.manifests.scripts import Script

_PASSING = frozenset(
    {"exec", "nohup", "command", "travis_retry", "retry", "noglob", "builtin", "eval", "ionice"}
)
_SHELLS = frozenset({"sh", "bash", "zsh", "dash", "ash"})
_CONDA = frozenset({"conda", "mamba", "micromamba"})
_RUNNERS = frozenset({"poetry", "uv", "pipenv", "pdm", "hatch", "rye", "pixi"})
_HINT = re.compile(r"install|\badd\b|sync|create|inject|pipx|uvx|with|update")
_LONGEST = 300_000
"""Characters of a script above which it is not looked at."""
_COMMANDS = 2000
"""Commands of one script that are looked at."""
_PROSE = frozenset({"readme", "notebook"})
"""Formats in which what looks like a command may be none."""
_FOLDED = re.compile(r"(?:\\ )+")
"""What is left of a continued line that YAML has folded."""
_ACTIVATING = _CONDA | {"source", ".", "activate", "deactivate"}


def may_install(text: str) -> bool:
    """Whether commands in `text` may install something: a quick look."""
    return _HINT.search(text) is not None


class _State:
    """What a shell knows: its folder (None: unknown), the environment in use, its variables."""

    __slots__ = ("environment", "folder", "variables")

    def __init__(self, folder: str | None, environment: str, variables: Mapping[str, str]) -> None:
        self.folder = folder
        self.environment = environment
        self.variables = dict(variables)

    def copy(self) -> _State:
        return _State(self.folder, self.environment, self.variables)


class Installs:
    """Adds to a draft what commands install.

    `origin`     of what they install, as in `Requirement`
    `folder`     where they run: relative to the folder of the file, or absolute in an image;
                 None where that is not known
    `variables`  those whose value is known
    `locate`     from a path as a command sees it (joined with its folder) to that in the reports;
                 None where it is not known. By default the path is one beside the file
    `strict`     whether what pip would refuse is a problem; else it is passed over
    `decides`    whether the values filled in are those that count, so that a test of them decides
    `posix`      whether each script is read by a shell like bash, as a whole, so that what it leaves
                 open is a problem
    """

    def __init__(
        self,
        draft: Draft,
        *,
        origin: str = "",
        folder: str | None = "",
        variables: Mapping[str, str] | None = None,
        locate: Callable[[str], str | None] | None = None,
        strict: bool = True,
        decides: bool = True,
        posix: bool = False,
    ) -> None:
        self.draft = draft
        self.origin = origin
        self.folder = folder
        self.variables = dict(variables or {})
        self.environment = ""
        self.locate = locate or self._beside
        self.strict = strict
        self.decides = decides
        self.posix = posix
        self._labels: dict[tuple[str, str], int] = {}

    def read(self, script: Script, maybe: int = -1) -> None:
        """Add what the commands of a script install. What it sets ends with it.

        `maybe`  where in the file it stands under what condition it runs; -1: it runs
        """
        if not may_install(script.text):
            return
        if len(script.text) > _LONGEST:
            self.draft.skip(self._span(script, 0, 1))
            return
        state = _State(self.folder, self.environment, self.variables)
        told = len(self.draft.problems)
        self._read(script, state, (maybe,) if maybe >= 0 else (), 0)
        if self.posix and len(self.draft.problems) == told:
            open_one = opened_and_not_closed(script.text)
            if open_one is not None:
                self._broken(open_one[1], script, open_one[0])

    def words(self, texts: Sequence[tuple[str, int, int]], script: Script) -> None:
        """Add what one command installs whose words are known, as in `RUN ["pip", "install"]`:
        texts with their offsets in the script.
        """
        self.arguments([Argument(text, text, start, end) for text, start, end in texts], script)

    def arguments(
        self, arguments: Sequence[Argument], script: Script, branches: tuple[int, ...] = ()
    ) -> None:
        """The same for words that may be known in part.

        `branches`  where the branches begin, in the file, in which the command stands
        """
        if arguments:
            state = _State(self.folder, self.environment, self.variables)
            self._start(list(arguments), script, state, branches)

    def _read(self, script: Script, state: _State, around: tuple[int, ...], depth: int) -> None:
        states: dict[tuple[int, ...], _State] = {(): state}
        conditional: set[str] = set()
        unended: list[tuple[int, str]] = []
        for number, step in enumerate(steps(script.text, self.decides, unended)):
            if number > _COMMANDS:
                self.draft.skip(self._span(script, step.words[0].start, step.words[-1].end))
                return
            known = states.get(step.shells)
            if known is None:
                parent = step.shells
                while parent not in states:
                    parent = parent[:-1]
                known = states[step.shells] = states[parent].copy()
            words = self._bare(step.words, known, bool(step.branches), conditional)
            if not words:
                continue
            arguments = [_argument(word, known.variables) for word in words]
            branches = (*around, *(script.start(one) for one in step.branches))
            head = posixpath.basename(arguments[0].text)
            if head in ("cd", "pushd", "popd"):
                target = arguments[1].text if head != "popd" and len(arguments) > 1 else HOLE
                if step.branches:
                    target = HOLE
                known.folder = joined(known.folder, target)
            elif not _activated(head, arguments, known):
                self._start(arguments, script, known, branches, depth)
        for at, mark in unended:
            self._broken(
                f"the here-document `{mark}` is never ended: all that follows is its text",
                script,
                at,
            )

    def _broken(self, message: str, script: Script, at: int) -> None:
        """Tell what the shell would not take; of prose nothing is told."""
        if self.draft.format not in _PROSE:
            self.draft.problem(message, self._span(script, at, at + 1))

    def _start(
        self,
        arguments: list[Argument],
        script: Script,
        state: _State,
        branches: tuple[int, ...],
        depth: int = 0,
    ) -> None:
        """One program: a shell, `conda run`, or an installer."""
        head = posixpath.basename(arguments[0].text)
        if head in _SHELLS and depth < 3:
            self._inner(arguments, script, state, branches, depth)
        elif head in _CONDA and len(arguments) > 2 and arguments[1].text == "run" and depth < 3:
            own = state.copy()
            at = 2
            while at < len(arguments) and arguments[at].text.startswith("-"):
                if arguments[at].text in ("-n", "--name", "-p", "--prefix"):
                    at += 1
                    own.environment = arguments[at].raw if at < len(arguments) else ""
                elif arguments[at].text == "--cwd":
                    at += 1
                    own.folder = None
                at += 1
            if at < len(arguments):
                self._start(arguments[at:], script, own, branches, depth + 1)
        else:
            self._command(arguments, script, state, branches)

    def _bare(
        self, words: list[Word], state: _State, branch: bool, conditional: set[str]
    ) -> list[Word]:
        """The program and its arguments; variables that are set before are taken off, and those
        that are set for the rest of the script are kept in `state`.
        """
        own: list[tuple[str, Word]] = []
        at = 0
        while at < len(words):
            if words[at].raw in ("export", "declare", "local", "readonly", "typeset"):
                own += [pair for word in words[at + 1 :] if (pair := assignment(word))]
                at = len(words)
                break
            pair = assignment(words[at])
            if pair is not None:
                own.append(pair)
                at += 1
                continue
            rest = _unwrapped(words[at:])
            if rest is None:
                break
            words, at = rest, 0
        words = words[at:]
        if not words:
            for name, word in own:
                text = value(word.raw, state.variables)
                # What a branch sets holds in it; after it nobody knows.
                state.variables[name] = text if not branch else HOLE
        return words

    def _inner(
        self,
        arguments: list[Argument],
        script: Script,
        state: _State,
        branches: tuple[int, ...],
        depth: int,
    ) -> None:
        """`bash -c "..."`."""
        for option, text in pairwise(arguments):
            if re.fullmatch(r"-[a-z]*c", option.text):
                raw = script.text[text.start : text.end]
                if HOLE in text.text and "`" in text.text:
                    return
                if raw == text.text:
                    inner = script.part(text.start, text.end)
                else:
                    first, last = script.start(text.start), script.end(text.end)
                    inner = type(script).instead(text.text.replace(HOLE, "$_"), first, last)
                self._read(inner, state.copy(), branches, depth + 1)
                return

    def _command(
        self,
        arguments: list[Argument],
        script: Script,
        state: _State,
        branches: tuple[int, ...],
    ) -> None:
        order = order_of(arguments)
        if order is None:
            return
        origin = self._origin(order.environment or state.environment, branches)
        if order.removes:
            self._remove(order, origin)
            return
        last = arguments[-1]
        if last.end >= len(script.text.rstrip()):
            quote = left_open(script.text[last.start : last.end])
            if quote >= 0:
                at = last.start + quote
                self._broken(f"the quote {script.text[at]} is never closed", script, at)
        Filing(
            self.draft,
            order,
            script,
            folder=state.folder,
            origin=origin,
            whole=(arguments[0].start, arguments[-1].end),
            program=(arguments[0].start, arguments[0].end),
            locate=self.locate,
            strict=self.strict,
        ).add()

    def _origin(self, environment: str, branches: tuple[int, ...]) -> str:
        """The name of what is installed together; those of branches bring what is around them."""
        name = self.origin
        if environment:
            outer = name
            name = f"{name}, {environment}" if name else environment
            if "python" not in environment:
                self.draft.within[name] = outer
        for branch in branches:
            place = self.draft.places.position(branch)
            label = f"line {place.line}"
            if self._labels.setdefault((self.origin, label), branch) != branch:
                label = f"{label}:{place.column}"
            inner = f"{name}, {label}" if name else label
            self.draft.bring(inner, name)
            name = inner
        return name

    def _remove(self, order: Order, origin: str) -> None:
        """What was installed before is no longer there."""
        names = {asked(one.text).name for one in order.packages} - {""}
        self.draft.requirements = [
            one
            for one in self.draft.requirements
            if one.origin != origin or one.name not in names or not one.name
        ]
        for include in self.draft.includes:
            if include.origin == origin:
                include.without = tuple({*include.without, *names})
        self.draft.removed.setdefault(origin, set()).update(names)

    def _beside(self, path: str) -> str | None:
        if path.startswith("/"):
            return None
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.draft.path), path))

    def _span(self, script: Script, start: int, end: int) -> Span:
        return self.draft.places.span(script.start(start), script.end(end))


def _argument(word: Word, variables: Mapping[str, str]) -> Argument:
    start, end, raw = word.start, word.end, word.raw
    text = value(raw, variables)
    folded = _FOLDED.match(raw)
    if folded and folded.end() < len(raw):
        start, raw, text = start + folded.end(), raw[folded.end() :], text.lstrip(" ")
    if len(raw) > 1 and raw[0] in "\"'" and raw[-1] == raw[0] and raw[0] not in raw[1:-1]:
        start, end, raw = start + 1, end - 1, raw[1:-1]
    return Argument(text, raw, start, end)


def _unwrapped(words: list[Word]) -> list[Word] | None:
    """What `sudo`, `env`, `poetry run` and their like run; None for any other command."""
    head = posixpath.basename(words[0].raw)
    if head in ("sudo", "env", "timeout", "nice", "travis_wait", "time"):
        rest = words[1:]
        while rest and (rest[0].raw.startswith("-") or rest[0].raw[:1].isdigit()):
            valued = rest[0].raw in ("-u", "-g", "--user", "--group", "-C", "-n", "-k", "-s")
            rest = rest[2 if valued else 1 :]
        return rest
    if head in _PASSING:
        return words[1:]
    if head in _RUNNERS and len(words) > 2 and words[1].raw == "run":
        inner = posixpath.basename(words[2].raw)
        if inner.startswith(("pip", "python", "uv")):
            return words[2:]
    return None


def _activated(head: str, arguments: list[Argument], state: _State) -> bool:
    """Whether the command changes the environment in use."""
    if head not in _ACTIVATING:
        return False
    texts = [one.text for one in arguments]
    if head == "deactivate":
        state.environment = ""
        return True
    if head in ("source", "."):
        path = texts[1] if len(texts) > 1 else ""
        raw = arguments[1].raw if len(arguments) > 1 else ""
        found = re.fullmatch(r"(.*?)/?(?:bin|Scripts)/activate(?:\.\w+)?", raw)
        if found:
            state.environment = found[1] or path
        elif re.search(r"(?:^|/)activate$", path):
            state.environment = arguments[2].raw if len(arguments) > 2 else ""
        return True
    if head == "activate":
        state.environment = arguments[1].raw if len(arguments) > 1 else ""
        return True
    if len(texts) > 1 and texts[1] in ("activate", "deactivate"):
        named = texts[1] == "activate" and len(texts) > 2 and not texts[2].startswith("-")
        state.environment = arguments[2].raw if named else ""
        return True
    return False
