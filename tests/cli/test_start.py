"""What a run loads: a hook runs at every commit, so that every import counts."""

from __future__ import annotations

import subprocess
import sys

from tests.cli.support import CLEAN, LATE, PLAIN, Kerlint, environment

HEAVY = {
    *("argparse", "dataclasses", "difflib", "email", "enum", "importlib.metadata", "inspect"),
    *("json", "libcst", "libcst.native", "multiprocessing", "packaging", "pathlib", "re"),
    *("requirements", "subprocess", "zlib"),
    *(
        "tomli",
        "tomllib",
        "typing",
        "concurrent.futures",
        "kerlint.rules.base",
        "kerlint.checking.work",
    ),
    *("kerlint.knowledge.api", "kerlint.report.full", "kerlint.settings_table"),
}

LOADED = """
import sys
from kerlint.cli import main
before = set(sys.modules)
main(sys.argv[1:])
print(*(set(sys.modules) - before))
"""


def _loaded(kerlint: Kerlint, *arguments: str) -> set[str]:
    """The modules that a run loads."""
    done = subprocess.run(
        [sys.executable, "-S", "-c", LOADED, *arguments],
        cwd=kerlint.folder,
        env=environment(kerlint.folder),
        capture_output=True,
        text=True,
        check=True,
    )
    modules = set(done.stdout.splitlines()[-1].split())
    assert "kerlint.engine" in modules
    return modules


def test_files_without_keras_need_nothing_heavy(kerlint: Kerlint) -> None:
    kerlint.write("pyproject.toml", "[project]\nname = 'kerlint'\n")
    for name in ("a.py", "b.py", "deep/c.py"):
        kerlint.write(name, PLAIN)
    assert not _loaded(kerlint, "a.py", "b.py", "deep/c.py") & HEAVY
    assert not _loaded(kerlint, "check", "a.py") & HEAVY


def test_a_folder_without_keras_needs_no_parser(kerlint: Kerlint) -> None:
    kerlint.write("a.py", PLAIN)
    assert not _loaded(kerlint, ".") & (HEAVY - {"subprocess", "enum", "re", "typing"})


def test_clean_files_need_no_parser_and_no_manifests(kerlint: Kerlint) -> None:
    kerlint.write("clean.py", CLEAN)
    kerlint.write("requirements.txt", "numpy\n")
    loaded = _loaded(kerlint, "clean.py")
    assert "kerlint.knowledge.api" in loaded
    assert not loaded & (
        HEAVY - {"enum", "kerlint.knowledge.api", "kerlint.rules.base", "re", "zlib"}
    )
    assert "kerlint.source.names" not in loaded


def test_the_list_of_heavy_modules_is_not_empty_talk(kerlint: Kerlint) -> None:
    kerlint.write("late.py", LATE)
    assert _loaded(kerlint, "late.py", "--quiet") & HEAVY
