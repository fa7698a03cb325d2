"""KER904: suppressions that silence nothing, and how to take them away."""

from __future__ import annotations

import re

from kerlint.diagnostics import Diagnostic, Edit, Fix, Position, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kerlint.suppressions.comments import Comment
    from kerlint.suppressions.directives import Directive, Item

CODE = "KER904"
NAME = "unused-suppression"


def malformed(path: str, directive: Directive) -> Diagnostic:
    """A comment that was meant to silence something but cannot be followed."""
    return _diagnostic(
        path,
        directive.comment,
        directive.start,
        directive.stop,
        directive.problem,
        "name the rules in brackets: `# kerlint: ignore[KER302]`",
        None,
    )


def unused(
    path: str,
    text: str,
    starts: Sequence[int],
    directive: Directive,
    idle: Sequence[tuple[Item, str | None]],
    known: Mapping[str, str],
) -> list[Diagnostic]:
    """One finding for each item of `directive` in `idle` (with its code, or None if no rule has
    that name). They share one fix, which takes all of them away.
    """
    if not idle:
        return []
    fix = _fix(text, starts, directive, [item for item, _ in idle])
    seen: set[str] = set()
    result = []
    for item, code in idle:
        help = ""
        if code is None:
            message = f"`{item.text}` is not the code or name of a rule"
            near = _nearest(item.text, known)
            help = f"did you mean `{near}`?" if near else "`kerlint rule --all` lists the rules"
        elif code in seen or _twice(directive, item, code, known):
            message = f"`{item.text}` is named twice in this suppression"
        elif directive.kind == "file-ignore":
            message = (
                f"`{item.text}` is silenced for the whole file, but nothing is left to silence"
            )
        else:
            message = f"`{item.text}` is silenced here, but there is nothing to silence"
        seen.add(code or "")
        help = help or "take it away, so that it cannot hide a finding to come"
        result.append(
            _diagnostic(path, directive.comment, item.start, item.end, message, help, fix)
        )
    return result


def _twice(directive: Directive, item: Item, code: str, known: Mapping[str, str]) -> bool:
    """An item before this one names the same rule."""
    before = (other.text for other in directive.items if other.start < item.start)
    return any((known.get(text) or known.get(text.upper())) == code for text in before)


def _nearest(spelling: str, known: Mapping[str, str]) -> str | None:
    from difflib import get_close_matches

    for form in (spelling.lower(), spelling.upper()):
        near = get_close_matches(form, sorted(known), 1, 0.75)
        if near:
            return near[0]
    return None


def _diagnostic(
    path: str, comment: Comment, start: int, end: int, message: str, help: str, fix: Fix | None
) -> Diagnostic:
    column = comment.column + 1
    return Diagnostic(
        code=CODE,
        name=NAME,
        severity="warning",
        message=message,
        path=path,
        span=Span(Position(comment.line, column + start), Position(comment.line, column + end)),
        help=help,
        fix=fix,
    )


def line_starts(text: str) -> list[int]:
    """The offset of the first character of each line, and the length of the text."""
    return [0, *(end.end() for end in re.finditer(r"\r\n|\r|\n", text)), len(text)]


def _fix(text: str, starts: Sequence[int], directive: Directive, gone: Sequence[Item]) -> Fix:
    line = directive.comment.line
    base = starts[line - 1] + directive.comment.column
    left = [item for item in directive.items if item not in gone]
    if left:
        edits = _without(directive.items, gone, base)
        title = "Remove " + ", ".join(f"`{item.text}`" for item in gone)
    else:
        start, end, instead = _whole(directive)
        if start == 0 and end == len(directive.comment.text) and not instead:
            # Nothing is left of the comment: take its line, or the space before it.
            start, end = _surroundings(
                text, directive.comment, base, starts[line - 1], starts[line]
            )
            base = 0
        edits = [Edit(base + start, base + end, instead)]
        title = "Remove the unused suppression"
    return Fix(title, "safe", tuple(edits))


def _without(items: Sequence[Item], gone: Sequence[Item], base: int) -> list[Edit]:
    """Take items out of a list of several, each with the comma that it no longer needs."""
    edits = []
    kept_before = False
    for index, item in enumerate(items):
        if item not in gone:
            kept_before = True
        elif kept_before:
            edits.append(Edit(base + items[index - 1].end, base + item.end, ""))
        else:
            edits.append(Edit(base + item.start, base + items[index + 1].start, ""))
    return edits


def _whole(directive: Directive) -> tuple[int, int, str]:
    """The part of the comment that goes, and what comes instead.

    The reason of a `kerlint:` comment goes with it; words after a `noqa` may mean more, and stay.
    """
    comment = directive.comment.text
    words = comment[directive.stop : directive.end].strip(" \t-:;,")
    if directive.kind == "noqa" and words:
        return directive.start, directive.end, f"# {words}"
    before = comment[: directive.start]
    if before:
        return len(before.rstrip()), directive.end, ""
    rest = comment[directive.end :]
    return 0, len(comment) - len(rest.lstrip()), ""


def _surroundings(
    text: str, comment: Comment, at: int, line_start: int, line_end: int
) -> tuple[int, int]:
    end = at + len(comment.text)
    if comment.alone:
        return line_start, line_end
    return line_start + len(text[line_start:at].rstrip()), end
