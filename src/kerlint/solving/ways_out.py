"""The nearest sets of versions that work, as the lines to write.

One line at a time is freed of its version, and the release nearest to what it asked for is tried
first, while all other lines stay. Where that does not do, because two contradictions are tangled,
the lines of the next contradiction are freed, too.

Which line to change is decided so: fewer lines before more; then lines on other packages before
lines on keras, jax and torch, and TensorFlow last, because what follows from another framework
release is the most to check; then the smaller step between releases; the newer one of two.
"""

from __future__ import annotations

from kerlint.knowledge.index.versions import parse
from kerlint.solving.answers import WayOut
from kerlint.solving.attempt import attempt, lines_in
from kerlint.solving.requirements import Line, is_exact
from kerlint.solving.solution import solution
from kerlint.solving.terms import ABSENT, highest, lowest, position, positions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kerlint.manifests.model import Requirement
    from kerlint.solving.run import World
    from kerlint.solving.universe import Universe

MOST_LINES = 4
"""Lines that one way out changes."""

MOST_WAYS = 4

MOST_TRIES = 4
"""Releases of one line that are offered before it is given up."""

LIMIT = 600
"""Steps of one attempt; what is not found by then is no way to recommend."""

_FRAMEWORKS = {
    "keras": 1,
    "jax": 2,
    "torch": 2,
    "tensorflow": 3,
    "tensorflow-cpu": 3,
    "tensorflow-gpu": 3,
    "tensorflow-macos": 3,
    "tensorflow-intel": 3,
    "tf-nightly": 3,
}


def ways_out(
    world: World, conflict: Sequence[Line], accepts: Callable[[WayOut], bool]
) -> tuple[WayOut, ...]:
    """Those found and accepted, the least change first. Empty if there is none.

    A release without an extra that the line asks for is none to change to.
    """
    tried = [
        _accepted(world, line, accepts)
        for line in sorted(conflict, key=_rank)
        if _can_change(world, line)
    ]
    found = sorted((way for way in tried if way is not None), key=lambda way: way[0])
    told: list[WayOut] = []
    for _, way in found:
        # One that changes the same lines, and perhaps more, is none to choose from.
        if not any(
            set(map(_line, other.changes)) <= set(map(_line, way.changes)) for other in told
        ):
            told.append(way)
    return tuple(told[:MOST_WAYS])


def _line(change: tuple[Requirement, str]) -> int:
    return id(change[0])


def _rank(line: Line) -> int:
    return _FRAMEWORKS.get(line.name, 0)


def _can_change(world: World, line: Line) -> bool:
    """A line without a version cannot be freed of it, and one on unknown releases has none."""
    there = world.universe(line.name)
    return (
        bool(line.specifier)
        and not line.elsewhere
        and not there.unjudged
        and not (there.package is None or there.package.synthetic)
    )


def _accepted(
    world: World, first: Line, accepts: Callable[[WayOut], bool]
) -> tuple[tuple[object, ...], WayOut] | None:
    """The nearest way that changes this line and is accepted."""
    banned = 0
    for _ in range(MOST_TRIES):
        found = _way(world, first, banned)
        if found is None or accepts(found[1]):
            return found
        version = found[1].pins.get(first.name)
        if version is None:
            return None
        there = world.universe(first.name)
        numbers = _numbers(version)
        # What one release of a series lacks, the others rarely have.
        banned |= there.mask(f"=={numbers[0]}.{numbers[1]}.*") | there.mask(f"=={version}")
    return None


def _without_extras(world: World, line: Line) -> int:
    """The releases that lack an extra of the line which others have."""
    there = world.universe(line.name)
    lacking = 0
    for extra in line.extras:
        having = 0
        for _, carriers in there.rows(extra):
            having |= carriers
        if having:
            lacking |= there.full & ~having & ~ABSENT
    return lacking


