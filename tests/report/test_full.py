"""The report for people, as it looks."""

from __future__ import annotations

from textwrap import dedent

import pytest
from report_samples import SOURCE, Result, finding, span, written

from kerlint.diagnostics import Diagnostic, Related
from kerlint.report.text import glyph


def body(found: Diagnostic, text: str, **options: object) -> str:
    """The lines between the place and the link."""
    lines = written("full", [found], sources={"a.py": text}, quiet=True, **options).splitlines()
    return "\n".join(lines[2 : next(i for i, line in enumerate(lines) if "= see:" in line)])


def test_all_of_it() -> None:
    late = finding(
        span(3, 1, 29),
        code="KER201",
        name="backend-set-after-import",
        message="`KERAS_BACKEND` is set after Keras was imported",
        label="too late: set here",
        help="set it above the import",
        related=(Related("a.py", span(1, 8, 13), "keras is imported here"),),
    )
    gone = finding(span(4, 1, 23), message="gone since Keras 3.0", label="not in Keras 3.15.1")
    again = finding(span(4, 1, 23), severity="warning", message="once more")
    result = Result(
        [gone, late, again], files=14, suppressed=2, notes=["Assumed target: keras 3.15.1."]
    )
    url = "https://github.com/kerlint/kerlint/blob/main/docs/rules"
    assert written("full", result, sources={"a.py": SOURCE}) == dedent(f"""\
        error[KER201] backend-set-after-import: `KERAS_BACKEND` is set after Keras was imported
         --> a.py:3:1
          |
        1 | import keras
          |        ----- keras is imported here
        2 | import os
        3 | os.environ["KERAS_BACKEND"] = "jax"
          | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ too late: set here
          |
          = help: set it above the import
          = see: {url}/backend-set-after-import.md

        error[KER302] missing-name: gone since Keras 3.0
         --> a.py:4:1
          |
        4 | keras.layers.CuDNNLSTM(4)
          | ^^^^^^^^^^^^^^^^^^^^^^ not in Keras 3.15.1
          |
          = see: {url}/missing-name.md

        warning[KER302] missing-name: once more
         --> a.py:4:1
          |
        4 | keras.layers.CuDNNLSTM(4)
          | ^^^^^^^^^^^^^^^^^^^^^^

        Assumed target: keras 3.15.1.
        Found 2 errors and 1 warning (2 suppressed) in 14 files.
        """)


def test_a_second_file() -> None:
    found = finding(
        span(12, 1, 6),
        label="here",
        related=(Related("b.py", span(1, 1, 7), "imported there"),),
    )
    text = "\n" * 11 + "keras.x\n"
    out = written("full", [found], sources={"a.py": text, "b.py": "import a\n"}, quiet=True)
    assert out.splitlines()[1:-2] == [
        "  --> a.py:12:1",
        "   |",
        "12 | keras.x",
        "   | ^^^^^ here",
        "   |",
        "  ::: b.py:1:1",
        "   |",
        " 1 | import a",
        "   | ------ imported there",
        "   |",
    ]


def test_without_the_source() -> None:
    found = finding(span(2, 1, 6), related=(Related("b.py", span(7, 1, 3), "and there"),))
    out = written("full", [found], quiet=True).splitlines()
    assert out[1:3] == [" --> a.py:2:1", " ::: b.py:7:1: and there"]
    # A place beyond the end of the text, which may have changed since.
    out = written("full", [found], quiet=True, sources={"a.py": ""}).splitlines()
    assert out[1:3] == [" --> a.py:2:1", " ::: b.py:7:1: and there"]


def test_several_marks_on_a_line() -> None:
    text = "import keras; keras.x = keras\n"
    related = (Related("a.py", span(1, 25, 30), "read"), Related("a.py", span(1, 8, 13), "bound"))
    assert body(finding(span(1, 15, 22), label="set", related=related), text) == dedent("""\
          |
        1 | import keras; keras.x = keras
          |        ----- bound
          |               ^^^^^^^ set
          |                         ----- read
          |""")


