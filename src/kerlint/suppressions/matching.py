"""Which comment silences which finding, and which silences none."""

from __future__ import annotations

from kerlint.suppressions.comments import comments
from kerlint.suppressions.directives import Directive, Item, directives, wanted
from kerlint.suppressions.unused import CODE, line_starts, malformed, unused

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kerlint.diagnostics import Diagnostic

UNCHECKED = frozenset(("KER901", "KER902"))
"""The file was not understood: no other rule ran, so no suppression can be called unused."""


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

    def on_line(self, found: Diagnostic) -> bool:
        """The comment is on a line of the finding itself."""
        line = self.directive.comment.line
        return found.span.start.line <= line <= found.span.end.line

    def around(self, found: Diagnostic) -> bool:
        """The comment speaks for the whole statement that holds the finding."""
        comment = self.directive.comment
        if comment.outside:
            general = self.directive.kind == "ignore"
        else:
            general = comment.line in (comment.first, comment.last) or not self.direct
        start, end = found.span.start.line, found.span.end.line
        return general and start <= comment.last and end >= comment.first


def match(
    path: str, text: str, diagnostics: Sequence[Diagnostic], enabled: frozenset[str]
) -> tuple[list[Diagnostic], list[Diagnostic], list[Diagnostic]]:
    """The findings kept, those silenced, and new ones about comments that silence nothing."""
    asked = [one for comment in comments(text, wanted) for one in directives(comment)]
    if not asked:
        return list(diagnostics), [], []
    known = _known(diagnostics, enabled)
    entries = [entry for directive in asked for entry in _entries(directive, known)]
    silenced = _silence(diagnostics, entries)
    kept = [found for found in diagnostics if id(found) not in silenced]
    suppressed = [found for found in diagnostics if id(found) in silenced]
    if CODE not in enabled or any(found.code in UNCHECKED for found in diagnostics):
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
    from kerlint.rules import all_rules

    known = {code: code for code in enabled}
    for found in diagnostics:
        known[found.code] = known[found.name] = found.code
    for rule in all_rules():
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
    near = _by_line(entries)
    whole = [entry for entry in entries if entry.directive.kind == "file-ignore"]
    silenced: set[int] = set()
    for found in diagnostics:
        entry = next((one for one in near(found) if one.names(found) and one.on_line(found)), None)
        if entry is not None:
            entry.used = entry.direct = True
            silenced.add(id(found))
    for found in diagnostics:
        if id(found) in silenced:
            continue
        around = (one for one in near(found) if one.names(found) and one.around(found))
        entry = next(around, None) or next((one for one in whole if one.names(found)), None)
        if entry is not None:
            entry.used = True
            silenced.add(id(found))
    return silenced


def _by_line(entries: Sequence[Entry]) -> Callable[[Diagnostic], list[Entry]]:
    """Look up the entries, those that name a rule first, that may speak for a finding's lines."""
    lines: dict[int, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: entry.code == "*"):
        if entry.directive.kind != "file-ignore":
            comment = entry.directive.comment
            for line in {comment.line, *range(comment.first, comment.last + 1)}:
                lines.setdefault(line, []).append(entry)

    def near(found: Diagnostic) -> list[Entry]:
        start, end = found.span.start.line, found.span.end.line
        if start == end:
            return lines.get(start, [])
        return [entry for line in range(start, end + 1) for entry in lines.get(line, ())]

    return near


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
