"""The releases of keras, tensorflow and tf-keras, and which of them go together.

The facts are in `data/releases.txt`, which `tools/inventory/pack.py` writes from the METADATA of
the published wheels: one line for every axis, then one line for every release that the others
depend on, e.g. `with tensorflow 2.21.0 keras>=3.12.0 keras 3.15.1`: what it asks of keras and the
newest release that fits.
"""

from __future__ import annotations

import os

from kerlint.project.targets import Versions

DISTRIBUTIONS = ("keras", "tensorflow", "tf-keras")
DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data")

_axes: dict[str, tuple[str, ...]] = {}
_asks: dict[tuple[str, str], str] = {}
_pairs: dict[tuple[str, str, str], str] = {}


def version_on(axis: str, versions: Versions) -> str | None:
    """The version of the distribution `axis`, one of DISTRIBUTIONS; None if it is not known."""
    version: str | None = getattr(versions, axis.replace("-", "_"))
    return version


def version_key(version: str) -> tuple[int, ...]:
    """A key that sorts versions as PEP 440 does, for the forms these packages use."""
    numbers: list[int] = []
    for part in version.partition("+")[0].split("."):
        digits = ""
        for character in part:
            if not character.isdigit():
                break
            digits += character
        rest = part[len(digits) :]
        if rest.startswith("post") or part.startswith("post"):
            break
        if digits:
            numbers.append(int(digits))
        if rest:
            # A pre-release (rc, a, b, dev) lies just below its release.
            while len(numbers) < 3:
                numbers.append(0)
            numbers.append(-1)
            break
    while len(numbers) < 4:
        numbers.append(0)
    return tuple(numbers)


def _load() -> None:
    with open(os.path.join(DATA, "releases.txt"), encoding="utf-8") as file:
        for line in file:
            word, *rest = line.split()
            if word == "axis":
                _axes[rest[0]] = tuple(rest[1:])
            elif word == "with":
                if rest[2] != "-":
                    _asks[rest[0], rest[1]] = rest[2]
                _pairs[rest[0], rest[1], rest[3]] = rest[4]


def known(distribution: str) -> tuple[str, ...]:
    """All releases of `distribution` that the data cover, ascending; () for another one."""
    if not _axes:
        _load()
    return _axes.get(distribution.replace("_", "-"), ())


def place(distribution: str, version: str) -> int:
    """The place on the axis of the newest known release not above `version`; -1 below all."""
    axis = known(distribution)
    try:
        return axis.index(version)
    except ValueError:
        pass
    key = version_key(version)
    found = -1
    for index, release in enumerate(axis):
        if version_key(release) > key:
            break
        found = index
    return found


def asks(distribution: str, version: str) -> str | None:
    """What a release asks of keras, e.g. `keras>=3.12.0` for tensorflow 2.21.0; None: nothing."""
    if not _axes:
        _load()
    return _asks.get((distribution, version))


def complete(versions: Versions) -> Versions:
    """Fill in what is not given with what a fresh install would bring along.

    Nothing given: the newest of all. Given versions are never changed.
    """
    if not _axes:
        _load()
    keras, tensorflow, tf_keras, python = versions
    if keras is None and tensorflow is None and tf_keras is not None:
        tensorflow = _partner("tf-keras", tf_keras, "tensorflow")
    if keras is None and tensorflow is None:
        tensorflow = known("tensorflow")[-1]
    if tensorflow is None and keras is not None:
        tensorflow = _partner("keras", keras, "tensorflow")
    if keras is None and tensorflow is not None:
        keras = _partner("tensorflow", tensorflow, "keras")
    if tf_keras is None and tensorflow is not None:
        tf_keras = _partner("tensorflow", tensorflow, "tf-keras")
    return Versions(keras, tensorflow, tf_keras, python)


def _partner(distribution: str, version: str, other: str) -> str | None:
    index = place(distribution, version)
    if index < 0:
        return None
    return _pairs.get((distribution, known(distribution)[index], other))
