"""What the steps of a composite action (`action.yml`) install.

https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax
"""

from __future__ import annotations

from kerlint.manifests import yaml_nodes
from kerlint.manifests.drafts import Draft
from kerlint.manifests.github_steps import Steps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.manifests.model import Manifest


def read(path: str, text: str) -> Manifest:
    """The facts of an action. Its inputs are not known. Raises Malformed."""
    draft = Draft(path, text, "github-action")
    for document in yaml_nodes.documents(text, draft.places):
        steps = Steps(draft, "action", {}, lambda _: None)
        steps.read(yaml_nodes.get(document, "runs", "steps"))
    return draft.manifest()
