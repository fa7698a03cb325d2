"""`variables:` of a conda environment file.

https://docs.conda.io/projects/conda/en/stable/user-guide/tasks/manage-environments.html
"""

from __future__ import annotations

from kerlint.manifests import yaml_nodes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.manifests.places import Places
    from kerlint.manifests.settings import Found


def read(text: str, places: Places, found: Found) -> None:
    """Add the variables, if the file is one of conda's at all."""
    for document in yaml_nodes.documents(text, places):
        if yaml_nodes.get(document, "dependencies") is None:
            continue
        for name, key, value in yaml_nodes.items(yaml_nodes.get(document, "variables")):
            given = yaml_nodes.scalar(value)
            if given is None:
                continue
            unknown = "$" in given or "%" in given or yaml_nodes.is_bool(value)
            span = yaml_nodes.span_of(value if given else key, places)
            found.add(name, None if unknown else given, span)
