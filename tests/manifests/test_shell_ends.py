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
    "pip install ${A\n": (12, "the `${` is never closed: `}` is missing"),
    "pip install 'keras\n": (12, "the quote ' is never closed"),
    'echo "a\npip install keras\n': (5, 'the quote " is never closed'),
    "echo `date\n": (5, "the quote ` is never closed"),
    "for p in a; do x; fi\n": (18, "`fi` does not belong here: the `for` is still open"),
    "a\nfi\n": (2, "`fi` does not belong here: nothing is open"),
    "if a; then b; fi }\n": (17, "`}` does not belong here: nothing is open"),
    "if a; pip install keras; fi\n": (0, "the `if` has no `then`"),
    "while a; pip install keras; done\n": (0, "the `while` has no `do`"),
    "for p in a b; pip install $p; done\n": (
        14,
        "`do` is missing before this: the `for` needs it",
    ),
    "a; then b; fi\n": (3, "`then` does not belong here: nothing is open"),
    "for p in a; do b; else c; done\n": (
        18,
        "`else` does not belong here: it is no part of the `for` that is open",
    ),
    "if a; then\n  # pip install keras\nfi\n": (33, "no command stands between `then` and `fi`"),
    "f() { }\n": (6, "no command stands between `{` and `}`"),
    "( )\n": (2, "no command stands between `(` and `)`"),
    "if a; then b; fi pip install keras\n": (
        17,
        "`pip` does not belong here: a `;` before it is missing",
    ),
    "pip install a && && b\n": (17, "`&&` stands where `&&` needs a command"),
    "a\n  && pip install keras\n": (4, "no command stands before `&&`"),
    "a ; ; b\n": (4, "no command stands before `;`"),
    "pip install keras |\n": (18, "`|` needs a command after it"),
    "if a &&; then b; fi\n": (7, "`;` stands where `&&` needs a command"),
    "a ;; b\n": (2, "`;;` does not belong here: nothing is open"),
    "case $1 in a) if b; then c;; esac\n": (
        26,
        "`;;` does not belong here: the `if` is still open",
    ),
    "case $1 a) b;; esac\n": (0, "the `case` has no `in`"),
    "case $1 in\n  a b;;\nesac\n": (15, "`)` is missing after the pattern of the `case`"),
    "pip install keras (new)\n": (18, "`(` does not belong here: write it in quotes"),
    "pip install keras)\n": (17, "`)` does not belong here: nothing is open"),
    "A=(a (b))\n": (5, "`(` does not belong in a list: write it in quotes"),
    "pip install keras >\n": (18, "nothing is named after `>`"),
    "done < <find .\n": (0, "`done` does not belong here: nothing is open"),
    "while a; do b; done < <find .\n": (20, "nothing is named after `<`"),
    "f()\n": (1, "`()` needs a command after it"),
    'if [[ -z "$A" "$B" ]]; then\n  c\nfi\n': (
        5,
        "what stands in `[[` is no test: a quote or an operator may be missing",
    ),
    "[[ -f a ]] [[ -f b ]]\n": (11, "`[[` does not belong here: a `;` before it is missing"),
    "[[ -f a && -f b\n": (0, "the `[[` is never closed: `]]` is missing"),
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
    "A= fi; B=1 then; C=(a) done; >x fi",
    "if a; then { b; } fi; if a; then (b) else c; fi; while a; do if b; then c; fi done",
    "(a; b) 2>&1 | c; { a; } 2>/dev/null >&2; if a; then b; fi > c 2>&1 &",
    "! a; time b | c; ! { a; }; until ! a; do b; done",
    "a &&\n\n  # why\n  b ||\n  c |\n  d",
    "a &\nb & c\nwait; d;\n",
    "case $1 in\nesac; case a in (a|b) ;; c) d ;& *) e; esac",
    "case $1 in [a-z]*|'b c') x;; \"$A\") y;; esac",
    "for a\ndo b; done; for a in; do b; done; for a in b c\ndo d; done; for (( ; ; ))\ndo a; done",
    "f ()\n{\n a\n}\nfunction g\n{ b; }\nh() (c)\ni() if a; then b; fi",
    "[[ -f a || ! -d b && ( $c == d* || -n $e ) ]] && x",
    "[[ $a =~ ^(a|b)[[:space:]]+c$ ]] || [[ -v B ]]; while [[ $a -lt 3 ]]; do x; done",
    "if [[ -n $a\n  && $b != 'c d' ]]; then e; fi",
    "A=(<(b) c) d",
    "cat > a <<EOF && b\n&& )\nEOF\nc",
    "echo ${A:-b\nc} ${B/\"x\"/'}'}",
    "coproc { a; }; coproc b",
    "if a; then A=(); else B+=( ) c; fi; D=()",
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
    # What is wrong in `[[` is told when the script runs, and the script ends there.
    refused = bool(done.returncode) or "conditional" in done.stderr
    assert refused is (text in OPEN), done.stderr


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


def test_docker_takes_blanks_after_the_backslash() -> None:
    text = "FROM python:3.11\nRUN apt-get install -y git \\ \t\n  && pip install \\\t\n    keras==2.5.0\n"
    assert problems("Dockerfile", text) == []
    assert said("Dockerfile", text) == ["keras==2.5.0 4:5 (stage 1)"]


def test_what_powershell_reads_is_not_told_as_what_pip_refuses() -> None:
    step = "          if ($x) { pip install keras }\n"
    text = "jobs:\n  a:\n    runs-on: {}\n    steps:\n      - run: |\n" + step
    assert problems(RUN, text.replace("{}", "windows-latest")) == []
    assert len(problems(RUN, text.replace("{}", "self-hosted"))) == 1