def _way(world: World, first: Line, banned: int) -> tuple[tuple[object, ...], WayOut] | None:
    """`banned`: releases of the first line's package that it must not change to."""
    changed = [first]
    while len(changed) <= MOST_LINES:
        freed = [_freed(line) for line in changed]
        for line in freed:
            line.banned = _without_extras(world, line) | (banned if line.name == first.name else 0)
        kept = [line for line in world.lines if line not in changed]
        near = {line.name: _nearest(world, line) for line in changed}
        lines = [*freed, *kept]
        found = attempt(world, lines, near=near, limit=LIMIT)
        if found.chosen is not None:
            return _written(world, changed, kept, found.chosen)
        if found.contradiction is None:
            return None
        others = [
            line for line in lines_in(found, lines) if line in kept and _can_change(world, line)
        ]
        if not others:
            return None
        changed.append(min(others, key=_rank))
    return None


def _freed(line: Line, specifier: str = "") -> Line:
    other = Line(line.requirement, line.binds, line.overrides)
    other.specifier = specifier
    return other


def _written(
    world: World, changed: Sequence[Line], kept: Sequence[Line], chosen: dict[str, int]
) -> tuple[tuple[object, ...], WayOut] | None:
    changes = []
    specifiers = []
    lines = []
    distance: list[tuple[int, ...]] = []
    for line in changed:
        there = world.universe(line.name)
        release = chosen.get(line.name, 0)
        if not release or release & ABSENT:
            return None
        if there.mask(line.specifier) & release:
            # It was in the way of nothing in the end.
            lines.append(line)
            continue
        version = there.versions[position(release)]
        specifier = _specifier(line.specifier, version, there.mask(line.specifier) < release)
        lines.append(_freed(line, specifier))
        changes.append((line.requirement, _text(line, specifier)))
        specifiers.append(specifier)
        distance.append(_distance(there, line, release))
    found = attempt(world, [*lines, *kept], limit=LIMIT)
    if found.chosen is None or not changes:
        return None
    ranks = sorted((_rank(line) for line in changed), reverse=True)
    key = (len(changes), ranks, distance)
    pins = solution(world, found.chosen).pins
    return key, WayOut(tuple(changes), tuple(specifiers), pins)


def _specifier(old: str, version: str, newer: bool) -> str:
    """In the manner of the old one: a pin stays a pin, an open bound stays open."""
    operators = {clause.strip()[:2].rstrip("0123456789v ") for clause in old.split(",")}
    if is_exact(old):
        return f"=={version}"
    if operators <= {">", ">="}:
        return f">={version}"
    if operators <= {"<", "<="}:
        return f"<={version}"
    return f"~={version}" if "." in version else f"=={version}"


def _text(line: Line, specifier: str) -> str:
    """The line to write."""
    extras = f"[{','.join(line.extras)}]" if line.extras else ""
    marker = line.requirement.marker
    return f"{line.name}{extras}{specifier}" + (f" ; {marker}" if marker else "")


def _nearest(world: World, line: Line) -> list[int]:
    """Sets of one, the nearest to what the line asks for first."""
    there = world.universe(line.name)
    return sorted(
        (2 << index for index in positions(there.full)),
        key=lambda release: (_distance(there, line, release), -release),
    )


def _distance(there: Universe, line: Line, release: int) -> tuple[int, ...]:
    """How far a release lies from what a line asks for: major, minor, micro."""
    wanted = there.mask(line.specifier)
    if wanted & release:
        return (0, 0, 0)
    if wanted:
        low, high = lowest(wanted), highest(wanted)
        bound = there.versions[position(low if release < low else high)]
    else:
        bound = next(
            (
                clause.strip().lstrip("=<>!~ ").removesuffix(".*")
                for clause in line.specifier.split(",")
            ),
            "0",
        )
    here, asked = _numbers(there.versions[position(release)]), _numbers(bound)
    if here[0] != asked[0]:
        # The last series of the major version before, or the first of the next.
        return abs(here[0] - asked[0]), here[1] if here > asked else -here[1], 0
    if here[1] != asked[1]:
        # Of another series, the release with the most mended, see `_nearest`.
        return 0, abs(here[1] - asked[1]), 0
    return 0, 0, abs(here[2] - asked[2])


def _numbers(version: str) -> tuple[int, int, int]:
    parsed = parse(version)
    release = (*(parsed[0][1] if parsed else ()), 0, 0, 0)
    return release[0], release[1], release[2]
