"""What may stand where between the words of shell commands: `then` after `if a;`, nothing before `&&`.

Only the grammar that bash, dash and their kin have in common is held; what only one of them takes
raises `Unsure`.

https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_10
"""

from __future__ import annotations

_CLOSED_BY = {"if": "fi", "while": "done", "until": "done", "for": "done", "select": "done"}
_CLOSED_BY.update({"case": "esac", "{": "}", "(": ")"})
_CLOSING = frozenset(_CLOSED_BY.values()) - {")"}
_LOOPS = frozenset({"while", "until", "for", "select"})
_PARTS = {"then": "test", "elif": "then", "else": "then", "do": "test"}
"""Words that begin another part of what is open, and the part that they end."""
_RESERVED = _CLOSING | _PARTS.keys()
_JOINING = frozenset({"&&", "||", "|", "|&"})
_CLAUSES = frozenset({";;", ";&", ";;&"})


class Unsure(Exception):
    """The text is of a kind that is not taken apart here."""


class Refused(Exception):
    """What a shell refuses: at which offset, and what a person is told."""

    def __init__(self, offset: int, message: str) -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message


class _Frame:
    """What is open.

    `name`   that opened it, at `start`; "" for the list around all
    `part`   that is being read: `test`, `then`, `else`, `body`, `clause` hold commands; `name`,
             `list`, `do` belong to the head of a `for`, `subject`, `in`, `pattern` to a `case`
    `last`   the word after which that part began
    `empty`  whether no command has stood in it
    """

    __slots__ = ("empty", "last", "name", "part", "start")

    def __init__(self, name: str, start: int, part: str) -> None:
        self.name = self.last = name
        self.start = start
        self.part = part
        self.empty = True

    def go_on(self, part: str, word: str) -> None:
        """Another part begins with `word`."""
        self.part, self.last, self.empty = part, word, True


