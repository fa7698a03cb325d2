"""The resolver: which full names each use may stand for, and how sure that is."""

from __future__ import annotations

import pytest

from kerlint.source.names import analyse
from tests.source.reading import read


def uses(
    source: str, kinds: tuple[str, ...] = ("attribute", "call", "base", "decorator")
) -> list[str]:
    """Candidates of every use, `|?` where something else is possible."""
    return [
        "|".join(sorted(candidate.name for candidate in reference.candidates))
        + ("" if reference.complete else "|?")
        for reference in read(source).references
        if reference.kind in kinds
    ]


def members(source: str) -> list[str]:
    """Those whose owners the text beside them tells."""
    return [
        f"{'|'.join(member.owners)}.{member.attribute}{'' if member.complete else '?'}"
        for member in read(source).members
        if member.owners
    ]


RESOLVED = {
    "plain import": ("import keras\nkeras.layers.Dense(1)", ["keras.layers.Dense"]),
    "alias": ("import tensorflow as tf\ntf.keras.Model()", ["tensorflow.keras.Model"]),
    "from import": ("from keras import layers\nlayers.Dense(1)", ["keras.layers.Dense"]),
    "from import with alias": (
        "from tensorflow import keras as k\nk.layers.Dense(1)",
        ["tensorflow.keras.layers.Dense"],
    ),
    "submodule import binds the top": (
        "import keras.layers\nkeras.layers.Dense(1)",
        ["keras.layers.Dense"],
    ),
    "submodule import with alias": ("import keras.layers as L\nL.Dense(1)", ["keras.layers.Dense"]),
    "alias of an alias": (
        "import tensorflow as tf\nk = tf.keras\nK = k.backend\nK.mean(1)",
        ["tensorflow.keras", "tensorflow.keras.backend", "tensorflow.keras.backend.mean"],
    ),
    "relative imports are own": (
        "from . import keras\nkeras.layers.Dense(1)",
        [".keras.layers.Dense"],
    ),
    "relative module": ("from ..models import keras\nkeras.foo()", ["..models.keras.foo"]),
    "import_module": (
        "import importlib\nk = importlib.import_module('keras.backend')\nk.mean(1)",
        ["importlib.import_module", "keras.backend.mean"],
    ),
    "tuple assignment": (
        "import keras\na, b = keras.layers, keras.models\nb.Model()",
        ["keras.layers", "keras.models", "keras.models.Model"],
    ),
    "walrus": (
        "import keras\nif (k := keras.layers):\n    k.Dense(1)",
        ["keras.layers", "keras.layers.Dense"],
    ),
    "walrus in a comprehension binds outside": (
        "import keras\n[(k := keras.layers) for _ in x]\nk.Dense(1)",
        ["keras.layers", "keras.layers.Dense"],
    ),
    "comprehension variable hides": ("import keras\n[keras.foo for keras in x]", []),
    "parameter hides": ("import keras\ndef f(keras):\n    keras.foo", []),
    "lambda parameter hides": ("import keras\nf = lambda keras: keras.foo", []),
    "loop variable hides": ("import keras\nfor keras in x:\n    pass\nkeras.foo", ["keras.foo|?"]),
    "with target hides": ("import keras\nwith f() as keras:\n    keras.foo", []),
    "except name hides": (
        "import keras\ntry:\n    f()\nexcept E as keras:\n    keras.foo",
        [],
    ),
    "match capture hides": (
        "import keras\nmatch x:\n    case [keras]:\n        keras.foo\n    case keras.layers.Dense():\n        pass",
        ["keras.layers.Dense"],
    ),
    "rebinding": ("import keras\nkeras = f()\nkeras.foo", []),
    "del": ("import keras\ndel keras\nkeras.foo", []),
    "later local of a function": (
        "import keras\ndef f():\n    keras.foo\n    keras = 1",
        [],
    ),
    "either or": (
        "if x:\n    import keras as k\nelse:\n    from tensorflow import keras as k\nk.foo",
        ["keras.foo|tensorflow.keras.foo"],
    ),
    "conditional expression": (
        "import keras, tf_keras\nk = keras if x else tf_keras\nk.foo",
        ["keras.foo|tf_keras.foo"],
    ),
    "or with something unknown": ("import keras\nk = g or keras\nk.foo", ["keras.foo|?"]),
    "None drops out": (
        "try:\n    import keras\nexcept ImportError:\n    keras = None\ndef f():\n    keras.foo",
        ["keras.foo"],
    ),
    "function sees later module binding": (
        "def f():\n    k.foo\nimport keras as k",
        ["keras.foo"],
    ),
    "import in a function stays there": (
        "def f():\n    import keras\n    keras.foo\nkeras.bar",
        ["keras.foo"],
    ),
    "global import in a function": (
        "def load():\n    global keras\n    import keras\ndef f():\n    keras.foo",
        ["keras.foo"],
    ),
    "nonlocal": (
        "def f():\n    k = None\n    def g():\n        nonlocal k\n        import keras as k\n    def h():\n        k.foo",
        ["keras.foo"],
    ),
    "class body is no scope for methods": (
        "import keras\nclass A:\n    keras = 1\n    def f(self):\n        keras.foo",
        ["keras.foo"],
    ),
    "class attribute in the class body": (
        "import keras\nclass A:\n    L = keras.layers\n    x = L.Dense",
        ["keras.layers", "keras.layers.Dense"],
    ),
    "decorators and bases": (
        "import keras\n@keras.foo\nclass A(keras.Model): pass",
        ["keras.foo", "keras.Model"],
    ),
    "default values run": ("import keras\ndef f(a=keras.foo): pass", ["keras.foo"]),
    "f-strings": ("import keras\nf'{keras.foo}'", ["keras.foo"]),
    "getattr with a literal": ("import keras\ngetattr(keras, 'foo')", ["keras.foo"]),
    "getattr of a chain": (
        "import keras\ngetattr(keras.layers, 'foo').bar",
        ["keras.layers", "keras.layers.foo", "keras.layers.foo.bar"],
    ),
    "an import that is repeated in a loop": (
        "import keras.layers\nfor x in y:\n    keras.foo\n    import keras.utils",
        ["keras.foo"],
    ),
    "a name that a loop binds anew": (
        "import keras\nfor x in y:\n    keras.foo\n    import torch as keras",
        ["keras.foo|?"],
    ),
    "star import": (
        "from keras.layers import *\nDense(1)",
        ["keras.layers.Dense"],
    ),
    "star import of an own module hides": (
        "from keras.layers import *\nfrom .mine import *\nDense(1)",
        ["keras.layers.Dense|?"],
    ),
    "star import leaves builtins alone": ("from keras.layers import *\nlen(1)", []),
    "strings and comments are no uses": ("import keras\n'keras.foo'  # keras.bar", []),
    "self field that is a module": (
        "import keras\nclass A:\n    def __init__(self):\n        self.k = keras.layers\n    def f(self):\n        self.k.Dense(1)",
        ["keras.layers", "keras.layers.Dense"],
    ),
}


