"""Which rules are in force: selectors, and what they choose.

A selector is a code (`KER302`), the beginning of one (`KER3`), a name (`missing-name`) or `ALL`.
The longer selector wins over the shorter one; between equals, ignoring wins.
"""

from __future__ import annotations

from kerlint.failures import Failure, suggestion
from kerlint.rules import entries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from kerlint.settings import Layer

ALL = "ALL"


def codes_of(selector: str) -> frozenset[str]:
    """The codes that a selector stands for.

    Raises Failure, naming the nearest right one, if it stands for none.
    """
    wanted = selector.strip()
    if wanted.upper() == ALL:
        return frozenset(rule.code for rule in entries())
    code = wanted.upper()
    if len(code) >= len("KER") and code.startswith("KER"):
        codes = frozenset(rule.code for rule in entries() if rule.code.startswith(code))
    else:
        codes = frozenset(rule.code for rule in entries() if rule.name == wanted.lower())
    if not codes:
        raise Failure(unknown(selector))
    return codes


def unknown(selector: str) -> str:
    """The sentence about a selector that stands for no rule."""
    known = [word for rule in entries() for word in (rule.code, rule.name)]
    hint = suggestion(selector.strip(), [*known, ALL])
    return f"unknown rule `{selector}`{hint or '; `kerlint rule --all` lists the rules'}"


PROBED = ("check_environment",)
"""The hooks of a rule that only the probe can run."""


def check_files(selectors: Iterable[str]) -> None:
    """Raises Failure for a selector that stands for no rule that can find anything in files."""
    hooks = {rule.code: rule.hooks for rule in entries()}
    for selector in selectors:
        if all(hooks[code] == PROBED for code in codes_of(selector)):
            raise Failure(
                f"`{selector}` selects checks of an environment, not of files: run "
                f"`kerlint probe --select {selector}`"
            )


def choose(layers: Iterable[Layer]) -> frozenset[str] | None:
    """The codes in force after all layers, the later ones on top; None for all of them.

    A layer with `select` starts afresh; one without it adds and takes away.
    """
    chosen: frozenset[str] | None = None
    for layer in layers:
        if not any(key in layer for key in ("select", "extend-select", "ignore")):
            continue
        on = _ranks([*layer.get("select", ()), *layer.get("extend-select", ())])
        off = _ranks(layer.get("ignore", ()))
        afresh = "select" in layer
        codes = []
        for rule in entries():
            rank_on, rank_off = on.get(rule.code, -1), off.get(rule.code, -1)
            before = not afresh and (chosen is None or rule.code in chosen)
            if rank_on > rank_off or (before and rank_on == rank_off == -1):
                codes.append(rule.code)
        chosen = frozenset(codes)
    return chosen


def _ranks(selectors: Iterable[str]) -> dict[str, int]:
    """For each code that some selector stands for, how exact the most exact of them is."""
    ranks: dict[str, int] = {}
    for selector in selectors:
        codes = codes_of(selector)
        word = selector.strip().upper()
        rank = 0 if word == ALL else len(word) if word.startswith("KER") else len("KER000")
        for code in codes:
            ranks[code] = max(rank, ranks.get(code, rank))
    return ranks
