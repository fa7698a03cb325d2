"""The generated documentation, and the skeleton of a new rule."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kerlint.report.pages import page_of
from kerlint.rules import all_rules
from kerlint.rules.base import Rule, Trigger
from tools import docs

ROOT = Path(__file__).parents[2]


class Sample(Rule):
    """What it finds,
    in two lines.

    ## What it does
    Something `quoted` with a | in it.

    ## Example

    ```python
    ## not a heading
    x = 1
    ```

    ```text
    no code
    ```

    ## References
    - a place
    """

    code = "KER399"
    name = "sample"
    trigger = Trigger()
    example_target = "keras==3.0.0, tensorflow==2.16.1"
    errors = ("TypeError: a | b", "ValueError: `x` is wrong")


class Bare(Rule):
    code = "KER398"
    name = "bare"


def test_a_page_is_taken_apart() -> None:
    page = page_of(Sample())
    assert page.summary == "What it finds, in two lines."
    assert list(page.sections) == ["What it does", "Example", "References"]
    assert page.sections["Example"].startswith("```python\n## not a heading\nx = 1\n```")
    assert "## Example\n\n```python" in page.markdown()


def test_a_rule_does_not_inherit_the_words_of_its_base() -> None:
    assert page_of(Bare()).summary == ""


def test_the_page_of_a_rule() -> None:
    text = docs.rule_page(Sample())
    assert text.startswith("<!-- Generated")
    headings = re.findall(r"^#.*", text, re.MULTILINE)
    assert headings == [
        "# sample (KER399)",
        "## What it does",
        "## Example",
        "## not a heading",
        "## What you may see",
        "## How to silence it",
        "## References",
    ]
    assert "| `KER399` | error | 0.1.0 | `keras==3.0.0`, `tensorflow==2.16.1` |" in text
    assert "- `` ValueError: `x` is wrong ``" in text
    assert "# kerlint: ignore[KER399]" in text


def test_the_index_finds_by_code_and_by_message() -> None:
    text = docs.index([Sample()])
    assert "| `KER399` | [sample](sample.md) | error | What it finds, in two lines. |" in text
    assert "| `TypeError: a \\| b` | [KER399](sample.md) |" in text


def test_writing_checking_and_what_is_left_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = ["--root", str(tmp_path)]
    assert docs.main(["--check", *root]) == 1
    assert not list(tmp_path.iterdir())
    assert docs.main(root) == 0
    assert docs.main(["--check", *root]) == 0
    pages = {file.stem for file in (tmp_path / "docs" / "rules").iterdir()}
    assert pages == {"README", *(rule.name for rule in all_rules())}
    left_over = tmp_path / "docs" / "rules" / "gone.md"
    left_over.write_text("old")
    (tmp_path / "docs" / "rules" / "README.md").write_text("changed")
    capsys.readouterr()
    assert docs.main(["--check", *root]) == 1
    assert capsys.readouterr().out.splitlines()[:2] == [
        "stale: docs/rules/README.md",
        "stale: docs/rules/gone.md",
    ]
    assert docs.main(root) == 0
    assert not left_over.exists()
    assert docs.main(["--check", *root]) == 0


def test_every_setting_and_option_is_described() -> None:
    from kerlint.settings_table import KEYS

    text = docs.pages(all_rules())["docs/configuration.md"]
    for key in KEYS:
        assert f"### `{key}`" in text
    assert "| `--output-file` `FILE` |" in text


def test_links_between_pages_lead_somewhere() -> None:
    pages = docs.pages(all_rules())
    for path, text in pages.items():
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
            place = (ROOT / path).parent.joinpath(target).resolve().relative_to(ROOT).as_posix()
            assert place in pages or (ROOT / place).exists(), f"{path}: {target}"


# A new rule


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the script needs, so that the checkout stays as it is."""
    root = tmp_path_factory.mktemp("copy")
    caches = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src", root / "src", ignore=caches)
    shutil.copytree(ROOT / "tools", root / "tools", ignore=caches)
    shutil.copytree(ROOT / "fixtures" / "logs", root / "fixtures" / "logs")
    (root / "tests" / "rules").mkdir(parents=True)
    for name in ("marked.py", "test_examples.py"):
        shutil.copy(ROOT / "tests" / "rules" / name, root / "tests" / "rules" / name)
    return root


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    # The copy's `src` must come before an installed kerlint.
    environ = {"PYTHONPATH": str(root / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, *(() if arguments[0] == "-c" else ("-m",)), *arguments],
        cwd=root,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
    )


