"""Which comment silences which finding, and which silences none."""

from __future__ import annotations

from bisect import bisect_left

from kerlint.suppressions.comments import comments, comments_by_line
from kerlint.suppressions.directives import Directive, Item, directives, wanted
from kerlint.suppressions.unused import CODE, line_starts, malformed, unused

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kerlint.diagnostics import Diagnostic

UNCHECKED = frozenset(("KER901", "KER902"))
"""The file was not understood: no other rule ran, so no suppression can be called unused."""

PARTLY = UNCHECKED | {"KER905"}
"""Nor where a part was not: what it defines is missing in the rest."""


class Entry:
    """One rule that a directive names, or, with `code` "*", all that a blanket `noqa` covers.

    `code` is None if no rule has that name. `used` becomes true with the first finding it
    silences, `direct` if that finding is on the comment's own line.
    """

    __slots__ = ("code", "direct", "directive", "item", "used")

    def __init__(self, directive: Directive, item: Item | None, code: str | None) -> None:
        self.directive = directive
        self.item = item
        self.code = code
        self.used = False
        self.direct = False

    def names(self, found: Diagnostic) -> bool:
        if self.code == "*":
            return found.code not in UNCHECKED
        return self.code == found.code

    def general(self) -> bool:
        """The comment speaks for the whole of its statement, not just for its own line."""
        comment = self.directive.comment
        if comment.outside:
            return self.directive.kind == "ignore"
        return comment.line in (comment.first, comment.last) or not self.direct


def match(
    path: str,
    text: str,
    diagnostics: Sequence[Diagnostic],
    enabled: frozenset[str],
    python: bool = True,
) -> tuple[list[Diagnostic], list[Diagnostic], list[Diagnostic]]:
    """The findings kept, those silenced, and new ones about comments that silence nothing."""
    read = comments if python else comments_by_line
    asked = [one for comment in read(text, wanted) for one in directives(comment)]
    if not asked:
        return list(diagnostics), [], []
    known = _known(diagnostics, enabled)
    entries = [entry for directive in asked for entry in _entries(directive, known)]
    silenced = _silence(diagnostics, entries)
    kept = [found for found in diagnostics if id(found) not in silenced]
    suppressed = [found for found in diagnostics if id(found) in silenced]
    if CODE not in enabled or any(found.code in PARTLY for found in diagnostics):
        return kept, suppressed, []
    return kept, suppressed, _complain(path, text, asked, entries, enabled, known, suppressed)


def _complain(
    path: str,
    text: str,
    asked: Sequence[Directive],
    entries: Sequence[Entry],
    enabled: frozenset[str],
    known: Mapping[str, str],
    suppressed: list[Diagnostic],
) -> list[Diagnostic]:
    """The findings about comments; those that a comment wants silent go to `suppressed`."""
    of: dict[int, list[Entry]] = {}
    for entry in entries:
        of.setdefault(id(entry.directive), []).append(entry)
    own = [entry.directive for entry in entries if entry.code == CODE]
    everywhere = any(directive.kind == "file-ignore" for directive in own)
    wished = {id(directive.comment) for directive in own}
    starts = line_starts(text)
    idle: list[Diagnostic] = []
    for directive in asked:
        if directive.problem and directive.kind != "noqa":
            new = [malformed(path, directive)]
        else:
            left = _idle(of.get(id(directive), ()), enabled)
            new = unused(path, text, starts, directive, left, known)
        silent = everywhere or id(directive.comment) in wished
        (suppressed if silent else idle).extend(new)
    return idle


def _known(diagnostics: Sequence[Diagnostic], enabled: frozenset[str]) -> Mapping[str, str]:
    """Codes by every spelling that a suppression may use."""
    from kerlint.rules import entries

    known = {code: code for code in enabled}
    for found in diagnostics:
        known[found.code] = known[found.name] = found.code
    for rule in entries():
        known[rule.code] = known[rule.name] = rule.code
    return known


def _entries(directive: Directive, known: Mapping[str, str]) -> list[Entry]:
    if directive.blanket:
        return [Entry(directive, None, "*")]
    entries = []
    for item in directive.items:
        if directive.kind == "noqa":
            if not item.text.upper().startswith("KER"):
                continue  # another tool's
            code = known.get(item.text.upper())
        else:
            code = known.get(item.text) or known.get(item.text.upper())
        entries.append(Entry(directive, item, code))
    return entries


def _silence(diagnostics: Sequence[Diagnostic], entries: Sequence[Entry]) -> set[int]:
    """The ids of the findings that are silenced. The closest comment that names the rule is the
    one that counts as used; a blanket one or one for the whole file only where no other does.
    """
    local = [entry for entry in entries if entry.directive.kind != "file-ignore"]
    local.sort(key=lambda entry: entry.code == "*")
    whole = [entry for entry in entries if entry.directive.kind == "file-ignore"]
    on_line = _lookup(
        (entry.directive.comment.line, entry.directive.comment.line, entry) for entry in local
    )
    silenced: set[int] = set()
    for found in diagnostics:
        entry = next((one for one in on_line(found) if one.names(found)), None)
        if entry is not None:
            entry.used = entry.direct = True
            silenced.add(id(found))
    around = _lookup(
        (entry.directive.comment.first, entry.directive.comment.last, entry)
        for entry in local
        if entry.general()
    )
    for found in diagnostics:
        if id(found) not in silenced:
            candidates = (*around(found), *whole)
            entry = next((one for one in candidates if one.names(found)), None)
            if entry is not None:
                entry.used = True
                silenced.add(id(found))
    return silenced


def _lookup(
    ranges: Iterable[tuple[int, int, Entry]],
) -> Callable[[Diagnostic], list[Entry]]:
    """Find the entries whose lines a finding touches. Ranges are equal or do not overlap: they are
    single lines, or statements.
    """
    of: dict[tuple[int, int], list[Entry]] = {}
    for first, last, entry in ranges:
        of.setdefault((first, last), []).append(entry)
    order = sorted(of)
    lasts = [last for _, last in order]

    def touched(found: Diagnostic) -> list[Entry]:
        entries: list[Entry] = []
        for index in range(bisect_left(lasts, found.span.start.line), len(order)):
            if order[index][0] > found.span.end.line:
                break
            entries += of[order[index]]
        return entries

    return touched


def _idle(entries: Sequence[Entry], enabled: frozenset[str]) -> list[tuple[Item, str | None]]:
    """What to complain of: items that name no rule, and items whose rule found nothing."""
    return [
        (entry.item, entry.code)
        for entry in entries
        if entry.item is not None
        and not entry.used
        and entry.code != CODE
        and (entry.code is None or entry.code in enabled)
    ]
