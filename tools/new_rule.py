"""Make the skeleton of a new rule: its file, its test, its fixtures, its page.

    python -m tools.new_rule KER307 not-yet-available
    python -m tools.new_rule KER904 unused-suppression --family house
    python -m tools.new_rule KER625 keras-too-young

Nothing has to be registered by hand but the place of a check of the probe (KER6, KER7) in
`probe/judging.py`: which findings explain which. The tests fail until the rule is written.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

FAMILY_OF = {
    "1": "imports",
    "2": "order",
    "3": "api",
    "4": "manifests",
    "5": "config",
    "6": "environment",
    "7": "gpu",
    "9": "house",
}

BASE_OF = {"environment": "EnvironmentRule", "gpu": "GpuRule"}
"""The families of the probe, whose rules judge observations, and what their classes begin with."""

RULE = '''\
"""{code} {name}."""

from __future__ import annotations

from kerlint.rules.base import Rule, Trigger

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.diagnostics import Diagnostic
    from kerlint.rules.base import Context
    from kerlint.source.facts import Module


class {class_name}(Rule):
    """TODO: what it finds, in one sentence.

    ## What it does

    TODO: what is found, what is not.

    ## Why is this bad?

    TODO: what happens when such code runs.

    ## Example

    ```python
    import keras

    keras.utils
    ```

    ## Use instead

    ```python
    import keras
    ```

    ## References

    - TODO: where the fact comes from
    """

    code = "{code}"
    name = "{name}"
    severity = "error"
    trigger = Trigger(names=("keras",))
    errors = ()

    def check(self, module: Module, context: Context) -> Iterator[Diagnostic]:
        """Yield TODO."""
        yield from ()
'''

TEST = '''\
"""{code}: what fires and what does not. The lines that must fire end in `# {code}`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import FIXTURES, found_lines, marked_lines


@pytest.mark.parametrize("file", sorted((FIXTURES / "{name}").glob("*.py")), ids=lambda file: file.name)
def test_fires_on_the_marked_lines_only(file: Path) -> None:
    assert found_lines(file, "{code}") == marked_lines(file, "{code}")
'''

CHECK = '''\
"""{code} {name}."""

from __future__ import annotations

from kerlint.rules.{base_module} import Evidence, {base}

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.probe.asked import Asked
    from kerlint.probe.finding import Finding
    from kerlint.probe.observations import Observations


class {class_name}({base}):
    """TODO: what it finds, in one sentence.

    ## What it does

    TODO: what is found, what is not.

    ## Why is this bad?

    TODO: what happens in such an environment.

    ## Example

    ```json
    {{"distributions": [{{"name": "TODO", "version": "1.0"}}]}}
    ```

    ## Use instead

    ```json
    {{"distributions": []}}
    ```

    ## References

    - TODO: where the fact comes from
    """

    code = "{code}"
    name = "{name}"
    severity = "error"
    errors = ()

    def check_environment(self, seen: Observations, asked: Asked) -> Iterator[Finding]:
        """Yield TODO."""
        for one in seen.distributions:
            if one.name == "TODO":
                yield self.finding(
                    "TODO: what is wrong",
                    one.metadata,
                    help="TODO: what to do",
                    evidence=[Evidence("TODO: what was seen", one.metadata)],
                    commands=[asked.owner.install(one.name, reinstall=True)],
                    subject="TODO: what is broken",
                    causes=["TODO: what is broken because of it"],
                )
'''

CHECK_TEST = '''\
"""{code}: what fires and what does not, beyond the examples of its page."""

from __future__ import annotations

from tests.probe.scenes import dist, seen
from tests.rules.environment.judged import finding, findings


def test_what_fires() -> None:
    assert finding("{code}", seen(dist("TODO", "1.0"))).subject == "TODO: what is broken"


def test_what_is_silent() -> None:
    assert not findings("{code}", seen(dist("keras", "3.15.1")))
'''

FIRES = """\
import keras

keras.utils  # {code}
"""

SILENT = """\
import keras
"""


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Make the skeleton of a new rule.")
    parser.add_argument("code", help="a free code, e.g. KER307")
    parser.add_argument("name", help="what is wrong, in kebab-case, e.g. not-yet-available")
    parser.add_argument("--family", help="the folder under src/kerlint/rules")
    options = parser.parse_args(argv)
    family = options.family or FAMILY_OF.get(options.code[3:4], "")
    problem = _problem(options.code, options.name, family)
    if problem:
        print(f"error: {problem}", file=sys.stderr)
        return 2
    for path, text in files(options.code, options.name, family).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        print(f"writing: {path.relative_to(ROOT).as_posix()}")
    sys.stdout.flush()
    # In a process of its own: this one has looked up the rules without the new one.
    return subprocess.call([sys.executable, "-m", "tools.docs"], cwd=ROOT)


def _problem(code: str, name: str, family: str) -> str:
    """Why there can be no such rule, or ""."""
    from kerlint.rules import FAMILIES, all_rules

    if not re.fullmatch(r"KER[1-9]\d\d", code):
        return f"`{code}` is no code: three digits follow KER"
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
        return f"`{name}` is not in kebab-case"
    if family not in FAMILIES:
        return f"say which family with --family: {', '.join(FAMILIES)}"
    for rule in all_rules():
        if rule.code == code or rule.name == name:
            return f"{rule.code} {rule.name} is there already"
    taken = [path for path in files(code, name, family) if path.exists()]
    return f"{taken[0].relative_to(ROOT).as_posix()} is there already" if taken else ""


def files(code: str, name: str, family: str) -> dict[Path, str]:
    """The files of the skeleton and what they hold."""
    stem = name.replace("-", "_")
    class_name = "".join(word.capitalize() for word in name.split("-"))
    rule = ROOT / "src" / "kerlint" / "rules" / family / f"{stem}.py"
    test = ROOT / "tests" / "rules" / family / f"test_{stem}.py"
    probe = family in BASE_OF
    texts = {rule: CHECK, test: CHECK_TEST} if probe else {rule: RULE, test: TEST}
    if not probe:
        texts[ROOT / "fixtures" / name / "fires.py"] = FIRES
        texts[ROOT / "fixtures" / name / "silent.py"] = SILENT
    base = BASE_OF.get(family, "Rule")
    base_module = "_gpu" if family == "gpu" else "_environment"
    return {
        path: text.format(
            code=code, name=name, class_name=class_name, base=base, base_module=base_module
        )
        for path, text in texts.items()
    }


if __name__ == "__main__":
    raise SystemExit(main())
