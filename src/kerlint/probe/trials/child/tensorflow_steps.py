"""TensorFlow: its devices, a product, a convolution and a compiled function."""

from __future__ import annotations

from . import numbers
from .finding import imported

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .recorder import Recorder


def run(record: Recorder, gpu: bool) -> None:
    tf = imported("tensorflow", record)
    with record.step("devices") as outcome:
        if tf.__version__.startswith("1."):
            tf.compat.v1.enable_eager_execution()
        devices = getattr(tf.config, "list_physical_devices", None)
        devices = devices or tf.config.experimental.list_physical_devices
        names = [one.name.split("device:")[-1] for one in devices()]
        outcome.value = " ".join(names)
        record.write(devices=names)
    with record.step("computed") as outcome:
        found = tf.matmul(tf.constant(numbers.LEFT), tf.constant(numbers.RIGHT))
        numbers.compare("a product of 8x8 matrices", found.numpy().tolist(), numbers.PRODUCT)
        outcome.value = found.device.split("device:")[-1]
        record.write(device_of_result=outcome.value)
    if gpu:
        with record.step("convolved") as outcome:
            image = tf.reshape(tf.constant(numbers.IMAGE), (1, 4, 4, 1))
            found = tf.nn.conv2d(image, tf.ones((2, 2, 1, 1)), strides=1, padding="VALID")
            numbers.compare("a convolution", found.numpy().tolist(), numbers.CONVOLVED)
            outcome.value = found.device.split("device:")[-1]
        with record.step("compiled") as outcome:
            compiled = tf.function(lambda x: tf.reduce_sum(x * x + 1.0), jit_compile=True)
            found = compiled(tf.constant(numbers.LEFT))
            numbers.compare("a compiled function", float(found.numpy()), numbers.SQUARES)
            outcome.value = found.device.split("device:")[-1]
    # Which Keras answers to this name: the one that TensorFlow was made for, or another?
    with record.step("tf.keras", optional=True) as outcome:
        layer = tf.keras.layers.Dense
        outcome.value = f"{layer.__module__} {_version(tf.keras)}".strip()


def _version(keras: object) -> str:
    version = getattr(keras, "__version__", "")
    return version if isinstance(version, str) else ""
