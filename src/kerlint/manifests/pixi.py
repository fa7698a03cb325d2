"""pixi.toml, and the same tables in pyproject.toml: conda packages and those of the package index.

https://pixi.sh/latest/reference/pixi_manifest/
"""

from __future__ import annotations

from kerlint.manifests.links import of_archive
from kerlint.manifests.markers import either
from kerlint.manifests.model import Requirement
from kerlint.manifests.pep508 import normal, normal_extras
from kerlint.manifests.specifiers import of_conda
from kerlint.manifests.toml_page import Page
from kerlint.project.specifiers import valid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kerlint.manifests.model import Manifest, Source
    from kerlint.manifests.toml_places import Path

_TARGETS = {
    "linux": 'sys_platform == "linux"',
    "linux-64": 'sys_platform == "linux" and platform_machine == "x86_64"',
    "linux-aarch64": 'sys_platform == "linux" and platform_machine == "aarch64"',
    "osx": 'sys_platform == "darwin"',
    "osx-64": 'sys_platform == "darwin" and platform_machine == "x86_64"',
    "osx-arm64": 'sys_platform == "darwin" and platform_machine == "arm64"',
    "win": 'sys_platform == "win32"',
    "win-64": 'sys_platform == "win32"',
    "unix": either('sys_platform == "linux"', 'sys_platform == "darwin"'),
}
_SYSTEMS = {"linux": "linux", "osx": "macos", "win": "windows"}
_SOURCES: tuple[tuple[str, Source], ...] = (("git", "vcs"), ("path", "path"), ("url", "url"))


def read(path: str, text: str) -> Manifest:
    """pixi.toml."""
    page = Page(path, text)
    tables(page, (), "")
    return page.manifest("pixi")


def tables(page: Page, base: Path, default: str) -> None:
    """The tables below `base`; what every environment gets belongs to the origin `default`."""
    _feature(page, base, default)
    for feature in page.table((*base, "feature")):
        if page.table((*base, "feature", feature)):
            _feature(page, (*base, "feature", feature), f"feature {feature}")
    environments = (*base, "environments")
    for name, value in page.table(environments).items():
        origin = f"env {name}"
        path: Path = (*environments, name)
        if isinstance(value, dict):
            path = (*path, "features")
        if not (isinstance(value, dict) and value.get("no-default-feature") is True):
            page.bring(origin, default)
        for _, feature in page.strings(path):
            page.bring(origin, f"feature {feature}")
    for table in ("workspace", "project"):
        platforms = (*base, table, "platforms")
        if isinstance(page.get(platforms), list):
            systems = {
                _SYSTEMS.get(text.partition("-")[0], "") for _, text in page.strings(platforms)
            }
            if len(systems) == 1 and "" not in systems:
                page.platforms[default] = systems.pop()


def _feature(page: Page, base: Path, origin: str) -> None:
    _dependencies(page, base, origin, "")
    for target in page.table((*base, "target")):
        if target in _TARGETS and page.table((*base, "target", target)):
            _dependencies(page, (*base, "target", target), origin, _TARGETS[target])


def _dependencies(page: Page, base: Path, origin: str, marker: str) -> None:
    for table in ("dependencies", "host-dependencies", "build-dependencies"):
        of = "build" if table == "build-dependencies" else origin
        for name in page.table((*base, table)):
            _conda(page, (*base, table, name), name, of, marker)
    for name in page.table((*base, "pypi-dependencies")):
        _pypi(page, (*base, "pypi-dependencies", name), name, origin, marker)


def _spec(page: Page, path: Path) -> tuple[dict[str, Any], Path] | None:
    """The table that a dependency is, and where its version stands."""
    value = page.get(path)
    if isinstance(value, str):
        return {"version": value}, path
    if isinstance(value, dict):
        return value, (*path, "version")
    page.problem(path, "a dependency must be a version or a table")
    return None


def _conda(page: Page, path: Path, name: str, origin: str, marker: str) -> None:
    spec = _spec(page, path)
    if spec is None:
        return
    value, at = spec
    version = value.get("version", "*")
    specifier = None
    if isinstance(version, str):
        bare, _, build = version.strip().partition(" ")
        specifier = of_conda(bare if build and bare[-1:].isalnum() else version)
    if specifier is None:
        page.problem(at, f"`{version}` is no version of a conda package")
        return
    if name == "python":
        if specifier and not marker:
            page.python(at, specifier, origin)
        return
    _add(page, path, name, specifier, value, origin, marker, "conda")


def _pypi(page: Page, path: Path, name: str, origin: str, marker: str) -> None:
    spec = _spec(page, path)
    if spec is None:
        return
    value, at = spec
    version = value.get("version", "*")
    specifier = "" if version == "*" else version
    if not isinstance(specifier, str) or not valid(specifier):
        page.problem(at, f"`{version}` is no version specifier")
        return
    if isinstance(value.get("url"), str) and not specifier:
        archive = of_archive(value["url"])
        specifier = archive[1] if archive and archive[0] == normal(name) else ""
    _add(page, path, name, specifier, value, origin, marker, "pypi")


def _add(
    page: Page,
    path: Path,
    name: str,
    specifier: str,
    value: dict[str, Any],
    origin: str,
    marker: str,
    ecosystem: str,
) -> None:
    source: Source = next((kind for key, kind in _SOURCES if key in value), "index")
    extras = value.get("extras")
    inline = path in page.document.values
    page.add(
        Requirement(
            normal(name),
            specifier,
            text=page.written(path),
            path=page.path,
            span=page.entry(path if inline else (*path, "version")),
            extras=normal_extras(",".join(one for one in extras if isinstance(one, str)))
            if isinstance(extras, list)
            else (),
            marker=marker,
            origin=origin,
            source=source,
            ecosystem=ecosystem,
            options=("other-index",) if "index" in value else (),
        )
    )
