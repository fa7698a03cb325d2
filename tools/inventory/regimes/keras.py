"""Keras' own releases, 1.0 to 3.x, and tf-keras."""

from __future__ import annotations

from packaging.version import Version

from ..layout import Layout
from .pairs import keras_helpers, tensorflow_beside


def layout(distribution: str, version: Version) -> Layout:
    """How a release of `keras` or `tf-keras` is read."""
    top = distribution.replace("-", "_")
    tensorflow = tensorflow_beside(distribution, version)
    companions = [("tensorflow", tensorflow)] if tensorflow else []
    companions += keras_helpers(distribution, version)
    if version >= Version("3"):
        companions.append(("torch", "2"))
    folders: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
        "tensorflow": ((), ("tensorflow/_api/v2",)),
    }
    if distribution == "keras" and Version("3.3") <= version < Version("3.10"):
        # The package adds its own `api` folder to its path.
        folders["keras"] = ((), ("keras/api",))
    return Layout(
        distribution=distribution,
        version=str(version),
        top=top,
        companions=tuple(companions),
        folders=folders,
        lazy=frozenset({"tensorflow", "tensorboard"}),
        opaque=frozenset({"tensorflow.contrib"} if version < Version("2.4") else ()),
        renamed={"tensorflow_core": "tensorflow"},
        partial=frozenset({"torch"}),
        known={"torch.nn.Module": "torch.nn.modules.module.Module"},
        backend="tensorflow" if distribution == "tf-keras" or version < Version("3") else None,
        roots=(top,),
    )