def test_a_new_rule_in_one_go(copy: Path) -> None:
    done = run(copy, "tools.new_rule", "KER399", "sample-rule")
    assert done.returncode == 0, done.stderr
    for path in (
        "src/kerlint/rules/api/sample_rule.py",
        "tests/rules/api/test_sample_rule.py",
        "fixtures/sample-rule/fires.py",
        "fixtures/sample-rule/silent.py",
        "docs/rules/sample-rule.md",
    ):
        assert f"writing: {path}" in done.stdout.splitlines()
        assert (copy / path).is_file()
    assert "[sample-rule](sample-rule.md)" in (copy / "docs/rules/README.md").read_text()

    tests = ("pytest", "-q", "-p", "no:cacheprovider", "tests/rules", "-k", "KER399 or sample_rule")
    before = run(copy, *tests)
    assert "2 failed" in before.stdout, before.stdout
    rule = copy / "src/kerlint/rules/api/sample_rule.py"
    text = rule.read_text()
    text = text.replace(
        "yield from ()",
        "for one in module.references:\n"
        "            if one.kind == 'attribute':\n"
        "                yield self.diagnostic(module, one.parts[0], message='seen')",
    )
    text = text.replace("TODO: what it finds, in one sentence", "It finds")
    rule.write_text(text)
    after = run(copy, *tests)
    assert after.returncode == 0, after.stdout
    assert " passed" in after.stdout


@pytest.mark.parametrize(
    ("code", "family", "base"),
    [("KER649", "environment", "EnvironmentRule"), ("KER749", "gpu", "GpuRule")],
)
def test_a_new_check_of_the_probe_in_one_go(copy: Path, code: str, family: str, base: str) -> None:
    done = run(copy, "tools.new_rule", code, f"sample-{family}")
    assert done.returncode == 0, done.stderr
    file = copy / "src" / "kerlint" / "rules" / family / f"sample_{family}.py"
    assert f"class Sample{family.capitalize()}({base}):" in file.read_text()
    assert (copy / "tests" / "rules" / family / f"test_sample_{family}.py").is_file()
    assert not (copy / "fixtures" / f"sample-{family}").exists()
    program = (
        "from kerlint.rules import all_rules\n"
        "from kerlint.probe.wishes import asked_of_environment\n"
        "from kerlint.probe.observations import Distribution, Observations\n"
        f"rule = next(one for one in all_rules() if one.code == '{code}')\n"
        "seen = Observations(distributions=[Distribution('TODO', '1.0', '/metadata')])\n"
        "print(len(list(rule.check_environment(seen, asked_of_environment(seen)))))\n"
    )
    assert run(copy, "-c", program).stdout == "1\n", "the skeleton fires"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("KER904", "something-else"), "KER904 unused-suppression is there already"),
        (("KER398", "unused-suppression"), "KER904 unused-suppression is there already"),
        (("KER12", "short"), "is no code"),
        (("KER398", "Not_Kebab"), "kebab-case"),
        (
            ("KER801", "no-family"),
            "--family: imports, order, api, manifests, config, environment, gpu, house",
        ),
    ],
)
def test_a_rule_that_cannot_be(copy: Path, arguments: tuple[str, str], complaint: str) -> None:
    done = run(copy, "tools.new_rule", *arguments)
    assert done.returncode == 2
    assert complaint in done.stderr
