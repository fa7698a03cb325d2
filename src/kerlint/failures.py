"""When kerlint cannot do its job."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


class Failure(Exception):
    """Wrong usage or settings. The message is for people and says what to do; exit code 2."""


def suggestion(word: str, known: Iterable[str]) -> str:
    """`; did you mean X?` if one of `known` is close to `word`, else the empty string."""
    from difflib import get_close_matches

    words = {one.lower(): one for one in known}
    close = get_close_matches(word.lower(), words, n=1, cutoff=0.5)
    return f"; did you mean `{words[close[0]]}`?" if close else ""
