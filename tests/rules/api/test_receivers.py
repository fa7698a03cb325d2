"""Models whose class is not told beside the call: what is followed, and what is left alone."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from tests.rules.api.api_cases import findings, names

TARGET = ("keras==3.15.1", "tensorflow==2.21.0")


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No other file of a project defines a method of that name."""
    monkeypatch.chdir(tmp_path)


BUILD = """
import keras
from keras.models import Model, Sequential, load_model

def build():
    model = Sequential()
    model.add(keras.layers.Dense(1))
    return model

"""

FOUND = {
    "a function's result": "model = build()\nmodel.fit_generator(x)",
    "a function's result at once": "build().predict_classes(x)",
    "a function that is defined below": "def run():\n    make().predict_classes(x)\n"
    "def make():\n    return Sequential()",
    "a function of a function": "def outer():\n    return build()\nouter().predict_classes(x)",
    "nothing, or a model": "def maybe(x):\n    if x:\n        return None\n    return build()\n"
    "maybe(1).predict_classes(x)",
    "an expression of two": "model = build() if x else Sequential()\nmodel.predict_classes(x)",
    "several classes that all lack it": "def several(x):\n    if x:\n        return Sequential()\n"
    "    return Model(x, x)\nseveral(1).fit_generator(x)",
    "several classes of which one never had it": "def several(x):\n    if x:\n"
    "        return Sequential()\n    return Model(x, x)\nseveral(1).predict_classes(x)",
    "a static method": "class T:\n    @staticmethod\n    def make():\n        return Sequential()\n"
    "T.make().predict_classes(x)",
    "a method's result": "class T:\n    def make(self):\n        return Sequential()\n"
    "    def run(self):\n        self.make().predict_classes(x)",
    "kept in self": "class T:\n    def __init__(self):\n        self.model = self.make()\n"
    "    def make(self):\n        return build()\n"
    "    def run(self):\n        self.model.predict_classes(x)",
    "kept in self by a name": "class T:\n    def __init__(self):\n        self.model = build()\n"
    "    def run(self):\n        model = self.model\n        model.predict_classes(x)",
    "within a strategy": "with strategy.scope():\n    model = build()\nmodel.predict_classes(x)",
    "a global": "model = None\ndef start():\n    global model\n    model = build()\n"
    "def run():\n    model.predict_classes(x)",
    "a loop over a list": "for one in [build(), Sequential()]:\n    one.predict_classes(x)",
    "a comprehension": "[one.predict_classes(x) for one in (build(), build())]",
    "made anew in a loop": "for fold in folds:\n    model = build()\n    model.predict_classes(x)",
    "a pair": "one, two = build(), build()\ntwo.predict_classes(x)",
    "a function that returns a pair": "def pair():\n    return 1, build()\n"
    "_, model = pair()\nmodel.predict_classes(x)",
    "a copy": "import copy\nmodel = copy.deepcopy(build())\nmodel.predict_classes(x)",
    "a clone": "model = keras.models.clone_model(build())\nmodel.predict_classes(x)",
    "loaded": "model = load_model('m.keras')\nmodel.predict_classes(x)",
    "one of the applications": "model = keras.applications.VGG16()\nmodel.fit_generator(x)",
    "annotated": "def run(model: Sequential):\n    model.predict_classes(x)",
    "annotated as any model": "def run(model: keras.Model):\n    model.fit_generator(x)",
    "annotated as any model, and only sequential ones had it": "def run(model: keras.Model):\n"
    "    model.predict_classes(x)",
    "annotated as optional": "from typing import Optional\n"
    "def run(model: Optional[keras.Model] = None):\n    model.fit_generator(x)",
    "annotated with a bar": "def run(model: keras.Model | None = None):\n"
    "    model.fit_generator(x)",
    "annotated with a union": "from typing import Union\n"
    "def run(model: Union[Model, Sequential]):\n    model.fit_generator(x)",
    "annotated for the checker only": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n"
    "    from keras import Model as M\ndef run(model: M):\n    model.fit_generator(x)",
    "an annotated name": "model: Sequential = unknown()\nmodel.predict_classes(x)",
    "an annotated attribute": "class T:\n    def __init__(self, model):\n"
    "        self.model: Sequential = model\n    def run(self):\n"
    "        self.model.predict_classes(x)",
    "an annotated result": "def make() -> Sequential:\n    return unknown()\n"
    "make().predict_classes(x)",
    "an abstract method": "import abc\nclass T(abc.ABC):\n    @abc.abstractmethod\n"
    "    def make(self) -> Sequential: ...\n    def run(self):\n"
    "        self.make().predict_classes(x)",
    "an own class by a function": "class Net(Sequential):\n    pass\ndef make():\n"
    "    return Net()\nmake().predict_classes(x)",
    "a method elsewhere in the file, and the class is certain": "class Other:\n"
    "    def predict_classes(self, x): ...\nbuild().predict_classes(x)",
}


