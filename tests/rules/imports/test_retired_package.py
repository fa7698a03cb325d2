"""KER105: packages that have ended."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerlint.engine import check
from kerlint.knowledge.packages import RETIRED, retired
from kerlint.project.discovery import File
from kerlint.settings import SettingsTree
from tests.rules.imports.import_cases import findings, lines

FIRE = [
    "import tensorflow_addons as tfa\n",
    "from tensorflow_addons.layers import CRF\n",
    "from tensorflow_addons.layers import CRF, WeightNormalization\n",
    "import keras_contrib\n",
    "from keras_contrib.layers import CRF\n",
    "import theano.tensor as T\n",
    "import cntk\n",
    "import plaidml.keras\n",
    "from keras_preprocessing import image\n",
    "from keras_applications.resnet50 import ResNet50\n",
    "import keras_core as keras\n",
    "import keras_nlp\n",
    "from rl.agents.dqn import DQNAgent\n",
    "import importlib; importlib.import_module('theano')\n",
]

SILENT = {
    "under try": """
        try:
            import tensorflow_addons as tfa
        except ImportError:
            tfa = None
        """,
    "in a handler": """
        try:
            from keras.optimizers import AdamW
        except ImportError:
            from tensorflow_addons.optimizers import AdamW
        """,
    "for types": """
        from typing import TYPE_CHECKING
        if TYPE_CHECKING:
            import theano
        """,
    "an own package of that everyday name": """
        import rl
        from rl.agents import Agent
        from rl.memory import ReplayBuffer
        from rl import policy
        """,
    "names that only begin so": """
        import theano_like, keras_core_extras
        from . import theano
        from .keras_contrib import layers
        """,
    "alive": """
        import keras_hub, keras_tuner, keras_cv, tensorflow_hub, scikeras
        """,
    "text": '''
        """import theano"""
        print("theano")
        ''',
}


@pytest.mark.parametrize("program", FIRE)
def test_retired(program: str) -> None:
    assert lines("KER105", program) == [1]


@pytest.mark.parametrize("case", SILENT)
def test_not_retired(case: str) -> None:
    assert lines("KER105", SILENT[case]) == []


@pytest.mark.parametrize(
    ("program", "keras", "severity"),
    [
        ("import tensorflow_addons\n", "3.15.1", "error"),
        ("import tensorflow_addons\n", "2.15.0", "warning"),
        ("import tensorflow_addons\n", None, "warning"),
        ("import keras_contrib\n", "2.13.1", "error"),
        ("import keras_contrib\n", "2.12.0", "warning"),
        ("import keras_preprocessing\n", "3.15.1", "warning"),
        ("from rl.agents.dqn import DQNAgent\n", "3.15.1", "error"),
    ],
)
def test_an_error_only_where_the_import_fails(
    program: str, keras: str | None, severity: str
) -> None:
    (found,) = findings("KER105", program, keras=keras)
    assert found.severity == severity
    assert ("its import fails" in found.message) == (severity == "error")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("keras_nlp/src/models.py", []),
        ("/opt/site-packages/keras_nlp/__init__.py", []),
        ("keras_nlp\\src\\models.py", []),
        ("my_keras_nlp/models.py", [1]),
        ("tools/keras_nlp.py", [1]),
    ],
)
def test_a_package_may_import_itself(path: str, expected: list[int]) -> None:
    assert lines("KER105", "import keras_nlp\n", path=path) == expected


def test_it_names_what_follows() -> None:
    (found,) = findings("KER105", "from keras_nlp.models import BertClassifier\n")
    assert found.help == "import `keras_hub`"
    assert found.message.startswith("KerasNLP became KerasHub")
    assert (found.span.start, found.span.end) == ((1, 6), (1, 22))


def test_the_table_is_sorted_and_has_sources() -> None:
    modules = [row.module for row in RETIRED]
    assert modules == sorted(modules, key=lambda name: name.lower())
    assert len(set(modules)) == len(modules)
    for row in RETIRED:
        assert row.source.startswith("https://")
        assert retired(row.module) is row
        assert retired(f"{row.module}.anything") is row
        assert bool(row.broken_from) == bool(row.breaks)


@pytest.mark.parametrize(
    ("copy", "program"),
    [
        ("keras_contrib/layers.py", "from keras_contrib.layers import CRF\n"),
        ("src/keras_contrib/__init__.py", "import keras_contrib\n"),
        ("rl/agents/dqn.py", "from rl.agents.dqn import DQNAgent\n"),
        ("keras_core/__init__.py", "import keras_core\n"),
    ],
)
def test_a_copy_among_the_own_modules(
    copy: str, program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text("")
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / "train.py").write_text(program)
    settings = {"target": ["keras==3.15.1"], "select": ["KER105"]}

    def found() -> int:
        tree = SettingsTree(dict(settings), isolated=True)
        return len(check([File("examples/train.py")], tree, jobs=1).diagnostics)

    assert found() == 1
    (tmp_path / copy).parent.mkdir(parents=True)
    (tmp_path / copy).write_text("")
    assert found() == 0
