"""Ask tox, nox and bash what the fixtures mean, and keep their answers.

    PYTHON -m tests.manifests.ask_tools

with a PYTHON that has tox 4 and nox installed, writes fixtures/manifests/tox.answers.json,
nox.answers.json and words.answers.json.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

FIXTURES = Path(__file__).parents[2] / "fixtures" / "manifests"

WORDS = (
    *("keras", "'keras>=3'", '"keras>=3"', "keras\\>=3", "ker'as'\"<3\"", "''", '""'),
    *('"a\\"b"', '"a\\$b"', '"a\\nb"', "'a\\nb'", "a\\ b", "\"a b\"'c d'", "$A", "${A}", '"$A"x'),
    *("'$A'", "${B:-2.15}", "${A:-2.15}", "x==${B-1}", "${A}${A}", "a$", '"$"', "keras[a,b]"),
    *("keras==2.*", "{a}", "a=b", "--with=a", '"a\\\nb"', "a\\\nb", "'a\nb'", "$A.0", "a{,}"[:1]),
)
"""Words whose value is known if A is 1.2 and B is not set."""


def of_tox(file: Path) -> dict[str, list[str]]:
    """By environment, its `deps`."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "tox.ini").write_text(file.read_text())
        run = subprocess.run(
            [sys.executable, "-m", "tox", "config", "-q", "-k", "deps", "-e", "ALL"],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        found: dict[str, list[str]] = {}
        name = key = ""
        for line in run.stdout.replace(str(Path(folder).resolve()), "ROOT").split("\n"):
            if section := re.fullmatch(r"\[testenv:(.+)\]", line):
                name = section[1]
                found[name] = []
            elif line.startswith("["):
                name = ""
            elif assigned := re.match(r"(\w+) =(.*)", line):
                key = assigned[1]
                if key == "deps" and name and assigned[2].strip():
                    found[name].append(assigned[2].strip())
            elif line.strip() and key == "deps" and name:
                found[name].append(line.strip())
        return found


def of_nox(file: Path) -> list[dict[str, object]]:
    """The sessions, with their Pythons and parameters."""
    run = subprocess.run(
        [sys.executable, "-m", "nox", "-f", str(file), "--list-sessions", "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        return []
    return [
        {key: one[key] for key in ("session", "python", "call_spec")}
        for one in json.loads(run.stdout)
    ]


def of_bash(word: str) -> str:
    run = subprocess.run(
        ["bash", "-c", f"A=1.2; unset B; printf '%s' {word}"],
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout


def write(name: str, answers: object) -> None:
    text = json.dumps(answers, indent=1, sort_keys=True)
    (FIXTURES / f"{name}.answers.json").write_text(f"{text}\n")


if __name__ == "__main__":
    write("tox", {file.name: of_tox(file) for file in sorted((FIXTURES / "tox").iterdir())})
    write("nox", {file.name: of_nox(file) for file in sorted((FIXTURES / "nox").iterdir())})
    write("words", {word: of_bash(word) for word in WORDS})
