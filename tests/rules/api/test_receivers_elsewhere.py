"""Models that come from own modules: what is followed, and what is left alone."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from kerlint.engine import check
from kerlint.project.discovery import find
from kerlint.settings import SettingsTree

TARGET = ("keras==3.15.1", "tensorflow==2.21.0")


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No other file of a project defines a method of that name."""
    monkeypatch.chdir(tmp_path)


def run(folder: Path, files: dict[str, str], *select: str) -> list[str]:
    """Path and line of every finding in a project, of KER305 and KER306 if nothing is selected; the
    same without gates.
    """
    for name, source in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(source))
    both = []
    for gates in (True, False):
        settings = SettingsTree(
            {"target": list(TARGET), "select": list(select or ("KER305", "KER306"))}, isolated=True
        )
        result = check(find([str(folder)], settings, []), settings, jobs=1, gates=gates)
        assert not result.errors, result.details
        both.append([f"{Path(one.path).name}:{one.span.start.line}" for one in result.diagnostics])
    assert both[0] == both[1]
    return both[0]


NET = """
    import keras

    def build_model():
        return keras.Sequential([keras.layers.Dense(1)])

    def build_pair():
        return build_model(), build_model()

    class Net(keras.Model):
        def evaluate_generator(self, x): ...

    model = build_model()
"""


def test_names_of_files_for_models_of_own_modules(tmp_path: Path) -> None:
    train = """
        import os
        import keras
        from net import Net, build_model, build_pair, load_image, model

        built = build_model()
        built.save_weights("a.h5")
        built.save_weights(os.path.join("out", "b.hdf5"))
        built.load_weights("c.ckpt")
        built.save_weights("d.weights.h5")
        one, two = build_pair()
        two.save_weights("e.h5")
        model.save_weights("f.h5")
        Net().save_weights("g.h5")
        load_image("x.png").save_weights("h.h5")
        build_model().save("i.png")

        def keep(model):
            model.save_weights("j.h5")
    """
    net = NET.replace(
        "    model = build_model()",
        "    def load_image(path):\n        return open(path)\n\n    model = build_model()",
    )
    files = {"net.py": net, "train.py": train, "setup.py": ""}
    assert run(tmp_path, files, "KER309") == [f"train.py:{line}" for line in (7, 8, 9, 12, 13, 14)]


def test_names_of_files_for_a_class_that_saves_in_its_own_way(tmp_path: Path) -> None:
    net = """
        import keras

        class Net(keras.Model):
            def save_weights(self, path): ...

        def build():
            return Net()
    """
    train = "import keras\nfrom net import build\n\nbuild().save_weights('a.h5')\n"
    assert run(tmp_path, {"net.py": net, "train.py": train, "setup.py": ""}, "KER309") == []


def test_own_modules(tmp_path: Path) -> None:
    train = """
        import keras
        from net import Net, build_model, build_pair, model
        import net

        build_model().predict_classes(1)
        one, two = build_pair()
        two.fit_generator(1)
        net.build_model().fit(1, nb_epoch=2)
        model.predict_proba(1)
        net.model.fit(1, nb_epoch=2)
        mine = Net()
        mine.fit_generator(1)
        mine.evaluate_generator(1)

        class Deeper(Net):
            def run(self):
                self.fit_generator(1)
                self.evaluate_generator(1)
    """
    assert run(tmp_path, {"net.py": NET, "train.py": train, "setup.py": ""}) == [
        "train.py:6",
        "train.py:8",
        "train.py:9",
        "train.py:10",
        "train.py:11",
        "train.py:13",
        "train.py:18",
    ]


KEEPS = """
    from keras.models import Sequential, load_model

    class Research:
        def __init__(self, name, saved=None):
            self.name = name
            if saved is not None:
                self.model = load_model(saved)
            else:
                self.model = self.lstm()

        def lstm(self):
            model = Sequential()
            return model
    """


def test_what_objects_of_own_modules_keep(tmp_path: Path) -> None:
    train = """
        from keras.callbacks import EarlyStopping
        from net import Research

        research = Research("lstm")
        research.model.fit_generator([], callbacks=[EarlyStopping()])
        model = research.model
        model.predict_classes([])
        research.name.predict_classes([])
        research.other.predict_classes([])
        research.model.optimizer.fit_generator([])
        """
    files = {"net.py": KEEPS, "train.py": train, "setup.py": ""}
    assert run(tmp_path, files) == ["train.py:6", "train.py:8"]


def test_what_is_put_into_objects_of_own_modules(tmp_path: Path) -> None:
    train = """
        import keras
        from net import Research

        research = Research("lstm")
        research.model = wrapped(research.model)
        research.model.fit_generator([])
        """
    assert run(tmp_path, {"net.py": KEEPS, "train.py": train, "setup.py": ""}) == []


def test_another_file_puts_the_method_there(tmp_path: Path) -> None:
    train = "import keras\nfrom net import build_model\nbuild_model().predict_classes(1)\n"
    patch = "import keras\nkeras.Sequential.predict_classes = lambda self, x: x\n"
    files = {"net.py": NET, "train.py": train, "patch.py": patch, "setup.py": ""}
    assert run(tmp_path, files) == []


def test_another_file_has_a_class_with_the_method(tmp_path: Path) -> None:
    train = """
        import keras

        def train(model: keras.Model):
            model.evaluate_generator(1)
            model.fit_generator(1)
    """
    files = {"net.py": NET, "train.py": train, "setup.py": ""}
    assert run(tmp_path, files) == ["train.py:6"]
