"""Random manifests of packages in the index."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from kerlint.knowledge.index import Index

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.knowledge.index import Package

PYTHONS = ("3.9", "3.10", "3.11", "3.12", "3.13")
PLATFORM = "linux-x86_64"

CENTRES = ("tensorflow", "keras", "tensorflow-cpu", "torch", "jax", "tf-keras")
"""One of these is in most manifests."""


def manifests(index: Index, seed: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Python and requirements, without end; the same for the same seed and index."""
    draw = random.Random(seed)
    names = [name for name in index.names if _package(index, name).finals]
    seen = set()
    while True:
        python = draw.choice(PYTHONS)
        chosen = set(draw.sample(names, draw.choice((1, 2, 2, 3))))
        if draw.random() < 0.8:
            chosen.add(draw.choice([name for name in CENTRES if name in names]))
        texts = tuple(_requirement(draw, _package(index, name), python) for name in sorted(chosen))
        if len(texts) > 1 and (python, texts) not in seen:
            seen.add((python, texts))
            yield python, texts


def _package(index: Index, name: str) -> Package:
    package = index.package(name)
    assert package is not None
    return package


def _requirement(draw: random.Random, package: Package, python: str) -> str:
    there = package.finals & ~package.yanked
    here = there & package.admits_python_mask(python) & package.wheel_mask(python, PLATFORM)
    if here and draw.random() < 0.85:
        there = here
    versions = package.versions_in(there) or list(package.versions)
    version = draw.choice(versions)
    extras = package.extras(PLATFORM)
    extra = ""
    if extras and draw.random() < 0.1:
        extra = f"[{draw.choice(extras)}]"
    kind = draw.random()
    name = package.name + extra
    if kind < 0.4:
        return f"{name}=={version}"
    if kind < 0.55:
        return f"{name}>={version}"
    if kind < 0.65:
        return f"{name}<{version}" if version != versions[0] else f"{name}<={version}"
    if kind < 0.8 and "." in version:
        return f"{name}~={version}"
    if kind < 0.88:
        return f"{name}=={'.'.join(version.split('.')[:2])}.*"
    return name
