"""What silences what. Findings are made by hand: a code and the characters it stands on."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace

import pytest

from kerlint.diagnostics import Diagnostic, Position, Span
from kerlint.suppressions import Outcome, apply, present

NAMES = {
    "KER301": "missing-module",
    "KER302": "missing-name",
    "KER901": "syntax-error",
    "KER902": "unreadable-file",
}
ENABLED = frozenset((*NAMES, "KER904"))


@pytest.fixture(autouse=True)
def _four_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """What silences what must not hang on the rules there are today."""
    rules = [SimpleNamespace(code=code, name=name) for code, name in NAMES.items()]
    rules.append(SimpleNamespace(code="KER904", name="unused-suppression"))
    monkeypatch.setattr("kerlint.rules.entries", lambda: tuple(rules))


def finding(code: str, line: int, last: int | None = None, column: int = 1) -> Diagnostic:
    span = Span(Position(line, column), Position(last or line, column + 5))
    return Diagnostic(
        code=code, name=NAMES[code], severity="error", message="no", path="a.py", span=span
    )


def heard(
    text: str, *findings: Diagnostic, enabled: frozenset[str] = ENABLED
) -> tuple[list[str], list[str], list[str]]:
    """Kept and silenced findings as `CODE:line`, and the unused as the text that they mark."""
    outcome = apply("a.py", text, findings, enabled)
    assert {found.code for found in outcome.unused} <= {"KER904"}
    short = [[f"{f.code}:{f.span.start.line}" for f in part] for part in outcome[:2]]
    return short[0], short[1], [marked(text, found) for found in outcome.unused]


def marked(text: str, found: Diagnostic) -> str:
    (line, column), (end_line, end_column) = found.span
    assert line == end_line
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[line - 1][column - 1 : end_column - 1]


def mended(text: str, outcome: Outcome) -> str:
    """The text with the fixes of all unused suppressions, each applied where it still can be."""
    edits = {edit for found in outcome.unused if found.fix for edit in found.fix.edits}
    ordered = sorted(edits, key=lambda edit: edit.start)
    assert all(one.end <= two.start for one, two in pairwise(ordered))
    for edit in reversed(ordered):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


@pytest.mark.parametrize(
    "comment",
    [
        "# kerlint: ignore[KER301]",
        "# kerlint: ignore[KER301] a reason, with #4 in it",
        "#kerlint:ignore[KER301]",
        "# kerlint: ignore [ KER301 , KER302 ]",
        "# kerlint: ignore[missing-module]",
        "# kerlint: ignore[ker301]",
        "# kerlint: file-ignore[KER301]",
        "# type: ignore # kerlint: ignore[KER301] old",
        "# kerlint: ignore[KER301] # type: ignore",
        "# noqa",
        "# NOQA",
        "# noqa because of Keras 2",
        "# noqa: KER301",
        "# noqa:KER301",
        "# noqa: F401,KER301",
        "# noqa: F401 KER301 as it stands",
        "# noqa: ker301",
    ],
)
def test_a_comment_on_the_line_silences(comment: str) -> None:
    text = f"import keras.engine  {comment}\n"
    assert heard(text, finding("KER301", 1))[:2] == ([], ["KER301:1"])


@pytest.mark.parametrize(
    "comment",
    [
        "# kerlint: ignore[KER302]",
        "# kerlint: ignore",
        "# kerlint: ignore[]",
        "# kerlint: ignore[KER301",
        "# kerlint: disable[KER301]",
        "# kerlint: ignore[KER3]",
        "# kerlint is told to ignore[KER301]",
        "# noqa: E501",
        "# noqa: KER302",
        "# noqa : missing",
        "# noqa:",
        "# ruff: noqa",
        "# flake8: noqa: KER301",
        "# noqatall",
    ],
)
def test_what_does_not_silence(comment: str) -> None:
    text = f"import keras.engine  {comment}\n"
    assert heard(text, finding("KER301", 1))[:2] == (["KER301:1"], [])


def test_strings_are_no_comments() -> None:
    text = 'x = "# noqa"; y = """\n# kerlint: file-ignore[KER301]\n# noqa: KER301\n"""\n'
    assert heard(text, finding("KER301", 1), finding("KER301", 3)) == (
        ["KER301:1", "KER301:3"],
        [],
        [],
    )