class Grammar:
    """Is told the words and operators of a text in their order; raises `Refused`.

    `starts`  whether a command may begin here
    """

    def __init__(self) -> None:
        self.frames = [_Frame("", 0, "body")]
        self.starts = True
        self._waits: tuple[str, int] | None = None  # an operator that needs a command after it
        self._ended = False  # a compound command has just been closed
        self._named = ""  # `function` or `coproc`: a name may follow
        self._lone = False  # `time` and `!` may stand alone
        self._words = 0  # of the command that is being read

    @property
    def top(self) -> _Frame:
        """What is open last."""
        return self.frames[-1]

    @property
    def in_pattern(self) -> bool:
        """Whether the pattern of a `case` is being read."""
        return self.top.part == "pattern"

    def word(self, word: str, start: int) -> None:
        """A word that is no operator."""
        top = self.top
        if top.part == "subject":
            top.part = "in"
        elif top.part == "in":
            if word != "in":
                raise Refused(top.start, "the `case` has no `in`")
            top.go_on("pattern", word)
        elif top.part == "pattern":
            if not top.empty:
                raise Refused(start, "`)` is missing after the pattern of the `case`")
            top.empty = False
            if word == "esac":
                self._close(word, start)
        elif top.part == "name":
            top.part = "named"
        elif top.part == "named" and word == "in":
            top.part = "list"
        elif top.part in ("named", "do"):
            self._loop(word, start)
        elif top.part != "list":
            self._command(word, start)

    def _loop(self, word: str, start: int) -> None:
        if word == "{":
            raise Unsure
        if word != "do":
            raise Refused(start, f"`do` is missing before this: the `{self.top.name}` needs it")
        self.top.go_on("body", word)
        self.starts, self._words = True, 0

    def _command(self, word: str, start: int) -> None:
        if self._named:
            named, self._named = self._named, ""
            if named == "coproc" and word != "{":
                raise Unsure
            if named == "function":
                self._words = 1
                return
        self._words += 1
        if self.starts and self._opens(word, start):
            return
        if word in _RESERVED and (self.starts or self._ended):
            self._reserved(word, start)
        elif self._ended:
            raise Refused(start, f"`{word[:40]}` does not belong here: a `;` before it is missing")
        elif self.starts:
            self.command()

    def command(self) -> None:
        """A simple command begins."""
        self.top.empty = False
        self.starts = self._lone = False
        self._waits = None

    def _opens(self, word: str, start: int) -> bool:
        if word in ("!", "time"):
            self._lone = True
        elif word in ("coproc", "function"):
            self._named = word
            self.top.empty = False
        elif word in _CLOSED_BY:
            part = {"if": "test", "while": "test", "until": "test", "case": "subject"}.get(word)
            self.open(word, start, part or ("name" if word in _LOOPS else "body"))
        else:
            return False
        return True

    def open(self, name: str, start: int, part: str = "body") -> None:
        """A compound command begins."""
        self.command()
        self.frames.append(_Frame(name, start, part))
        self._words = 0
        self.starts = part in ("test", "body")

    def _reserved(self, word: str, start: int) -> None:
        top = self.top
        self._complete(word, start)
        if word in _CLOSING:
            self._close(word, start)
            return
        fits = top.name in (("while", "until") if word == "do" else ("if",))
        if not fits or top.part != _PARTS[word]:
            raise Refused(start, f"`{word}` does not belong here: {self._why(word)}")
        self._not_empty(word, start)
        part = {"then": "then", "elif": "test", "else": "else", "do": "body"}[word]
        top.go_on(part, word)
        self.starts, self._ended, self._words = True, False, 0

    def _close(self, word: str, start: int) -> None:
        """`fi`, `done`, `esac`, `}` and `)`."""
        top = self.top
        if _CLOSED_BY.get(top.name) != word:
            raise Refused(start, f"`{word}` does not belong here: {self._why(word)}")
        if top.part == "test":
            missing = "then" if top.name == "if" else "do"
            raise Refused(top.start, f"the `{top.name}` has no `{missing}`")
        if top.name != "case":
            self._not_empty(word, start)
        self.frames.pop()
        self.starts, self._ended, self._waits = False, True, None

    def _why(self, word: str) -> str:
        name = self.top.name
        if not name:
            return "nothing is open"
        if name in _CLOSED_BY and (word in _CLOSING or word == ")"):
            return f"the `{name}` is still open"
        return f"it is no part of the `{name}` that is open"

    def _not_empty(self, word: str, start: int) -> None:
        if self.top.empty:
            last = self.top.last
            raise Refused(start, f"no command stands between `{last}` and `{word}`")

    def _complete(self, word: str, start: int) -> None:
        if self._waits is not None:
            operator, _ = self._waits
            raise Refused(start, f"`{word}` stands where `{operator}` needs a command")

    def operator(self, sign: str, start: int) -> None:
        """`;`, `&&`, a line end and their like."""
        top = self.top
        if sign == "\n":
            self._line_end()
        elif top.part in ("named", "list", "do") and sign == ";":
            top.part = "do"
        elif top.part in ("subject", "in", "name", "named", "list", "do"):
            raise Unsure
        elif top.part == "pattern":
            if sign != "|":
                raise Unsure
            top.empty = True
        elif sign in _CLAUSES:
            self._clause(sign, start)
        else:
            self._separates(sign, start)

    def _line_end(self) -> None:
        if self.top.part in ("named", "list"):
            self.top.part = "do"
        elif self.top.part in ("test", "then", "else", "body", "clause"):
            self.starts, self._ended, self._words = True, False, 0

    def _clause(self, sign: str, start: int) -> None:
        self._complete(sign, start)
        if self.top.name != "case":
            raise Refused(start, f"`{sign}` does not belong here: {self._why(')')}")
        self.top.go_on("pattern", sign)
        self.starts = self._ended = False

    def _separates(self, sign: str, start: int) -> None:
        if self._waits is not None:
            self._complete(sign, start)
        if self.starts and not self._lone and not self._named:
            raise Refused(start, f"no command stands before `{sign}`")
        if self.starts:
            self.command()
        self.starts, self._ended, self._words = True, False, 0
        self._waits = (sign, start) if sign in _JOINING else None

    def function(self, start: int) -> bool:
        """`name()` was read, of which the body follows; False if it is none."""
        if self._words != 1 or self._ended:
            return False
        self.starts, self._words = True, 0
        self._waits = ("()", start)
        return True

    def pattern(self) -> None:
        """`(` before a pattern of a `case`."""
        if not self.top.empty:
            raise Unsure

    def tested(self) -> None:
        """`[[ ... ]]` was read."""
        self._ended = True

    def opening(self, start: int) -> None:
        """`(` where a command may begin."""
        self.open("(", start)

    def counted(self) -> None:
        """`((...))` was read: the head of a `for`, or a command."""
        if self.top.part == "name":
            self.top.part = "named"
        else:
            self.command()
            self._ended = True

    def closing(self, start: int) -> None:
        """`)`, unless it ends the text."""
        if self.in_pattern:
            self.top.part, self.starts, self._words = "clause", True, 0
            return
        self._complete(")", start)
        self._close(")", start)

    def ends(self, sign: str = "") -> bool:
        """Whether the text may end here, with `sign`; raises `Refused` where that is certain."""
        if sign and len(self.frames) > 1:
            return False
        if len(self.frames) > 1:
            top = self.top
            missing = _CLOSED_BY[top.name]
            raise Refused(top.start, f"the `{top.name}` is never closed: `{missing}` is missing")
        if self._waits is not None:
            operator, start = self._waits
            raise Refused(start, f"`{operator}` needs a command after it")
        return True


_BINARY = frozenset(
    {"=", "==", "!=", "=~", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef", "<", ">"}
)


class Test:
    """What stands in `[[ ... ]]`, which begins at `start`.

    `words`  since the last operator
    """

    def __init__(self, start: int) -> None:
        self.words: list[str] = []
        self._start = start
        self._grouped = False  # a group in brackets has ended

    def bracket(self, sign: str) -> None:
        """`(` or `)`."""
        if sign == ")":
            self.joined()
            self._grouped = True
        elif self.words not in ([], ["!"]):
            raise Unsure  # a pattern
        else:
            self.words = []

    def joined(self) -> None:
        """`&&`, `||` or the end: what was read until now is a test of its own."""
        words = [word for word in self.words if word != "!"] if len(self.words) > 1 else self.words
        fits = (
            not words
            if self._grouped
            else len(words) == 1
            or (len(words) == 2 and words[0][:1] == "-")
            or (len(words) == 3 and words[1] in _BINARY)
        )
        if not fits:
            what = "what stands in `[[` is no test: a quote or an operator may be missing"
            raise Refused(self._start, what)
        self.words, self._grouped = [], False
