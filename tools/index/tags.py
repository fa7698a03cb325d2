"""Where a wheel can be installed, by the tags in its file name, as pip decides it."""

from __future__ import annotations

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import parse_wheel_filename

from kerlint.knowledge.index.places import PLATFORMS, PYTHONS, bit

MICROS = range(31)


def places_of(filename: str) -> int:
    """The set of places, see `kerlint.knowledge.index.places`."""
    found = 0
    for tag in parse_wheel_filename(filename)[3]:
        for python in _pythons(tag.interpreter, tag.abi):
            for platform in _platforms(tag.platform):
                found |= bit(python, platform)
    return found


def _pythons(interpreter: str, abi: str) -> list[str]:
    name, digits = interpreter[:2], interpreter[2:]
    if name not in ("py", "cp") or not digits.isdigit():
        return []
    major, minor = digits[0], int(digits[1:] or 0)
    later = [
        python
        for python in PYTHONS
        if python.partition(".")[0] == major and int(python.partition(".")[2]) >= minor
    ]
    if name == "py":
        return later if abi == "none" else []
    if abi == "abi3":
        return later
    # Without an own ABI (cp310-none) a wheel is for that Python alone, too. `t` is the build
    # without a global lock; the other letters are older builds' own.
    if abi == "none" or abi.rstrip("mu") == interpreter:
        return [python for python in later if python == f"{major}.{minor}"]
    return []


def _platforms(platform: str) -> list[str]:
    if platform == "any":
        return list(PLATFORMS)
    if platform == "win_amd64":
        return ["windows-x86_64"]
    if platform.startswith("macosx"):
        found = []
        if platform.endswith(("_arm64", "_universal2")):
            found.append("macos-arm64")
        if platform.endswith(("_x86_64", "_universal2", "_intel", "_universal", "_fat64")):
            found.append("macos-x86_64")
        return found
    if platform.startswith(("linux", "manylinux")):
        return [
            f"linux-{machine}" for machine in ("x86_64", "aarch64") if platform.endswith(machine)
        ]
    return []


def pythons_of(requires_python: str) -> int:
    """The Pythons that a Requires-Python admits in some micro release: bits by `PYTHONS`.

    pip lets an invalid one pass, and reads `>=2.7.*` as people meant it.
    """
    if not requires_python:
        return (1 << len(PYTHONS)) - 1
    clauses = [clause.strip() for clause in requires_python.split(",") if clause.strip()]
    mended = [
        clause.removesuffix(".*") if not clause.startswith(("==", "!=")) else clause
        for clause in clauses
    ]
    try:
        admitted = SpecifierSet(",".join(mended))
    except InvalidSpecifier:
        return (1 << len(PYTHONS)) - 1
    return sum(
        1 << number
        for number, python in enumerate(PYTHONS)
        if any(admitted.contains(f"{python}.{micro}", prereleases=True) for micro in MICROS)
    )
