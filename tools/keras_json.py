"""What the installed Keras makes of a keras.json: run by a Python that has keras.

    python tools/keras_json.py >> tests/knowledge/keras-json.tsv

Writes one line for each sample: the version of Keras, the text of the file as a JSON string, and
what came of `import keras` with it: the values in force afterwards, or the exception.
"""

import json
import os
import subprocess
import sys
import tempfile

SAMPLES = (
    "{}",
    '{"backend": "tensorflow"}',
    '{"backend": "theano"}',
    '{"backend": "cntk"}',
    '{"backend": "pytorch"}',
    '{"backend": "TensorFlow"}',
    '{"backend": "openvino"}',
    '{"backend": ""}',
    '{"backend": null}',
    '{"image_data_format": "channels_first"}',
    '{"image_data_format": "th"}',
    '{"image_data_format": "tf"}',
    '{"image_data_format": ""}',
    '{"image_dim_ordering": "th"}',
    '{"image_dim_ordering": "tf"}',
    '{"image_dim_ordering": "channels_last"}',
    '{"floatx": "float16"}',
    '{"floatx": "float64"}',
    '{"floatx": "bfloat16"}',
    '{"floatx": "mixed_float16"}',
    '{"floatx": "float"}',
    '{"epsilon": 1e-8}',
    '{"epsilon": "1e-7"}',
    '{"epsilon": 1}',
    '{"epsilon": 0.0}',
    '{"epsilon": null}',
    '{"learning_rate": 1}',
    '{"backend": "theano",}',
    "{'backend': 'theano'}",
    '{"backend": "theano"} // mine',
    "",
    "[]",
    '"theano"',
    '\ufeff{"backend": "theano"}',
    '{"backend": "theano", "backend": "tensorflow"}',
    '{"floatx": "mixed_float16", "backend": "theano"}',
)

INSIDE = """
import json, sys
try:
    import keras
    backend = keras.backend
    order = getattr(backend, "image_data_format", None) or backend.image_dim_ordering
    said = dict(
        backend=backend.backend(),
        image_data_format=order(),
        floatx=backend.floatx(),
        epsilon=float(backend.epsilon()),
    )
except BaseException as error:
    said = type(error).__name__ + ": " + str(error).splitlines()[0] if str(error) else repr(error)
print("\\n" + json.dumps(said))
"""


def main() -> None:
    """Print a line for every sample."""
    try:
        from importlib import metadata

        version = metadata.version("keras")
    except ImportError:  # Python 3.7 and earlier, for old releases of Keras
        version = __import__("pkg_resources").get_distribution("keras").version
    for text in SAMPLES:
        with tempfile.TemporaryDirectory() as home:
            with open(os.path.join(home, "keras.json"), "w", encoding="utf-8") as out:
                out.write(text)
            environment = {
                name: value for name, value in os.environ.items() if name != "KERAS_BACKEND"
            }
            environment.update(KERAS_HOME=home, HOME=home, TF_CPP_MIN_LOG_LEVEL="3")
            if version < "2":  # reads its file below HOME only
                os.makedirs(os.path.join(home, ".keras"))
                os.replace(
                    os.path.join(home, "keras.json"), os.path.join(home, ".keras", "keras.json")
                )
            done = subprocess.run(
                [sys.executable, "-c", INSIDE],
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                universal_newlines=True,  # noqa: UP021
            )
        said = done.stdout.strip().splitlines()
        print(version, json.dumps(text), said[-1] if said else "null", sep="\t", flush=True)


if __name__ == "__main__":
    main()