def test_a_gap_between_marks() -> None:
    text = "one\ntwo\nthree\nfour\n"
    related = (Related("a.py", span(1, 1, 4), "first"),)
    assert body(finding(span(4, 1, 5), related=related), text) == dedent("""\
          |
        1 | one
          | --- first
        ...
        4 | four
          | ^^^^
          |""")


def test_a_span_over_lines() -> None:
    text = "x = (\n  keras\n\n  .layers\n  .Foo\n)\n"
    assert body(finding(span(2, 3, 7, 5), label="gone"), text) == dedent("""\
          |
        2 |   keras
          |   ^^^^^
        3 |
        4 |   .layers
          |   ^^^^^^^
        5 |   .Foo
          |   ^^^^ gone
          |""")


def test_a_span_over_many_lines_shows_its_ends() -> None:
    text = "".join(f"line{number}\n" for number in range(1, 40))
    shown = body(finding(span(2, 1, 7, 30), label="all this"), text)
    assert [line for line in shown.splitlines() if "line" in line] == [
        " 2 | line2",
        " 3 | line3",
        "30 | line30",
    ]
    assert shown.splitlines()[-2] == "   | ^^^^^^ all this"


@pytest.mark.parametrize(
    ("line", "start", "end", "printed", "arrows"),
    [
        ("\tkeras.x", 2, 7, "    keras.x", "    ^^^^^"),
        ("a\tkeras.x", 3, 8, "a   keras.x", "    ^^^^^"),
        ("数据 = keras.x", 6, 11, "数据 = keras.x", "       ^^^^^"),
        ("ﾊﾝ = keras", 6, 11, "ﾊﾝ = keras", "     ^^^^^"),
        ("\uff4b = keras", 5, 10, "\uff4b = keras", "     ^^^^^"),
        ("e\u0301 = keras", 6, 11, "e\u0301 = keras", "    ^^^^^"),
        ("'👩\u200d🔬'; keras", 8, 13, "'👩\u200d🔬'; keras", "        ^^^^^"),
        ("\fkeras.x", 2, 7, "\u240ckeras.x", " ^^^^^"),
        ("'\x1b[31m'; keras", 10, 15, "'\u241b[31m'; keras", "         ^^^^^"),
        ("'\u202e'; keras", 6, 11, "'\ufffd'; keras", "     ^^^^^"),
        ("keras.x\r", 1, 6, "keras.x", "^^^^^"),
        ("keras", 6, 6, "keras", "     ^"),
        ("keras", 40, 45, "keras", "     ^"),
    ],
)
def test_arrows_stand_below_what_they_mean(
    line: str, start: int, end: int, printed: str, arrows: str
) -> None:
    shown = body(finding(span(1, start, end)), line + "\n").splitlines()
    assert shown[1:3] == [f"1 | {printed}", f"  | {arrows}"]


def test_line_ends_are_python_s() -> None:
    text = "a\rb\r\nc\x0b\x0c\x1c\x85\u2028d\nkeras\n"
    assert body(finding(span(4, 1, 6)), text).splitlines()[1:3] == ["4 | keras", "  | ^^^^^"]


@pytest.mark.parametrize("length", [119, 120, 121, 500, 3_000_000])
@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_long_lines_are_cropped_around_the_mark(length: int, share: float) -> None:
    at = int((length - 5) * share)
    line = "x" * at + "keras" + "y" * (length - at - 5)
    shown = body(finding(span(1, at + 1, at + 6), label="here"), line).splitlines()
    source, arrows = (row.split("| ", 1)[1] for row in shown[1:3])
    assert len(source) <= 126
    assert ("..." in source) == (length > 120)
    assert source[arrows.index("^") :].startswith("keras")
    assert arrows.endswith("^^^^^ here")


