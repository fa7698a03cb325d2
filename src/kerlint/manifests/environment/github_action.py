"""The steps of a composite action (`action.yml`).

https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax
"""

from __future__ import annotations

from kerlint.manifests import yaml_nodes
from kerlint.manifests.environment.github_workflow import Reader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.manifests.places import Places
    from kerlint.manifests.settings import Found


def read(text: str, places: Places, found: Found) -> None:
    """Add what its steps set, or the container it runs in."""
    reader = Reader(places, found)
    for document in yaml_nodes.documents(text, places):
        reader.env(yaml_nodes.get(document, "runs", "env"))
        reader.steps(yaml_nodes.get(document, "runs", "steps"), {}, folder=_unknown(document))


def _unknown(document: object) -> object:
    """Commands run in the workflow's folder, which an action cannot know."""
    return yaml_nodes.get(document, "name")
