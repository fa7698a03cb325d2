"""`[tool.tox]`: what the environments of tox install."""

from __future__ import annotations

from kerlint.manifests import tox_toml
from kerlint.manifests.drafts import Draft

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.manifests.toml_page import Page


def read(page: Page) -> None:
    """Add everything to the page."""
    draft = Draft(page.path, page.text, "pyproject")
    tox_toml.add(draft, page.document, ("tool", "tox"))
    found = draft.manifest()
    page.requirements += found.requirements
    page.pythons += found.pythons
    page.includes += found.includes
    page.platforms.update(found.platforms)
    page.brings.update(found.brings)
    page.problems += found.problems
    page.unread += found.unread
