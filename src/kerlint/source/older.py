"""The gate of rules on the oldest versions: whether something is missing there."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.source.gates import Gate


def lacks(gate: Gate | None, data: bytes) -> bool:
    """Whether a name, an argument or a member may be missing at the versions of `gate`."""
    if gate is None:
        return False
    from kerlint.source.text_index import TextIndex

    index = TextIndex(data, gate)
    return gate._missing(data, index) or gate._members(data, index) or gate._arguments(data, index)
