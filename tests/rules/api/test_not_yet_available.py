"""KER307: what the oldest versions admitted do not have yet."""

from __future__ import annotations

from pathlib import Path

import pytest

from kerlint.engine import check
from kerlint.knowledge.api import Api
from kerlint.project.discovery import File
from kerlint.project.targets import Versions, target_of
from kerlint.settings import SettingsTree
from tests.rules.api.api_cases import findings, names

RANGE = "keras>=3.0.5,<3.16"
IMPORTED = "import keras\nimport tensorflow as tf\n"


@pytest.mark.parametrize(
    ("source", "targets", "expected"),
    [
        ("from keras.layers import RMSNormalization", [RANGE], ["keras.layers.RMSNormalization"]),
        ("import keras.visualization", [RANGE], ["keras.visualization"]),
        ("from keras import distillation", [RANGE], ["keras.distillation"]),
        ("from keras import ops\nops.rot90(x)", [RANGE], ["keras.ops.rot90"]),
        ("import keras\nkeras.ops.rot90(x)\nkeras.ops.rot90(y)", [RANGE], ["keras.ops.rot90"]),
        (
            "from keras.layers import Dense\nDense(1, quantization_config=q)",
            [RANGE],
            ["keras.layers.Dense(quantization_config=)"],
        ),
        (
            "from keras import Sequential\nm = Sequential()\nm.quantize('int8')",
            [RANGE],
            ["keras.Sequential.quantize"],
        ),
        (
            "import keras\nclass M(keras.Model):\n    def f(self):\n        self.quantize('int8')",
            [RANGE],
            ["keras.Model.quantize"],
        ),
        ("import tensorflow as tf\ntf.keras.ops.rot90(x)", [RANGE], ["tensorflow.keras.ops.rot90"]),
        # tf.keras goes by TensorFlow until 2.15.
        ("import tensorflow as tf\ntf.keras.ops", ["tensorflow>=2.12"], ["tensorflow.keras.ops"]),
        ("import keras\nkeras.ops.add", ["tensorflow>=2.12"], ["keras.ops"]),
        (
            "import tensorflow as tf\ntf.keras.utils.FeatureSpace",
            ["tensorflow>=2.11,<2.16"],
            ["tensorflow.keras.utils.FeatureSpace"],
        ),
        (
            "import tensorflow as tf\ntf.math.approx_max_k(x, 2)",
            ["tensorflow>=2.6,<2.16"],
            ["tensorflow.math.approx_max_k"],
        ),
        # The branch for old versions is judged by them.
        (
            "import keras\nif not hasattr(keras.ops, 'x'):\n    keras.ops.rot90(x)",
            [RANGE],
            ["keras.ops.rot90"],
        ),
        # Two targets are met together.
        ("import keras\nkeras.ops.rot90", ["keras>=3.4", "tensorflow>=2.16"], ["keras.ops.rot90"]),
    ],
)
def test_fires(source: str, targets: list[str], expected: list[str]) -> None:
    assert names("KER307", source, *targets) == expected


@pytest.mark.parametrize(
    ("source", "targets"),
    [
        # Nobody wrote a lower bound, or it is high enough.
        ("from keras.layers import RMSNormalization", ["keras"]),
        ("from keras.layers import RMSNormalization", ["keras<4"]),
        ("from keras.layers import RMSNormalization", ["keras!=3.1.0"]),
        ("from keras.layers import RMSNormalization", ["keras>=3.9"]),
        ("from keras.layers import RMSNormalization", ["keras==3.15.1"]),
        ("from keras.layers import RMSNormalization", ["keras==3.15.*"]),
        ("from keras.layers import RMSNormalization", ["tensorflow", "keras"]),
        # TensorFlow brings the newest Keras along, from 2.16 on.
        ("from keras.layers import RMSNormalization", ["tensorflow>=2.16"]),
        ("import tensorflow as tf\ntf.keras.layers.RMSNormalization()", ["tensorflow>=2.17"]),
        # Nobody bounds TensorFlow.
        ("import tensorflow as tf\ntf.math.approx_max_k(x, 2)", ["keras>=2.8"]),
        # Versions that cannot be installed together are not admitted.
        ("import tensorflow as tf\ntf.keras.ops.add(1, 2)", ["keras>=3", "tensorflow>=2.10"]),
        # It is missing at the newest too: another rule says so.
        ("from keras.layers import CuDNNLSTM", ["keras>=2.4"]),
        ("from keras.layers import NoSuchThing", [RANGE]),
        # What only needs an import of its own, private names, own assignments.
        ("from keras.src.layers import RMSNormalization", [RANGE]),
        ("import keras\nkeras.ops.rot90 = f\nkeras.ops.rot90(x)", [RANGE]),
        # Guards.
        (f"{IMPORTED}if hasattr(keras.ops, 'rot90'):\n    keras.ops.rot90(x)", [RANGE]),
        (f"{IMPORTED}f = keras.ops.rot90 if hasattr(keras.ops, 'rot90') else None", [RANGE]),
        (f"{IMPORTED}try:\n    keras.ops.rot90(x)\nexcept AttributeError:\n    pass", [RANGE]),
        ("try:\n    from keras import visualization\nexcept ImportError:\n    pass", [RANGE]),
        (
            "from packaging.version import Version\nimport keras\n"
            "if Version(keras.__version__) >= Version('3.9'):\n    keras.ops.rot90(x)",
            [RANGE],
        ),
        (f"{IMPORTED}if keras.__version__ >= '3.9':\n    keras.ops.rot90(x)", [RANGE]),
        (
            "from __future__ import annotations\nimport keras\n"
            "def f(x: keras.layers.RMSNormalization): pass",
            [RANGE],
        ),
        (f"{IMPORTED}getattr(keras.ops, 'rot90', None)", [RANGE]),
        # The method may be another's, the callable takes anything.
        (f"{IMPORTED}def f(model):\n    model.quantize('int8')", [RANGE]),
        (f"{IMPORTED}m = keras.Sequential()\nm.quantize = f\nm.quantize('int8')", [RANGE]),
        (f"{IMPORTED}keras.layers.Dense(1, **{{'quantization_config': q}})", [RANGE]),
        # Older and in other releases, but there at both ends.
        ("from keras.layers import Dense, LSTM", ["keras>=2.9"]),
    ],
)
def test_silent(source: str, targets: list[str]) -> None:
    assert names("KER307", source, *targets) == []


