"""Suppressions in any text: nothing is lost, nothing but comments is changed, nothing raises."""

from __future__ import annotations

import ast
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from kerlint.diagnostics import Diagnostic, Edit, Position, Span
from kerlint.suppressions import apply, present

CODES = ("KER301", "KER302", "KER901", "KER904", "KER999", "E501", "missing-name", "")
ENABLED = frozenset(("KER301", "KER302", "KER901", "KER902", "KER904"))

code = st.sampled_from(CODES)
listed = st.lists(code, max_size=4).flatmap(
    lambda codes: st.sampled_from((",", ", ", " ", " , ")).map(lambda comma: comma.join(codes))
)
directive = st.one_of(
    listed.map(lambda codes: f"# kerlint: ignore[{codes}]"),
    listed.map(lambda codes: f"# kerlint: file-ignore[{codes}] for a reason # 4"),
    listed.map(lambda codes: f"# noqa: {codes}"),
    listed.map(lambda codes: f"# noqa:{codes} and words"),
    st.sampled_from(("# noqa", "# kerlint: ignore", "# kerlint: ignore[KER301", "# type: ignore")),
)
comment = st.lists(directive, min_size=1, max_size=3).flatmap(
    lambda parts: st.sampled_from((" ", "  ", "")).map(lambda gap: gap.join(parts))
)
statement = st.sampled_from(
    (
        "import keras",
        "x = '# noqa: KER301'",
        "y = (\n  1,",
        ")",
        "if x:",
        "    pass",
        "s = '''",
        "'''",
        "z = 1; \\",
        'f"{x}"',
        "\f",
        "数 = 2",
        "",
    )
)
line = st.tuples(statement, st.one_of(st.just(""), comment)).map("  ".join)
ending = st.sampled_from(("\n", "\r\n", "\r"))
text = st.tuples(st.lists(line, max_size=8), ending).map(lambda pair: pair[1].join(pair[0]))
finding = st.tuples(st.sampled_from(sorted(ENABLED - {"KER904"})), st.integers(1, 9)).map(
    lambda pair: Diagnostic(
        code=pair[0],
        name="a-name",
        severity="error",
        message="no",
        path="a.py",
        span=Span(Position(pair[1], 1), Position(pair[1], 2)),
    )
)


def mended(source: str) -> str:
    """The text after the fixes of its unused suppressions, pass by pass as a fixer applies them:
    of fixes that overlap, the first in a pass.
    """
    for _ in range(10):
        unused = apply("a.py", source, [], ENABLED).unused
        if not any(found.fix for found in unused):
            return source
        edits: set[Edit] = set()
        for found in unused:
            if found.fix and not edits.issuperset(found.fix.edits):
                both = sorted(edits.union(found.fix.edits))
                if all(one.end <= two.start for one, two in pairwise(both)):
                    edits = set(both)
        for edit in sorted(edits, reverse=True):
            assert 0 <= edit.start < edit.end <= len(source)
            source = source[: edit.start] + edit.text + source[edit.end :]
    raise AssertionError("the fixes do not come to an end")


@given(text, st.lists(finding, max_size=6))
@settings(max_examples=100, deadline=None)
def test_every_finding_is_kept_or_suppressed(source: str, findings: list[Diagnostic]) -> None:
    outcome = apply("a.py", source, findings, ENABLED)
    ids = [id(one) for one in (*outcome.kept, *outcome.suppressed) if one.code != "KER904"]
    assert sorted(ids) == sorted(id(one) for one in findings)
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for found in outcome.unused:
        (start, left), (end, right) = found.span
        assert start == end
        assert 1 <= left < right <= len(lines[start - 1]) + 1
    if outcome.unused:
        assert present(source.encode())


@given(text)
@settings(max_examples=100, deadline=None)
def test_fixes_change_comments_only(source: str) -> None:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return
    assert ast.dump(ast.parse(mended(source))) == ast.dump(tree)


@given(st.text(alphabet="# kerlint:ignore[KER301]noqa,\n\r'\"\\(){}\t", max_size=120))
@settings(max_examples=100, deadline=None)
def test_any_letters(source: str) -> None:
    assert mended(source) == source or "#" in source
