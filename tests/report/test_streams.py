"""Where reports are written to: paths, encodings, colour."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from report_samples import NASTY, NOT_UTF8, SOURCE, Result, finding, span, written

from kerlint.report import FORMATS, render
from kerlint.report.color import enabled, links
from kerlint.report.paths import shown, uri
from kerlint.report.sources import read


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1252", "utf-16"])
def test_every_format_can_be_written_in_every_encoding(format: str, encoding: str) -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding=encoding, errors="strict", write_through=True)
    render(format, Result(NASTY), out, sources={"a.py": SOURCE}.get)
    assert "KER302" in raw.getvalue().decode(encoding)


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_knows_an_empty_run(format: str) -> None:
    assert "KER" not in written(format, [])


def test_an_unknown_format() -> None:
    with pytest.raises(ValueError, match="one of full, concise, json"):
        written("html", [])


def test_findings_are_sorted() -> None:
    found = [finding(span(2, 1, 2)), finding(path="B.py"), finding(span(1, 9, 10))]
    assert [line.split(": ")[0] for line in written("concise", found, quiet=True).splitlines()] == [
        "B.py:1:1",
        "a.py:1:9",
        "a.py:2:1",
    ]


def test_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert shown("a.py") == "a.py"
    assert shown("./b/a.py") == "b/a.py"
    assert shown("../a.py") == "../a.py"
    assert shown(str(tmp_path / "b" / "a.py")) == "b/a.py"
    assert shown(str(tmp_path.parent / "a.py")) == str(tmp_path.parent / "a.py")
    assert shown("..a/b.py") == "..a/b.py"
    assert shown(str(tmp_path / "..a" / "b.py")) == "..a/b.py"
    assert shown("-") == "-"
    assert shown(NOT_UTF8) == "caf\\xe9.py"
    assert shown("数.py") == "数.py"
    assert shown("\udcc3\udcbc.py") == "ü.py"
    assert shown("\ud800.py") == "\\xed\\xa0\\x80.py"


def test_uris(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "one two"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert uri("./a b#?%/ü.py") == ("a%20b%23%3F%25/%C3%BC.py", True)
    assert uri(str(folder / "x" / "a.py")) == ("x/a.py", True)
    assert uri(NOT_UTF8) == ("caf%E9.py", True)
    assert uri("\ud800.py") == ("%ED%A0%80.py", True)
    assert uri("../a.py") == ((tmp_path / "a.py").as_uri(), False)
    assert uri(str(tmp_path / "a.py")) == ((tmp_path / "a.py").as_uri(), False)


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_is_read_once_for_all_its_findings(format: str) -> None:
    reads: list[str] = []

    def source(path: str) -> str:
        reads.append(path)
        return "keras.x\n" * 50

    found = [finding(span(line, 1, 6), path=path) for path in ("a.py", "b.py") for line in (1, 9)]
    render(format, Result(found), io.StringIO(), sources=source)
    assert sorted(reads) == sorted(set(reads))


class Stream(io.StringIO):
    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


@pytest.mark.parametrize(
    ("choice", "terminal", "environ", "expected"),
    [
        ("always", False, {"NO_COLOR": "1"}, True),
        ("never", True, {"FORCE_COLOR": "1"}, False),
        ("auto", True, {}, True),
        ("auto", False, {}, False),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": ""}, True),
        ("auto", True, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ("auto", False, {"FORCE_COLOR": "1"}, True),
        ("auto", False, {"FORCE_COLOR": ""}, False),
        ("auto", True, {"FORCE_COLOR": "0"}, False),
        ("auto", False, {"CLICOLOR_FORCE": "1"}, True),
        ("auto", False, {"CLICOLOR_FORCE": "0"}, False),
        ("auto", True, {"CLICOLOR": "0"}, False),
        ("auto", True, {"TERM": "dumb"}, False),
        ("auto", True, {"TERM": "dumb", "FORCE_COLOR": "3"}, True),
    ],
)
def test_colour(choice: str, terminal: bool, environ: dict[str, str], expected: bool) -> None:
    if os.name == "nt":
        environ = {"WT_SESSION": "1", **environ}
    assert enabled(choice, Stream(terminal), environ) is expected


def test_only_a_terminal_gets_links() -> None:
    environ = {"TERM": "xterm"}
    assert links(Stream(True), environ)
    assert not links(Stream(False), environ)
    assert not links(Stream(True), {"TERM": "dumb"})
    closed = Stream(True)
    closed.close()
    assert links(closed, environ) in (True, False)
    assert not enabled("auto", io.TextIOWrapper(io.BytesIO()), environ)


def test_sources_are_read_as_python_reads_them(tmp_path: Path) -> None:
    latin = tmp_path / "latin.py"
    latin.write_bytes(b"# coding: latin-1\nx = '\xe9'\r\n")
    assert read(str(latin)) == "# coding: latin-1\nx = 'é'\r\n"
    bom = tmp_path / "bom.py"
    bom.write_bytes(b"\xef\xbb\xbfimport keras\n")
    assert read(str(bom)) == "import keras\n"
    wrong = tmp_path / "wrong.py"
    for data in (b"x = '\xe9'\n", b"# coding: nothing\n", b"# coding: hex\nff\n"):
        wrong.write_bytes(data)
        assert read(str(wrong)) is None
    assert read(str(tmp_path)) is None
    assert read("nul\0.py") is None


HEAVY = {"json", "xml", "re", "unicodedata", "typing", "dataclasses", "enum", "argparse"}


def test_a_clean_run_is_reported_without_heavy_imports() -> None:
    code = (
        "import sys, kerlint.report as r\n"
        "class Result: diagnostics, files, suppressed, notes, errors = [], 1, 0, [], []\n"
        "r.render('full', Result, sys.stdout)\n"
        "print(*sys.modules)\n"
    )
    # -S and -I: nothing but kerlint itself decides what is imported.
    source = Path(__file__).parents[2] / "src"
    code = f"import sys; sys.path.insert(0, {str(source)!r})\n" + code
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True)
    first, modules = done.stdout.splitlines()
    assert first == "No findings in 1 file."
    assert not HEAVY & set(modules.split())
