"""The libraries that versions are looked for, and the distributions that bring each."""

from __future__ import annotations

AXES = {
    "keras": "keras",
    "keras-nightly": "keras",
    "tensorflow": "tensorflow",
    "tensorflow-cpu": "tensorflow",
    "tensorflow-gpu": "tensorflow",
    "tensorflow-intel": "tensorflow",
    "tensorflow-macos": "tensorflow",
    "tensorflow-rocm": "tensorflow",
    "tensorflow-cpu-aws": "tensorflow",
    "intel-tensorflow": "tensorflow",
    "tf-nightly": "tensorflow",
    "tf-nightly-cpu": "tensorflow",
    "tf-nightly-gpu": "tensorflow",
    "tf-keras": "tf_keras",
    "tf-keras-nightly": "tf_keras",
}
"""Which library (a field of `Versions`) a distribution brings."""

ORDER = ("tensorflow", "keras", "tf_keras")
"""In which people are told."""

RELEASES = {"keras": "keras", "tensorflow": "tensorflow", "tf_keras": "tf-keras"}
"""The distribution whose releases stand for those of a library."""

OWN_KERAS = (2, 16)
"""From this TensorFlow on the newest Keras goes with it, before it one Keras each."""
