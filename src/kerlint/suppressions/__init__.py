"""Comments that silence a finding, and findings about those that silence nothing.

    import keras.engine  # kerlint: ignore[KER301] only reached under Keras 2.3
    import keras.engine  # kerlint: ignore[missing-module, KER103]
    # kerlint: file-ignore[KER301] a copy of somebody else's code
    import keras.engine  # noqa: KER301
    import keras.engine  # noqa

A comment holds for the statement it stands in: on its first or last line for all of it, on a line
between them for the findings of that line, or, if that line has none, for all of it too. An
`ignore` on a line of its own holds for the statement below it.

A blanket `noqa` never silences a file that could not be read, nor a finding about suppressions.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import NamedTuple

    from kerlint.diagnostics import Diagnostic

    class Outcome(NamedTuple):
        """The findings of a file after its comments were heard.

        `kept`        to be reported, in their order
        `suppressed`  silenced by a comment
        `unused`      new findings (KER904) about comments that silence nothing
        """

        kept: list[Diagnostic]
        suppressed: list[Diagnostic]
        unused: list[Diagnostic]

else:
    from collections import namedtuple

    Outcome = namedtuple("Outcome", "kept suppressed unused")


def present(data: bytes) -> bool:
    """Whether a comment may name a rule of ours, so that KER904 could speak of it."""
    if b"kerlint:" in data:
        return True
    if b"oqa" not in data and b"QA" not in data:  # each is in two of the four spellings
        return False
    return any(
        b"ker" in data[start : _line_end(data, start)].lower()
        for spelling in (b"noqa", b"NOQA", b"NoQA", b"Noqa")
        for start in _places(data, spelling)
    )


def _places(data: bytes, word: bytes) -> Iterator[int]:
    start = data.find(word)
    while start >= 0:
        yield start
        start = data.find(word, start + len(word))


def _line_end(data: bytes, start: int) -> int:
    end = data.find(b"\n", start)
    return end if end >= 0 else len(data)


def apply(
    path: str,
    data_text: str,
    diagnostics: Sequence[Diagnostic],
    enabled: frozenset[str],
    python: bool = True,
) -> Outcome:
    """Hear the comments of the file `path` with the decoded text `data_text`.

    `diagnostics` are the findings of this file; `enabled` the codes of the rules that are on for
    it. Only a suppression of an enabled rule can be called unused. `python` is false for a file
    whose comments begin with `#` but which is read line by line.
    """
    if "kerlint:" not in data_text and "noqa" not in data_text.lower():
        return Outcome(list(diagnostics), [], [])
    from kerlint.suppressions.matching import match

    return Outcome(*match(path, data_text, diagnostics, enabled, python))
