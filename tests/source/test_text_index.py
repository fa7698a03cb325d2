"""The text index sees at least what the resolver sees, however the code is written."""

from __future__ import annotations

import pytest

from kerlint.source.names import analyse
from kerlint.source.prose import without_prose
from kerlint.source.text_index import TextIndex

ROOTS = {"keras", "tensorflow", "tf_keras"}

CASES = {
    "plain": "import keras\nkeras.gone.Thing()\n",
    "alias": "import tensorflow as tf\ntf.gone()\n",
    "from": "from keras.gone import Thing\n",
    "from with alias": "from keras import layers as L\nL.Gone()\n",
    "several names": "from keras.layers import Dense, Gone as G, LSTM\nG()\n",
    "parentheses": "from keras.layers import (\n    Dense,  # not the )\n    Gone,\n)\nGone.x\n",
    "parentheses on the next line": "from keras.layers import \\\n    (Dense,\n     Gone)\nGone.x\n",
    "backslash": "from keras.layers \\\n    import Dense, \\\n    Gone\nGone.x\n",
    "semicolon": "import os; import keras; keras.gone()\n",
    "several modules": "import os, keras.layers as L, sys\nL.Gone()\n",
    "tab": "import\tkeras\nkeras.gone()\n",
    "windows line ends": "import keras\r\nfrom keras.layers import (\r\n  Gone,\r\n)\r\nkeras.gone()\r\n",
    "space around the dot": "import keras\nkeras . gone()\n",
    "chain over lines": "import keras\nx = (keras\n     .layers\n     .Gone())\n",
    "comment inside a chain": "import keras\nx = (keras  # the library\n     .layers  # its layers\n     .Gone())\n",
    "backslash inside a chain": "import keras\nx = keras \\\n    .layers \\\n    .Gone()\n",
    "parenthesised base": "import keras\n(keras).layers.Gone()\n",
    "parenthesised chain": "import keras\n(keras.layers).Gone()\n",
    "alias by assignment": "import keras\nL = keras.layers\nL.Gone()\n",
    "alias of an alias": "import tensorflow as tf\nk = tf.keras\nL = k.layers\nL.Gone()\n",
    "bare alias": "import keras\nk = keras\nk.gone()\n",
    "parenthesised alias": "import keras\nL = (keras.layers)\nL.Gone()\n",
    "parenthesised alias over lines": "import keras\nL = (\n    keras.layers\n)\nL.Gone()\n",
    "commented alias over lines": "import keras\nL = (  # layers\n    keras.layers\n)\nL.Gone()\n",
    "annotated alias": "import keras\nL: object = keras.layers\nL.Gone()\n",
    "walrus": "import keras\nif (L := keras.layers):\n    L.Gone()\n",
    "either or": "import keras, tf_keras\nk = keras if x else tf_keras\nk.gone()\n",
    "either or over lines": "import keras, tf_keras\nk = (keras\n     if x\n     else tf_keras)\nk.gone()\n",
    "or": "import keras\nL = None or keras.layers\nL.Gone()\n",
    "tuple": "import keras\na, b = keras.layers, keras.models\na.Gone()\nb.Gone()\n",
    "tuple of bare names": "import keras, tf_keras\na, b = keras, tf_keras\na.gone()\nb.gone()\n",
    "chained assignment": "import keras\na = b = keras.layers\na.Gone()\nb.Gone()\n",
    "on self": "import keras\nclass A:\n    def f(self):\n        self.L = keras.layers\n    def g(self):\n        self.L.Gone()\n",
    "in a class body": "import keras\nclass A:\n    L = keras.layers\n    x = L.Gone\n",
    "import_module": "import importlib\nk = importlib.import_module('keras.gone')\nk.x()\n",
    "import_module with double quotes": 'from importlib import import_module\nk = import_module("keras")\nk.gone()\n',
    "importorskip": "import pytest\nk = pytest.importorskip('keras')\nk.gone()\n",
    "getattr": "import keras\ngetattr(keras, 'gone')()\n",
    "getattr on a chain": "import keras\nL = keras.layers\ngetattr(L, 'Gone')()\n",
    "inside an f-string": "import keras\nprint(f'{keras.gone}')\n",
    "decorator": "import keras\n@keras.gone\ndef f(): pass\n",
    "indented import": "def f():\n    from keras.layers import Gone\n    return Gone.x\n",
    "one line block": "if x: from keras.layers import Gone\n",
    "try on one line": "try: import keras\nfinally: keras.gone()\n",
    "form feed": "\f\nimport keras\nkeras.gone()\n",
    "no newline at the end": "import keras.gone",
    "byte order mark": "\ufeffimport keras\nkeras.gone()\n",
    "import as the last word of a line": "from keras import(\n  gone)\n",
    "star": "from keras.layers import *\n",
    "use of a star import": "from keras.layers import *\nDense.x()\nL = Gone\nL.y()\n",
    "lambda": "import keras\nf = lambda: keras.gone()\n",
    "subscripted": "import keras\nf = {'a': keras.gone}['a']\n",
    "after a docstring with a quote": '"""It\'s a module."""\nimport keras\nkeras.gone()\n',
    "after a triple quoted string": "x = '''\n\"\n'''\nimport keras\nkeras.gone()\n",
    "after a hash in a string": "x = '#'\nimport keras\nkeras.gone()\n",
}


