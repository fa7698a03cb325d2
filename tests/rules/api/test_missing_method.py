"""KER306: what objects of a class that is known do not have."""

from __future__ import annotations

import pytest

from tests.rules.api.api_cases import findings, names

NOW = "keras==3.15.1"
LEGACY = """
    import tensorflow as tf


    class Optimizer(tf.keras.optimizers.legacy.Adam):
        def _resource_apply_sparse(self, grad, var):
            return self.get_slot(var, "m")


    optimizer = tf.keras.optimizers.legacy.SGD(0.1)
    optimizer.apply_gradients([])
    optimizer.lr
    """


def test_of_a_class_that_cannot_be_made_one_fault_is_enough() -> None:
    targets = (NOW, "tensorflow==2.21.0")
    assert names("KER306", LEGACY, *targets) == []
    assert len(findings("KER304", LEGACY, *targets)) == 2


def test_of_the_class_itself() -> None:
    program = """
        import keras
        import tensorflow as tf

        tf.losses.sigmoid_cross_entropy
        how = tf.losses.Reduction.MEAN
        predict = keras.Model.predict_on_generator
        train = keras.Model.fit_generator
        known = keras.Model.fit
        own = keras.Model.of_our_own
        """
    found = [
        "tensorflow.losses.Reduction.MEAN",
        "keras.Model.fit_generator",
    ]
    assert names("KER306", program, NOW, "tensorflow==2.21.0") == found


def test_a_base_that_cannot_be_made_or_another_one() -> None:
    program = """
        from importlib.util import find_spec
        import tensorflow as tf

        if find_spec("tensorflow.keras.optimizers.legacy") is not None:
            base = tf.keras.optimizers.legacy.Adam
        else:
            base = tf.keras.optimizers.Adam

        class LazyAdam(base):
            def _resource_apply_sparse(self, grad, var):
                return self.get_slot(var, "m")
        """
    targets = (NOW, "tensorflow==2.21.0")
    assert names("KER306", program, *targets) == ["tensorflow.keras.optimizers.Adam.get_slot"]


def test_the_same_where_it_can_be_made() -> None:
    targets = ("keras==2.15.0", "tensorflow==2.15.1")
    assert names("KER304", LEGACY, *targets) == names("KER306", LEGACY, *targets) == []


@pytest.mark.parametrize(
    ("made", "used", "advice"),
    [
        ("layers.StringLookup()", "vocab_size()", "use `vocabulary_size()`"),
        (
            "callbacks.ModelCheckpoint('a.keras')",
            "period",
            "keep it yourself; `save_freq` counts batches, not epochs",
        ),
        (
            "callbacks.TensorBoard()",
            "writer",
            "open one of your own with `tf.summary.create_file_writer`",
        ),
    ],
)
def test_what_to_use_instead(made: str, used: str, advice: str) -> None:
    (found,) = findings("KER306", f"import keras\none = keras.{made}\none.{used}\n", NOW)
    assert found.help == advice


PRIVATE = """
import keras

x = keras.Input((3,))
model = keras.Model(x, keras.layers.Dense(1)(x))
model._make_predict_function()
print(model.input_names, model.output_names, model._is_graph_network, model._inbound_nodes)
sequence = keras.Sequential([keras.layers.Dense(1)])
sequence._make_train_function()
loaded = keras.models.load_model("m.keras")
loaded._make_predict_function()


class Own(keras.optimizers.Adam):
    def step(self):
        return self._get_hyper("rate")


class Other(keras.optimizers.Adam):
    def _get_hyper(self, name):
        return name

    def step(self):
        return self._get_hyper("rate")
"""


def test_private_members_that_programs_used() -> None:
    model, sequential = "keras.Model.", "keras.Sequential."
    assert names("KER306", PRIVATE, NOW) == [
        model + "_make_predict_function",
        model + "input_names",
        model + "_is_graph_network",
        sequential + "_make_train_function",
        "keras.Model._make_predict_function",
        "keras.optimizers.Adam._get_hyper",
    ]
    two = names("KER306", PRIVATE, "keras==2.15.0", "tensorflow==2.15.1")
    assert model + "input_names" not in two
    assert model + "_is_graph_network" not in two
    assert model + "_make_predict_function" in two
