"""Members of classes and of their instances."""

from __future__ import annotations

from typing import Any

from .conftest import Read


def described(read: Read, source: str, name: str) -> dict[str, Any]:
    inventory = read("keras", "2.3.1", {"keras/__init__.py": source})
    found: dict[str, Any] = inventory["classes"][f"keras.{name}"]
    return found


def test_kinds_of_members(read: Read) -> None:
    source = """
        class Layer:
            trainable = True
            def __init__(self, name):
                self.name = name
                self.a, (self.b, _) = 1, (2, 3)
                self.count: int = 0
                setattr(self, "built", False)
            def call(self): pass
            @property
            def input(self): return self._input
            @input.setter
            def input(self, value): self._input = value
            @staticmethod
            def make(): pass
            @classmethod
            def from_config(cls, config): pass
    """
    layer = described(read, source, "Layer")
    assert layer["open"] is False
    assert layer["members"] == {
        "trainable": "attribute",
        "__init__": "method",
        "name": "attribute",
        "a": "attribute",
        "b": "attribute",
        "count": "attribute",
        "built": "attribute",
        "call": "method",
        "input": "property",
        "_input": "attribute",
        "make": "method",
        "from_config": "method",
    }


def test_members_are_inherited(read: Read) -> None:
    source = """
        class Base:
            def fit(self): self.history = 1
        class Model(Base):
            def predict(self): pass
    """
    model = described(read, source, "Model")
    assert model["bases"] == ["keras.Base"]
    assert model["members"].keys() == {"fit", "history", "predict"}


def test_members_of_standard_bases_are_known(read: Read) -> None:
    source = "import collections\nclass Names(collections.OrderedDict): pass\n"
    names = described(read, source, "Names")
    assert names["open"] is False
    assert names["members"]["move_to_end"] == "method"


def test_an_unseen_base_opens(read: Read) -> None:
    source = "from elsewhere import Base\nclass A(Base): pass\nclass B(A): pass\n"
    assert described(read, source, "A")["open"] is True
    assert described(read, source, "B")["open"] is True


def test_dynamic_attributes_open(read: Read) -> None:
    for body in (
        "def __getattr__(self, name): pass",
        "def __init__(self, **kw): self.__dict__.update(kw)",
        "def __init__(self, **kw):\n                [setattr(self, k, v) for k, v in kw.items()]",
    ):
        source = f"""
        class A:
            {body}
        """
        assert described(read, source, "A")["open"] is True


def test_bases_in_the_companion_are_seen(read: Read) -> None:
    inventory = read(
        "keras",
        "2.12.0",
        {
            "keras/__init__.py": """
                import tensorflow.compat.v2 as tf
                class Layer(tf.Module): pass
            """
        },
        {
            "tensorflow": {
                "tensorflow/__init__.py": "",
                "tensorflow/python/__init__.py": "",
                "tensorflow/python/module.py": "class Module:\n    def submodules(self): pass\n",
                "tensorflow/_api/v2/compat/__init__.py": "",
                "tensorflow/_api/v2/compat/v2/__init__.py": (
                    "from tensorflow.python.module import Module"
                ),
            }
        },
    )
    layer = inventory["classes"]["keras.Layer"]
    assert layer["open"] is False
    assert layer["bases"] == ["tensorflow.python.module.Module"]
    assert "submodules" in layer["members"]


def test_what_callbacks_set_on_the_model_is_a_member(read: Read) -> None:
    source = """
        class Model: pass
        class Dense: pass
        class History:
            def on_train_begin(self):
                self.model.history = self
    """
    assert "history" in described(read, source, "Model")["members"]
    assert "history" not in described(read, source, "Dense")["members"]


def test_a_class_that_makes_instances_of_a_subclass_has_its_members(read: Read) -> None:
    source = """
        class Model:
            def __new__(cls, *args, **kwargs):
                if len(args) == 2 and cls == Model:
                    return Functional(*args, **kwargs)
                return super().__new__(cls)
        class Functional(Model):
            def __init__(self, inputs, outputs):
                self.input_names = []
        class Other(Model):
            def __init__(self):
                self.other = []
    """
    members = described(read, source, "Model")["members"]
    assert "input_names" in members
    assert "other" not in members


def test_methods_are_described_without_self(read: Read) -> None:
    source = """
        class Model:
            def fit(self, x, y=None): pass
            @staticmethod
            def make(a): pass
            @classmethod
            def from_config(cls, config): pass
            def _private(self, z): pass
    """
    callables = read("keras", "2.3.1", {"keras/__init__.py": source})["callables"]
    listed = {
        name: [parameter[0] for parameter in record["parameters"]]
        for name, record in callables.items()
    }
    assert listed == {
        "keras.Model": [],
        "keras.Model.fit": ["x", "y"],
        "keras.Model.make": ["a"],
        "keras.Model.from_config": ["config"],
    }


def test_an_inherited_method_is_found_through_the_bases(read: Read) -> None:
    """Readers look through `bases` depth first; what that would get wrong is written out."""
    source = """
        class Root:
            def call(self, root): pass
        class Left(Root): pass
        class Right(Root):
            def call(self, right): pass
        class Both(Left, Right): pass
    """
    callables = read("keras", "2.3.1", {"keras/__init__.py": source})["callables"]
    assert callables["keras.Both.call"]["parameters"][0][0] == "right"
    assert "keras.Left.call" not in callables