class Everything:
    """Is interested in every name under the roots."""

    def module(self, written: bytes) -> str:
        name = written.decode()
        return name if name.partition(".")[0] in ROOTS else ""

    def is_private(self, module: str) -> bool:
        return module == "keras.src" or module.startswith("keras.src.")

    def is_class(self, name: str) -> bool:
        return name.rpartition(".")[2] in ("Model", "Dense", "Sequential")

    def makes_instance(self, name: str) -> bool:
        return self.is_class(name)

    def brought(self, module: str) -> frozenset[str]:
        return frozenset({"Dense", "Gone"}) if module == "keras.layers" else frozenset()

    def matters(self, name: str) -> bool:
        return True


def index_of(source: str) -> TextIndex:
    return TextIndex(source.encode(), Everything())


@pytest.mark.parametrize("prose", [True, False], ids=["whole", "without prose"])
@pytest.mark.parametrize("case", CASES)
def test_nothing_is_lost(case: str, prose: bool) -> None:
    source = CASES[case]
    text = source if prose else without_prose(source.encode()).decode()
    index = index_of(text)
    seen = {*index.names(), *index.stars}
    module = analyse("example.py", source.removeprefix("\ufeff"))
    wanted = {
        candidate.name
        for reference in module.references
        for candidate in reference.candidates
        if candidate.name.partition(".")[0] in ROOTS
        and candidate.name.count(".")
        and not (reference.kind != "from" and candidate.bound == candidate.name.count(".") + 1)
    }
    assert wanted, "the case shows nothing"
    assert wanted <= seen or index.deep


def test_names_of_other_libraries_are_left_out() -> None:
    assert not list(index_of("import numpy as np\nnp.gone()\n").names())


def test_an_attribute_that_is_assigned_is_no_alias_of_its_owner() -> None:
    index = index_of("import keras\nkeras.layers.Mine = keras.layers.Dense\n")
    assert index.local[b"keras"] == {"keras"}
    assert index.local[b"Mine"] == {"keras.layers.Dense"}
    assert b"layers" not in index.local


def test_the_letters_before_a_string_do_not_hide_it() -> None:
    assert without_prose(b"x = rb'a b'\n") == b"x = rb''\n"
    assert without_prose(b"x = Rf'{keras.gone} b'\n") == b"x = Rf''{keras.gone}\n"
    assert without_prose(b'x = """a "" b""" + "c d" + \'e " f\'\n') == b"x = '' + '' + ''\n"


def test_comments_and_docstrings_are_prose() -> None:
    source = b'"""keras.layers. Gone"""\nimport keras  # keras.gone\nx = "keras.kept"\n'
    assert b"one" not in without_prose(source).replace(b"none", b"")
    assert b"keras.kept" in without_prose(source)


def test_formatted_strings_are_kept() -> None:
    assert b"keras.gone" in without_prose(b'f"""{keras.gone}"""')


def test_prose_keeps_its_lines() -> None:
    source = b'"""a\nb\nc"""\nimport keras\n'
    assert without_prose(source).count(b"\n") == source.count(b"\n")


def test_of_private_modules_only_the_import_counts() -> None:
    index = index_of("from keras.src import layers\nlayers.Dense()\n")
    assert list(index.names()) == ["keras.src.*"]
    assert "keras.src" in index.prefixes()


def test_prose_about_imports_is_no_name() -> None:
    index = index_of("# each must re-import tensorflow.\nimport keras\n# import keras..x, then\n")
    assert all(".." not in f"{name}." for name in index.names())