@pytest.mark.parametrize("case", RESOLVED)
def test_resolved(case: str) -> None:
    source, expected = RESOLVED[case]
    assert uses(source) == expected


MEMBERS = {
    "assigned once": ("import keras\nm = keras.Sequential()\nm.fit(1)", ["keras.Sequential.fit"]),
    "straight from the call": ("import keras\nkeras.Sequential().fit(1)", ["keras.Sequential.fit"]),
    "two classes": (
        "import keras\nif x:\n    m = keras.Model()\nelse:\n    m = keras.Sequential()\nm.fit(1)",
        ["keras.Model|keras.Sequential.fit"],
    ),
    "perhaps something else": (
        "import keras\nm = keras.Model()\nif x:\n    m = f(m)\nm.fit(1)",
        ["keras.Model.fit?"],
    ),
    "rebound": ("import keras\nm = keras.Model()\nm = f(m)\nm.fit(1)", []),
    "changed in a loop": (
        "import keras\nm = keras.Model()\nfor _ in x:\n    m.fit(1)\n    m = f(m)",
        ["keras.Model.fit?"],
    ),
    "self field": (
        "import keras\nclass A:\n    def __init__(self):\n        self.m = keras.Model()\n    def f(self):\n        self.m.fit(1)",
        ["keras.Model.fit"],
    ),
    "self field of two kinds": (
        "import keras\nclass A:\n    def __init__(self):\n        self.m = keras.Model()\n        self.m = g()\n    def f(self):\n        self.m.fit(1)",
        ["keras.Model.fit?"],
    ),
    "self field that begins as None": (
        "import keras\nclass A:\n    m = None\n    def build(self):\n        self.m = keras.Model()\n    def f(self):\n        self.m.fit(1)",
        ["keras.Model.fit"],
    ),
    "own subclass": (
        "import keras\nclass A(keras.Model):\n    pass\nA().fit(1)",
        ["keras.Model.fit"],
    ),
    "own subclass that defines it": (
        "import keras\nclass A(keras.Model):\n    def fit(self): pass\nA().fit(1)",
        [],
    ),
    "subclass of an own subclass": (
        "import keras\nclass A(keras.Model):\n    def go(self): pass\nclass B(A):\n    def f(self):\n        self.go()\n        self.fit(1)",
        ["keras.Model.fit"],
    ),
    "two bases": (
        "import keras\nclass A(keras.Model, Mixin):\n    def f(self):\n        self.fit(1)",
        [],
    ),
    "getattr hook": (
        "import keras\nclass A(keras.Model):\n    def __getattr__(self, n): pass\n    def f(self):\n        self.fit(1)",
        [],
    ),
    "registered subclass": (
        "import keras\n@keras.saving.register_keras_serializable()\nclass A(keras.Model):\n    def f(self):\n        self.fit(1)",
        ["keras.Model.fit"],
    ),
    "subclass that a decorator may change": (
        "import keras\n@change\nclass A(keras.Model):\n    def f(self):\n        self.fit(1)",
        [],
    ),
    "static method has no self": (
        "import keras\nclass A(keras.Model):\n    @staticmethod\n    def f(model):\n        model.fit(1)",
        [],
    ),
    "parameter": ("import keras\ndef f(model: keras.Model):\n    model.fit(1)", []),
}


