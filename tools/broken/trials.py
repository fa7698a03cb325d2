"""What is tried for each row."""

from __future__ import annotations

from typing import NamedTuple


class Trial(NamedTuple):
    """`row`          the id in `kerlint.knowledge.broken`
    `environment`  name of the folder
    `besides`      requirements that are put before it, without what they require
    `code`         a program that must fail
    """

    row: str
    environment: str
    besides: tuple[str, ...]
    code: str


TF_1_15 = "keras-2.2.5+tensorflow-1.15.5"
TF_2_2 = "keras-2.3.1+tensorflow-2.2.3"
TF_2_8 = "keras-2.8.0+tensorflow-2.8.4"
TF_2_12 = "keras-2.12.0+tensorflow-2.12.1"
TF_2_15 = "keras-2.15.0+tensorflow-2.15.1"
TF_2_16 = "keras-3.0.5+tensorflow-2.16.1"
TF_2_16_SETUPTOOLS_84 = "keras-3.6.0+tensorflow-2.16.2"
TF_2_17 = "keras-3.3.3+tensorflow-2.17.1"
TF_2_6 = "tensorflow-cpu-2.6.0"
TF_2_14 = "tensorflow-cpu-2.14.0"

TENSORFLOW = "import tensorflow"
# The path of an older protobuf is set when the interpreter starts.
OTHER_PROTOBUF = "import sys\nsys.modules.pop('google', None)\nimport tensorflow"
HDF5 = """\
import keras, tempfile, os
model = keras.models.Sequential([keras.layers.Dense(1, input_shape=(2,))])
path = os.path.join(tempfile.mkdtemp(), "model.h5")
model.save(path)
keras.models.load_model(path)
"""
SCIKERAS = """\
import keras, numpy
from scikeras.wrappers import KerasRegressor
def build():
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    return model
KerasRegressor(model=build).fit(numpy.zeros((4, 2)), numpy.zeros(4))
"""
TF2ONNX = """\
import keras, tensorflow as tf, tf2onnx
model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
tf2onnx.convert.from_keras(model, input_signature=[tf.TensorSpec((None, 2), tf.float32)])
"""
PROBABILITY = "import tensorflow_probability as tfp\ntfp.distributions.Normal(0.0, 1.0)"
_TFP = ("decorator", "cloudpickle")

TRIALS = (
    Trial("numpy2-abi", TF_2_8, ("numpy==2.2.6",), TENSORFLOW),
    Trial("numpy2-abi", TF_2_14, (), TENSORFLOW),
    Trial("numpy124-object", TF_2_2, ("numpy==1.24.4",), TENSORFLOW),
    Trial("protobuf-uncapped", TF_2_2, ("protobuf==4.21.12",), OTHER_PROTOBUF),
    Trial("protobuf-uncapped", TF_2_6, (), TENSORFLOW),
    Trial("keras-uncapped", TF_2_6, ("protobuf==3.19.6",), TENSORFLOW + "\nimport keras"),
    Trial("h5py3-decode", TF_1_15, ("h5py==3.1.0", "cached-property"), HDF5),
    Trial(
        "hub-pkg-resources",
        TF_2_16_SETUPTOOLS_84,
        ("tensorflow-hub==0.16.1",),
        "import tensorflow_hub",
    ),
    Trial(
        "tensorboard-pkg-resources",
        TF_2_16_SETUPTOOLS_84,
        (),
        "import runpy, sys\nsys.argv = ['tensorboard', '--version']\n"
        "runpy.run_module('tensorboard.main', run_name='__main__')",
    ),
    Trial("tf-keras-2.15", TF_2_16, ("tf-keras==2.15.0",), "import tf_keras"),
    Trial("tfp-minimum", TF_1_15, ("tensorflow-probability==0.10.1", *_TFP), PROBABILITY),
    Trial("tfp-minimum", TF_2_2, ("tensorflow-probability==0.12.2", *_TFP), PROBABILITY),
    Trial("tfp-minimum", TF_2_8, ("tensorflow-probability==0.20.1", *_TFP), PROBABILITY),
    Trial("tfp-minimum", TF_2_12, ("tensorflow-probability==0.23.0", *_TFP), PROBABILITY),
    Trial("tfp-minimum", TF_2_15, ("tensorflow-probability==0.24.0", *_TFP), PROBABILITY),
    Trial("tfp-minimum", TF_2_17, ("tensorflow-probability==0.25.0", *_TFP), PROBABILITY),
    Trial(
        "addons-keras3",
        TF_2_16,
        ("tensorflow-addons==0.23.0", "typeguard==2.13.3"),
        "import tensorflow_addons",
    ),
    Trial("hub-estimator", TF_2_16, ("tensorflow-hub==0.15.0",), "import tensorflow_hub"),
    Trial("keras-nlp-keras2", TF_2_15, ("keras-nlp==0.14.4",), "import keras_nlp"),
    Trial("keras-hub-keras2", TF_2_15, ("keras-hub==0.18.1",), "import keras_hub"),
    Trial(
        "scikeras-keras3",
        TF_2_17,
        (
            "scikeras==0.12.0",
            "scikit-learn==1.4.2",
            "scipy==1.13.1",
            "joblib",
            "threadpoolctl",
            "cloudpickle",
        ),
        SCIKERAS,
    ),
    Trial(
        "tfmot-keras3",
        TF_2_16,
        ("tensorflow-model-optimization==0.8.0", "dm-tree==0.1.8"),
        "import tensorflow_model_optimization",
    ),
    Trial("tf2onnx-keras3", TF_2_17, ("tf2onnx==1.16.1", "onnx==1.16.2"), TF2ONNX),
    Trial(
        "ranking-estimator", TF_2_16, ("tensorflow-ranking==0.5.3",), "import tensorflow_ranking"
    ),
    Trial(
        "nsl-estimator",
        TF_2_16,
        ("neural-structured-learning==1.4.0",),
        "import neural_structured_learning",
    ),
)
