"""What happens where objects of two Keras libraries meet: the record of `tools/meetings`."""

from __future__ import annotations

from kerlint.knowledge.keras_objects import HUB_LAYER, maker_library
from kerlint.knowledge.libraries import library_of
from kerlint.knowledge.releases import version_key
from kerlint.project.targets import Versions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple

    class Meeting(NamedTuple):
        """One line of the record; `first` and `second` are libraries, see `libraries`."""

        stack: str
        first: str
        second: str
        place: str
        outcome: str
        message: str
        spelled_first: str
        spelled_second: str

else:
    from collections import namedtuple

    Meeting = namedtuple(
        "Meeting", "stack first second place outcome message spelled_first spelled_second"
    )

ROOTS = {
    "keras": "keras",
    "tf.keras": "tensorflow.keras",
    "tf_keras": "tf_keras",
    "private": "tensorflow.python.keras",
}
"""How the record spells a library, and the full name of its root."""

GUEST = "hub"
"""How it spells `hub.KerasLayer`, which is of a library, and is none."""

FAULTS = ("raises", "silent")

_record: list[Meeting] = []
_by_place: dict[tuple[str, str, str], list[Meeting]] = {}


def versions_of(stack: str) -> tuple[Versions, bool]:
    """The versions that a stack spells, and whether the legacy switch is on."""
    parts = stack.replace("tensorflow-hub", "hub").split("+")
    found = dict(part.rsplit("-", 1) for part in parts if part != "legacy")
    versions = Versions(found["keras"], found["tensorflow"], found.get("tf-keras"), None)
    return versions, "legacy" in parts


def record() -> list[Meeting]:
    """All lines on the libraries themselves."""
    return [line for line in whole_record() if line.spelled_second != GUEST]


def whole_record() -> list[Meeting]:
    """All lines, with the libraries that the spellings mean in their stacks."""
    if not _record:
        from importlib.resources import files

        text = (files("kerlint.knowledge") / "data" / "meetings.tsv").read_text(encoding="utf-8")
        for line in text.splitlines():
            if line and not line.startswith("#"):
                stack, first, second, place, outcome, message = line.split("\t")
                versions, legacy = versions_of(stack)
                one = library_of(ROOTS[first], versions, legacy) or ""
                other = maker_library(ROOTS.get(second, HUB_LAYER), versions, legacy) or ""
                _record.append(Meeting(stack, one, other, place, outcome, message, first, second))
    return _record


def meeting(place: str, first: str, second: str, versions: Versions) -> Meeting | None:
    """What was seen when library `first` got an object of `second` at `place`.

    The line of the nearest TensorFlow that was tried; None if nobody tried, or if what was seen
    with the releases below and above differs, so that nobody knows of those between.
    """
    if not _by_place:
        for line in record():
            _by_place.setdefault((line.place, line.first, line.second), []).append(line)
    tried = [
        (version_key(versions_of(line.stack)[0].tensorflow or ""), line)
        for line in _by_place.get((place, first, second), ())
        if line.outcome != "absent"
    ]
    if not tried:
        return None
    tried.sort(key=lambda pair: pair[0])
    if versions.tensorflow is None:
        return tried[-1][1]
    wanted = version_key(versions.tensorflow)
    below = [line for key, line in tried if key <= wanted]
    above = [line for key, line in tried if key >= wanted]
    if not below or not above:
        return below[-1] if below else above[0]
    faulty = {line.outcome in FAULTS for line in (below[-1], above[0])}
    return below[-1] if len(faulty) == 1 else None
