"""What the crater's own extractor sees, and what it leaves alone."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from tools.crater.extract import extract
from tools.crater.uses import FileUses, Use, from_json, to_json


@pytest.fixture
def read(tmp_path: Path):
    def _read(source: str) -> FileUses:
        path = tmp_path / "module.py"
        path.write_text(textwrap.dedent(source))
        return extract(path, "module.py")

    return _read


def names(file: FileUses, kind: str = "attribute") -> list[str]:
    return [use.candidates[0].name for use in file.uses if use.kind == kind]


def only(file: FileUses, kind: str) -> Use:
    found = [use for use in file.uses if use.kind == kind]
    assert len(found) == 1, found
    return found[0]


def test_imports_are_uses_of_module_and_of_each_name_on_its_line(read):
    file = read("""\
        import keras.layers.core
        from tensorflow.keras import (
            layers,
            models as m,
        )
        """)
    assert [(use.kind, use.candidates[0].name, use.part, use.line) for use in file.uses] == [
        ("import", "keras.layers.core", "", 1),
        ("from", "tensorflow.keras", "", 2),
        ("from", "tensorflow.keras", "layers", 3),
        ("from", "tensorflow.keras", "models", 4),
    ]
    assert "tensorflow.keras.layers" in file.imports


def test_chains_are_followed_through_imports_and_aliases(read):
    file = read("""\
        import tensorflow as tf
        from tensorflow import keras as k
        K = tf.keras.backend
        K.mean(1)
        k.layers.Dense
        """)
    assert names(file) == [
        "tensorflow.keras.backend",
        "tensorflow.keras.backend.mean",
        "tensorflow.keras.layers.Dense",
    ]
    assert [use.candidates[0].bound for use in file.uses if use.kind == "attribute"] == [1, 3, 2]


@pytest.mark.parametrize(
    "source",
    [
        "import keras\nkeras = object()\nkeras.layers",
        "import keras\ndef f(keras):\n    keras.layers",
        "import keras\n[keras.layers for keras in ()]",
        "from own import keras\nkeras.layers",
        "from . import keras\nkeras.layers",
        "import keras_tuner as keras\nkeras.layers",
        "for keras in ():\n    keras.layers",
        "import keras\nwith open() as keras:\n    keras.layers",
        "import keras\nmatch 1:\n    case keras:\n        keras.layers",
    ],
)
def test_a_name_that_may_be_something_else_is_no_use(read, source):
    assert names(read(source)) == []


def test_a_class_body_does_not_hide_a_name_from_its_methods(read):
    file = read("""\
        import keras
        class A:
            keras = None
            def f(self):
                keras.layers
        """)
    assert names(file) == ["keras.layers"]


def test_none_after_a_failed_import_is_no_other_value(read):
    file = read("""\
        try:
            import tensorflow as tf
        except ImportError:
            tf = None
        tf.Session()
        """)
    use = only(file, "attribute")
    assert (use.candidates[0].name, use.guard) == ("tensorflow.Session", "")


def test_either_of_two_imports_gives_two_candidates(read):
    file = read("""\
        if something:
            import keras
        else:
            from tensorflow import keras
        keras.layers
        """)
    use = only(file, "attribute")
    assert [c.name for c in use.candidates] == ["keras.layers", "tensorflow.keras.layers"]


def test_keywords_of_calls_with_their_literals(read):
    file = read("""\
        from keras.optimizers import Adam
        Adam(
            lr=0.1,
            decay=rate,
        )
        """)
    found = [(use.keyword, use.value, use.line) for use in file.uses if use.kind == "keyword"]
    assert found == [("lr", "0.1", 3), ("decay", "", 4)]


def test_members_of_an_instance_that_is_assigned_once_in_the_scope(read):
    file = read("""\
        import keras
        def f():
            model = keras.Sequential()
            model.fit_generator(x, nb_epoch=3)
        """)
    method = only(file, "method")
    assert (method.candidates[0].name, method.part) == ("keras.Sequential", "fit_generator")
    keyword = only(file, "method-keyword")
    assert (keyword.part, keyword.keyword, keyword.value) == ("fit_generator", "nb_epoch", "3")


def test_members_of_an_instance_of_another_scope_or_of_two_are_left_alone(read):
    file = read("""\
        import keras
        model = keras.Sequential()
        def f():
            model.a
        other = keras.Sequential()
        other = load()
        other.b
        """)
    assert not [use for use in file.uses if use.kind == "method"]


def test_what_an_own_class_asks_of_its_base(read):
    file = read("""\
        import keras
        class A(keras.layers.Layer):
            units = 3
            def call(self, x):
                self.kernel = 1
                return self.kernel + self.units + self.add_update(x) + self.helper()
            def helper(self): ...
            @staticmethod
            def f(self):
                self.a
        class B(keras.layers.Layer, Mixin):
            def call(self): self.b
        class C(keras.layers.Layer):
            def __getattr__(self, name): ...
            def call(self): self.c
        """)
    method = only(file, "own-method")
    assert (method.candidates[0].name, method.part) == ("keras.layers.Layer", "add_update")


@pytest.mark.parametrize(
    ("source", "guard"),
    [
        ("try:\n    tf.x\nexcept AttributeError:\n    pass", "try"),
        ("try:\n    tf.x\nexcept (KeyError, ImportError):\n    pass", "try"),
        ("try:\n    tf.x\nexcept KeyError:\n    pass", ""),
        ("try:\n    tf.x\nfinally:\n    pass", ""),
        ("try:\n    1\nexcept ImportError:\n    tf.x", "handler"),
        ("if version.parse('1'):\n    tf.x", "test"),
        ("if hasattr(1, 'x'):\n    tf.x", "test"),
        ("if ok:\n    tf.x", ""),
        ("if isinstance(1, tf.compat.v1.x):\n    pass", ""),
        ("def f():\n    if not is_tf2():\n        return\n    tf.x", "after a test"),
        ("def f():\n    if not ok:\n        return\n    tf.x", ""),
        ("tf.x if IS_TF2 else 1", "test"),
        ("hasattr(1, 'x') and tf.x", "test"),
        ("with pytest.raises(AttributeError):\n    tf.x", "expected"),
        ("with open('x'):\n    tf.x", ""),
        ("from __future__ import annotations\ndef f(a: tf.x): pass", "annotation"),
        ("def f(a: tf.x): pass", ""),
        ("def f():\n    a: tf.x = 1", "annotation"),
        ("@pytest.mark.skipif(1, reason='')\ndef f():\n    tf.x", "skipped"),
        ("OLD = __version__ < '2'\nif OLD:\n    tf.x", "test"),
        ("try:\n    import a\n    HAS = True\nexcept ImportError:\n    HAS = False\nif HAS:\n    tf.x", "test"),
    ],
)  # fmt: skip
def test_guards(read, source, guard):
    future, _, rest = source.rpartition("import annotations\n")
    head = future + "import annotations\n" if future else ""
    assert only(read(f"{head}import tensorflow as tf\n{rest}"), "attribute").guard == guard


def test_what_the_file_assigns_itself_is_noted(read):
    file = read("""\
        import keras
        keras.backend.mine = 1
        model = keras.Sequential()
        model.mine = 2
        """)
    assert file.assigned == ("keras.Sequential().mine", "keras.backend.mine")


def test_a_file_that_does_not_parse_has_a_problem(read):
    file = read("import keras\nprint 'a'\n")
    assert file.problem.startswith("SyntaxError")
    assert not file.uses


def test_uses_survive_the_cache(read):
    file = read("import keras\nkeras.Sequential(name='a').fit\n")
    assert file.uses
    assert from_json(to_json(file)) == file
