"""What is tried for each row, and which rows cannot be tried."""

from __future__ import annotations

from tools.broken.trials import TF_2_15, TF_2_16, Trial

TF_2_21 = "keras-3.15.1+tensorflow-2.21.0+tf-keras-2.21.0"

_SUMMARY = """\
import tensorflow as tf
with tf.summary.create_file_writer("/nonexistent").as_default():
    tf.summary.scalar("loss", 0.0, step=0)
"""
_LEGACY = """\
import os
os.environ["TF_USE_LEGACY_KERAS"] = "1"
import tensorflow as tf
tf.keras.layers.Dense
"""
_REFUSES = """\
import subprocess, sys, tempfile
with tempfile.TemporaryDirectory() as folder:
    command = [sys.executable, "-m", "pip", "install", "--no-deps", "--target", folder, {!r}]
    done = subprocess.run(command, capture_output=True, text=True)
lines = [line.strip() for line in (done.stdout + done.stderr).splitlines()]
said = [line for line in lines if "removed" in line or "renamed" in line]
assert done.returncode
print((said or lines)[0])
"""
_REQUIRES = """\
from importlib import metadata
found = metadata.distribution({!r})
code = [str(one) for one in found.files if str(one).endswith(".py")]
print(sorted(found.requires or ()), len(code), "modules")
"""
_SHARED = """\
from importlib import metadata
files = [
    {{str(one) for one in metadata.files(name) if str(one).startswith({!r}) and "__pycache__" not in str(one)}}
    for name in {!r}
]
print(len(files[0] & files[1]), "files are of both")
"""
_RL = """\
from rl.agents.dqn import DQNAgent
"""
_IMAGES = """\
import keras, numpy
import keras_preprocessing.image
from keras.utils import image_dataset_from_directory, img_to_array, load_img, pad_sequences
print(keras_preprocessing.__version__, "runs, and Keras has load_img and pad_sequences")
"""
_APPLICATIONS = """\
import keras
from keras_applications.vgg16 import VGG16
parts = {name: getattr(keras, name) for name in ("backend", "layers", "models", "utils")}
VGG16(weights=None, **parts)
"""


def _files_of(first: str, second: str, folder: str) -> str:
    return _SHARED.format(f"{folder}/", (first, second))


TRIALS = (
    Trial("tensorboard: TensorBoard", TF_2_21, (), _SUMMARY),
    Trial("tf-keras: tf_keras", TF_2_16, (), "import tf_keras"),
    Trial("tf-keras: `TF_USE_LEGACY_KERAS`", TF_2_16, (), _LEGACY),
    Trial(
        "tf-keras: TensorFlow Probability",
        TF_2_16,
        ("tensorflow-probability==0.24.0", "decorator", "cloudpickle", "dm-tree==0.1.8"),
        "import tensorflow_probability as tfp\ntfp.distributions.Normal(0.0, 1.0)",
    ),
    Trial(
        "tf-keras: the TensorFlow side of transformers",
        TF_2_16,
        (
            *("transformers==4.46.3", "huggingface-hub==0.26.5", "tokenizers==0.20.3"),
            *("safetensors==0.4.5", "regex", "filelock", "fsspec", "pyyaml", "tqdm", "packaging"),
        ),
        "from transformers import TFBertModel",
    ),
    Trial("tensorflow-gpu", TF_2_15, (), _REFUSES.format("tensorflow-gpu==2.12.0")),
    Trial("tf-nightly-gpu", TF_2_15, (), _REFUSES.format("tf-nightly-gpu==2.12.0")),
    Trial("keras-nlp", TF_2_16, ("keras-nlp==0.18.1",), _REQUIRES.format("keras-nlp")),
    Trial("keras-applications", TF_2_16, ("keras-applications==1.0.8",), _APPLICATIONS),
    Trial("keras-preprocessing", TF_2_16, ("keras-preprocessing==1.1.2",), _IMAGES),
    Trial("keras-rl", TF_2_16, ("keras-rl==0.4.2",), _RL),
    Trial("keras-rl2", TF_2_16, ("keras-rl2==1.0.5",), _RL),
    Trial(
        "keras-core",
        TF_2_16,
        ("keras-core==0.1.7",),
        "import keras_core\nprint(keras_core.__version__, 'is the last, and Keras 3.0 followed')",
    ),
    Trial(
        "family tf_keras",
        TF_2_16,
        ("tf-keras", "tf-keras-nightly"),
        _files_of("tf-keras", "tf-keras-nightly", "tf_keras"),
    ),
    Trial(
        "family keras",
        TF_2_16,
        ("keras==3.0.5", "keras-nightly"),
        _files_of("keras", "keras-nightly", "keras"),
    ),
)

NOT_TRIED = {
    "keras-cv": "that its makers go on elsewhere is nothing that a program shows",
    "tensorflow-addons": "the row `addons-keras3` of tools/broken",
    "theano": "no Keras of today runs on it: the backends that Keras 3 has are in its code",
    "cntk": "it has wheels for Python 2.7 to 3.6 only",
    "plaidml-keras": "it needs a graphics card",
    "tensorflow-macos": "it has wheels for macOS only",
    "family tensorflow": "two wheels of 200 MB and more; the lists of files of tensorflow 2.21.0 "
    "and tensorflow-cpu 2.21.0 have 13006 names in common",
}
"""Why nothing is recorded of a row."""
