"""pyproject.toml: what the project, its build and the tables of the tools ask for.

https://packaging.python.org/en/latest/specifications/pyproject-toml/
"""

from __future__ import annotations

from kerlint.manifests.pyproject import groups, project
from kerlint.manifests.toml_page import Page

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.manifests.model import Manifest

TOOLS = {
    "flit": "flit",
    "poetry": "poetry",
    "pdm": "pdm",
    "hatch": "hatch",
    "uv": "uv",
    "rye": "uv",
    "tox": "tox",
}
"""The reader of a tool's tables, in the order in which they are read; imported for the tools that
are there.
"""


def read(path: str, text: str) -> Manifest:
    """All tables of all tools; one that is not there says nothing."""
    from importlib import import_module

    page = Page(path, text)
    project.read(page)
    groups.read(page)
    tool = page.table(("tool",))
    for name in dict.fromkeys(reader for key, reader in TOOLS.items() if key in tool):
        import_module(f"kerlint.manifests.pyproject.{name}").read(page)
    if page.table(("tool", "pixi")):
        from kerlint.manifests import pixi

        page.bring("env default", "")
        pixi.tables(page, ("tool", "pixi"), "env default")
    return page.manifest("pyproject")
