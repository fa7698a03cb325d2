"""Which commands of a shell script run together, and which only instead of each other.

`if`, `case`, loops, functions and `||` make branches: a command in one of them may not run at all,
and those of two branches may never run both. A test of two texts (`[ "0" = "1" ]`), as is left of a
workflow when the values of its matrix are filled in, decides at once.
"""

from __future__ import annotations

from itertools import islice

from kerlint.manifests.shell_values import HOLE
from kerlint.manifests.shell_words import commands

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.manifests.shell_words import Command, Word

_SKIPPED = frozenset({"!", "time", "coproc"})
_OPENING = frozenset({"if", "while", "until", "for", "select"})
_TESTS = frozenset({"[", "[[", "test", "grep", "command", "which", "type", "hash", "egrep"})
_BRACKETS = frozenset({("[", "]"), ("[[", "]]")})
_COMPARING = frozenset({"=", "==", "!="})
MOST = 5000
"""Commands of one script that are looked at."""
DEEPEST = 50
"""Nesting above which nothing is told apart."""


class Step:
    """One command.

    `words`     without the keywords before them
    `branches`  the branches it is in, outermost first: for each the offset where it begins
    `shells`    the subshells it is in: what changes in one (`cd`, variables) ends with it
    """

    __slots__ = ("branches", "shells", "words")

    def __init__(
        self, words: list[Word], branches: tuple[int, ...], shells: tuple[int, ...]
    ) -> None:
        self.words = words
        self.branches = branches
        self.shells = shells


class _Frame:
    """What is open.

    `keyword`  that opened it
    `branch`   where the branch that is being read begins, or -1
    `outcome`  of the last test of an `if`; None if it is not known
    `taken`    whether one of its branches is taken for certain
    `dead`     whether the branch that is being read never runs
    """

    __slots__ = ("branch", "dead", "keyword", "outcome", "taken")

    def __init__(self, keyword: str, branch: int = -1) -> None:
        self.keyword = keyword
        self.branch = branch
        self.outcome: bool | None = None
        self.taken = self.dead = False

    def enter(self, start: int, *, last: bool) -> None:
        """The branch after a test begins, or the `last` one, which has none."""
        self.branch = start
        self.dead = self.taken or (self.outcome is False and not last)
        self.taken = self.taken or self.outcome is True

    def test(self, outcome: bool | None, operators: list[str]) -> None:
        """A command of the test was read; `operators`: those before it."""
        if "&&" in operators and self.outcome is not None:
            self.outcome = self.outcome and outcome
        else:
            self.outcome = None if "||" in operators else outcome


def steps(
    text: str, decides: bool = True, unended: list[tuple[int, str]] | None = None
) -> Iterator[Step]:
    """The commands of `text` in order.

    `decides`  whether a test of two texts does; not where they are defaults
    `unended`  as in `commands`
    """
    found = list(islice(commands(text, unended=unended), MOST))
    flow = _Flow()
    for number, command in enumerate(found):
        step = flow.step(command, found, number)
        if step.words and not (decides and any(frame.dead for frame in flow.frames)):
            yield step


class _Flow:
    def __init__(self) -> None:
        self.frames: list[_Frame] = []
        self.chain = -1  # the branch that `||` or a test has begun
        self.last: Command | None = None
        self.function = False

    def step(self, command: Command, found: list[Command], number: int) -> Step:
        start = command.words[0].start
        self._operators(command, start)
        words = self._keywords(command.words)
        if words and self._in("if") and self.frames[-1].branch < 0:
            negated = any(word.raw == "!" for word in command.words)
            self.frames[-1].test(None if negated else _outcome(words), command.before)
        if words and (self.chain < 0 or "||" in command.before):
            self._chain(words[0].start, found, number)
        self.last = command
        branches = [
            frame.branch for frame in self.frames if frame.branch >= 0 and frame.keyword != "("
        ]
        if self.chain >= 0:
            branches.append(self.chain)
        shells = [frame.branch for frame in self.frames if frame.keyword == "("]
        return Step(words, tuple(branches), tuple(shells))

    def _open(self, keyword: str, branch: int = -1) -> None:
        if len(self.frames) < DEEPEST:
            self.frames.append(_Frame(keyword, branch))

    def _operators(self, command: Command, start: int) -> None:
        """What stands between this command and the one before."""
        before = command.before
        if before[:2] == ["(", ")"] and self.last is not None and len(self.last.words) == 1:
            self.function = True
            before = before[2:]
        for operator in before:
            if operator in ("\n", ";", "&", ";;"):
                self.chain = -1
            if operator == "(" and not self._in("case"):
                self._open("(", start)
            elif operator == ")" and self._in("("):
                self.frames.pop()
            elif operator == ")" and self._in("case"):
                self.frames[-1].branch = start

    def _in(self, keyword: str) -> bool:
        return bool(self.frames) and self.frames[-1].keyword == keyword

    def _keywords(self, words: list[Word]) -> list[Word]:
        """Take the keywords off, and open and close what they open and close."""
        at = 0
        while at < len(words):
            word = words[at].raw
            if word in _OPENING:
                self._open(word)
                if word in ("for", "select"):
                    return []
            elif word == "case":
                self._open(word)
                return []
            elif word in ("then", "do", "else"):
                if self.frames and not self._in("("):
                    self.frames[-1].enter(words[at].start, last=word == "else")
            elif word == "elif":
                if self.frames and not self._in("("):
                    self.frames[-1].branch = -1
                    self.frames[-1].dead = False
            elif word in ("fi", "done", "esac", "}"):
                if self.frames and self.frames[-1].keyword != "(":
                    self.frames.pop()
                self.chain = -1
            elif word == "{":
                self._open(word, words[at].start if self.function else -1)
                self.function = False
            elif word == "function":
                self.function = True
                at += 1
            elif word not in _SKIPPED:
                break
            at += 1
        return words[at:]

    def _chain(self, start: int, found: list[Command], number: int) -> None:
        """Whether a branch begins with this command of a chain of `&&` and `||`."""
        command = found[number]
        tested = "&&" in command.before and self.last is not None and self._is_test(self.last)
        if tested or "||" in command.before:
            self.chain = start
        elif _installs(command):
            for later in islice(found, number + 1, number + 50):
                if not later.before or later.before[0] not in ("&&", "||", "|"):
                    return
                if later.before[0] == "||":
                    if _installs(later):
                        self.chain = start
                    return

    def _is_test(self, command: Command) -> bool:
        words = [word.raw for word in command.words if word.raw not in _SKIPPED]
        return bool(words) and words[0] in _TESTS


def _outcome(words: list[Word]) -> bool | None:
    """The outcome of `[ "0" = "1" ]` and `[ -z "0" ]`; None where a text is not known, or something
    else is asked.
    """
    if len(words) == 4 and (words[0].raw, words[3].raw) in _BRACKETS:
        option, text = words[1].raw, words[2].text
        if option not in ("-z", "-n") or text is None or HOLE in text:
            return None
        return (text == "") is (option == "-z")
    if len(words) != 5 or (words[0].raw, words[4].raw) not in _BRACKETS:
        return None
    left, operator, right = (word.text for word in words[1:4])
    if left is None or right is None or HOLE in left + right or operator not in _COMPARING:
        return None
    return (left == right) is (operator != "!=")


def _installs(command: Command) -> bool:
    return any(word.raw in ("install", "add", "sync", "create") for word in command.words)
