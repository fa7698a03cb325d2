"""Of which Keras libraries a file may make objects, by its words alone."""

from __future__ import annotations

import pytest

from kerlint.checking.neighbour_names import names_made
from kerlint.project.imports_scan import imports_in

TF = "import tensorflow as tf, tf_keras\n"


def named(text: str) -> set[str]:
    data = text.encode()
    return set(names_made(data, imports_in(data)))


@pytest.mark.parametrize(
    "text",
    [
        f"{TF}x = tf.keras.layers.Dense(1)",
        f"{TF}def f(x=tf.compat.v2.keras): ...",
        "import tensorflow\nprint(tensorflow.keras)",
        "import tensorflow.compat.v2 as tf2\ntf2.keras",
        "from tensorflow.compat import v2\nv2.keras",
        "from tensorflow.compat import v2 as tf\ntf.keras",
        "from tensorflow import (compat as c,\n    math)\nc.v2.keras",
        "import tensorflow as tf\nmodule = tf\nmodule.keras",
        "import tensorflow as tf\nmodule = tf.compat.v2\nmodule.keras",
        "import tensorflow as tf\nf'{tf.keras}'",
        "from tensorflow import keras",
        "from tensorflow.keras import layers",
        "import tensorflow.keras.layers",
        "import tensorflow.compat.v2.keras as keras",
    ],
)
def test_tf_keras_of_tensorflow(text: str) -> None:
    assert "tensorflow.keras" in named(text)


@pytest.mark.parametrize(
    "text",
    [
        f"{TF}x = tf_keras.layers.Dense(1)",
        f"{TF}# tf.keras\n",
        f'{TF}"""tf.keras models."""',
        f"{TF}import tfmot\ntfmot.quantization.keras.quantize",
        f"{TF}import tensorflow_model_optimization.python.core.keras",
        f"{TF}tensorflow_model_optimization.python.core.keras.compat",
        f'{TF}model.save("a.keras")',
        f"{TF}path = name + '.keras'",
        f"{TF}self.keras.layers",
        "import numpy as tf\ntf.keras",
    ],
)
def test_others(text: str) -> None:
    assert "tensorflow.keras" not in named(text)


def test_each_library() -> None:
    assert named(TF) == {"tf_keras"}
    assert named("import keras\n") == {"keras"}
    assert named("from keras import layers\nimport numpy\n") == {"keras"}
    assert named("from tensorflow.python.keras import layers\n") == {"tensorflow.python.keras"}
    assert named("import tensorflow_hub as hub\nhub.KerasLayer(x)\n") == {
        "tensorflow_hub.KerasLayer"
    }
    assert named("import numpy\n") == set()


@pytest.mark.parametrize(
    "text",
    [
        "import tensorflow_probability as tfp\ntfp.layers.DenseFlipout(1)\n",
        "import tensorflow_probability\ntensorflow_probability . layers.DenseFlipout(1)\n",
        "import tensorflow_probability as tfp\ntfpl = tfp.layers\n",
        "import tensorflow_probability as tfp\np = tfp\np.layers\n",
        "from tensorflow_probability import (\n    layers as tfpl,\n)\n",
        "from tensorflow_probability import layers\n",
        "from tensorflow_probability.python import layers as tfpl\n",
        "from tensorflow_probability.python.layers import DenseFlipout\n",
        "import tensorflow_probability.python.layers.util as u\n",
    ],
)
def test_layers_of_probability(text: str) -> None:
    assert named(text) == {"tensorflow_probability.layers"}


@pytest.mark.parametrize(
    "text",
    [
        "import tensorflow_probability as tfp\ntfp.distributions.Normal(0, 1)\n",
        "import tensorflow_probability as tfp\nlayers = [64, 64]\n",
        "import tensorflow_probability as tfp\nfrom tensorflow_probability import layer_stats\n",
        "import tensorflow_probability as tfp\ntfd = tfp.distributions\nself.layers.append(1)\n",
    ],
)
def test_the_rest_of_probability_is_not_keras(text: str) -> None:
    assert "tensorflow_probability.layers" not in named(text)
