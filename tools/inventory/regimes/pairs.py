"""Which releases of other packages are read beside a release.

Bases of Keras' classes live in TensorFlow, so that a Keras release is read with the TensorFlow of
its time; TensorFlow 2.6 to 2.15 takes `tf.keras` from the Keras release of the same minor version.
A companion is named by a version prefix: the newest final release that begins with it is read.
"""

from __future__ import annotations

from packaging.version import Version


def minor(version: Version) -> str:
    return f"{version.major}.{version.minor}"


def tensorflow_beside(distribution: str, version: Version) -> str | None:
    """The TensorFlow that a Keras release is read with."""
    if distribution == "tf-keras" or Version("2.6") <= version < Version("3"):
        return minor(version)
    if version >= Version("3"):
        return "2.16" if version < Version("3.6") else "2.21"
    if version >= Version("2.4"):
        # The shim: it shows the names of whichever tf.keras is installed.
        return None
    return "1.15"


def keras_beside(version: Version) -> str | None:
    """The Keras release that is `tf.keras` of a TensorFlow release; None where it is another axis."""
    return minor(version) if Version("2.6") <= version < Version("2.16") else None


def keras_helpers(distribution: str, version: Version) -> list[tuple[str, str]]:
    """Packages that Keras 2.2 to 2.3 had moved some of its modules to."""
    if distribution != "keras" or not Version("2.2") <= version < Version("2.4"):
        return []
    if version < Version("2.2.3"):
        return [("keras-applications", "1.0.4"), ("keras-preprocessing", "1.0.2")]
    return [("keras-applications", "1.0.8"), ("keras-preprocessing", "1.1.2")]
