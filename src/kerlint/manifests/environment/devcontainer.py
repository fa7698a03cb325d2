"""`containerEnv` and `remoteEnv` of a development container.

https://containers.dev/implementors/json_reference/
"""

from __future__ import annotations

from kerlint.manifests import json_places
from kerlint.manifests.environment.vscode import sets_variables, variables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.manifests.places import Places
    from kerlint.manifests.settings import Found


def read(text: str, places: Places, found: Found) -> None:
    """Add the variables of the container, and of the editor's terminal in it."""
    for key, value in json_places.parse(text).walk():
        if key.value in ("containerEnv", "remoteEnv") or sets_variables(str(key.value)):
            variables(value, places, found)
