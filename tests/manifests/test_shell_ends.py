"""What a script opens and never closes: told where bash refuses the script, and nowhere else."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from kerlint.manifests.shell_ends import DEEPEST, LONGEST, opened_and_not_closed
from tests.manifests.saying import problems, said

OPEN = {
    "if [ -f a ]; then\n  pip install keras\n": (0, "the `if` is never closed: `fi` is missing"),
    "if a; then\n  if b; then\n    c\nfi\n": (0, "the `if` is never closed: `fi` is missing"),
    "for p in a b; do pip install $p\n": (0, "the `for` is never closed: `done` is missing"),
    "while read l; do x; don\n": (0, "the `while` is never closed: `done` is missing"),
    "case $1 in\n a) x;;\n b|c) y;;\n": (0, "the `case` is never closed: `esac` is missing"),
    "f() {\n  pip install keras\n": (4, "the `{` is never closed: `}` is missing"),
    "(cd a && pip install .\n": (0, "the `(` is never closed: `)` is missing"),
    "V=$(git describe\npip install keras\n": (2, "the `$(` is never closed: `)` is missing"),
    'V="$(a "$(b)"\n': (3, "the `$(` is never closed: `)` is missing"),
    "P=(a b\nc\n": (2, "the `(` is never closed: `)` is missing"),
    "pip install ${A\n": None,  # `}` may stand on a later line
    "pip install 'keras\n": (12, "the quote ' is never closed"),
    'echo "a\npip install keras\n': (5, 'the quote " is never closed'),
    "echo `date\n": (5, "the quote ` is never closed"),
    "for p in a; do x; fi\n": (18, "`fi` does not belong here: the `for` is still open"),
    "a\nfi\n": (2, "`fi` does not belong here: nothing is open"),
    "if a; then b; fi }\n": (17, "`}` does not belong here: nothing is open"),
}
"""Scripts that bash refuses, and what is told of each; None: it is not taken apart."""

FINE = (
    "if [ -f a ]; then pip install keras; elif b; then c; else d; fi",
    "if a; then if b; then c; fi fi",
    "for p in if fi done; do echo $p; done\nfor ((i=0; i<3; i++)); do x; done",
    "for p do echo $p; done",
    "until a; do b; done; select x in a b; do break; done",
    "case $1 in\n  if) echo if;;\n  (a|done) echo $(b);;\n  *) x ;;\nesac",
    "case $1 in a) x;; esac; case \"$2\" in 'b c') y;; esac",
    "echo if then fi; echo { } done",
    "f() { x; }\nfunction g { y; }\nfunction h() {\n  z\n}",
    "(a; b) | c && { d; } > e 2>&1",
    "P=(if 'b c' $(d) # fi )\n)\nA+=(x)",
    'V=$(a | b \'c)\' "d)" $(e))\nW=`f "x" \\`y\\``',
    "echo \"it's $(echo \"a\")\" '\"' $'it\\'s' don\\'t",
    "echo ${A:-${B}} ${#C} ${D//x/y} ${E%%.*} $((1 + (2 * 3))) $# $$ $?",
    "(( n = 1 << 3 ))\nif (( n > 2 )); then x; fi",
    "if [[ $a =~ ^(if|do)$ && -n $b ]]; then x; fi\n[[ a < b ]] || c",
    "cat <<EOF | tee a\nif it's (\nEOF\ncat <<-'X' <<Y\n\tfi\n\tX\n\"\nY\npip install keras",
    "diff <(a) <(b) >/dev/null 2>&1 # don't",
    "a && ! b || time c &\nwait # if",
    "A=1 B='x y' pip install keras",
    "echo a#b 'c' \\\n  d",
    "if a\nthen\n\tb\nelse\n\tc\nfi",
    "while read -r l; do x; done < <(a)",
    "x() (\n cd a\n)",
    "coproc { a; }",
    "pip install keras[a] 'x>=1' {a,b} }",
)


@pytest.mark.parametrize("text", OPEN)
def test_what_is_open_is_told(text: str) -> None:
    assert opened_and_not_closed(text) == OPEN[text]
    assert opened_and_not_closed(f"pip install numpy\n{text}") == (
        OPEN[text] and (OPEN[text][0] + 18, OPEN[text][1])
    )


@pytest.mark.parametrize("text", FINE)
def test_what_is_closed_is_not(text: str) -> None:
    assert opened_and_not_closed(text) is None
    assert opened_and_not_closed(f"{text}\nif a; then\n{text}\nfi\n") is None


@pytest.mark.skipif(shutil.which("bash") is None, reason="it asks bash")
@pytest.mark.parametrize("text", [*OPEN, *FINE])
def test_bash_says_the_same(text: str) -> None:
    done = subprocess.run(["bash", "-n"], input=text, text=True, capture_output=True, check=False)
    assert bool(done.returncode) is (text in OPEN)


def test_what_is_no_such_script_is_left_alone() -> None:
    for head in ("#!/usr/bin/env python3\n", "#!/bin/csh\n", "#!/usr/bin/fish\n", "# {% if x %}\n"):
        assert opened_and_not_closed(f"{head}if (a) then\n") is None
    assert opened_and_not_closed("#!/usr/bin/env bash\nif a; then\n") is not None
    assert opened_and_not_closed("if a; then\n" + "#" * LONGEST) is None
    assert opened_and_not_closed("$(" * DEEPEST) is not None
    for deep in ("$(", "${", '"${', '${"', '"$(', "<(", "(", "{ "):
        opened_and_not_closed(deep * 5000)
    assert opened_and_not_closed("$(" * 5000) is None


RUN = ".github/workflows/t.yml"
JOB = "jobs:\n  a:\n    runs-on: {}\n    steps:\n      - run: |\n          if a; then\n            pip install keras==2.5.0\n"


def test_it_is_told_at_its_place_and_the_rest_is_read() -> None:
    text = "set -e\nif [ -f a ]; then\n  pip install keras==2.5.0\n"
    assert problems("install.sh", text) == ["2:1 the `if` is never closed: `fi` is missing"]
    assert said("install.sh", text) == ["keras==2.5.0 3:15 (line 2)"]
    text = "FROM python:3.11\nRUN if [ -f a ]; then \\\n    # don't\n    pip install keras==2.5.0\n"
    assert problems("Dockerfile", text) == ["2:5 the `if` is never closed: `fi` is missing"]
    text = "FROM python:3.11\nRUN <<EOF\npip install keras $(cat more\nEOF\n"
    assert problems("Dockerfile", text) == ["3:19 the `$(` is never closed: `)` is missing"]
    assert problems(RUN, JOB.format("ubuntu-latest")) == [
        "6:11 the `if` is never closed: `fi` is missing"
    ]


def test_it_is_not_told_of_other_shells() -> None:
    text = 'FROM python:3.11\nSHELL ["powershell", "-Command"]\nRUN if ($a) { pip install keras\n'
    assert problems("Dockerfile", text) == []
    text = "FROM python:3.11-windowsservercore\nRUN if exist a (pip install keras\n"
    assert problems("Dockerfile", text) == []
    assert problems(RUN, JOB.format("windows-latest")) == []
    assert problems(RUN, JOB.format("${{ matrix.os }}")) == []
    text = JOB.format("ubuntu-latest") + "        shell: pwsh\n"
    assert problems(RUN, text) == []
    text = JOB.format("windows-latest") + "        shell: bash\n"
    assert len(problems(RUN, text)) == 1
    assert problems("README.md", "```\nif a; then pip install keras\n```\n") == []
