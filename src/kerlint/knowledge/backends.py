"""The backends that each Keras has, and what a value of the two switches stands for.

`KERAS_BACKEND` (in code, shells, containers, CI) and `"backend"` of `keras.json` choose the
backend; `TF_USE_LEGACY_KERAS` chooses which library `tf.keras` is. Which names count was read from
the published packages of every release, and seen by running 2.3.1, 3.6.0 and 3.15.1: Keras compares
letter by letter, an empty value counts as none.

- [Keras 3](https://github.com/keras-team/keras/blob/v3.15.1/keras/src/backend/__init__.py)
- [Keras 1 to 2.4](https://github.com/keras-team/keras/blob/2.3.1/keras/backend/load_backend.py)
- [the legacy switch](https://github.com/tensorflow/tensorflow/blob/v2.21.0/tensorflow/python/util/lazy_loader.py)
"""

from __future__ import annotations

from kerlint.knowledge.releases import version_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.project.targets import Versions

BACKENDS: tuple[tuple[str, str, str], ...] = (
    ("tensorflow", "1", ""),
    ("theano", "1", "2.4"),
    ("cntk", "2.0.5", "2.4"),
    ("jax", "3", ""),
    ("torch", "3", ""),
    ("numpy", "3", ""),
    ("openvino", "3.8", ""),
)
"""Backend, the first release of keras that has it, the first that has it no more ("": all do)."""

DEFAULT_BACKEND = "tensorflow"
"""What Keras 2 and 3 choose where neither `KERAS_BACKEND` nor `keras.json` says anything."""

_EXTERNAL = ("2.2", "2.4")
"""From the first to before the second, Keras imports a module of any other name as its backend."""

_MEANT = {
    "tf": "tensorflow",
    "tf2": "tensorflow",
    "tensorflow2": "tensorflow",
    "tensorflow-cpu": "tensorflow",
    "tensorflow-gpu": "tensorflow",
    "tf.keras": "tensorflow",
    "pytorch": "torch",
    "pt": "torch",
    "torch2": "torch",
    "jnp": "jax",
    "flax": "jax",
    "jaxlib": "jax",
    "np": "numpy",
}
"""Other names under which people know a backend, in small letters."""

LEGACY_VALUES = frozenset({"1", "true", "True"})
"""The values of the legacy switch that turn it on; no other one does."""

_OFF = frozenset({"", "0", "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF", "n"})
"""Values that say no, and are taken so: whatever does not turn it on leaves it off."""


class Verdict:
    """What a value of `KERAS_BACKEND` does.

    `kind`     `known`: Keras has that backend; `unset`: as good as no value; `unknown`: importing
               keras fails with it; `external`: it may be a module that Keras takes for a backend;
               `unread`: this Keras looks at no value; `silent`: the version is not known
    `nearest`  for `unknown`: the backend that may have been meant, or None
    `choices`  the backends that this Keras has
    `ended`    for `unknown`: the release of keras that dropped the backend of that name, or ""
    `begins`   for `unknown`: the release of keras that brought the backend of that name, or ""
    """

    __slots__ = ("begins", "choices", "ended", "kind", "nearest")

    def __init__(
        self,
        kind: str,
        nearest: str | None = None,
        choices: tuple[str, ...] = (),
        ended: str = "",
        begins: str = "",
    ) -> None:
        self.kind = kind
        self.nearest = nearest
        self.choices = choices
        self.ended = ended
        self.begins = begins

    def __repr__(self) -> str:
        return f"<Verdict {self.kind} {self.nearest or ''}>"


def backends(keras: str) -> tuple[str, ...]:
    """The names of the backends of that release of keras."""
    key = version_key(keras)
    if version_key("2.4") <= key < version_key("3"):
        return ("tensorflow",)
    return tuple(
        name
        for name, first, end in BACKENDS
        if version_key(first) <= key and (not end or key < version_key(end))
    )


def judge_backend(value: str, versions: Versions) -> Verdict:
    """What `KERAS_BACKEND=value` does at these versions."""
    keras = versions.keras
    if keras is None:
        return Verdict("silent")
    choices = backends(keras)
    key = version_key(keras)
    if version_key("2.4") <= key < version_key("3"):
        return Verdict("unread", choices=choices)
    if not value:
        return Verdict("unset", choices=choices)
    if value in choices:
        return Verdict("known", choices=choices)
    row = next((row for row in BACKENDS if row[0] == value), None)
    external = version_key(_EXTERNAL[0]) <= key < version_key(_EXTERNAL[1])
    if external and row is None and nearest(value, choices) is None:
        return Verdict("external", choices=choices)
    ended = row[2] if row and row[2] and key >= version_key(row[2]) else ""
    begins = row[1] if row and key < version_key(row[1]) else ""
    return Verdict("unknown", nearest(value, choices), choices, ended, begins)


def nearest(value: str, choices: tuple[str, ...]) -> str | None:
    """The backend that `value` may have meant, or None."""
    plain = value.strip().strip("'\"").strip().lower()
    if plain in choices:
        return plain
    meant = _MEANT.get(plain)
    if meant is not None:
        return meant if meant in choices else None
    from kerlint.knowledge.spelling import closest

    return closest(plain, choices)


def judge_switch(value: str) -> str:
    """What `TF_USE_LEGACY_KERAS=value` does: `on`, `off`, or `ignored`.

    `ignored` is off, though the value does not say no: `TRUE`, `yes`, `2`. To be on it would have
    to be `1`.
    """
    if value in LEGACY_VALUES:
        return "on"
    return "off" if value.strip() in _OFF else "ignored"
