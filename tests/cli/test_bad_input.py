"""Whatever is wrong with a file: a clear finding or error, and the other files are checked."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from kerlint.checking.unread import PARSED_LIMIT
from tests.cli.support import LATE, PLAIN, Kerlint

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")


def _with_neighbour(kerlint: Kerlint, *arguments: str) -> tuple[list[str], int]:
    """The findings outside of `neighbour.py`, in which exactly one must be found; exit code."""
    kerlint.write("neighbour.py", LATE)
    arguments = (*arguments, "neighbour.py")
    lines, code = kerlint.concise(*arguments)
    assert "neighbour.py:4:1 KER201" in lines
    lines.remove("neighbour.py:4:1 KER201")
    return lines, code


@needs_links
def test_a_link_that_leads_in_a_circle(kerlint: Kerlint) -> None:
    (kerlint.folder / "circle.py").symlink_to("circle.py")
    lines, code = _with_neighbour(kerlint, ".")
    assert (lines, code) == (["circle.py:1:1 KER902"], 1)


@needs_links
def test_a_link_that_leads_nowhere(kerlint: Kerlint) -> None:
    (kerlint.folder / "gone.py").symlink_to("nowhere.py")
    lines, code = _with_neighbour(kerlint, ".")
    assert (lines, code) == (["gone.py:1:1 KER902"], 1)


@needs_links
def test_the_lock_of_an_editor_is_no_file(kerlint: Kerlint) -> None:
    (kerlint.folder / ".#late.py").symlink_to("me@host.1234")
    assert _with_neighbour(kerlint, ".") == ([], 1)


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="everything is readable here"
)
def test_a_file_without_permission(kerlint: Kerlint) -> None:
    kerlint.write("secret.py").chmod(0)
    lines, code = _with_neighbour(kerlint, "secret.py")
    assert (lines, code) == (["secret.py:1:1 KER902"], 1)


@needs_links
def test_a_loop_of_folders(kerlint: Kerlint) -> None:
    kerlint.write("a/b/late.py")
    (kerlint.folder / "a/b/up").symlink_to("..", target_is_directory=True)
    lines, code = _with_neighbour(kerlint, ".")
    assert (lines, code) == (["a/b/late.py:4:1 KER201"], 1)


def test_a_folder_that_is_named_like_a_file(kerlint: Kerlint) -> None:
    kerlint.write("pkg.py/late.py")
    assert _with_neighbour(kerlint, "pkg.py") == (["pkg.py/late.py:4:1 KER201"], 1)
    assert _with_neighbour(kerlint, ".") == (["pkg.py/late.py:4:1 KER201"], 1)


@needs_links
def test_a_link_to_a_folder_that_is_named_like_a_file(kerlint: Kerlint, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (kerlint.folder / "pkg.py").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert _with_neighbour(kerlint, ".") == ([], 1)


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="a device of Unix")
@pytest.mark.parametrize(
    "name", ["late.py", "cells.ipynb", "pyproject.toml", "requirements.txt", "keras.json"]
)
def test_a_device_without_an_end_is_not_read(kerlint: Kerlint, name: str) -> None:
    (kerlint.folder / name).symlink_to("/dev/zero")
    assert _with_neighbour(kerlint, ".") == ([f"{name}:1:1 KER902"], 1)


@needs_links
def test_a_pipe_that_is_named_like_a_file_is_not_waited_for(kerlint: Kerlint) -> None:
    os.mkfifo(kerlint.folder / "pipe.py")
    assert _with_neighbour(kerlint, ".") == ([], 1)


@needs_links
@pytest.mark.parametrize(
    "name", ["pyproject.toml", "kerlint.toml", "setup.py", "setup.cfg", "tox.ini"]
)
def test_settings_that_are_no_file_are_none(kerlint: Kerlint, name: str) -> None:
    os.mkfifo(kerlint.folder / name)
    assert _with_neighbour(kerlint, ".") == ([], 1)


@pytest.mark.skipif(sys.platform != "linux", reason="names are Unicode here")
def test_a_name_that_is_not_utf_8(kerlint: Kerlint) -> None:
    name = b"caf\xe9.py"
    with open(os.fsencode(kerlint.folder) + b"/" + name, "wb") as stream:
        stream.write(LATE.encode())
    lines, code = _with_neighbour(kerlint, ".")
    assert code == 1
    assert len(lines) == 1
    assert lines[0].startswith("caf")
    assert kerlint(".", LC_ALL="C", PYTHONUTF8="0").returncode == 1


BROKEN = {
    "no Python": ("from keras.engine import (\n", "KER901"),
    "Python 2": ("import keras.engine\nprint 'x'\n", "KER901"),
    "a null byte": ("import keras\n\0\n", "KER902"),
    "an unknown encoding": ("# coding: klingon-8\nimport keras\n", "KER902"),
    "a wrong encoding": (b"# coding: ascii\nimport keras  # \xc3\xa9\n", "KER902"),
    "an encoding that is no text encoding": ("# coding: rot13\nimport keras\n", "KER902"),
    "an encoding that fails in its own way": (b"# coding: idna\nimport keras.\xff\n", "KER902"),
    "no encoding": (b"import keras  # \xe9\n", "KER902"),
    "a lone surrogate": (b"import keras\nx = '\xed\xa0\x80'\n", "KER902"),
    "UTF-16": ("import keras\n".encode("utf-16"), None),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_file_with(kerlint: Kerlint, what: str) -> None:
    content, expected = BROKEN[what]
    kerlint.write("broken.py", content)
    lines, code = _with_neighbour(kerlint, "broken.py")
    codes = [line.split()[-1] for line in lines]
    assert (codes, code) == ([expected] if expected else [], 1)


def test_an_empty_file_is_clean(kerlint: Kerlint) -> None:
    kerlint.write("empty.py", b"")
    done = kerlint("empty.py")
    assert (done.returncode, done.stderr) == (0, "")
    assert "No findings in 1 file." in done.stdout


FINE = {
    "CRLF": (LATE.replace("\n", "\r\n").encode(), 4),
    "lone CR": (LATE.replace("\n", "\r").encode(), 4),
    "form feeds": (b"\x0cimport keras\n\x0c\n" + LATE[len("import keras\n") :].encode(), 5),
    "a byte order mark": (b"\xef\xbb\xbf" + LATE.encode(), 4),
    "another encoding": ("# coding: latin-1\nx = 'é'\n".encode("latin-1") + LATE.encode(), 6),
    "no newline at the end": (LATE.rstrip().encode(), 4),
    "an escaped lone surrogate": (rb"x = '\ud800'" + b"\n" + LATE.encode(), 5),
}


@pytest.mark.parametrize("what", FINE)
def test_findings_stand_on_their_line_with(kerlint: Kerlint, what: str) -> None:
    content, line = FINE[what]
    kerlint.write("fine.py", content)
    lines, code = _with_neighbour(kerlint, "fine.py")
    assert (lines, code) == ([f"fine.py:{line}:1 KER201"], 1)


def test_10_megabytes_without_keras_are_clean(kerlint: Kerlint) -> None:
    kerlint.write("large.py", PLAIN + "# filler\n" * 1_200_000)
    assert _with_neighbour(kerlint, "large.py") == ([], 1)


def test_10_megabytes_in_which_something_could_be_found(kerlint: Kerlint) -> None:
    kerlint.write("large.py", LATE + "x = 1\n" * 1_800_000)
    lines, code = _with_neighbour(kerlint, "large.py")
    assert (lines, code) == (["large.py:1:1 KER902"], 1)
    assert f"the limit is {PARSED_LIMIT / 1e6:.0f} MB" in kerlint("large.py").stdout


@pytest.mark.parametrize("opening", ["(", "[", "{", "f("])
@pytest.mark.parametrize("closed", [True, False])
@pytest.mark.parametrize("depth", [1000, 100_000])
def test_nested_parentheses(kerlint: Kerlint, opening: str, closed: bool, depth: int) -> None:
    closing = {"(": ")", "[": "]", "{": "}"}[opening[-1]] if closed else ""
    kerlint.write("deep.py", LATE + f"\nx = {opening * depth}1{closing * depth}\n")
    lines, code = _with_neighbour(kerlint, "deep.py")
    assert (lines, code) == (["deep.py:6:1 KER901"], 1)


def test_many_parentheses_in_strings_and_side_by_side(kerlint: Kerlint) -> None:
    many = "(" * 300
    strings = f'x = \'{many}\', "{many}"  # {many}\nz = """\n{many}"""\n'
    kerlint.write("flat.py", f"{LATE}{strings}y = (\n{'(1),' * 300})\n")
    assert _with_neighbour(kerlint, "flat.py") == (["flat.py:4:1 KER201"], 1)


@pytest.mark.parametrize("link", ["1+", "not ", "-", "a.b().c().", "x if y else ", "lambda: "])
def test_long_chains(kerlint: Kerlint, link: str) -> None:
    kerlint.write("chain.py", LATE + f"x = {link * 300}z\n")
    assert _with_neighbour(kerlint, "chain.py") == (["chain.py:4:1 KER201"], 1)


def test_a_notebook_is_not_passed_over_in_silence(kerlint: Kerlint) -> None:
    kerlint.write("book.ipynb", '{"cells": [{"cell_type": "code", "source": "import keras"')
    assert _with_neighbour(kerlint, "book.ipynb") == (["book.ipynb:1:58 KER902"], 1)


def test_a_notebook_from_standard_input(kerlint: Kerlint) -> None:
    cell = '{"cell_type": "code", "source": ["import keras.engine"]}'
    arguments = ("-", "--stdin-filename", "book.ipynb", "--output-format", "concise", "--quiet")
    done = kerlint(*arguments, stdin=f'{{"cells": [{cell}]}}'.encode())
    assert done.returncode == 1
    assert done.stdout.startswith("book.ipynb:1:53: KER301 ")
    assert done.stdout.endswith("(cell 1, line 1)\n")


def test_a_named_file_is_read_whatever_its_name(kerlint: Kerlint) -> None:
    kerlint.write("script", LATE)
    assert _with_neighbour(kerlint, "script") == (["script:4:1 KER201"], 1)
