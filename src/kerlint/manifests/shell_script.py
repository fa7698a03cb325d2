"""Shell scripts: what their `pip install`, `conda install` and the like install."""

from __future__ import annotations

from kerlint.manifests.drafts import Draft
from kerlint.manifests.installs import Installs
from kerlint.manifests.scripts import Script

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.manifests.model import Manifest


def read(path: str, text: str) -> Manifest:
    """The facts of a script. Which folder it is run in is not known."""
    draft = Draft(path, text, "shell")
    posix = not path.endswith((".zsh", ".csh", ".fish"))
    Installs(draft, strict=False, posix=posix).read(Script.of(text))
    return draft.manifest()
