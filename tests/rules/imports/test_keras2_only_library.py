"""KER106: libraries of which no release works with Keras 3."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerlint.engine import check
from kerlint.knowledge.keras2_only import KERAS_2_ONLY
from kerlint.knowledge.packages import RETIRED
from kerlint.project.discovery import File
from kerlint.settings import SettingsTree
from tests.rules.marked import FIXTURES

ROWS = pytest.mark.parametrize("row", KERAS_2_ONLY, ids=[row.module for row in KERAS_2_ONLY])
SWITCH = 'import os\n\nos.environ["TF_USE_LEGACY_KERAS"] = "1"\n'


def found(text: str, target: str = "keras==3.15.1", path: str = "example.py") -> list[str]:
    settings = SettingsTree({"target": [target], "select": ["KER106"]}, isolated=True)
    result = check([File(path, data=text.encode())], settings, jobs=1)
    assert not result.errors, result.details
    return [one.message for one in result.diagnostics]


@ROWS
@pytest.mark.parametrize("statement", ["import {}", "import {} as x", "from {}.inner import x"])
def test_an_import_is_found(row, statement: str) -> None:  # type: ignore[no-untyped-def]
    text = f"import tensorflow as tf\n{statement.format(row.module)}\n"
    (message,) = found(text)
    assert message.startswith(f"{row.title} needs Keras 2")


@ROWS
def test_older_targets_are_well(row) -> None:  # type: ignore[no-untyped-def]
    text = f"import tensorflow as tf\nimport {row.module}\n"
    assert found(text, "keras==2.15.0") == []
    assert found(text, "tensorflow==2.8.4") == []


@ROWS
def test_the_switch_counts_where_it_helps(row) -> None:  # type: ignore[no-untyped-def]
    text = f"{SWITCH}\nimport tensorflow as tf\nimport {row.module}\n"
    assert bool(found(text)) is not row.switch


def test_a_tried_import_is_left_alone() -> None:
    text = """
import tensorflow as tf
try:
    import tensorflow_recommenders as tfrs
except ImportError:
    tfrs = None
"""
    assert found(text) == []


def test_one_finding_for_a_library() -> None:
    text = """
import tensorflow as tf
import tensorflow_ranking as tfr
from tensorflow_ranking.keras import losses
"""
    assert len(found(text)) == 1


def test_a_library_is_not_told_of_itself() -> None:
    text = "import tensorflow as tf\nfrom larq import utils\n"
    assert found(text, path="lib/larq/layers.py") == []


def test_a_file_that_says_nothing_of_keras() -> None:
    assert found("import larq\n") == []


def test_no_library_is_found_twice() -> None:
    retired = {row.module.partition(".")[0] for row in RETIRED}
    assert not retired & {row.module for row in KERAS_2_ONLY}


def test_the_rows_are_what_was_seen() -> None:
    """`python -m tools.importers.keras2` tries them."""
    seen = {}
    for line in (FIXTURES / "keras2-only.executed.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            module, release, plain, switched = line.split("\t")
            seen[module.partition(".")[0]] = (release.partition(" ")[2], plain, switched)
    for row in KERAS_2_ONLY:
        release, plain, switched = seen.pop(row.module)
        assert release == row.release, row.module
        assert plain.startswith(row.says), row.module
        assert (switched == "works") is row.switch, row.module
    for module, (_, plain, _) in seen.items():
        assert plain == "works", module


@pytest.mark.parametrize("package", ["bert4keras", "src/larq"])
def test_the_source_of_the_library_may_use_it(
    package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its examples import it, and so do those of a fork; its own files are looked at anyway."""
    name = package.rpartition("/")[2]
    pins = {"target": ["keras==3.15.1"], "select": ["KER106"]}
    monkeypatch.chdir(tmp_path)
    (tmp_path / "setup.py").write_text("")
    (tmp_path / "train.py").write_text(f"from {name}.layers import Layer\nimport keras\n")

    def told() -> int:
        settings = SettingsTree(dict(pins), isolated=True)
        return len(check([File("train.py")], settings, jobs=1).diagnostics)

    assert told() == 1
    (tmp_path / package).mkdir(parents=True)
    (tmp_path / package / "__init__.py").write_text("")
    assert told() == 0
