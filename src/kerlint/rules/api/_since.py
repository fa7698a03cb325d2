"""What comes later than the oldest versions admitted, and the words for it."""

from __future__ import annotations

from kerlint.knowledge.releases import version_key
from kerlint.rules.api._verdicts import TF_KERAS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.rules.base import Context

_LIBRARIES = {
    "keras": "Keras",
    "tensorflow": "TensorFlow",
    "tf-keras": "tf-keras",
    "tf_keras": "tf-keras",
}


class Newcomer:
    """One thing that the newest version admitted has and the oldest has not.

    `name`     what is missing; `owner` the callable where it is the argument `keyword`
    `axis`     the library that decides about it at the oldest versions
    `library`  the distribution whose release `release` brings it
    `order`    rises with the order of the findings in the file
    """

    __slots__ = (
        "axis",
        "first",
        "keyword",
        "last",
        "library",
        "name",
        "order",
        "owner",
        "release",
        "uses",
    )

    def __init__(
        self,
        name: str,
        owner: str,
        keyword: str,
        axis: str,
        library: str,
        release: str,
        first: object,
        last: object,
    ) -> None:
        self.name = name
        self.owner = owner
        self.keyword = keyword
        self.axis = axis
        self.library = library
        self.release = release
        self.first = first
        self.last = last
        self.order = 0
        self.uses = 0


def axis_of(name: str, context: Context) -> str:
    """The library that decides about a name at the oldest versions; a field of Versions."""
    assert context.target.floor is not None
    if name.startswith("tf_keras"):
        return "tf_keras"
    if f"{name}.".startswith(f"{TF_KERAS}."):
        if context.api.legacy:
            return "tf_keras"
        tensorflow = context.target.floor.versions.tensorflow
        if tensorflow is not None and version_key(tensorflow) >= (2, 16):
            return "keras"
        return "tensorflow"
    return "keras" if f"{name}.".startswith("keras.") else "tensorflow"


def library_of(name: str, context: Context) -> str:
    """That library at its oldest version, for people: `Keras 3.0.5`."""
    assert context.target.floor is not None
    axis = axis_of(name, context)
    return f"{_LIBRARIES[axis]} {getattr(context.target.floor.versions, axis)}"


def since(one: Newcomer) -> str:
    """The release that brings it: `Keras 3.9.0`."""
    return f"{_LIBRARIES[one.library]} {one.release}"


def cure(one: Newcomer, context: Context) -> str:
    """How to put it right."""
    assert context.target.floor is not None
    raised = f"require `{one.library}>={one.release}`"
    if one.library == "keras" and one.axis == "tensorflow":
        raised = f"require `tensorflow>=2.16` and `keras>={one.release}`"
    elif one.library == "keras" and one.axis == "keras":
        tensorflow = context.target.floor.versions.tensorflow
        if "tensorflow" in context.target.floor.axes and version_key(tensorflow or "0") < (2, 16):
            minor = ".".join(one.release.split(".")[:2])
            bound = "2.16" if version_key(one.release) >= (3,) else minor
            raised += f" and `tensorflow>={bound}`"
    guard = "test the version" if one.keyword else "test for it with `hasattr`"
    return f"{raised}, or {guard} before it is used"
