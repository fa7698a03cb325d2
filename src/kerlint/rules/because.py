"""Which line of a manifest makes a finding one: code is right or wrong for the versions it meets.

Imported only when something was found and the target came from a manifest.
"""

from __future__ import annotations

from kerlint.diagnostics import Related
from kerlint.knowledge.releases import version_key
from kerlint.project.axes import OWN_KERAS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.diagnostics import Diagnostic
    from kerlint.project.targets import Target

_LIBRARIES = {"keras": "Keras", "tensorflow": "TensorFlow", "tf_keras": "tf-keras"}


def explain(found: Diagnostic, target: Target, oldest: bool = False) -> None:
    """Name the line in the sentence of the finding, and as a place that belongs to it.

    `oldest`  it is one for the oldest versions that the manifest admits, not for the newest
    """
    axis = _axis(found.qualified_name or "keras", target)
    reason = target.reason(axis) or target.reason("keras") or target.reason("tensorflow")
    if reason is None:
        return
    versions = target.floor.versions if oldest and target.floor is not None else target.newest
    brought = axis if getattr(versions, axis) else reason.axis
    if reason.place not in found.message:
        found.message += f" (with `{reason.text}` in {reason.place})"
    also = Related(
        reason.path,
        reason.span,
        f"this admits {_LIBRARIES[brought]} {getattr(versions, brought)}",
        reason.cell,
    )
    found.related = (*found.related, also)


def _axis(name: str, target: Target) -> str:
    """The library that decides about a name."""
    root = name.partition(".")[0]
    if root == "tf_keras":
        return "tf_keras"
    if f"{name}.".startswith("tensorflow.keras."):
        tensorflow = target.newest.tensorflow
        own = tensorflow is not None and version_key(tensorflow)[:2] < OWN_KERAS
        return "tensorflow" if own else "keras"
    return "tensorflow" if root == "tensorflow" else "keras"