@pytest.mark.parametrize("case", FOUND)
def test_found(case: str) -> None:
    assert len(findings("KER306", BUILD + FOUND[case], *TARGET)) == 1


SILENT = {
    "rebound": "model = build()\nmodel = unknown(model)\nmodel.predict_classes(x)",
    "rebound in a loop": "model = build()\nfor one in x:\n    model.predict_classes(x)\n"
    "    model = unknown(model)",
    "perhaps something else": "def make(x):\n    if x:\n        return unknown()\n"
    "    return build()\nmake(1).predict_classes(x)",
    "only something else": "def make():\n    return unknown()\nmake().predict_classes(x)",
    "nothing": "def make():\n    pass\nmake().predict_classes(x)",
    "a decorated function": "@wrapped\ndef make():\n    return Sequential()\n"
    "make().predict_classes(x)",
    "a generator": "def make():\n    yield 1\n    return Sequential()\nmake().predict_classes(x)",
    "a coroutine": "async def make():\n    return Sequential()\nmake().predict_classes(x)",
    "one of two definitions": "if x:\n    def make():\n        return Sequential()\nelse:\n"
    "    def make():\n        return unknown()\nmake().predict_classes(x)",
    "a class that defines it": "class Net(Sequential):\n    def predict_classes(self, x): ...\n"
    "def make():\n    return Net()\nmake().predict_classes(x)",
    "a mixin that defines it": "class Mixin:\n    def predict_classes(self, x): ...\n"
    "class Net(Mixin, Sequential):\n    pass\ndef make():\n    return Net()\n"
    "make().predict_classes(x)",
    "an unknown base": "from other import Mixin\nclass Net(Mixin, Sequential):\n    pass\n"
    "def make():\n    return Net()\nmake().predict_classes(x)",
    "one class of several defines it": "class Net(Sequential):\n"
    "    def predict_classes(self, x): ...\nmodel = Net() if x else Sequential()\n"
    "model.predict_classes(x)",
    "an own instance, or something unknown": "class Net(Sequential):\n    pass\n"
    "model = Net() if x else unknown()\nmodel.predict_classes(x)",
    "put on the class": "Sequential.predict_classes = unknown\nbuild().predict_classes(x)",
    "put on the class by its name": "setattr(Sequential, 'predict_classes', unknown)\n"
    "build().predict_classes(x)",
    "put on the object": "model = build()\nmodel.predict_classes = unknown\n"
    "model.predict_classes(x)",
    "asked for": "model = build()\nif hasattr(model, 'predict_classes'):\n"
    "    model.predict_classes(x)",
    "asked for, and left": "def run(model: Sequential):\n"
    "    if not hasattr(model, 'predict_classes'):\n        return\n    model.predict_classes(x)",
    "caught": "model = build()\ntry:\n    model.predict_classes(x)\nexcept AttributeError:\n"
    "    pass",
    "for an older Keras": "model = build()\nif keras.__version__ < '2.6':\n"
    "    model.predict_classes(x)",
    "annotated, and an own class defines it": "class Net(Model):\n"
    "    def fit_generator(self, x): ...\ndef run(model: Model):\n    model.fit_generator(x)",
    "annotated, and of a class that is asked for": "def run(model: Model):\n"
    "    if isinstance(model, Net):\n        model.fit_generator(x)",
    "annotated, and of a class that is asked for by its name": "def run(model: Model):\n"
    "    if type(model).__name__ == 'Net' and x:\n        model.fit_generator(x)",
    "annotated, and rebound": "def run(model: Model):\n    model = unknown(model)\n"
    "    model.fit_generator(x)",
    "annotated in quotes": "def run(model: 'Sequential'):\n    model.predict_classes(x)",
    "annotated as several": "def run(*model: Sequential, **more: Sequential):\n"
    "    model.predict_classes(x)\n    more.predict_classes(x)",
    "annotated as a list": "from typing import List\ndef run(model: List[Sequential]):\n"
    "    model.predict_classes(x)",
    "annotated as that or another": "from typing import Union\n"
    "def run(model: Union[Sequential, Other]):\n    model.predict_classes(x)",
    "annotated as another library's": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n"
    "    from torch.nn import Sequential as S\ndef run(model: S):\n    model.predict_classes(x)",
    "not annotated": "def run(model):\n    model.predict_classes(x)",
    "a list that may have grown": "models = [build()]\nmodels.append(unknown())\n"
    "for one in models:\n    one.predict_classes(x)",
    "a starred list": "for one in [build(), *unknown()]:\n    one.predict_classes(x)",
    "a pair of another length": "def pair():\n    return 1, build(), 2\n"
    "_, model = pair()\nmodel.predict_classes(x)",
    "the rest of a pair": "def pair():\n    return 1, build()\n"
    "_, *model = pair()\nmodel.predict_classes(x)",
    "what only layers lost": "build().get_input_at(0)",
    "what no release had": "build().predict_klasses(x)",
    "an attribute that is not called": "build().sample_weights",
    "a model of a function that calls itself": "def make(x):\n    return make(x - 1)\n"
    "make(3).predict_classes(x)",
}


