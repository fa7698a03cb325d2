"""What the README says is so."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kerlint.report import FORMATS
from kerlint.settings_table import KEYS, read

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/README.md", "fixtures/README.md")


@pytest.mark.parametrize("name", ["demo", "tests"])
def test_a_command_is_one_line_in_a_fence_below_its_marker(name: str) -> None:
    block = re.search(rf"<!-- command: {name} -->\n```sh\n(.*?)```\n", README, re.DOTALL)
    assert block is not None
    assert block[1].count("\n") == 1


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_files_that_exist(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", text)
    local = [link for link in links if not re.match(r"[a-z]+:", link)]
    missing = [link for link in local if not (ROOT / page).parent.joinpath(link).exists()]
    assert not missing
    assert local or page not in ("README.md", "docs/README.md")


def test_the_configuration_is_accepted() -> None:
    block = re.search(r"```toml\n(\[tool\.kerlint\].*?)```", README, re.DOTALL)
    assert block is not None
    layer = read("pyproject.toml", block[1].encode())
    assert layer
    assert set(layer) <= set(KEYS)


def test_all_output_formats_are_named() -> None:
    assert [name for name in FORMATS if f"`{name}`" not in README] == []


def test_all_options_in_the_readme_exist() -> None:
    known = set()
    for command in ("check", "probe", "explain"):
        done = subprocess.run(
            [sys.executable, "-m", "kerlint", command, "--help"],
            capture_output=True,
            text=True,
            check=True,
        )
        known |= set(re.findall(r"--[a-z][a-z-]+", done.stdout))
    lines = [line for line in README.splitlines() if "pip" not in line]
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", "\n".join(lines))) - known == set()
