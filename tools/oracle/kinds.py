"""Random manifests with every kind of line: all operators, pre-releases, extras, markers,
constraints.

A line is written without blanks, one that only constrains begins with `c:`.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from kerlint.knowledge.index.versions import is_prerelease
from tools.oracle.drawing import CENTRES, PLATFORM, PYTHONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.knowledge.index import Index, Package

MARKERS = (
    "python_version<'3.11'",
    "python_version>='3.11'",
    "python_full_version>='3.10.2'",
    "sys_platform=='win32'",
    "sys_platform!='darwin'",
    "platform_machine=='x86_64'",
    "implementation_name=='pypy'",
)
CONSTRAINS = "c:"
OVERRIDES = "o:"
PRE = "--pre"


def manifests(index: Index, seed: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Python and lines, without end; the same for the same seed and index."""
    draw = random.Random(seed)
    names = [name for name in index.names if _package(index, name).finals]
    centres = [name for name in CENTRES if name in names]
    seen = set()
    while True:
        python = draw.choice(PYTHONS)
        chosen = draw.sample(names, draw.choice((1, 2, 2, 3, 4)))
        if draw.random() < 0.8:
            chosen.append(draw.choice(centres))
        texts = [_line(draw, _package(index, name), python) for name in sorted(set(chosen))]
        if draw.random() < 0.3:
            bound = _package(index, draw.choice(names))
            texts.append(f"{CONSTRAINS}{bound.name}{_specifier(draw, bound, python) or '!=0'}")
        if (python, tuple(texts)) not in seen:
            seen.add((python, tuple(texts)))
            yield python, tuple(texts)


def _package(index: Index, name: str) -> Package:
    package = index.package(name)
    assert package is not None
    return package


def _line(draw: random.Random, package: Package, python: str) -> str:
    extras = package.extras(PLATFORM)
    extra = f"[{draw.choice(extras)}]" if extras and draw.random() < 0.15 else ""
    marker = f";{draw.choice(MARKERS)}" if draw.random() < 0.15 else ""
    return f"{package.name}{extra}{_specifier(draw, package, python)}{marker}"


def _specifier(draw: random.Random, package: Package, python: str) -> str:
    there = package.every if draw.random() < 0.12 else package.finals & ~package.yanked
    here = there & package.admits_python_mask(python) & package.wheel_mask(python, PLATFORM)
    if here and draw.random() < 0.85:
        there = here
    versions = package.versions_in(there) or list(package.versions)
    one, other = sorted(draw.choices(range(len(versions)), k=2))
    low, high = versions[one], versions[other]
    minor = ".".join(low.split(".")[:2])
    minor = minor if not is_prerelease(minor) else "1.0"
    return draw.choice(
        (
            *("", "", f"=={low}", f"=={low}", f"=={high}", f"==={high}"),
            *(f">={low}", f"<={high}", f">{low}", f"<{high}", f"!={high}"),
            *(f"~={low}" if "." in low else f">={low}", f"~={minor}", f"=={minor}.*"),
            *(f"!={minor}.*", f">={low},<={high}", f">={low},<{high}", f">{low},!={high}"),
            f">={low},<{high},!={minor}.*",
        )
    )