@pytest.mark.parametrize("case", SILENT)
def test_silent(case: str) -> None:
    assert findings("KER306", BUILD + SILENT[case], *TARGET) == []


def test_the_class_that_had_the_method_is_named() -> None:
    source = "def run(model: keras.Model):\n    model.predict_classes(x)"
    assert names("KER306", BUILD + source, *TARGET) == ["keras.Sequential.predict_classes"]


def test_what_replaced_a_function_that_is_gone_is_a_model() -> None:
    source = """
        model = build()
        if gpus > 1:
            model = keras.utils.multi_gpu_model(model, gpus=gpus)
        model.fit_generator(x)
    """
    assert names("KER306", BUILD + dedent(source), *TARGET) == ["keras.Model.fit_generator"]


ARGUMENTS = {
    "a function's result": ("build().fit(x, nb_epoch=3)", ["nb_epoch"]),
    "annotated": ("def run(m: Model):\n    m.predict(x, workers=2)", ["workers"]),
    "accepted": ("build().fit(x, epochs=3)", []),
    "what no release took": ("build().fit(x, number=3)", []),
    "an own method": (
        "class Net(Sequential):\n    def fit(self, x, nb_epoch): ...\ndef make():\n"
        "    return Net()\nmake().fit(x, nb_epoch=3)",
        [],
    ),
    "annotated, and an own class may define it": (
        "class Net(Model):\n    def fit(self, x, nb_epoch): ...\n"
        "def run(m: Model):\n    m.fit(x, nb_epoch=3)",
        [],
    ),
    "an argument of an argument": ("build().fit(f(nb_epoch=3))", []),
    "unpacked": ("build().fit(x, nb_epoch=3, **more)", []),
}


@pytest.mark.parametrize("case", ARGUMENTS)
def test_arguments(case: str) -> None:
    source, refused = ARGUMENTS[case]
    found = findings("KER305", BUILD + source, *TARGET)
    assert [one.message.split("`")[3] for one in found] == refused


def test_names_of_files() -> None:
    source = "model = build()\nmodel.save('a')\nmodel.save('a.keras')\nother.save('b')"
    assert len(findings("KER309", BUILD + source, *TARGET)) == 1


def test_changed_meaning() -> None:
    source = """
        def train():
            model = build()
            model.compile("sgd", "mse", metrics=["accuracy"])
            history = model.fit(x, y)
            return history.history["acc"]
    """
    assert len(findings("KER308", BUILD + dedent(source), *TARGET)) == 1


OPTIMIZER = """
import keras
model = keras.Sequential([keras.layers.Dense(1)])
model.compile("adam", "mse")
"""


@pytest.mark.parametrize(
    "source",
    [
        "print(model.optimizer.lr)",
        "model.optimizer.lr.assign(0.1)",
        "keras.backend.get_value(model.optimizer.lr)",
        "model.optimizer.get_weights()",
        "def rate(model: keras.Model):\n    return model.optimizer.lr",
        "def build():\n    return keras.Model(a, b)\nbuild().optimizer.lr",
        "class C(keras.callbacks.Callback):\n    def on_epoch_end(self, epoch, logs=None):\n"
        "        print(self.model.optimizer.lr)",
        "class M(keras.Model):\n    def rate(self):\n        return self.optimizer.lr",
    ],
)
def test_optimizers_of_models_have_lost_names(source: str) -> None:
    (found,) = findings("KER306", OPTIMIZER + source, "keras==3.15.1", "tensorflow==2.21.0")
    assert found.message.startswith("`keras.optimizers.Optimizer` of Keras 3.15.1 has no `")


@pytest.mark.parametrize(
    "source",
    [
        "model.optimizer.learning_rate",
        "model.optimizer.momentum",  # of some optimizers
        "model.optimizer.iterations",
        "model.optimizer.lr = 0.1",  # another rule speaks of it
        "trainer.optimizer.lr",
        "def rate(trainer):\n    return trainer.optimizer.lr",
        "class T:\n    def rate(self):\n        return self.optimizer.lr",
        "try:\n    model.optimizer.lr\nexcept AttributeError:\n    pass",
        "if hasattr(model.optimizer, 'lr'):\n    model.optimizer.lr",
        "class C(keras.callbacks.Callback):\n    def on_epoch_end(self, epoch, logs=None):\n"
        "        print(self.trainer.optimizer.lr)",
        "class M(keras.Model):\n    def __init__(self):\n        self.optimizer = Own()\n"
        "    def rate(self):\n        return self.optimizer.lr",
    ],
)
def test_optimizers_that_may_have_them(source: str) -> None:
    assert not findings("KER306", OPTIMIZER + source, "keras==3.15.1", "tensorflow==2.21.0")