MULTI_LINE = """\
from keras.layers import (  {first}
    CuDNNLSTM,  {second}
    CuDNNGRU,  {third}
)  {last}
import keras
"""


def multi_line(**comments: str) -> str:
    empty = dict.fromkeys(("first", "second", "third", "last"), "# -")
    return MULTI_LINE.format(**{**empty, **comments})


@pytest.mark.parametrize("place", ["first", "last"])
@pytest.mark.parametrize("comment", ["# noqa", "# noqa: KER302", "# kerlint: ignore[KER302]"])
def test_first_and_last_line_speak_for_the_statement(place: str, comment: str) -> None:
    text = multi_line(**{place: comment})
    found = (finding("KER302", 2), finding("KER302", 3), finding("KER302", 5))
    assert heard(text, *found) == (["KER302:5"], ["KER302:2", "KER302:3"], [])


def test_a_line_between_speaks_for_itself() -> None:
    text = multi_line(second="# kerlint: ignore[KER302]")
    found = (finding("KER302", 2), finding("KER302", 3))
    assert heard(text, *found) == (["KER302:3"], ["KER302:2"], [])


def test_a_line_between_without_a_finding_speaks_for_the_statement() -> None:
    text = multi_line(third="# kerlint: ignore[KER301]")
    assert heard(text, finding("KER301", 1)) == ([], ["KER301:1"], [])


def test_a_finding_over_several_lines_hears_each_of_them() -> None:
    text = "x = (\n    keras  # kerlint: ignore[KER302]\n    .layers\n    .Foo\n)\n"
    assert heard(text, finding("KER302", 2, last=4)) == ([], ["KER302:2"], [])
    text = "x = (\n    keras\n    .layers\n    .Foo  # noqa: KER302\n)\n"
    assert heard(text, finding("KER302", 2, last=4)) == ([], ["KER302:2"], [])


def test_backslash_and_semicolon_are_one_statement() -> None:
    text = "a = keras.foo; b = \\\n    keras.bar  # noqa: KER302\nc = keras.baz\n"
    found = (finding("KER302", 1), finding("KER302", 2), finding("KER302", 3))
    assert heard(text, *found)[0] == ["KER302:3"]


def test_the_header_of_a_block_does_not_speak_for_the_block() -> None:
    text = "with keras.foo:  # noqa: KER302\n    keras.bar\n"
    assert heard(text, finding("KER302", 1), finding("KER302", 2))[0] == ["KER302:2"]


def test_a_comment_of_its_own_speaks_for_the_statement_below() -> None:
    text = "# kerlint: ignore[KER301] reason\n\n# more\nimport (\n    a)\nimport a\n"
    assert heard(text, finding("KER301", 5), finding("KER301", 6)) == (
        ["KER301:6"],
        ["KER301:5"],
        [],
    )


def test_a_noqa_of_its_own_speaks_for_nothing() -> None:
    text = "# noqa: KER301\nimport a\n"
    assert heard(text, finding("KER301", 2)) == (["KER301:2"], [], ["KER301"])


def test_file_ignore_anywhere() -> None:
    text = "import a\nimport b\n# kerlint: file-ignore[missing-module]\n"
    found = (finding("KER301", 1), finding("KER301", 2), finding("KER302", 2))
    assert heard(text, *found) == (["KER302:2"], ["KER301:1", "KER301:2"], [])


def test_crlf_old_mac_and_form_feed() -> None:
    for end in ("\r\n", "\r", "\n\f", "\n"):
        text = f"import os{end}import a  # kerlint: ignore[KER301]{end}import b{end}"
        found = (finding("KER301", 2), finding("KER301", 3))
        assert heard(text, *found) == (["KER301:3"], ["KER301:2"], []), repr(end)


# What says that it is unused.


def test_nothing_to_silence() -> None:
    text = "import a  # kerlint: ignore[KER301, missing-name] why\nimport b  # noqa: F401, KER302\n"
    assert heard(text)[2] == ["KER301", "missing-name", "KER302"]


def test_only_what_is_unused_is_named() -> None:
    text = "import a  # kerlint: ignore[KER301, KER302]\n"
    assert heard(text, finding("KER301", 1))[2] == ["KER302"]


def test_a_rule_that_did_not_run_is_left_alone() -> None:
    text = "import a  # kerlint: ignore[KER301]\n"
    assert heard(text, enabled=frozenset(("KER302", "KER904")))[2] == []


