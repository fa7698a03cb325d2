"""How releases, requirements and Pythons are said."""

from __future__ import annotations

from kerlint.knowledge.index.places import PYTHONS
from kerlint.solving.python import installable
from kerlint.solving.terms import ABSENT, in_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kerlint.solving.knowing import Dependency
    from kerlint.solving.run import World
    from kerlint.solving.universe import Universe

_ORDER = {"==": 0, "===": 0, "~=": 1, ">": 2, ">=": 2, "<": 3, "<=": 3, "!=": 4}


def specifier_text(specifier: str) -> str:
    """Lower bound first, exclusions last; more than two exclusions are left out."""
    clauses = [clause.strip() for clause in specifier.split(",") if clause.strip()]

    def operator(clause: str) -> str:
        return clause[: len(clause) - len(clause.lstrip("=<>!~"))]

    clauses.sort(key=lambda clause: _ORDER.get(operator(clause), 5))
    excluded = [clause for clause in clauses if clause.startswith("!=")]
    if len(excluded) > 2:
        clauses = [clause for clause in clauses if clause not in excluded]
    return ",".join(clauses)


def requirement_text(name: str, specifier: str, extras: Sequence[str] = ()) -> str:
    return (
        f"{name}[{','.join(extras)}]" * bool(extras)
        + name * (not extras)
        + specifier_text(specifier)
    )


def wanted_text(world: World, dependencies: Sequence[Dependency]) -> str:
    """What several releases require of one package."""
    texts = dict.fromkeys(
        requirement_text(one.name, one.specifier, one.extras) for one in dependencies
    )
    if len(texts) == 1:
        return next(iter(texts))
    there = world.universe(dependencies[0].name)
    if there.package is None or there.package.synthetic or len(texts) == 2:
        return " or ".join(texts) if len(texts) < 4 else f"{dependencies[0].name}, each its own"
    mask = 0
    for one in dependencies:
        mask |= there.required(one)
    finals = there.full & ~ABSENT & ~there.prereleases & ~there.yanked
    words = in_words(mask & finals or mask, finals, there.versions)
    return f"{there.name} {words}, depending on its release"


def not_here(there: Universe, releases: int, places: Sequence[tuple[str, str]]) -> str:
    """Why releases do not install there: `does not install on Python 3.12, only on 3.9 to 3.11`."""
    pythons = list(dict.fromkeys(python for python, _ in places))
    platforms = list(dict.fromkeys(platform for _, platform in places))
    package = there.package
    assert package is not None
    others = [
        python
        for python in PYTHONS
        if any(installable(package, python, platform, True) & releases for platform in platforms)
    ]
    if not others:
        if any(package.wheel_mask(python, other) & releases for python in PYTHONS for other in ALL):
            return f"has nothing to install on {' or '.join(platforms)}"
        return "has no file that can be installed"
    told = _pythons(sorted(pythons, key=_number))
    elsewhere = any(
        installable(package, python, other, True) & releases
        for python in pythons
        for other in ALL
        if other not in platforms
    )
    where = f" on {' or '.join(platforms)}" if elsewhere else ""
    return f"does not install on Python {told}{where}, only on {_pythons(others)}"


ALL = ("linux-x86_64", "linux-aarch64", "macos-arm64", "macos-x86_64", "windows-x86_64")


def _number(python: str) -> tuple[int, ...]:
    return tuple(map(int, python.split(".")))


def _pythons(pythons: Sequence[str]) -> str:
    """`3.9 to 3.11`, or `3.9`."""
    return pythons[0] if len(pythons) == 1 else f"{pythons[0]} to {pythons[-1]}"
