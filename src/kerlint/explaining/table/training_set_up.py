"""How a model is compiled and trained."""

from __future__ import annotations

from kerlint.explaining.messages import Message as M

_COMPILE = "https://keras.io/api/models/model_training_apis/"

MESSAGES = (
    M(
        id="model-not-compiled",
        kind="cause",
        has="You must call `compile()` before",
        example="ValueError: You must call `compile()` before using the model.",
        says="fit and evaluate need an optimizer and a loss; a model that is loaded without its compilation, "
        "cloned or built anew has none.",
        cure="model.compile(optimizer=..., loss=...) before.",
        source=_COMPILE,
        stops=True,
    ),
    M(
        id="no-gradients",
        kind="cause",
        has="No gradients provided for any variable",
        example="ValueError: No gradients provided for any variable.",
        says="No weight has a part in the loss: it is computed of the labels alone, with argmax, round or NumPy, "
        "which have no gradient, or fit was given no labels.",
        cure="Compute the loss of y_pred with keras.ops all the way; hand y to fit.",
        source="https://keras.io/api/losses/#creating-custom-losses",
        stops=True,
    ),
    M(
        id="optimizer-of-another-model",
        kind="cause",
        has="This optimizer can only be called for the variables it was originally built with",
        pattern=r"Unknown variable: <Variable path=(?P<path>[^,]+),",
        example="ValueError: Unknown variable: <Variable path=sequential_1/dense_1/kernel, shape=(4, 1), "
        "dtype=float32>. This optimizer can only be called for the variables it was originally built with.",
        says="The optimizer belongs to another model, or layers (`{path}`) were added or thawed after it was built.",
        cure="A new optimizer for each model, and model.compile again after trainable has changed.",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/optimizers/base_optimizer.py",
        stops=True,
    ),
    M(
        id="identifier-unknown",
        kind="cause",
        has="Could not interpret ",
        pattern=r"Could not interpret (?P<kind>activation function|loss|metric|initializer|regularizer|constraint"
        r"|activation) (?:function )?identifier: ?(?P<name>.{1,60})",
        example="ValueError: Could not interpret activation function identifier: reluu",
        says="Keras has no {kind} of the name `{name}`: misspelled, gone, or an object of another Keras.",
        cure="See keras.losses, keras.metrics, keras.activations, … for the names; an own function is handed over "
        "itself, or registered with keras.saving.register_keras_serializable.",
        source="https://keras.io/api/",
        codes=("KER302", "KER101"),
        stops=True,
    ),
    M(
        id="no-labels",
        kind="cause",
        has="None values not supported.",
        example="ValueError: None values not supported.",
        says="TensorFlow was handed None: mostly fit without labels (y) for a model with a loss, or a function "
        "that returns nothing.",
        cure="model.fit(x, y), or a dataset whose elements are (x, y); see that every branch of a function "
        "returns something.",
        source="https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/python/framework/constant_op.py",
        stops=True,
    ),
    M(
        id="data-in-a-list",
        kind="cause",
        has="Unrecognized data type: x=",
        pattern=r"Unrecognized data type: x=.*\(of type (?P<type><.+?>)\)",
        example="ValueError: Unrecognized data type: x=[[1, 2, 3, 4]] (of type <class 'list'>)",
        says="fit, evaluate and predict of Keras 3 take arrays, datasets and generators, and were handed {type}.",
        cure="numpy.asarray(x).",
        source="https://github.com/keras-team/keras/blob/v3.15.1/keras/src/trainers/data_adapters/__init__.py",
        codes=("KER308",),
        stops=True,
    ),
)
