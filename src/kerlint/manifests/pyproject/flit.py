"""`[tool.flit.metadata]`, as flit had it before `[project]`.

https://flit.pypa.io/en/stable/pyproject_toml.html#old-metadata
"""

from __future__ import annotations

from kerlint.manifests.pep508 import normal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.manifests.toml_page import Page

_TABLE = ("tool", "flit", "metadata")


def read(page: Page) -> None:
    """Requirements, extras and Pythons."""
    if not page.table(_TABLE):
        return
    for field, origin in (("requires", ""), ("dev-requires", "extra dev")):
        for path, _ in page.strings((*_TABLE, field)):
            page.pep508(path, origin=origin)
    extras = (*_TABLE, "requires-extra")
    for extra in page.table(extras):
        for path, _ in page.strings((*extras, extra)):
            page.pep508(path, origin=f"extra {normal(extra)}")
    python = (*_TABLE, "requires-python")
    if page.string(python):
        page.python(python, page.string(python))
