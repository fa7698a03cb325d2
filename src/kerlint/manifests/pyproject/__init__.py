"""pyproject.toml: what the project, its build and the tables of the tools ask for.

https://packaging.python.org/en/latest/specifications/pyproject-toml/
"""

from __future__ import annotations

from kerlint.manifests.pyproject import flit, groups, hatch, pdm, poetry, project, tox, uv
from kerlint.manifests.toml_page import Page

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.manifests.model import Manifest


def read(path: str, text: str) -> Manifest:
    """All tables of all tools; one that is not there says nothing."""
    page = Page(path, text)
    project.read(page)
    groups.read(page)
    tool = page.table(("tool",))
    if "flit" in tool:
        flit.read(page)
    if "poetry" in tool:
        poetry.read(page)
    if "pdm" in tool:
        pdm.read(page)
    if "hatch" in tool:
        hatch.read(page)
    if "uv" in tool or "rye" in tool:
        uv.read(page)
    if page.table(("tool", "pixi")):
        from kerlint.manifests import pixi

        page.bring("env default", "")
        pixi.tables(page, ("tool", "pixi"), "env default")
    if "tox" in tool:
        tox.read(page)
    return page.manifest("pyproject")
