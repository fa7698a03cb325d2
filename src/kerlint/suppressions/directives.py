"""What a comment asks for: `kerlint: ignore[...]`, `kerlint: file-ignore[...]`, `noqa`."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from kerlint.suppressions.comments import Comment

    Kind = Literal["ignore", "file-ignore", "noqa"]

_KERLINT = re.compile(
    r"(?<!#)#+\s*kerlint:\s*(?P<word>ignore|file-ignore|ignore-file|disable|noqa)\b(?!-)\s*"
    r"(?P<list>\[(?P<codes>[^\]#]*)(?P<close>\])?)?"
)
_CODE = r"[A-Za-z]+[0-9]+"
_NOQA = re.compile(
    rf"(?<!#)#+\s*noqa\b(?P<colon>\s*:\s*(?P<codes>{_CODE}(?:[\s,]+{_CODE})*\b)?)?", re.IGNORECASE
)
_ITEM = re.compile(r"[^\s,]+")
_NEXT = re.compile(r"(?<!\s)\s+(?=#+:?\s*[A-Za-z])")


class Item:
    """One rule that a directive names: its spelling, and where in the comment it stands."""

    __slots__ = ("end", "start", "text")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.start = start
        self.end = end


class Directive:
    """One request in a comment.

    `items`       the rules it names; none for a blanket `noqa`
    `start`       where its `#` stands in the comment's text
    `stop`        where what was understood ends; a reason may follow
    `end`         where the reason ends: before the space that leads to the next `#`, or at the end
    `problem`     why it cannot be followed, or ""
    """

    __slots__ = ("comment", "end", "items", "kind", "problem", "start", "stop")

    def __init__(self, comment: Comment, kind: Kind, match: re.Match[str], problem: str) -> None:
        self.comment = comment
        self.kind: Kind = kind
        self.start = match.start()
        self.stop = match.end()
        follower = _NEXT.search(comment.text, self.stop)
        self.end = follower.start() if follower else len(comment.text)
        self.problem = problem
        self.items: list[Item] = []
        if match["codes"] and not problem:
            base = match.start("codes")
            self.items = [
                Item(item[0], base + item.start(), base + item.end())
                for item in _ITEM.finditer(match["codes"])
            ]

    @property
    def blanket(self) -> bool:
        """Silences whatever is there."""
        return self.kind == "noqa" and not self.items and not self.problem


def wanted(comment: str) -> bool:
    """Whether a comment may hold a directive."""
    return "kerlint:" in comment or "noqa" in comment.lower()


def directives(comment: Comment) -> Iterator[Directive]:
    """Every directive of a comment, from left to right."""
    for match in _KERLINT.finditer(comment.text):
        word = match["word"]
        kind: Kind = "file-ignore" if word == "file-ignore" else "ignore"
        yield Directive(comment, kind, match, _problem(word, match))
    for match in _NOQA.finditer(comment.text):
        # A `noqa` with a colon and no code is a slip: to hear it as a blanket one would hide too much.
        slip = match["colon"] is not None and match["codes"] is None
        yield Directive(comment, "noqa", match, "slip" if slip else "")


def _problem(word: str, match: re.Match[str]) -> str:
    if word not in ("ignore", "file-ignore"):
        right = "file-ignore" if word == "ignore-file" else "ignore"
        return f"`kerlint: {word}` is not known; did you mean `kerlint: {right}[...]`?"
    if match["list"] is None or not match["codes"].strip(" \t,"):
        return f"`kerlint: {word}` names no rule, so it silences nothing"
    if match["close"] is None:
        return f"the list of `kerlint: {word}[` is not closed, so it silences nothing"
    return ""
