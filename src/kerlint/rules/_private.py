"""Which names are private, and whose own they are.

One fault, one finding: KER103 speaks of every reference to a private part of Keras, and the rules
on names leave those alone.
"""

from __future__ import annotations

KERAS_ROOTS = (
    "keras._tf_keras",
    "keras.api",
    "keras.src",
    "tensorflow.python.keras",
    "tensorflow_core",
    "tf_keras.api",
    "tf_keras.src",
)
"""Private roots of Keras, under any library: what KER103 finds."""

_PREFIXES = tuple(f"{root}." for root in (*KERAS_ROOTS, "tensorflow.core", "tensorflow.python"))

_OWN_FOLDERS = (
    "keras/_tf_keras/",
    "keras/api/",
    "keras/src/",
    "tensorflow/python/",
    "tensorflow_core/",
    "tf_keras/api/",
    "tf_keras/src/",
)


def is_private(name: str) -> bool:
    """Whether the name lies under a private root of keras, tf_keras or tensorflow."""
    return f"{name}.".startswith(_PREFIXES)


def private_root(name: str) -> str | None:
    """The private root of Keras that the name lies under, or None."""
    dotted = f"{name}."
    for root in KERAS_ROOTS:
        if dotted.startswith(f"{root}."):
            return root
    return None


def is_own_source(path: str) -> bool:
    """Whether the file at `path` is part of keras, tf_keras or tensorflow themselves.

    Their own private folders tell: `keras/src/...` may import `keras.src`. A folder that is
    merely called `keras` is not enough, projects have such folders.
    """
    parts = f"/{path}".replace("\\", "/")
    return any(f"/{folder}" in parts for folder in _OWN_FOLDERS)
