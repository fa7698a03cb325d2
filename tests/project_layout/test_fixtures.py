"""The two projects under `fixtures/`: one full of findings, one without any."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def findings(project: str) -> Counter[str]:
    """`path:line CODE` of every finding, with its number."""
    done = subprocess.run(
        [sys.executable, "-m", "kerlint", "--output-format", "json", f"fixtures/{project}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode in (0, 1), done.stderr
    return Counter(
        f"{found['path']}:{found['location']['line']} {found['code']}"
        for found in json.loads(done.stdout)
    )


def test_legacy_project_has_exactly_the_findings_that_were_executed() -> None:
    text = (ROOT / "fixtures" / "legacy-project.expected").read_text(encoding="utf-8")
    wanted = Counter(text.split("\n"))
    del wanted[""]
    found = findings("legacy-project")
    assert sorted((found - wanted).elements()) == []
    assert sorted((wanted - found).elements()) == []


def test_clean_project_is_silent() -> None:
    assert findings("clean-project") == Counter()


def test_the_guarded_module_is_the_same_in_both_but_for_its_title() -> None:
    guarded = []
    for project in ("legacy-project", "clean-project"):
        path = ROOT / "fixtures" / project / "leafnet" / "compat.py"
        module = ast.parse(path.read_text(encoding="utf-8"))
        guarded.append([ast.dump(statement) for statement in module.body[1:]])
    assert guarded[0] == guarded[1]
    assert len(guarded[0]) > 5


def test_many_small_projects_were_run_as_many_sound_as_broken() -> None:
    """Programs of one file come on top, in `variables` and `mixed-libraries`."""
    outcomes: dict[str, bool] = {}
    for record, sound in (("order/executed.tsv", "jax"), ("mixed-projects/record.tsv", "works")):
        for line in (ROOT / "fixtures" / record).read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                name, outcome = line.split("\t")[:2]
                assert (ROOT / "fixtures" / record).with_name(name).is_dir(), name
                outcomes[name] = outcome == sound
    assert len(outcomes) >= 60
    assert sum(outcomes.values()) * 2 >= len(outcomes)
