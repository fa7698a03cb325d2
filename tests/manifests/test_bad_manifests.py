"""Whatever the bytes are: facts, a problem, or nothing. No reader raises, runs or fetches."""

from __future__ import annotations

import codecs
import os
import socket
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kerlint.cli import main
from kerlint.manifests.formats import READERS, read
from kerlint.manifests.installations import installations
from kerlint.manifests.model import Manifest
from kerlint.manifests.places import Places
from kerlint.project.library import Library

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "manifests"
FILES = sorted(
    path
    for path in FIXTURES.rglob("*")
    if path.is_file() and path.parent != FIXTURES and path.stat().st_size < 20_000
)
FORMATS = sorted(READERS)
SHORT = os.environ.get("KERLINT_MANIFEST_EXAMPLES", "150")
"""How many broken files are tried of each kind; more in the heavy checks."""


def format_for(path: Path) -> str:
    """The folder of a fixture is named like its format."""
    return path.relative_to(FIXTURES).parts[0]


def check(manifest: Manifest) -> None:
    """Every place is one of the text, and no secret of the tests is printed."""
    last = len(Places(manifest.text).starts)
    for one in (*manifest.requirements, *manifest.problems, *manifest.pythons, *manifest.includes):
        start, end = one.span
        assert 1 <= start.line <= last or not manifest.text, (one, one.span)
        assert start.column >= 1
        assert end >= start
    shown = [one.text for one in manifest.requirements] + [one.message for one in manifest.problems]
    assert "hunter2" not in " ".join([*shown, *manifest.indexes])
    assert all(len(one.message) < 1000 for one in manifest.problems)


def test_every_format_has_fixtures() -> None:
    here = {format_for(path) for path in FILES}
    mine = {
        *("requirements", "setup-cfg", "setup-py", "pipfile", "pipfile-lock", "conda-environment"),
        *("conda-lock", "script", "python-version", "runtime", "shell"),
    }
    assert mine <= here


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(FIXTURES).as_posix())
def test_fixtures_and_all_their_beginnings(path: Path) -> None:
    data = path.read_bytes()
    check(read(path.name, data, format_for(path)))
    for length in range(0, len(data), max(len(data) // 40, 1)):
        check(read(path.name, data[:length], format_for(path)))


@given(data=st.data())
@settings(max_examples=int(SHORT) * 4, deadline=None, suppress_health_check=list(HealthCheck))
def test_mutations(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(FILES))
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content)))
        kind = data.draw(st.sampled_from(("insert", "delete", "replace", "repeat")))
        some = data.draw(st.sampled_from(SOME) | st.binary(max_size=6))
        length = data.draw(st.integers(0, 20))
        if kind == "insert":
            content[at:at] = some
        elif kind == "delete":
            del content[at : at + length]
        elif kind == "replace":
            content[at : at + len(some)] = some
        else:
            content[at:at] = content[at : at + length] * 3
    check(read(path.name, bytes(content), format_for(path)))


SOME = tuple(
    one.encode()
    for one in (
        *(
            "[",
            "]",
            "{",
            "}",
            "(",
            ")",
            '"',
            "'",
            "\\\n",
            "\\",
            "#",
            ";",
            "=",
            "==",
            ">=",
            "@",
            ":",
        ),
        *("\n", "\r", "\r\n", "\t", " ", "  ", "-", "- ", "*", "&a ", "*a", "<<: ", "|\n", "${X}"),
        *(
            "%s",
            "{}",
            "{{",
            "}}",
            "-r ",
            "-e ",
            "--hash=",
            "://",
            "git+",
            "\u00e9",
            "\u2028",
            "\ufeff",
        ),
        *("# ///", "+", "%", "f'", "**", "lambda: ", "extras_require", "!", "^", "~", "x" * 300),
    )
)


