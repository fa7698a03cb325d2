"""May something whose own requirements are not known hold another distribution back?"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

    from kerlint.knowledge.index import Index
    from kerlint.manifests.installations import Installation
    from kerlint.manifests.model import Requirement

_OF_TENSORFLOW = ("tensorflow", "tf-", "tf2", "tfx", "keras")
"""How distributions begin that are made for one TensorFlow, and then say which."""


def may_be_held_back(
    name: str, row: Collection[str], installation: Installation, index: Index
) -> bool:
    """Whether a fresh install need not get the newest release of `name` that is known to fit.

    `row`  distributions of which is known what they do not require
    """
    if not installation.complete:
        return True
    return any(
        one.name not in row and one.name != name and _may_bound(name, one, index)
        for one in installation.requirements
    )


def _may_bound(name: str, one: Requirement, index: Index) -> bool:
    from kerlint.knowledge.bystanders import BYSTANDERS
    from kerlint.knowledge.companions import INNOCENT
    from kerlint.rules.manifests._breaking import is_image
    from kerlint.rules.manifests._places import bounded_above

    if one.ecosystem == "conda":
        return one.name not in ("python", "pip")  # conda may have brought any of it before
    if one.source != "index":
        return not is_image(one)
    package = index.package(one.name)
    if (package is not None and not package.synthetic) or one.name in BYSTANDERS:
        return False
    if bounded_above(one.specifier):
        return True
    # The newest releases of what is maintained take the newest of what they require.
    if one.name in INNOCENT:
        return False
    leads = name in ("tensorflow", "tf-keras") or name.startswith("keras")
    return one.name.startswith(_OF_TENSORFLOW) if leads else True
