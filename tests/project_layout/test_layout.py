"""What a stranger or a packager relies on."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from importlib import metadata, resources
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import kerlint

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 400
"""Lines a file may have at most."""


def pyproject() -> str:
    return (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_hook_definition_is_valid() -> None:
    words = ("-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml")
    done = subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    text = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    assert re.findall(r"^- id: (\S+)$", text, re.MULTILINE) == ["kerlint", "kerlint-manifests"]


def test_runtime_dependencies_are_few_and_wide() -> None:
    block = re.search(r"^dependencies = \[\n(.*?)^\]", pyproject(), re.MULTILINE | re.DOTALL)
    assert block is not None
    needed = [Requirement(text) for text in re.findall(r'"(.+)"', block[1])]
    names = [one.name for one in needed]
    assert names == ["libcst", "packaging", "requirements-parser", "PyYAML", "tomli"]
    assert {clause.operator for one in needed for clause in one.specifier} == {">="}


def test_the_changelog_knows_the_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## (Unreleased|{re.escape(kerlint.__version__)})\b", text, re.MULTILINE)


def test_the_installed_package_says_its_version_and_that_it_is_typed() -> None:
    assert resources.files("kerlint").joinpath("py.typed").is_file()
    try:
        installed = metadata.version("kerlint")
    except metadata.PackageNotFoundError:
        pytest.skip("kerlint runs from its sources")
    assert installed == kerlint.__version__


TOP = {
    *(".ci", ".gitattributes", ".gitignore", ".pre-commit-hooks.yaml", "CHANGELOG.md"),
    *("CONTRIBUTING.md", "LICENSE", "README.md", "benchmarks", "docs", "fixtures"),
    *("pyproject.toml", "src", "tests", "tools"),
}


def test_nothing_else_lies_at_the_top() -> None:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a checkout")
    done = subprocess.run([git, "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert {line.partition("/")[0] for line in done.stdout.splitlines()} == TOP


def test_files_stay_short() -> None:
    places = [path for top in ("src", "tools", "benchmarks") for path in (ROOT / top).rglob("*.py")]
    assert places
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in places}
    long = {str(path.relative_to(ROOT)): n for path, n in lengths.items() if n > LONGEST}
    assert long == {}