def test_marks_far_apart_on_a_long_line() -> None:
    line = "a" * 10 + " " * 500 + "b" * 10
    related = (Related("a.py", span(1, 511, 521), "far"),)
    shown = body(finding(span(1, 1, 11), label="near", related=related), line).splitlines()
    assert [row for row in shown if row.startswith("1 |")] == [
        "1 | aaaaaaaaaa" + " " * 110 + "...",
        "1 | ..." + " " * 20 + "bbbbbbbbbb",
    ]
    assert shown[2].endswith("^ near")
    assert shown[4] == "  |" + " " * 24 + "---------- far"


def test_messages_stay_on_their_line() -> None:
    found = finding(message="a\nb\x1b[2J\u202e", help="c\rd", label="e\nf")
    out = written("full", [found], sources={"a.py": "import x\n"}, quiet=True)
    assert "\x1b" not in out
    assert "\r" not in out
    assert "a\u240ab\u241b[2J\ufffd" in out
    assert "help: c\u240dd" in out
    assert "^^^^^ e\u240af" in out


def test_links() -> None:
    found = [finding(), finding(span(2, 1, 2)), finding(code="KER303", name="other-namespace")]
    plain = written("full", found)
    assert plain.count("= see:") == 2
    assert written("full", found, verbose=True).count("= see:") == 3
    assert "\x1b" not in plain


class Terminal:
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def __init__(self) -> None:
        self.text = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.text += text
        return len(text)


def test_a_terminal_gets_links_to_click(monkeypatch: pytest.MonkeyPatch) -> None:
    from kerlint.report import render

    monkeypatch.setenv("TERM", "xterm")
    out = Terminal()
    render("full", Result([finding()]), out, color=True, sources={}.get)  # type: ignore[arg-type]
    url = "https://github.com/kerlint/kerlint/blob/main/docs/rules/missing-name.md"
    assert f"\x1b]8;;{url}\x1b\\KER302\x1b]8;;\x1b\\" in out.text
    assert "= see:" not in out.text
    assert "\x1b[1;31m" in out.text


@pytest.mark.parametrize(
    ("result", "footer"),
    [
        (Result([], files=1), "No findings in 1 file."),
        (Result([], files=2, suppressed=1), "No findings (1 suppressed) in 2 files."),
        (Result([], files=0), "No file was checked."),
        (
            Result([], files=1, errors=["x"]),
            "No findings in 1 file, but not everything could be checked.",
        ),
        (
            Result([finding(severity="info")], files=1, errors=["x"]),
            "Found 1 note in 1 file. Not everything could be checked.",
        ),
        (
            Result([finding(), finding(severity="info"), finding(severity="warning")], files=2),
            "Found 1 error, 1 warning and 1 note in 2 files.",
        ),
    ],
)
@pytest.mark.parametrize("format", ["full", "concise"])
def test_footers(result: Result, footer: str, format: str) -> None:
    assert written(format, result).splitlines()[-1] == footer
    assert footer not in written(format, result, quiet=True)


def test_quiet_without_findings_is_silence() -> None:
    assert written("full", [], quiet=True) == ""


def test_statistics() -> None:
    found = [finding(), finding(), finding(code="KER102", name="mixed-keras-imports")]
    for format in ("full", "concise"):
        out = written(format, found, statistics=True, quiet=True)
        assert out == "2  KER302  missing-name\n1  KER102  mixed-keras-imports\n"


def test_concise() -> None:
    found = [finding(span(3, 7, 9), message="a\nb"), finding(path="n.ipynb", cell=0)]
    out = written("concise", found, quiet=True)
    assert out == "a.py:3:7: KER302 a\u240ab\nn.ipynb:cell 1:1:1: KER302 it is gone\n"


def test_every_character_has_a_width() -> None:
    for code in range(0x110000):
        shown, width = glyph(chr(code))
        assert width in (0, 1, 2)
        assert shown.isprintable() or code >= 0xA0, hex(code)
        assert not 0xD800 <= ord(shown) < 0xE000