@pytest.mark.parametrize("case", MEMBERS)
def test_members(case: str) -> None:
    source, expected = MEMBERS[case]
    assert members(source) == expected


def test_parts_of_multi_line_imports_are_on_their_lines() -> None:
    module = read("from keras.layers import (\n    Dense,\n    Merge,\n)\n")
    merge = module.references[1].parts[-1]
    assert module.span(merge).start == (3, 5)


def test_assigned_names_are_remembered() -> None:
    assert "keras.backend.foo" in read("import keras\nkeras.backend.foo = 1").assigned


def test_a_long_sum_is_no_problem() -> None:
    read("x = " + " + ".join(["a"] * 800))


def test_deep_parentheses_are_no_problem() -> None:
    read("x = " + "(" * 1000 + "1" + ")" * 1000)


def exports(module: str) -> frozenset[str] | None:
    return frozenset({"Dense", "layers"}) if module == "keras" else None


def test_a_known_star_import_binds_what_it_brings() -> None:
    module = analyse(
        "example.py",
        "import tensorflow.keras.layers as layers\nimport numpy\nfrom keras import *\n"
        "layers.Foo()\nnumpy.bar()\nOther()\n",
        exports,
    )
    found = [
        (reference.name, reference.candidates[0].star, reference.complete)
        for reference in module.references
        if reference.kind == "call"
    ]
    assert found == [
        ("keras.layers.Foo", False, True),
        ("numpy.bar", False, True),
        ("keras.Other", True, True),
    ]