def test_the_message_names_release_pins_and_cure() -> None:
    source = "import keras\nkeras.ops.rot90(1)\nkeras.ops.rot90(2)\n"
    (one,) = findings("KER307", source, "keras>=3.0.5")
    assert one.severity == "warning"
    assert one.message == (
        "`keras.ops.rot90`, which this file uses 2 times, comes with Keras 3.9.0, and the project "
        "admits Keras 3.0.5 (asked for: keras>=3.0.5)"
    )
    assert one.help.startswith("require `keras>=3.9.0`, or test for it")


def test_requirements_in_a_file_are_named(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "requirements.txt").write_text("numpy\nkeras>=3.4\n")
    path = tmp_path / "a.py"
    path.write_text("import keras\nkeras.ops.rot90(1)\n")
    settings = SettingsTree({"select": ["KER307"]}, isolated=True)
    (one,) = check([File(str(path), explicit=True)], settings, jobs=1).diagnostics
    assert "`keras>=3.4` in" in one.message
    assert "requirements.txt:2" in one.message


@pytest.mark.parametrize(
    ("targets", "keras", "tensorflow", "axes"),
    [
        (["keras>=3.0.5"], "3.0.5", None, {"keras"}),
        (["tensorflow>=2.12"], "2.12.0", "2.12.0", {"keras", "tensorflow"}),
        (["keras>=3", "tensorflow>=2.10"], "3.0.0", "2.16.1", {"keras", "tensorflow"}),
        (["keras", "tensorflow>=2.12"], "2.12.0", "2.12.0", {"keras", "tensorflow"}),
        (["keras<3", "tensorflow>=2.12"], "2.12.0", "2.12.0", {"keras", "tensorflow"}),
        (["keras>=2.13", "tensorflow"], "2.13.1", None, {"keras"}),
        # TensorFlow 2.8 has no wheels for Python 3.11.
        (["tensorflow>=2.8", "python>=3.11"], "2.12.0", "2.12.0", {"keras", "tensorflow"}),
    ],
)
def test_the_floor(targets: list[str], keras: str, tensorflow: str | None, axes: set[str]) -> None:
    floor = target_of(*targets).floor
    assert floor is not None
    assert floor.versions.keras == keras
    assert tensorflow is None or floor.versions.tensorflow == tensorflow
    assert floor.axes == axes


@pytest.mark.parametrize("target", ["keras", "keras<3", "keras==3.4.1", "tensorflow==2.15.1"])
def test_no_floor(target: str) -> None:
    assert target_of(target).floor is None


def public(api: Api, module: str = "keras") -> set[str]:
    """Every public name below a module; what is private, such as `keras.src`, is left out."""
    found: set[str] = set()
    for leaf in api.views.children(module):
        name = f"{module}.{leaf}"
        if leaf.startswith("_") or name in ("keras.src", "keras.api"):
            continue
        found.add(name)
        if api.kind(name) == "module":
            found |= public(api, name)
    return found


def test_every_name_that_came_after_the_first_releases_of_keras_3() -> None:
    # As many, and the same, are told by `dir()` of the modules of both releases where they are
    # installed; nothing that 3.0.5 has is gone.
    newest = public(Api(Versions("3.15.1", "2.21.0", None, None)))
    oldest = public(Api(Versions("3.0.5", "2.16.1", None, None)))
    later = newest - oldest
    assert not oldest - newest
    assert (len(newest), len(oldest), len(later)) == (1504, 1099, 405)
    assert sum(name.startswith("keras.ops.") for name in later) == 247
    told = names("KER307", "import keras\n" + "\n".join(sorted(later)), RANGE)
    assert later.issuperset(told)
    assert len(told) == len(set(told))
    for name in later:  # of a module that is not there yet, it is told and not what is in it
        assert any(f"{name}.".startswith(f"{one}.") for one in told), name
    assert names("KER307", "import keras\n" + "\n".join(sorted(oldest)), RANGE) == []
