"""The oldest versions that the requirements really allow for: a lower bound that somebody wrote.

`keras`, `keras<3` or `keras!=3.1` name no lower bound. They admit Keras 1.0 on paper, and nobody
who installs today gets it, so such a library counts with its newest release. Versions that cannot
be installed together are not admitted either: `keras>=3.0` beside `tensorflow>=2.12` never meets
TensorFlow 2.12, since that asks for Keras 2.12.
"""

from __future__ import annotations

from kerlint.knowledge.releases import asks, complete, known, version_key
from kerlint.project.specifiers import admits
from kerlint.project.targets import Floor, Versions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DISTRIBUTIONS = {"keras": "keras", "tensorflow": "tensorflow", "tf_keras": "tf-keras"}

LAST_PYTHON = (
    ((1, 13), (3, 7)),
    ((2, 2), (3, 8)),
    ((2, 5), (3, 9)),
    ((2, 8), (3, 10)),
    ((2, 12), (3, 11)),
    ((2, 16), (3, 12)),
    ((2, 20), (3, 13)),
)
"""From which TensorFlow on the wheels go up to which Python; there are no source distributions.

Source: the files of each release, e.g. https://www.tensorflow.org/install/source#cpu
"""

OWN_KERAS = (2, 16)
"""From this TensorFlow on the newest Keras goes with it, before it one Keras each."""


def floor_of(admitted: Mapping[str, Sequence[str]], newest: Versions) -> Floor | None:
    """The oldest versions that go together; None if no requirement sets a lower bound.

    `admitted`  releases of each library that something requires, oldest first; () for any
    """
    bounded = {axis for axis in DISTRIBUTIONS if _is_bounded(axis, admitted.get(axis, ()))}
    if not bounded:
        return None
    keras, tensorflow = _oldest_pair(admitted, newest, bounded)
    tf_keras = admitted["tf_keras"][0] if "tf_keras" in bounded else None
    versions = complete(Versions(keras, tensorflow, tf_keras, None))
    if "tensorflow" in bounded and tensorflow is not None:
        if version_key(tensorflow)[:2] < OWN_KERAS:
            bounded.add("keras")  # it comes with TensorFlow and can be no other
        elif "keras" not in bounded:
            versions = versions._replace(keras=newest.keras)
    same = all(
        getattr(versions, axis) == getattr(newest, axis)
        for axis in bounded  # what nobody bounds is not judged
    )
    return None if same else Floor(versions, frozenset(bounded))


def _is_bounded(axis: str, releases: Sequence[str]) -> bool:
    return bool(releases) and releases[0] != known(DISTRIBUTIONS[axis])[0]


def _has_wheels(tensorflow: str, python: str) -> bool:
    """Whether a TensorFlow can be installed on the oldest Python that the project admits."""
    if not python:
        return True
    last = [end for first, end in LAST_PYTHON if version_key(tensorflow)[:2] >= first]
    unknown = not last or version_key(tensorflow)[:2] > (2, 21)
    return unknown or version_key(python)[:2] <= last[-1]


def _oldest_pair(
    admitted: Mapping[str, Sequence[str]], newest: Versions, bounded: set[str]
) -> tuple[str | None, str | None]:
    """The oldest TensorFlow for which an admitted Keras fits, and the oldest such Keras.

    Without a lower bound on Keras it is the newest that fits: what is installed along.
    """
    kerases: Sequence[str] = admitted.get("keras", ())
    if "tensorflow" not in bounded:
        return (kerases[0] if "keras" in bounded else None), None
    python = (admitted.get("python") or ("",))[0]
    for tensorflow in admitted["tensorflow"]:
        if not _has_wheels(tensorflow, python):
            continue
        asked = asks("tensorflow", tensorflow)
        fitting = [
            keras
            for keras in kerases
            if asked is None or admits(asked.removeprefix("keras"), keras)
        ]
        if fitting:
            return fitting[0 if "keras" in bounded else -1], tensorflow
        if not kerases:
            return None, tensorflow
    return newest.keras, newest.tensorflow
