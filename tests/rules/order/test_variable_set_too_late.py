"""KER204: variables that are set after somebody has read them."""

from __future__ import annotations

import pytest

from tests.rules.order.variable_cases import findings, lines

FIRE = {
    "the log level after the import": (
        """
        import os
        import tensorflow as tf
        os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
        """,
        [4],
    ),
    "the log level after keras, which imports tensorflow": (
        """
        import os
        from keras.models import Sequential
        os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
        """,
        [4],
    ),
    "the folder of keras": (
        """
        import os
        import keras
        os.environ["KERAS_HOME"] = "/data/keras"
        """,
        [4],
    ),
    "the folder of keras after tensorflow": (
        """
        import os
        import tensorflow
        os.environ["KERAS_HOME"] = "/data/keras"
        import keras
        """,
        [4],
    ),
    "the number of epochs for a quick run": (
        """
        import os, keras
        if os.environ.get("CI"):
            os.environ["KERAS_MAX_EPOCHS"] = "1"
        """,
        [4],
    ),
    "the platform of jax behind keras": (
        """
        import os
        os.environ["KERAS_BACKEND"] = "jax"
        import keras
        os.environ["JAX_PLATFORMS"] = "cpu"
        """,
        [5],
    ),
    "the platform of jax": (
        """
        import os
        import jax, keras
        os.environ["JAX_PLATFORMS"] = "cpu"
        """,
        [4],
    ),
    "the library has chosen": (
        """
        import os
        import segmentation_models as sm
        os.environ["SM_FRAMEWORK"] = "tf.keras"
        """,
        [4],
    ),
    "devices listed, then hidden": (
        """
        import os
        import tensorflow as tf
        print(tf.config.list_physical_devices("GPU"))
        os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
        """,
        [5],
    ),
    "devices listed by a function": (
        """
        import os
        import tensorflow as tf
        def gpus():
            return tf.config.experimental.list_physical_devices("GPU")
        gpus()
        os.environ["TF_FORCE_GPU_ALLOW_GROWTH"] = "true"
        """,
        [7],
    ),
    "flags of XLA after jax has started": (
        """
        import os
        import jax, keras
        n = jax.device_count()
        os.environ["XLA_FLAGS"] = "--xla_force_host_platform_device_count=8"
        """,
        [5],
    ),
    "processes connected": (
        """
        import os, keras
        keras.distribution.initialize()
        os.environ["KERAS_DISTRIBUTION_PROCESS_ID"] = "1"
        """,
        [4],
    ),
}

SILENT = {
    "in time": """
        import os
        os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
        import tensorflow as tf
        """,
    "between the import and the first use": """
        import os
        import tensorflow as tf
        os.environ["CUDA_VISIBLE_DEVICES"] = "0"
        os.environ["TF_FORCE_GPU_ALLOW_GROWTH"] = "true"
        print(tf.config.list_physical_devices("GPU"))
        """,
    "nobody knows whether a model starts them": """
        import os
        from keras.models import Sequential
        model = Sequential()
        os.environ["CUDA_VISIBLE_DEVICES"] = "0"
        """,
    "keras runs on jax, so tensorflow is not imported": """
        import os
        os.environ["KERAS_BACKEND"] = "jax"
        import keras
        os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
        import tensorflow
        """,
    "keras may run on something else": """
        import os, sys
        os.environ["KERAS_BACKEND"] = sys.argv[1]
        import keras
        os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
        """,
    "jax is not known to be there": """
        import os, keras
        os.environ["JAX_PLATFORMS"] = "cpu"
        """,
    "for a child": """
        import os, subprocess
        import tensorflow as tf
        tf.config.list_physical_devices()
        os.environ["CUDA_VISIBLE_DEVICES"] = "1"
        subprocess.run(["python", "train.py"])
        """,
    "in the environment of a child": """
        import os, subprocess
        import tensorflow as tf
        env = os.environ.copy()
        env["TF_CPP_MIN_LOG_LEVEL"] = "3"
        subprocess.run(["python", "train.py"], env=env)
        subprocess.run(["python"], env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"})
        """,
    "a function that others call": """
        import os
        import tensorflow as tf
        def quiet():
            os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
        """,
    "for the time of a test": """
        import keras
        def test_home(monkeypatch):
            monkeypatch.setenv("KERAS_HOME", "/tmp/keras")
        """,
    "flags of XLA after the import": """
        import os
        import jax, keras
        os.environ["XLA_FLAGS"] = "--xla_force_host_platform_device_count=8"
        """,
    "a list of devices in a branch": """
        import os
        import tensorflow as tf
        if os.environ.get("VERBOSE"):
            print(tf.config.list_physical_devices())
        os.environ["CUDA_VISIBLE_DEVICES"] = "0"
        """,
    "the same value again": """
        import os
        os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
        import tensorflow as tf
        os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
        """,
    "put back": """
        import os
        before = os.environ.get("TF_CPP_MIN_LOG_LEVEL", "0")
        import tensorflow as tf
        os.environ["TF_CPP_MIN_LOG_LEVEL"] = before
        """,
}


@pytest.mark.parametrize("case", FIRE)
def test_too_late(case: str) -> None:
    program, expected = FIRE[case]
    assert lines("KER204", program) == expected


@pytest.mark.parametrize("case", SILENT)
def test_not_too_late(case: str) -> None:
    assert lines("KER204", SILENT[case]) == []


@pytest.mark.parametrize(
    ("variable", "keras", "expected"),
    [
        ("KERAS_HOME", "2.15.0", [2]),
        ("KERAS_HOME", "2.1.0", []),
        ("KERAS_MAX_EPOCHS", "3.10.0", [2]),
        ("KERAS_MAX_EPOCHS", "3.9.0", []),
        ("KERAS_NNX_ENABLED", "3.11.0", [2]),
        ("KERAS_NNX_ENABLED", "3.10.0", []),
        ("KERAS_TORCH_DEVICE", "3.14.0", []),
    ],
)
def test_depends_on_the_version(variable: str, keras: str, expected: list[int]) -> None:
    program = f'import os, keras\nos.environ["{variable}"] = "1"\n'
    assert lines("KER204", program, keras=keras, tensorflow=None) == expected


def test_a_file_that_says_nothing_of_keras() -> None:
    program = 'import os, jax\nos.environ["JAX_PLATFORMS"] = "cpu"\n'
    assert lines("KER204", program) == []
    assert lines("KER204", program + "import keras\n") == [2]


def test_the_message_says_who_read_it_and_what_follows() -> None:
    (found,) = findings("KER204", FIRE["the folder of keras after tensorflow"][0])
    assert found.message == (
        "`KERAS_HOME` is set after the import of `tensorflow`: "
        "Keras has chosen the folder of its settings and downloads"
    )
    assert found.severity == "warning"
    (place,) = found.related
    assert place.message == "tensorflow is imported here; it imports keras, which reads it"
    (found,) = findings("KER204", FIRE["devices listed, then hidden"][0])
    assert "after `tensorflow.config.list_physical_devices()`" in found.message
    assert "before anything starts the devices" in found.help
