"""A package index on the disk, made of the snapshot: what pip and uv are asked to resolve from it.

Each known release is one wheel with nothing in it but its metadata: what it requires on Linux, its
Requires-Python, and tags for the Pythons that had a wheel there. Requirements on packages that are
not known are left out, so that the resolver and kerlint look at the very same world.
"""

from __future__ import annotations

import html
import zipfile
from typing import TYPE_CHECKING

from kerlint.knowledge.index import PYTHONS
from tools.oracle.drawing import PLATFORM

if TYPE_CHECKING:
    from pathlib import Path

    from kerlint.knowledge.index import Dependency, Index, Package

TAGS = "none-manylinux_2_17_x86_64"


class Known:
    """The index as the solver would see it if only requirements on known packages were published.

    See `kerlint.solving.knowing.Index`.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self.snapshot = index.snapshot

    def package(self, name: str) -> Package | None:
        """None for a package of which only requirements are known."""
        return self._index.package(name) if self._index.knows(name) else None

    def knows(self, name: str) -> bool:
        return self._index.knows(name)


def write(index: Index, folder: Path) -> int:
    """Write the pages and wheels of all packages below `folder`; returns how many wheels."""
    count = 0
    for name in index.names:
        package = index.package(name)
        assert package is not None
        own = folder / name
        own.mkdir(parents=True, exist_ok=True)
        links = []
        for number, _version in enumerate(package.versions):
            pythons = [
                one for one in PYTHONS if package.wheel_mask(one, PLATFORM) >> number + 1 & 1
            ]
            if not pythons:
                continue  # none, or from source alone, which is not asked about
            file = _wheel(index, package, number, pythons, own)
            links.append(_link(package, number, file))
            count += 1
        page = "\n".join(["<!DOCTYPE html><title>links</title>", *links])
        (own / "index.html").write_text(page + "\n", encoding="utf-8")
    return count


def _wheel(index: Index, package: Package, number: int, pythons: list[str], folder: Path) -> str:
    version = package.versions[number]
    tag = ".".join(f"cp{python.replace('.', '')}" for python in pythons)
    stem = f"{package.name.replace('-', '_')}-{version}"
    file = f"{stem}-{tag}-{TAGS}.whl"
    inside = f"{stem}.dist-info"
    lines = ["Metadata-Version: 2.1", f"Name: {package.name}", f"Version: {version}"]
    requires = package.requires_python(number)
    lines += [f"Requires-Python: {requires}"] if requires else []
    dependencies = package.requirements(number, PLATFORM)
    extras = sorted({one.extra for one in dependencies if one.extra})
    lines += [f"Provides-Extra: {extra}" for extra in extras]
    lines += [f"Requires-Dist: {_asked(one)}" for one in dependencies if index.knows(one.name)]
    wheel = ["Wheel-Version: 1.0", "Generator: tools.oracle", "Root-Is-Purelib: false"]
    wheel += [f"Tag: cp{python.replace('.', '')}-{TAGS}" for python in pythons]
    with zipfile.ZipFile(folder / file, "w") as archive:
        archive.writestr(f"{inside}/METADATA", "\n".join(lines) + "\n")
        archive.writestr(f"{inside}/WHEEL", "\n".join(wheel) + "\n")
        archive.writestr(f"{inside}/RECORD", "")
    return file


def _asked(dependency: Dependency) -> str:
    marker = " and ".join(
        [
            *([f"({dependency.marker})"] if dependency.marker else []),
            *([f'extra == "{dependency.extra}"'] if dependency.extra else []),
        ]
    )
    return f"{dependency}; {marker}" if marker else str(dependency)


def _link(package: Package, number: int, file: str) -> str:
    requires = package.requires_python(number)
    python = f' data-requires-python="{html.escape(requires)}"' if requires else ""
    yanked = ""
    if package.yanked >> number + 1 & 1:
        yanked = f' data-yanked="{html.escape(package.yanked_reason(number))}"'
    return f'<a href="{file}"{python}{yanked}>{file}</a><br>'
