"""An entry of the table of messages, and the whole table."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    import re

Kind = Literal["cause", "follower", "harmless"]


class Message(NamedTuple):
    """A message that a framework prints, and what it means.

    `id`       kebab-case, stable
    `kind`     `cause`: something is wrong, and this says what; `follower`: something before it is
               wrong; `harmless`: nothing is
    `has`      text that the line holds, letter by letter
    `pattern`  regular expression that is found in the line too; its named groups fill `says` and
               `cure` ("" for none)
    `example`  a line as it is printed
    `says`     what it means, in plain words
    `cure`     what to do; "" where nothing is to be done
    `source`   where that is known from: an issue, documentation, the code that prints it
    `codes`    rules of kerlint that find the same before it runs
    `stops`    the program ends by it, where nobody catches it
    `follows`  ids of the messages that it may be a consequence of
    `gpu`      harmless as long as nobody wants a GPU; else a cause
    `near`     a piece of the path of the file that the traceback named last
    """

    id: str
    kind: Kind
    has: str
    example: str
    says: str
    cure: str
    source: str
    pattern: str = ""
    codes: tuple[str, ...] = ()
    stops: bool = False
    follows: tuple[str, ...] = ()
    gpu: bool = False
    near: str = ""

    def fits(self, text: str, file: str = "") -> bool:
        """Whether a cleaned line is this message; `file` is what the traceback named last."""
        if self.has not in text or self.near not in file:
            return False
        return not self.pattern or _compiled(self.pattern).search(text) is not None

    def filled(self, text: str) -> Message:
        """This message with the words of a line that it fits put in."""
        found = _compiled(self.pattern).search(text) if self.pattern else None
        if found is None:
            return self
        says, cure = self.says, self.cure
        for name, word in found.groupdict().items():
            says = says.replace(f"{{{name}}}", word or "")
            cure = cure.replace(f"{{{name}}}", word or "")
        return self._replace(says=says, cure=cure)

    def match(self, text: str, file: str = "") -> Message | None:
        """This message with the words of the line put in; None where the line is another."""
        return self.filled(text) if self.fits(text, file) else None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    import re

    return re.compile(pattern)


@cache
def all_messages() -> tuple[Message, ...]:
    """The table: every `MESSAGES` of the files in `table/`, in the order of their names."""
    import pkgutil
    from importlib import import_module

    from kerlint.explaining import table

    names = sorted(one.name for one in pkgutil.iter_modules(table.__path__))
    files = [import_module(f"{table.__name__}.{name}") for name in names]
    return tuple(message for file in files for message in file.MESSAGES)
