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
    from collections.abc import Sequence
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
    if b"qa" not in data and b"QA" not in data:
        return False
    import re

    return any(
        b"ker" in match[1].lower() for spelling in _NOQA for match in re.finditer(spelling, data)
    )


_NOQA = (rb"qa(?<=[nN]oqa)([^\n]*)", rb"QA(?<=N[oO]QA)([^\n]*)")
"""`noqa` in four spellings, by its rare letters: `re` looks for what an expression begins with."""


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
