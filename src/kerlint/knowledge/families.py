"""Distributions that own the same import folder: installed together, one overwrites the other.

pip does not notice: the files of whichever is installed last win, and removing one removes files
of the other. Which distributions write into which folder was read from their published wheels.
"""

from __future__ import annotations


class Family:
    """Distributions that write the same folder.

    `folder`    what is imported
    `members`   normalised names of the distributions; the first is the one to keep if in doubt
    `source`    where it can be seen
    """

    __slots__ = ("folder", "members", "source")

    def __init__(self, folder: str, members: tuple[str, ...], source: str) -> None:
        self.folder = folder
        self.members = members
        self.source = source


FAMILIES = (
    # tensorflow-intel, tensorflow-macos and tensorflow-cpu-aws are not here: on their platforms
    # the wheel of `tensorflow` (2.10 to 2.18) is empty and requires them.
    Family(
        "tensorflow",
        (
            *("tensorflow", "tensorflow-cpu", "tensorflow-gpu"),
            *("tf-nightly", "tf-nightly-cpu", "tf-nightly-gpu"),
            *("intel-tensorflow", "tensorflow-rocm"),
        ),
        "https://github.com/tensorflow/tensorflow/issues/20499",
    ),
    Family(
        "keras",
        ("keras", "keras-nightly"),
        "https://github.com/keras-team/keras/issues/19875",
    ),
    Family(
        "tf_keras",
        ("tf-keras", "tf-keras-nightly"),
        "https://github.com/keras-team/tf-keras/blob/master/pip_build.py",
    ),
)

_by_name: dict[str, Family] = {}


def family_of(name: str) -> Family | None:
    """The family of the distribution with that normalised name, or None."""
    if not _by_name:
        _by_name.update((member, family) for family in FAMILIES for member in family.members)
    return _by_name.get(name)


TENSORFLOWS = FAMILIES[0].members
"""Every distribution that brings `tensorflow` to some platform, but for those of one platform."""

ALL_TENSORFLOWS = frozenset(
    (*TENSORFLOWS, "tensorflow-intel", "tensorflow-macos", "tensorflow-cpu-aws")
)
"""The same with those of one platform."""
