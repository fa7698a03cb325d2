"""The gates lose nothing: what is found with them is what is found without them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kerlint.checking.work import Work, api_of, do
from kerlint.project.targets import target_of
from kerlint.rules import all_rules
from kerlint.source.gates import _NOT_CAPITAL, WORDS, Gate, mentions

ROOT = Path(__file__).resolve().parents[2]
TARGET = target_of("keras>=3.0.5", "tensorflow>=2.16")  # two ends, for rules on the oldest
assert TARGET.floor is not None
RULES = tuple(rule for rule in all_rules() if rule.code < "KER9")
GATE = Gate(api_of(TARGET.newest), RULES, api_of(TARGET.floor.versions))


def held_back(data: bytes, path: str = "example.py") -> set[str]:
    """Codes of rules that find something in a file that the gates hold back from them."""
    passed = {rule.code for rule in GATE.candidates(data, path)} if mentions(data) else set()
    every = frozenset(rule.code for rule in RULES if rule.applies(path, data))
    outcome = do(Work(path, data, len(data), every, every, TARGET))
    assert not outcome.errors, outcome.details
    # What comes with own imports is asked for beside the gates: test_mixed_elsewhere.
    return {
        found.code
        for found in outcome.diagnostics
        if found.code != "KER101" or "mixed-projects" not in path
    } - passed


@pytest.mark.parametrize("path", sorted(ROOT.glob("fixtures/**/*.py")), ids=lambda path: path.name)
def test_fixtures(path: Path) -> None:
    assert not held_back(path.read_bytes(), str(path))


def test_the_first_gate_asks_for_all_its_words() -> None:
    assert all(mentions(b"x" + word + b"x") for word in WORDS)


def test_names_of_variables_are_in_capitals() -> None:
    """What the second gate looks for them in has no other letters."""
    for rule in RULES:
        for name in rule.trigger.variables:
            assert name.translate(None, _NOT_CAPITAL) == name


SILENT_WITHOUT_KERAS = {"KER106", "KER201", "KER202", "KER203", "KER204", "KER205"}
"""Held to it by `test_a_file_that_says_nothing_of_keras` of each."""


def test_words_of_the_first_gate_cover_all_triggers() -> None:
    for rule in RULES:
        for word in (*rule.trigger.words, *rule.trigger.variables):
            # Or the rule is silent about a file that says nothing of Keras.
            if rule.code not in SILENT_WITHOUT_KERAS:
                assert any(known in word for known in WORDS), (rule.code, word)
        if rule.code in SILENT_WITHOUT_KERAS:
            continue
        for name in (*rule.trigger.names, *rule.trigger.together):
            assert any(known.strip() in name.encode() for known in WORDS), (
                rule.code,
                name,
            )


IMPORTS = st.sampled_from(
    [
        "import keras",
        "import tensorflow as tf",
        "from tensorflow import keras as k",
        "from keras import layers, backend as K",
        "from keras.layers import (  # many\n    Dense,\n    Merge,\n)",
        "from keras.layers import *",
        "from keras.models import Sequential, Model",
        "from keras.optimizers import Adam",
        "import keras.engine.topology",
        "from keras.src import ops",
    ]
)
ALIASES = st.sampled_from(
    [
        "L = keras.layers",
        "L, M = keras.layers, keras.models",
        "L = (\n    tf.keras.layers\n)",
        "k = tf.keras if x else keras",
        "B = K",
        "class A:\n    L = keras.layers\n    def f(self):\n        self.L = keras.layers\n        self.m = Sequential()",
        "m = Sequential()",
        "m = keras.Sequential([Dense(1)])",
        "m = x or keras.Sequential()",
        "def b():\n    return Sequential()\nm = b()",
        "def b(x):\n    if x:\n        return Sequential(), 1\n    return Model(1, 2), 2\nm, _ = b(0)",
        "def b() -> keras.Model: ...\nm: Model = b()",
        "import copy\nm = copy.copy(keras.models.load_model(f(x)))",
        "m, a = (Sequential(f(1)), Adam)",
        "m: object = (\n    Sequential(f(1, [2]))\n)",
        "a = Adam",
    ]
)
USES = st.sampled_from(
    [
        "L.Merge()",
        "L.Dense(1, init='x')",
        "L.Dense(1, activation=f(x, (1, 2)), kernel_initializer={'a': [1]})",
        "Dense(1, # width\n   init='x')",
        "K.set_image_dim_ordering('th')",
        "B.set_session(1)",
        "m.fit_generator(x, nb_epoch=3)",
        "m.fit(x, nb_epoch=3)",
        "def f(m: Model, n: 'Model'):\n    m.fit(\n        x,  # (all\n        workers=g([{1}], a=(2))\n)",
        "def f(m: keras.Model | None = None):\n    m . predict_generator(x)\n    m.save('a b')",
        "for one in [m, b()]:\n    one.evaluate_generator(x)",
        "[one.predict_proba(2) for one in (m, Model(1, 2))]",
        "class C:\n    def b(self): return Sequential()\n    def f(self):\n"
        "        self.m = self.b()\n        self.m.save_weights('w.h5')\n        b().fit_generator(x)",
        "keras.optimizers.legacy.Adam()",
        "a(lr=0.1)",
        "Adam(\n    lr = 0.1,\n)",
        "tf.Session(config=tf.ConfigProto())",
        "k.layers . CuDNNLSTM(3)",
        "keras.losses.mse",
        "class N(keras.Model):\n    def f(self):\n        return self.predict_classes(1)",
        "class N(Model):\n    def f(self):\n        return A().m.predict_classes(1)",
        "import os; os.environ['KERAS_BACKEND'] = 'jax'",
        "getattr(K, 'set_session')(1)",
        "print(f'{keras.layers.Merge():>{3}}, {K.set_session}', 'a { b')",
        "Sequential([Dense(1)]).predict_classes(2)",
        "(x or keras.Sequential(f(g(h([1]))))).predict_classes(2)",
        "m.compile(f(x), sample_weight_mode=g([1, (2, h(a=3))]))",
        "keras.Sequential().fit(x, nb_epoch=3)",
        "class O:\n    class N(keras.Sequential): pass\n    def f(self): self.N().predict_classes(1)",
        "import os; b = os.environ['KERAS_BACKEND'] = 'jax'",
        "import os; b = os.environ.get('KERAS_BACKEND')",
        "import os; os.system('export KERAS_BACKEND=jax')",
        "import subprocess; subprocess.run('set KERAS_BACKEND=jax', shell=True)",
        "import os; os.environ['TF_USE_LEGACY_KERAS'] = '1'",
        "import os; os.putenv('CUDA_VISIBLE_DEVICES', '')",
        "m.save('a b/c.h5x')",
        "Merge()",
        "L.RMSNormalization()",
        "m.quantize('int8')",
        "Dense(1, quantization_config=None)",
        "k.ops.rot90(1)",
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(IMPORTS, min_size=1, max_size=4),
    st.lists(ALIASES, max_size=3),
    st.lists(USES, min_size=1, max_size=4),
    st.sampled_from(["\n", "\r\n"]),
)
def test_random_programs(
    imports: list[str], aliases: list[str], uses: list[str], line_end: str
) -> None:
    source = "\n".join([*imports, *aliases, *uses]) + "\n"
    assert not held_back(source.replace("\n", line_end).encode())


CLEAN = {
    "only read": "import keras, os\nif 'KERAS_BACKEND' in os.environ:\n"
    "    b = os.environ['KERAS_BACKEND']\nc = os.environ.get('KERAS_BACKEND')\n"
    "d = os.getenv('KERAS_BACKEND')\n",
    "spoken of": "import keras\nprint('set KERAS_BACKEND=jax', f'{x}: set KERAS_BACKEND=jax')\n",
    "a message": "import tensorflow as tf\nraise E('use tf.keras.layers. Merge' f'tf.gone, not {x}')\n",
    "an inherited method": "import keras\nclass A(keras.layers.Layer):\n    def f(self):\n"
    "        super().get_input_at(1)\n",
    "another method of that name": "import keras\nd = keras.layers.Dense(1)\nf(x).get_input_at(1)\n",
    "a function of an imported module": "import tensorflow as tf\n"
    "tf.saved_model.save(f(x), path, signatures=None)\n",
    "a method of an own class": "import keras\nclass A(object):\n    def f(self):\n"
    "        self.reset_states()\n",
    "a keyword that models once took": "import keras\nm = keras.Sequential()\nm.fit(f(workers=1))\n"
    "f(x).run(nb_epoch=3)\n",
    "a list of classes": "import keras\nx = [keras.layers.Dense, keras.layers.LSTM]\nx.append(1)\n",
    "a call that is to fail": "import keras\nclass T:\n    def test(self):\n"
    "        with self.assertRaisesRegex(TypeError, f('a')):\n"
    "            keras.layers.Dense(1, init='x')\n",
    "a call that pytest wants to fail": "import pytest\nimport keras\ndef test():\n"
    "    with pytest.raises(TypeError) as e:\n        keras.layers.Dense(1, init='x')\n",
    "accepted": "from keras.optimizers import Adam\nAdam(learning_rate=f(lr=1, g=[h(a=(1, 2))]))\n",
}


@pytest.mark.parametrize("case", CLEAN)
def test_held_back(case: str) -> None:
    data = CLEAN[case].encode()
    assert GATE.candidates(data, "example.py") == ()


PASSING = {
    "written": "import keras, os\nos.environ['KERAS_BACKEND'] = 'jax'\n",
    "written in a chain": "import os\na = os.environ['KERAS_BACKEND'] = 'jax'\n",
    "written beside another": "import os\na = (os.environ['KERAS_BACKEND'], b) = 'jax'\n",
    "written by update": "import os\nos.environ.update(KERAS_BACKEND='jax')\n",
    "written for a shell": "import keras, os\nos.system('export KERAS_BACKEND=jax')\n",
    "written by setenv": "import keras\ndef test(m):\n    m.setenv('KERAS_BACKEND', 'jax')\n",
    "read and written": "import os\nif os.environ.get('KERAS_BACKEND'):\n"
    "    os.environ['KERAS_BACKEND'] = 'jax'\n",
    "in a field of a field": "import keras\nf'{keras.gone():{width}}'\n",
    "in a string with its own quotes": 'import keras\nf"{a["b"] + keras.gone() + c["d"]}"\n',
    "of an instance": "import keras\nkeras.Sequential([f(x)]).predict_classes(1)\n",
    "of a nested call": "from keras import layers, Sequential\n"
    "Sequential([layers.Dense(f([1, (2, {3: g(4)})]))]).predict_classes(1)\n",
    "of what getattr gives": "import keras\ngetattr(keras, 'Sequential')().predict_classes(1)\n",
    "of an inner class": "import keras\nclass A:\n    class B(keras.Sequential): pass\n"
    "    def f(self):\n        self.B().predict_classes(1)\n",
    "of the class itself": "import keras\nclass A(keras.Sequential):\n    @classmethod\n"
    "    def f(cls):\n        return cls().predict_classes(1)\n",
    "alias before a bracket": "import keras\nL = keras.layers\n(a, b) = 1, 2\nL.Merge\n",
    "spaced import": "from keras . layers import Merge\n",
    "after a call that is to fail": "import keras\nclass T:\n    def test(self):\n"
    "        with self.assertRaises(TypeError):\n            f(1)\n"
    "        keras.layers.Dense(1, init='x')\n",
    "where another thing is raised": "import keras\nwith raises(TypeError):\n"
    "    keras.layers.Dense(1, init='x')\n",
}


OWN = "site-packages/keras/src/models/model.py"
"""A file of Keras itself."""


@pytest.mark.parametrize(
    "source",
    [
        "from keras.src import backend\nimport os\nos.environ['KERAS_BACKEND'] = 'jax'\n",
        "from keras.src.saving import saving_api\nsaving_api.load_model('a b')\n",
        "import keras\nkeras.Model(1, 2).save('a b')\n",
    ],
)
def test_what_keras_does_itself_is_left_alone(source: str) -> None:
    assert GATE.candidates(source.encode(), OWN) == ()
    assert not held_back(source.encode(), OWN)


def test_a_missing_name_is_told_of_keras_too() -> None:
    assert GATE.candidates(b"from keras.layers import Merge\n", OWN)
    assert GATE.candidates(b"from keras.src import a\nimport keras\nkeras.gone()\n", OWN)


@pytest.mark.parametrize("case", PASSING)
def test_let_through(case: str) -> None:
    assert GATE.candidates(PASSING[case].encode(), "example.py")