def test_nothing_is_said_if_the_rule_is_off() -> None:
    text = "import a  # kerlint: ignore[KER301, KER999]\n# kerlint: ignore\n"
    assert heard(text, enabled=frozenset(("KER301",)))[2] == []


def test_a_file_that_was_not_understood() -> None:
    text = "import a  # kerlint: ignore[KER301]\nx = (\n"
    assert heard(text, finding("KER901", 2)) == (["KER901:2"], [], [])


def test_a_blanket_noqa_does_not_silence_a_broken_file() -> None:
    text = "x = (  # noqa\n"
    assert heard(text, finding("KER901", 1))[0] == ["KER901:1"]
    text = "x = (  # noqa: KER901\n"
    assert heard(text, finding("KER901", 1))[1] == ["KER901:1"]


def test_others_codes_and_blanket_noqa_are_never_unused() -> None:
    text = "a = 1  # noqa\nb = 2  # noqa: F401,E501\nc = 3  # noqa:\n"
    assert heard(text)[2] == []


def test_unknown_rules() -> None:
    text = "a = 1  # kerlint: ignore[KER399, misssing-name, E501]\nb = 1  # noqa: KER999\n"
    assert heard(text, finding("KER302", 9))[2] == ["KER399", "misssing-name", "E501", "KER999"]
    outcome = apply("a.py", text, [finding("KER302", 9)], ENABLED)
    assert "missing-name" in outcome.unused[1].help


def test_named_twice() -> None:
    text = "a = 1  # kerlint: ignore[KER302, missing-name]\n"
    outcome = apply("a.py", text, [finding("KER302", 1)], ENABLED)
    assert [found.message for found in outcome.unused] == [
        "`missing-name` is named twice in this suppression"
    ]
    assert mended(text, outcome) == "a = 1  # kerlint: ignore[KER302]\n"


def test_a_second_comment_for_the_same_is_unused() -> None:
    text = "# kerlint: file-ignore[KER302]\na = 1  # kerlint: ignore[KER302]\n"
    assert heard(text, finding("KER302", 2))[2] == ["KER302"]
    assert heard(text, finding("KER302", 2), finding("KER302", 3))[2] == []


@pytest.mark.parametrize(
    ("comment", "word"),
    [
        ("# kerlint: ignore", "names no rule"),
        ("# kerlint: ignore[]", "names no rule"),
        ("# kerlint: ignore[KER301", "not closed"),
        ("# kerlint: disable[KER301]", "kerlint: ignore[...]"),
        ("# kerlint: ignore-file[KER301]", "kerlint: file-ignore[...]"),
        ("# kerlint: noqa", "kerlint: ignore[...]"),
    ],
)
def test_a_comment_that_cannot_be_followed(comment: str, word: str) -> None:
    outcome = apply("a.py", f"a = 1  {comment}\n", [], ENABLED)
    assert [word in found.message for found in outcome.unused] == [True]
    assert outcome.unused[0].fix is None


def test_prose_is_left_alone() -> None:
    assert heard("# kerlint: a linter for Keras\n# see kerlint: ignored here\n")[2] == []


def test_it_does_not_silence_itself() -> None:
    assert heard("a = 1  # noqa # kerlint: ignore[KER302]\n")[2] == ["KER302"]
    assert heard("# kerlint: file-ignore[KER302]\n# noqa\n")[2] == ["KER302"]


def test_it_is_silenced_by_its_own_name() -> None:
    text = "a = 1  # kerlint: ignore[KER302, KER904]\n"
    outcome = apply("a.py", text, [], ENABLED)
    assert outcome.unused == []
    assert [found.code for found in outcome.suppressed] == ["KER904"]
    text = "a = 1  # kerlint: ignore[KER302]\n# kerlint: file-ignore[unused-suppression]\n"
    assert heard(text)[2] == []
    text = "a = 1  # kerlint: ignore[KER302]\nb = 1  # kerlint: ignore[KER904]\n"
    assert heard(text)[2] == ["KER302"]


