"""`[project]` and `[build-system]`, and the files in which setuptools finds what is dynamic.

https://packaging.python.org/en/latest/specifications/pyproject-toml/
https://setuptools.pypa.io/en/latest/userguide/pyproject_config.html#dynamic-metadata
"""

from __future__ import annotations

from kerlint.manifests.pep508 import normal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.manifests.toml_page import Page
    from kerlint.manifests.toml_places import Path

_SETUPTOOLS = ("tool", "setuptools", "dynamic")
_HATCH_FILES = ("tool", "hatch", "metadata", "hooks", "requirements_txt")


def read(page: Page) -> None:
    """What is always installed, the extras, the build, and the Pythons."""
    if isinstance(page.get(("project", "name")), str):
        page.name = normal(page.get(("project", "name")))
    page.table(("build-system",))
    for path, _ in page.strings(("build-system", "requires")):
        page.pep508(path, origin="build")
    if page.table(("project",)):
        _project(page)


def _project(page: Page) -> None:
    for path, _ in page.strings(("project", "dependencies")):
        page.pep508(path)
    extras = ("project", "optional-dependencies")
    for extra in page.table(extras):
        for path, _ in page.strings((*extras, extra)):
            page.pep508(path, origin=f"extra {normal(extra)}")
    python = ("project", "requires-python")
    if page.string(python):
        page.python(python, page.string(python))
    for path, field in page.strings(("project", "dynamic")):
        if field not in ("dependencies", "optional-dependencies"):
            continue
        if page.get(("project", field)) is None:
            _dynamic(page, path, field)
        elif page.get(("tool", "poetry")) is None:  # Poetry takes the static one.
            page.problem(path, f"`project.{field}` cannot be static and dynamic")


def _dynamic(page: Page, path: Path, field: str) -> None:
    """Where the build finds it; a place that is not known is noted."""
    before = len(page.includes)
    if field == "dependencies":
        _files(page, (*_SETUPTOOLS, field), "")
        for file, name in page.strings((*_HATCH_FILES, "files")):
            page.include("requirements", file, name)
    else:
        for extra in page.table((*_SETUPTOOLS, field)):
            _files(page, (*_SETUPTOOLS, field, extra), f"extra {normal(extra)}")
        extras = (*_HATCH_FILES, "optional-dependencies")
        for extra in page.table(extras):
            for file, name in page.strings((*extras, extra)):
                page.include("requirements", file, name, f"extra {normal(extra)}")
    if len(page.includes) == before and not isinstance(page.get(("tool", "poetry")), dict):
        page.unread.append(page.inner(path))


def _files(page: Page, path: Path, origin: str) -> None:
    """`{ file = "a.txt" }` or `{ file = ["a.txt", "b.txt"] }`."""
    if not page.table(path):
        return
    file = (*path, "file")
    if isinstance(page.get(file), str):
        page.include("requirements", file, page.get(file), origin)
        return
    for below, name in page.strings(file):
        page.include("requirements", below, name, origin)
