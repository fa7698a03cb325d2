"""Whatever is in the file: the readers of commands say what they can, and never fail."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kerlint.manifests import yaml_nodes
from kerlint.manifests.drafts import Draft
from kerlint.manifests.formats import read
from kerlint.manifests.installs import Installs
from kerlint.manifests.places import Malformed, Places
from kerlint.manifests.scripts import Script
from kerlint.manifests.shell_values import value
from kerlint.manifests.yaml_scripts import script_of
from tests.manifests.test_command_fixtures import FIXTURES, FORMATS, lines_of

SEEDS = [(name, file) for name in FORMATS for file in sorted((FIXTURES / name).iterdir())]
PIECES = (
    *(b"\\", b"'", b'"', b"$", b"${", b"$(", b"`", b"(", b")", b"{", b"}", b"[", b"]", b"<<EOF\n"),
    *(b"\n", b"\r\n", b"\r", b"\t", b"\x00", b"\xff", b"\xc3\xa9", b"\xe2\x80\xa8", b"&& ", b"|| "),
    *(
        b"if ",
        b"fi\n",
        b"case ",
        b"esac;",
        b"do ",
        b"done;",
        b"${{ ",
        b" }}",
        b"&a ",
        b"*a ",
        b": ",
    ),
    *(
        b"pip install ",
        b"-r ",
        b"--with ",
        b"conda run -n ",
        b"bash -c ",
        b"\xef\xbb\xbf",
        b"#",
        b",",
    ),
    *(
        b"FROM ",
        b"COPY . .\n",
        b"RUN [",
        b"ARG A=",
        b"- ",
        b"  ",
        b"|2\n",
        b">-\n",
        b"!reference [",
    ),
)


@settings(
    max_examples=250, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
@given(st.data())
def test_mutated_bytes(data: st.DataObject) -> None:
    format, file = data.draw(st.sampled_from(SEEDS))
    content = file.read_bytes()
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(content)))
        end = min(len(content), at + data.draw(st.integers(0, 8)))
        piece = data.draw(st.one_of(st.sampled_from(PIECES), st.binary(max_size=4)))
        content = content[:at] + piece + content[end:]
    assert_sound(file, content, format)


@pytest.mark.parametrize("format", FORMATS)
def test_truncated(format: str) -> None:
    for file in sorted((FIXTURES / format).iterdir()):
        content = file.read_bytes()
        for end in range(0, len(content), 31):
            assert_sound(file, content[:end], format)


def assert_sound(file: Path, content: bytes, format: str) -> None:
    """It can be read, and every place is in the text."""
    found = read(file.name, content, format)
    assert list(lines_of(found)) is not None
    if format == "notebook":
        return
    last = len(Places(found.text).starts)
    for one in found.requirements:
        assert (1, 1) <= one.span.start <= one.span.end
        assert one.span.end.line <= last


HUGE = {
    "words": b"pip install " + b"keras " * 150_000,
    "one word": b"pip install " + b"k" * 1_000_000,
    "quotes": b"pip install " + b"\"'" * 500_000,
    "dollars": b"pip install " + b"${" * 500_000,
    "calls": b"pip install " + b"$(" * 500_000,
    "brackets": b"pip install a; " + b"(" * 500_000 + b" pip install b",
    "commands": b"pip install a;" * 70_000,
    "choices": b"pip install a || " * 60_000,
    "ifs": b"if x; then pip install a; " * 40_000,
    "backslashes": b"pip install " + b"\\\n" * 500_000 + b"keras",
    "assignments": b"A=1 " * 250_000 + b"pip install $A",
    "doubling": b"A=xxxxxxxxxx; " + b"A=$A$A; " * 10_000 + b"pip install $A",
    "braces": b"pip install " + b"{" * 500_000,
    "heredocs": b"cat <<A\n" * 100_000 + b"pip install a",
}
AROUND = {
    "dockerfile": b"FROM python:3.9\nRUN %s\n",
    "github-workflow": b"jobs:\n  a:\n    steps:\n      - run: |\n          %s\n",
    "gitlab-ci": b"a:\n  script:\n    - |\n      %s\n",
    "makefile": b"a:\n\t%s\n",
    "tox": b"[testenv]\ndeps = a\ncommands =\n  %s\n",
    "readme": b"```\n%s\n```\n",
    "shell": b"%s\n",
}


@pytest.mark.parametrize("format", AROUND)
def test_a_megabyte(format: str) -> None:
    for kind in ("words", "quotes", "calls", "commands"):
        text = HUGE[kind].replace(b"\n", b" ")
        assert read("x", AROUND[format] % text, format).text


@pytest.mark.parametrize("kind", HUGE)
def test_a_quarter_of_a_megabyte(kind: str) -> None:
    assert read("x", HUGE[kind][: 1 << 18], "shell").text


BOMBS = {
    "github-workflow": "a: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{f'*{chr(97 + i)},' * 9}]\n" for i in range(9))
    + "jobs: {t: {steps: *j, strategy: {matrix: {a: *j, include: *i}}, runs-on: *j}}\n",
    "gitlab-ci": "a: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{f'*{chr(97 + i)},' * 9}]\n" for i in range(9))
    + "job: {script: *j, image: *j, parallel: {matrix: [{A: *j, B: *j}]}}\n",
    "compose": "a: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{f'*{chr(97 + i)},' * 9}]\n" for i in range(9))
    + "services: {a: {command: *j, build: *j, image: *j}}\n",
    "tox": "[tox]\nenvlist = " + "{a,b,c,d}" * 30 + "\n[testenv]\ndeps = {[testenv]deps}\n  x\n",
    "nox": "import nox\nA = " + "[*" * 90 + "X" + "]" * 90 + "\nX = A\n@nox.session\n"
    "@nox.parametrize('a', [1,2,3,4,5,6,7,8,9])\n"
    * 1
    + "".join(f"@nox.parametrize('p{i}', range({i}))\n" for i in range(9))
    + "def t(s, a):\n    s.install(*A, *X)\n",
    "makefile": "A = $(B)\nB = $(A)\nx:\n\tpip install $(A) $(B)\n",
    "dockerfile": "FROM a AS a\nFROM a AS a\nCOPY --from=a /opt/venv /opt/venv\nRUN pip install x\n",
}


@pytest.mark.parametrize("format", BOMBS)
def test_bombs(format: str) -> None:
    read("x", BOMBS[format], format)


def test_a_matrix_of_millions() -> None:
    names = "".join(f"        n{i}: [1,2,3,4,5,6,7,8,9,10]\n" for i in range(9))
    uses = " ".join(f"${{{{ matrix.n{i} }}}}" for i in range(9))
    text = (
        f"jobs:\n  a:\n    strategy:\n      matrix:\n{names}    steps:\n"
        f"      - run: pip install keras {uses}\n"
    )
    assert [one.name for one in read("x", text, "github-workflow").requirements] == ["keras"]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(alphabet="ab \n\t'\"\\:#|>-é", max_size=40), st.sampled_from("|>'\"p"))
def test_scalars_keep_their_places(text: str, style: str) -> None:
    import yaml

    written = yaml.dump({"k": [text]}, default_style=None if style == "p" else style, width=20)
    places = Places(written)
    try:
        (root,) = yaml_nodes.documents(written, places)
    except Malformed:
        return
    node = yaml_nodes.elements(yaml_nodes.get(root, "k"))[0]
    script = script_of(node, places)
    assert script.text == node.value
    if len(script.pieces) == 1 and script.pieces[0][3]:
        return
    for at, one in enumerate(script.text):
        if one in "abé":
            there = written[script.start(at)]
            assert there == one or there == "\\"


@given(st.text(alphabet="ab$'\"\\{}()`~*?[ \n-:A", max_size=30))
def test_any_word_has_a_value(raw: str) -> None:
    assert isinstance(value(raw, {"A": "1"}), str)


@given(st.text(alphabet="pip install keras;&|(){}if then fi case esac\n'\"$=<#\\", max_size=80))
def test_any_script_is_read(text: str) -> None:
    draft = Draft("x.sh", text, "shell")
    Installs(draft).read(Script.of(f"pip install a\n{text}"))
    assert draft.manifest().requirements
