"""Which part of the data answers for which root, given the versions of the libraries.

The data are cut into files by *stored prefix*. A root as code spells it is *mounted* on a stored
prefix: `tensorflow.keras` is kept under its own name up to TensorFlow 2.15, is the
`keras._tf_keras.keras` of the installed Keras from TensorFlow 2.16 on, and is tf_keras if the
legacy switch is on.
"""

from __future__ import annotations

from kerlint.knowledge import releases
from kerlint.knowledge.store import Names, names_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.project.targets import Versions

STEMS = {
    "keras": ("keras", "keras"),
    "keras.api": ("keras-api", "keras"),
    "keras.src": ("keras-src", "keras"),
    "keras._tf_keras": ("keras-tf", "keras"),
    "tensorflow": ("tensorflow", "tensorflow"),
    "tensorflow.keras": ("tensorflow-keras", "tensorflow"),
    "tensorflow.compat": ("tensorflow-compat", "tensorflow"),
    "tensorflow.contrib": ("tensorflow-contrib", "tensorflow"),
    "tensorflow.python": ("tensorflow-python", "tensorflow"),
    "tf_keras": ("tf-keras", "tf-keras"),
    "tf_keras.api": ("tf-keras-api", "tf-keras"),
    "tf_keras.src": ("tf-keras-src", "tf-keras"),
}
"""Stored prefix: the stem of its file, and its axis."""

CALLABLES = {
    "keras": "keras",
    "keras-tf": "keras",
    "keras-api": "keras",
    "tensorflow": "tensorflow",
    "tensorflow-compat": "tensorflow",
    "tensorflow-contrib": "tensorflow",
    "tensorflow-keras": "tensorflow-keras",
    "tf-keras": "tf-keras",
    "tf-keras-api": "tf-keras",
}
"""The stem of a names file: the stem of the file with the parameters and members."""

SAME_AS = {
    "keras._tf_keras.keras": "keras",
    "keras.api": "keras",
    "tf_keras.api._v2.keras": "tf_keras",
    "tensorflow.compat.v2": "tensorflow",
}
"""Stored prefix: where a container is looked up that the callables file does not list."""

TF_KERAS_3 = (2, 16)
"""The first TensorFlow whose tf.keras is the installed Keras."""

HIDDEN = "3.3.0"
"""The Keras that keeps its view for TensorFlow where TensorFlow's path does not look for it."""

LEGACY = "tf_keras.api._v2.keras"
"""What tf.keras is with the legacy switch."""

LEGACY_SWITCH = (2, 15)
"""The first TensorFlow that heeds TF_USE_LEGACY_KERAS, and Keras 3 if it finds that installed."""


class Mount:
    """A spelled prefix, what answers for it, and how it is spelled there.

    `whole`: its modules are loaded all together as soon as it is used.
    `importable`: `import` statements find it, too.
    """

    __slots__ = ("_names", "axis", "importable", "index", "stem", "stored", "whole")

    def __init__(self, stored: str, stem: str, axis: str, index: int, whole: bool = False) -> None:
        self.whole = whole
        self.importable = True
        self.stored = stored
        self.stem = stem
        self.axis = axis
        self.index = index
        self._names: Names | None = None

    @property
    def names(self) -> Names | None:
        """The names at the release; None if the data have no such file."""
        if self._names is None:
            file = names_file(self.stem)
            if file is not None:
                self._names = Names(file, self.index)
        return self._names


def mounts(versions: Versions, legacy: bool) -> dict[str, Mount]:
    """Every spelled prefix whose version is known, with what answers for it."""
    version_of = {axis: releases.version_on(axis, versions) for axis in releases.DISTRIBUTIONS}
    index_of = {
        axis: releases.place(axis, version) if version is not None else -1
        for axis, version in version_of.items()
    }
    result = {}

    def mount(spelled: str, stored: str) -> None:
        """Mount `spelled` and all stored prefixes below `stored`."""
        for prefix, (stem, axis) in STEMS.items():
            inside = prefix == stored or prefix.startswith(stored + ".")
            if inside and index_of[axis] >= 0:
                name = spelled + prefix[len(stored) :]
                result[name] = Mount(prefix, stem, axis, index_of[axis])
        if stored not in STEMS:
            stem, axis = _holder(stored)
            if index_of[axis] >= 0:
                whole = stored.startswith("tf_keras.api.")
                result[spelled] = Mount(stored, stem, axis, index_of[axis], whole)

    mount("keras", "keras")
    mount("tensorflow", "tensorflow")
    mount("tf_keras", "tf_keras")
    if index_of["tensorflow"] >= 0:
        # Every version's view of the API holds all the views again, without end.
        for view in ("tensorflow.compat.v1", "tensorflow.compat.v2"):
            for again in ("v1", "v2"):
                stored = f"tensorflow.compat.{again}"
                mount(f"{view}.compat.{again}", stored)
    if versions.tensorflow is not None:
        release = releases.version_key(versions.tensorflow)
        if legacy and release >= LEGACY_SWITCH:
            stored = LEGACY
        elif release >= TF_KERAS_3 or (
            release >= LEGACY_SWITCH and (versions.keras or "").startswith("3.")
        ):
            stored = "keras._tf_keras.keras"
        else:
            return result
        del result["tensorflow.keras"]
        mount("tensorflow.keras", stored)
        if stored != LEGACY and versions.keras == HIDDEN and "tensorflow.keras" in result:
            result["tensorflow.keras"].importable = False
        if stored == LEGACY:
            mount("tensorflow.compat.v1.keras", "tf_keras.api._v1.keras")
            mount("tensorflow.compat.v2.keras", LEGACY)
    return result


def _holder(stored: str) -> tuple[str, str]:
    """The file and the axis of the longest stored prefix that holds `stored`."""
    prefix = stored
    while prefix and prefix not in STEMS:
        prefix = prefix.rpartition(".")[0]
    return STEMS[prefix]


def free_mount(stored: str) -> Mount:
    """A mount of no release: for what is asked about all of them."""
    stem, axis = _holder(stored)
    return Mount(stored, stem, axis, -1)


def same_container(container: str) -> str:
    """Where a container is looked up that the callables file does not list."""
    for prefix, other in SAME_AS.items():
        if container == prefix or container.startswith(prefix + "."):
            return other + container[len(prefix) :]
    return container