# The fixes.


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a = 1  # kerlint: ignore[KER301] why\n", "a = 1\n"),
        ("a = 1  # kerlint: ignore[KER301, KER302] why\n", "a = 1\n"),
        ("a = 1 # type: ignore # kerlint: ignore[KER301]\n", "a = 1 # type: ignore\n"),
        ("a = 1  # kerlint: ignore[KER301] why # type: ignore\n", "a = 1  # type: ignore\n"),
        ("if a:\n    # kerlint: ignore[KER301]\n    b\n", "if a:\n    b\n"),
        ("if a:\r\n    # noqa: KER301\r\n    b\r\n", "if a:\r\n    b\r\n"),
        ("a  # noqa: KER301", "a"),
        ("# kerlint: file-ignore[KER301]", ""),
        ("a  # noqa: KER301, E501\n", "a  # noqa: E501\n"),
        ("a  # noqa: E501, KER301\n", "a  # noqa: E501\n"),
        ("a  # noqa: E501 KER301 KER302 F401\n", "a  # noqa: E501 F401\n"),
        ("a  # noqa: KER301 the reason\n", "a  # the reason\n"),
        ("a  # noqa: KER301 # fmt: skip\n", "a  # fmt: skip\n"),
        ("f(\n    a,  # kerlint: ignore[KER301]\n)\n", "f(\n    a,\n)\n"),
        ("字 = '界'  # kerlint: ignore[KER301]\n", "字 = '界'\n"),
    ],
)
def test_the_fix_takes_just_it(before: str, after: str) -> None:
    outcome = apply("a.py", before, [], ENABLED)
    assert outcome.unused
    assert {found.fix.safety for found in outcome.unused if found.fix} == {"safe"}
    assert mended(before, outcome) == after
    assert apply("a.py", after, [], ENABLED).unused == []


def test_the_fix_keeps_what_is_used() -> None:
    for spelling in ("KER301, KER302", "KER302, KER301", "KER302,KER301,KER302", "KER999, KER301"):
        text = f"a  # kerlint: ignore[{spelling}] why\n"
        outcome = apply("a.py", text, [finding("KER301", 1)], ENABLED)
        assert mended(text, outcome) == "a  # kerlint: ignore[KER301] why\n"


# Texts that Python cannot take apart.


@pytest.mark.parametrize(
    "broken", ["x = (\n", "if a:\n        b\n    c\n", "x = '''\n", "\0\n", "?$\n", "f'{\n"]
)
def test_comments_are_heard_in_a_broken_file(broken: str) -> None:
    text = (
        "s = '# kerlint: file-ignore[KER902]'\n"
        "import a  # kerlint: ignore[KER301]\n"
        "# kerlint: ignore[KER302]\n\nimport b\n" + broken
    )
    found = (finding("KER301", 2), finding("KER302", 5), finding("KER902", 1), finding("KER302", 2))
    assert heard(text, *found)[:2] == (["KER902:1", "KER302:2"], ["KER301:2", "KER302:5"])


def test_present_is_cheap_and_never_misses() -> None:
    assert present(b"x  # kerlint: ignore[KER1]")
    assert present(b"x  # noqa: KER302")
    assert present(b"x  # NOQA: ker302")
    assert not present(b"x  # noqa: E501")
    assert not present(b"import keras")


def test_order_is_kept_and_nothing_is_lost() -> None:
    found = [finding("KER302", line) for line in (3, 1, 2)]
    text = "a\nb  # noqa: KER302\nc\n"
    outcome = apply("a.py", text, found, ENABLED)
    assert outcome.kept == [found[0], found[1]]
    assert outcome.suppressed == [found[2]]


# Sizes that would show a search that starts again and again. No time is asserted: they would not
# come to an end.


@pytest.mark.parametrize("code", ["x = 1", "x = ("])
def test_large_comments_and_many_of_them(code: str) -> None:
    long = 300_000
    text = "\n".join(
        (
            f"{code}  # noqa: KER301" + " " * long + "x",
            "#" * long + " noqa: KER301",
            "# kerlint: ignore[" + "KER301, " * (long // 8),
            "# " * (long // 2) + "noqa",
            *["# kerlint: ignore[KER301]"] * 20_000,
        )
    )
    outcome = apply("a.py", text, [finding("KER301", 1)], ENABLED)
    assert (len(outcome.kept), len(outcome.suppressed)) == (0, 1)


def test_a_statement_of_many_lines_with_a_comment_on_each() -> None:
    count = 20_000
    text = "x = [\n" + "    keras.a,  # noqa\n" * count + "]\n"
    found = [finding("KER302", line + 1) for line in range(1, count + 1)]
    kept, suppressed, unused = apply("a.py", text, found, ENABLED)
    assert (len(kept), len(suppressed), len(unused)) == (0, count, 0)
