"""`[tool.pdm]`: groups for development, overrides, and other indexes.

https://pdm-project.org/latest/reference/pep621/
"""

from __future__ import annotations

import re

from kerlint.manifests.model import Requirement
from kerlint.manifests.pep508 import normal
from kerlint.manifests.pyproject.other_index import for_all
from kerlint.project.specifiers import valid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.manifests.toml_page import Page
    from kerlint.manifests.toml_places import Path

_PDM = ("tool", "pdm")


def read(page: Page) -> None:
    """Everything that pdm adds to `[project]`."""
    if not page.table(_PDM):
        return
    groups = (*_PDM, "dev-dependencies")
    for group in page.table(groups):
        for path, text in page.strings((*groups, group)):
            if not re.match(r"(-e|--editable)\b", text):
                page.pep508(path, origin=f"group {normal(group)}")
    for overrides in ((*_PDM, "resolution", "overrides"), (*_PDM, "overrides")):
        if isinstance(page.get(overrides), list):
            for path, _ in page.strings(overrides):
                page.pep508(path, role="override")
            continue
        for name in page.table(overrides):
            _override(page, (*overrides, name), name)
    sources = (*_PDM, "source")
    for index, source in enumerate(page.array(sources)):
        if isinstance(source, dict) and not source.get("include_packages"):
            for_all(page, page.string((*sources, index, "url")))


def _override(page: Page, path: Path, name: str) -> None:
    """`numpy = "1.26.4"`, `numpy = ">=1.26"`, or an address."""
    value = page.string(path).strip()
    if not value:
        return
    address = "://" in value
    specifier = value if re.match(r"[<>=!~]", value) else f"=={value}"
    if not address and not valid(specifier):
        page.problem(path, f"`{value}` is no version specifier")
        return
    page.add(
        Requirement(
            normal(name),
            "" if address else specifier,
            text=page.written(path),
            path=page.path,
            span=page.entry(path),
            role="override",
            source="url" if address else "index",
        )
    )
