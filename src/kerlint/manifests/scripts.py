"""A text taken out of a file, and where in the file each of its characters stands.

Commands hide in YAML scalars, in recipes and in strings, where escapes are resolved and variables
are filled in. Whoever reads the commands works with plain text; this leads back to the file.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import islice

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Sequence


class Script:
    """A text made of pieces of a file.

    `pieces`  for each piece: its offset in the text, where it begins and ends in the file, and
              whether it was put in the place of what stands there (then no character of it has
              a place of its own)
    """

    __slots__ = ("_starts", "pieces", "text")

    def __init__(self, text: str, pieces: Sequence[tuple[int, int, int, bool]]) -> None:
        self.text = text
        self.pieces = pieces
        self._starts = [piece[0] for piece in pieces]

    @classmethod
    def of(cls, text: str, start: int = 0) -> Script:
        """A text that stands in the file as it is, from the offset `start` on."""
        return cls(text, [(0, start, start + len(text), False)])

    @classmethod
    def instead(cls, text: str, start: int, end: int) -> Script:
        """A text whose characters cannot be told apart in the file, between two offsets."""
        return cls(text, [(0, start, end, True)])

    @classmethod
    def joined(cls, scripts: Sequence[Script]) -> Script:
        """One after the other, as lines."""
        return cls.put_together(scripts, "\n")

    @classmethod
    def put_together(cls, scripts: Sequence[Script], between: str = "") -> Script:
        """One after the other, with a text between each two."""
        pieces: list[tuple[int, int, int, bool]] = []
        length = 0
        for script in scripts:
            pieces += [(length + one[0], one[1], one[2], one[3]) for one in script.pieces]
            length += len(script.text) + len(between)
        return cls(between.join(script.text for script in scripts), pieces)

    def after(self, text: str) -> Script:
        """With a text before it that does not stand in the file."""
        here = self.start(0)
        return Script.put_together([Script.instead(text, here, here), self])

    def start(self, at: int) -> int:
        """The offset in the file of the character at `at`."""
        begin, start, end, put = self.pieces[max(bisect_right(self._starts, at) - 1, 0)]
        return start if put else min(start + at - begin, end)

    def end(self, at: int) -> int:
        """The offset in the file just after the last character before `at`."""
        if at <= 0:
            return self.start(0)
        begin, start, end, put = self.pieces[max(bisect_right(self._starts, at - 1) - 1, 0)]
        return end if put else min(start + at - begin, end)

    def part(self, start: int, end: int) -> Script:
        """The stretch from `start` to `end` as a script of its own."""
        pieces = []
        number = max(bisect_right(self._starts, start) - 1, 0)
        for begin, first, last, put in islice(self.pieces, number, None):
            if begin >= end:
                break
            skipped = max(start - begin, 0)
            pieces.append((begin + skipped - start, first if put else first + skipped, last, put))
        here = self.start(start)
        return Script(self.text[start:end], pieces or [(0, here, here, True)])

    def filled(
        self, pattern: re.Pattern[str], value: Callable[[re.Match[str]], str | None]
    ) -> Script:
        """With another text in the place of every match; None keeps what stands there."""
        parts: list[str] = []
        pieces: list[tuple[int, int, int, bool]] = []
        at = length = 0

        def keep(until: int) -> None:
            nonlocal length
            if until > at:
                kept = self.part(at, until)
                parts.append(kept.text)
                pieces.extend((one[0] + length, one[1], one[2], one[3]) for one in kept.pieces)
                length += len(kept.text)

        for match in pattern.finditer(self.text):
            text = value(match)
            if text is None or match.end() == match.start():
                continue
            keep(match.start())
            parts.append(text)
            if text:
                pieces.append((length, self.start(match.start()), self.end(match.end()), True))
            length += len(text)
            at = match.end()
        if not parts:
            return self
        keep(len(self.text))
        return Script("".join(parts), pieces or self.pieces[:1])
