"""Does a requirement take packages from elsewhere than the public index?"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.manifests.model import Manifest, Requirement


def from_elsewhere(one: Requirement, manifest: Manifest) -> bool:
    """Whether another index may have releases that the public one does not have."""
    if one.source != "index" or "other-index" in one.options:
        return True
    # The channels of conda are no indexes of pip.
    return bool(manifest.indexes) and not manifest.format.startswith("conda")
