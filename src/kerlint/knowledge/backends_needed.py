"""Which distributions bring a backend to Keras 3, and which Keras it is that needs one.

Keras 3 requires no backend in its metadata: whoever installs it chooses.
https://keras.io/getting_started/#installing-keras-3
"""

from __future__ import annotations

BRINGS: dict[str, str] = {
    "tensorflow": "tensorflow",
    "tensorflow-cpu": "tensorflow",
    "tensorflow-gpu": "tensorflow",
    "tensorflow-intel": "tensorflow",
    "tensorflow-macos": "tensorflow",
    "tensorflow-cpu-aws": "tensorflow",
    "tensorflow-rocm": "tensorflow",
    "intel-tensorflow": "tensorflow",
    "tf-nightly": "tensorflow",
    "tf-nightly-cpu": "tensorflow",
    "tf-nightly-gpu": "tensorflow",
    "jax": "jax",
    "jax-cuda12-plugin": "jax",
    "jaxlib": "jax",
    "torch": "torch",
    "pytorch": "torch",
    "pytorch-cpu": "torch",
    "pytorch-gpu": "torch",
    "openvino": "openvino",
}
"""Backend by distribution, of the package index or of conda."""

DISTRIBUTION = {"tensorflow": "tensorflow", "jax": "jax", "torch": "torch", "openvino": "openvino"}
"""What to ask for to get a backend. `numpy` needs nothing: Keras brings it."""
