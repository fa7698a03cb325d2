"""KER305 and KER306: models that a file gives to its own functions."""

from __future__ import annotations

import pytest

from tests.rules.api.api_cases import findings, names

NOW = ("keras==3.15.1", "tensorflow==2.21.0")

SCRIPT = """
    from keras.layers import Dense
    from keras.models import Sequential

    def build():
        model = Sequential([Dense(1)])
        model.compile("sgd", "mse")
        return model

    {}
    """


def _found(code: str, body: str) -> list[str | None]:
    lines = body.strip("\n").splitlines()
    indent = len(lines[0]) - len(lines[0].lstrip())
    return names(code, SCRIPT.format("\n    ".join(line[indent:] for line in lines)), *NOW)


GIVEN = [
    """
    def train(model, data):
        model.fit_generator(data, epochs=3)

    train(build(), [])
    """,
    """
    def train(data, *, model=None):
        model.fit_generator(data)

    train([], model=build())
    """,
    """
    def train(network, data):
        network.fit_generator(data)

    def run(model, data):
        model.summary()
        train(model, data)

    def main():
        run(build(), [])
    """,
    """
    class Trainer:
        def __init__(self, model, data):
            self.model = model
            self.data = data

        def train(self):
            self.model.fit_generator(self.data)

    Trainer(build(), []).train()
    """,
    """
    class Trainer:
        def main(self):
            self.train(build(), [])

        def train(self, model, data):
            model.fit_generator(data)
    """,
    """
    def compiled(model):
        model.compile("sgd", "mse")
        return model

    compiled(build()).fit_generator([])
    """,
    """
    def train(model, data):
        model.fit_generator(data)

    train(build(), [])
    train(Sequential(), [])
    """,
    # what it returns comes back
    """
    def frozen(model):
        model.compile("sgd")
        return model

    def trained(model, data):
        model.fit_generator(data)
        return model

    def main():
        model = build()
        model = frozen(model)
        model = trained(model, [])
        model = frozen(model)
        model = trained(model, [])
    """,
]


@pytest.mark.parametrize("body", GIVEN)
def test_methods_of_what_every_call_gives(body: str) -> None:
    assert _found("KER306", body) == ["keras.models.Sequential.fit_generator"]


def test_keywords_of_what_every_call_gives() -> None:
    body = """
    def train(model, data):
        model.fit(data, nb_epoch=3)

    train(build(), [])
    """
    assert _found("KER305", body) == ["keras.models.Sequential.fit"]


@pytest.mark.parametrize(
    "body",
    [
        # nobody calls it
        """
        def train(model, data):
            model.fit_generator(data)
        """,
        # some calls give it something else, or nobody knows what
        """
        def train(model, data):
            model.fit_generator(data)

        train(build(), [])
        train(read("model"), [])
        """,
        """
        def train(model, data):
            model.fit_generator(data)

        train(build(), [])
        train(*everything)
        """,
        """
        def train(model=None):
            model = model or read("model")
            model.fit_generator([])

        train(build())
        train()
        """,
        # what comes back may be something else
        """
        def wrapped(model):
            return Wrapper(model)

        def train(model, data):
            model.fit_generator(data)
            return model

        train(wrapped(train(build(), [])), [])
        """,
        # it is another model by then
        """
        def train(model, data):
            model = Wrapper(model)
            model.fit_generator(data)

        train(build(), [])
        """,
        # the decorator may give it something else
        """
        @wrapped
        def train(model, data):
            model.fit_generator(data)

        train(build(), [])
        """,
        # it asks first
        """
        def train(model, data):
            if hasattr(model, "fit_generator"):
                model.fit_generator(data)
            else:
                model.fit(data)

        train(build(), [])
        """,
        """
        def train(model, data):
            try:
                model.fit_generator(data)
            except AttributeError:
                model.fit(data)

        train(build(), [])
        """,
        # the class is not that of the object
        """
        class Trainer:
            def train(self, model, data):
                model.fit_generator(data)

        Trainer.train(build(), read("model"), [])
        """,
        # the project has the method itself
        """
        class Own(Sequential):
            def fit_generator(self, data):
                return self.fit(data)

        def train(model, data):
            model.fit_generator(data)

        train(Own(), [])
        """,
    ],
)
def test_where_it_is_not_certain(body: str) -> None:
    assert _found("KER306", body) == []


def test_what_is_known_without_the_call_is_told_once() -> None:
    program = """
        import keras

        def train(model: keras.Sequential, data):
            model.fit_generator(data)

        model = keras.Sequential()
        model.fit_generator([])
        train(model, [])
        """
    assert len(findings("KER306", program, *NOW)) == 2


def test_names_of_files_for_what_every_call_gives() -> None:
    body = """
    def train(model, name):
        model.save("classifier")
        model.save_weights(name + ".ckpt")
        model.save("classifier.keras")

    train(build(), "a")
    """
    assert _found("KER309", body) == ["keras.Model.save", "keras.Model.save_weights"]
    assert _found("KER309", body.replace("build(), ", "read(), ")) == []