@pytest.mark.parametrize("format", FORMATS)
@given(data=st.binary(max_size=200))
@settings(max_examples=int(SHORT) // 5, deadline=None)
def test_any_bytes(format: str, data: bytes) -> None:
    check(read("x", data, format))


@pytest.mark.parametrize("format", FORMATS)
@given(text=st.text(max_size=120))
@settings(max_examples=int(SHORT) // 5, deadline=None)
def test_any_text(format: str, text: str) -> None:
    check(read("x", text, format))


LONG = int(os.environ.get("KERLINT_MANIFEST_LINE", "100000"))
"""Characters of the long lines; a million in the heavy checks."""
LINES = {
    "letters": "a" * LONG,
    "spaces": "keras" + " " * LONG + "x",
    "tabs and a hash": "keras" + "\t" * LONG + "#",
    "brackets": "[" * LONG,
    "braces": "{" * LONG,
    "parentheses": "(" * LONG,
    "quotes": '"' * LONG,
    "backslashes": "\\" * LONG,
    "quotes and backslashes": '"\\' * (LONG // 2),
    "parameters": "${" * (LONG // 2),
    "an open array": 'a = [ "x", ' * (LONG // 11),
    "dashes": "-" * LONG,
    "words with dashes": "- " * (LONG // 2),
    "commas": "keras>=1" + "," * LONG,
    "clauses": "keras" + ">=1," * (LONG // 4),
    "extras": "keras[" + "a," * (LONG // 2) + "]",
    "markers": "keras; " + "python_version>'3' and " * (LONG // 23) + "os_name=='x'",
    "addresses": "https://" * (LONG // 8),
    "logins": "https://a:b@" * (LONG // 12),
    "dollars": "${A}" * (LONG // 4),
    "shell": "$(" * (LONG // 2),
    "one list": "install_requires = [" + "'keras'," * (LONG // 8) + "]",
    "sums": "setup(install_requires=" + "['a']+" * (LONG // 6) + "[])",
    "equals": "a=" * (LONG // 2),
    "colons": "a: " * (LONG // 3),
    "hashes": "keras " + "--hash=sha256:ab " * (LONG // 17),
    "percent": "'%s'" * (LONG // 4),
}


@pytest.mark.parametrize("format", FORMATS)
def test_very_long_lines(format: str) -> None:
    for text in LINES.values():
        check(read("x", text, format))


DEEP = {
    "yaml lists": "dependencies: " + "[" * 5000,
    "yaml blocks": "".join(f"{' ' * level}a:\n" for level in range(900)),
    "json": '{"default": ' + "[" * 5000,
    "toml": "packages = " + "[" * 5000,
    "python": "setup(install_requires=" + "(" * 5000,
    "calls": "setup(install_requires=" + "f(" * 150 + ")" * 150 + ")",
    "minus": "setup(x=" + "-" * 5000 + "1)",
    "own functions": "def f(x):\n    return [*f(x), *f(x)]\nsetup(install_requires=f(1))",
    "doubling": "a = ['keras']\n" + "a = a + a\n" * 60 + "setup(install_requires=a)",
    "doubling text": "a = 'keras'\n" + "a = a + a\n" * 60 + "setup(install_requires=a)",
    "nested lists": "a = ['keras']\n" + "a = [a, a]\n" * 60 + "setup(install_requires=a)",
    "widths": "setup(install_requires=['%999999999d' % 1, '{:999999999}'.format(1), f'{1:999999999}'])",
    "itself": "a = []\na.append(a)\nd = {}\nd['x'] = d\nsetup(install_requires=a, extras_require=d)",
    "powers": "setup(install_requires=['a' * 10**10, str(10**10**10)])",
}


@pytest.mark.parametrize("kind", DEEP)
def test_deep_and_growing_things(kind: str) -> None:
    for format in FORMATS:
        check(read("x", DEEP[kind], format))


def test_billion_laughs() -> None:
    lines = ["a0: &a0 [keras, keras]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    text = "\n".join([*lines, "dependencies: *a9", "package: *a9", "jobs: *a9", "services: *a9"])
    merged = "\n".join(
        ["b0: &b0 {x: 1}"]
        + [f"b{n}: &b{n} {{<<: [{', '.join([f'*b{n - 1}'] * 10)}]}}" for n in range(1, 10)]
        + ["dependencies: *b9", "package: [*b9]", "jobs: *b9"]
    )
    for bomb in (text, merged, "dependencies: &a\n  - pip: &b\n    - *b\n  - *a\n"):
        for format in FORMATS:
            check(read("x", bomb, format))


def test_binary_files_are_told_once() -> None:
    for format in FORMATS:
        found = read("x", b"\x7fELF\x02\x01\x01\0\0\0keras", format)
        assert [one.message for one in found.problems] == ["this is no text: it holds a null byte"]


def test_secrets_are_never_printed() -> None:
    for address in (
        "https://me:hunter2@example.org/keras-2.3.1-py3-none-any.whl",
        "git+https://hunter2@github.com/a/b.git@v1",
        "https://example.org/x.zip?token=hunter2&a=b",
        "https://me:pa/hunter2@example.org/keras.whl",
    ):
        for path in FILES:
            text = path.read_bytes().replace(b"keras", f"keras @ {address} ".encode())
            check(read(path.name, text, format_for(path)))
            text = path.read_bytes().replace(b"keras", address.encode())
            check(read(path.name, text, format_for(path)))


def test_nothing_is_run_or_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("a reader leaves its text")

    for module, name in ((subprocess, "Popen"), (os, "system"), (socket, "socket")):
        monkeypatch.setattr(module, name, refuse)
    for path in FILES:
        data = path.read_bytes()
        read("x", data, format_for(path))
    text = (
        "import os\nos.system('x')\nopen('/tmp/kerlint-was-here', 'w')\nsetup(name=exec('1/0'))\n"
    )
    read("setup.py", text)
    assert not os.path.exists("/tmp/kerlint-was-here")


@pytest.mark.parametrize("name", ["pyproject.toml", "uv.lock", "Pipfile", "pixi.toml"])
def test_toml_in_another_encoding(name: str) -> None:
    for encoding in ("utf-16-le", "utf-16-be"):
        mark = codecs.BOM_UTF16_LE if encoding.endswith("le") else codecs.BOM_UTF16_BE
        found = read(name, mark + '[project]\nname = "keras"\n'.encode(encoding))
        assert [one.message for one in found.problems][:1] == [
            "this is UTF-16, and TOML has to be UTF-8"
        ]


def test_links_in_a_circle_and_the_same_file_by_two_paths(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "requirements.txt").write_text(
        "-r sub/requirements.txt\n-r loop.txt\nkeras==2.5.0\n"
    )
    (tmp_path / "sub").symlink_to(".")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    library = Library({})
    manifest = library.manifest("requirements.txt")
    assert manifest is not None
    (found,) = installations(manifest, library.manifest)
    assert [one.path for one in found.requirements] == ["requirements.txt"]


def test_secrets_are_not_shown_in_the_lines_of_a_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "requirements.txt").write_text(
        "tensorflow==2.16.0  # not from https://me:hunter2@example.org/simple\n"
        "keras=3 https://x:hunter2@example.org\n"
    )
    for format in ("full", "concise", "json", "sarif", "gitlab", "github", "junit"):
        assert main(["requirements.txt", "--output-format", format]) == 1
        assert "hunter2" not in capsys.readouterr().out


def test_a_number_of_thousands_of_digits_in_a_lock() -> None:
    text = f'version = {"9" * 6000}\n\n[[package]]\nname = "keras"\nversion = "3.3.3"\n'
    (problem,) = read("uv.lock", text).problems
    assert problem.message.startswith("no valid TOML: ")


def test_a_package_of_a_lock_without_a_name_and_those_after_it() -> None:
    text = (
        'version = 1\n\n[[package]]\nname = 5\nversion = "1"\n\n'
        '[[package]]\nname = "keras"\nversion = "3.3.3"\nsource = { virtual = "." }\n'
    )
    found = read("uv.lock", text)
    assert [(one.message, one.span.start.line) for one in found.problems] == [
        ("a package of the lock has no name", 4)
    ]


@pytest.mark.parametrize("value", ['"%9999d" % 1', '"%.9999d" % 1', '"%*d" % (9999, 1)'])
def test_widths_are_not_filled_in(value: str) -> None:
    """One of nine digits would take a gigabyte."""
    assert added_up(value) is None
    assert added_up('"%4d" % 1') == "   1"


def added_up(value: str) -> str | None:
    """The text that the reader of setup.py makes of an expression; None if it makes none."""
    import ast

    from kerlint.manifests.setup_values import Constant, Many, Text, formatted

    node = ast.parse(value, mode="eval").body
    assert isinstance(node, ast.BinOp)
    assert isinstance(node.left, ast.Constant)
    numbers = [one for one in ast.walk(node.right) if isinstance(one, ast.Constant)]
    found = formatted(
        Text(str(node.left.value), node.left), Many([Constant(one.value) for one in numbers]), node
    )
    return found.text if isinstance(found, Text) else None


def test_a_device_that_is_included_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    given = {"requirements.txt": b"-r /dev/zero\n-c /dev/zero\ntensorflow==2.15.1\n"}
    library = Library(given)
    manifest = library.manifest("requirements.txt")
    assert manifest is not None
    (found,) = installations(manifest, library.manifest)
    assert [one.name for one in found.requirements] == ["tensorflow"]
    assert not found.complete


def test_lists_among_the_packages_of_conda() -> None:
    text = "a: &a [tensorflow=2.15]\nb: &b [*a, *a]\ndependencies: [*b, *a, numpy=1.26]\n"
    found = read("environment.yml", text)
    assert [one.name for one in found.requirements] == ["numpy"]
    assert len(found.problems) == 2


def test_a_lock_of_pipenv_of_other_kinds_than_pipenv_writes() -> None:
    text = '{"default": [1], "develop": {"keras": "==3", "numpy": {"version": 3}}, "_meta": []}'
    assert [one.message for one in read("Pipfile.lock", text).problems] == [
        "`default` is a table of packages",
        "`keras` is a table with the locked version",
        "`3` is no version",
    ]
