"""Can an installation be met, and what would a fresh install get?"""

from __future__ import annotations

from functools import lru_cache

from kerlint.knowledge.families import ALL_TENSORFLOWS
from kerlint.knowledge.index import PYTHONS
from kerlint.knowledge.index.places import PLATFORMS
from kerlint.project.specifiers import admits, pinned
from kerlint.solving import Conflict, Solution, Undecided, solve, solve_range

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kerlint.knowledge.index import Index
    from kerlint.manifests.installations import Installation
    from kerlint.manifests.model import PythonRange, Requirement

    Pins = dict[str, str]

PLACES = {
    "linux": ("linux-x86_64",),
    "macos": ("macos-arm64", "macos-x86_64"),
    "windows": ("windows-x86_64",),
    **{one: (one,) for one in PLATFORMS},
}
"""The platforms of the index that stand for what a manifest names: a system, maybe a processor."""

LINUX = "linux-x86_64"
"""What is meant where a manifest names no platform."""

OTHER_PLACES = ("macos-arm64", "windows-x86_64", "linux-aarch64", "macos-x86_64")
"""Tried before a conflict is told of, where the manifest names no platform."""

MOST_PATCHES = 30
"""Patch releases that a minor version of Python may have."""


class Verdict:
    """What is known of an installation.

    `conflict`   why nothing can be installed on any Python and platform it speaks of, else None
    `undecided`  the solver gave up
    `leans`      it rests on a TensorFlow of one platform of which nothing is known
    `chosen`     the versions that are installed: one for what is asked, one a fork for a lock.
                 Nothing is in it of which the version cannot be known
    `python`     the Python that `chosen` is for; "" for a lock
    `platform`   the platform that it is for
    `pythons`    those that the manifest admits, newest first
    """

    __slots__ = (
        "chosen",
        "conflict",
        "index",
        "installation",
        "leans",
        "platform",
        "python",
        "pythons",
        "undecided",
    )

    def __init__(self, installation: Installation, index: Index) -> None:
        self.index = index
        self.installation = installation
        self.conflict: Conflict | None = None
        self.undecided = False
        self.leans = False
        self.chosen: list[Pins] = []
        self.python = ""
        self.platform = LINUX
        self.pythons: tuple[str, ...] = ()

    def who_asks(self, name: str) -> str:
        """`keras-hub`: the installed distribution, in quotes, that requires another one."""
        for pins in self.chosen:
            for carrier, version in pins.items():
                package = self.index.package(carrier)
                number = -1 if package is None else package.number(version)
                if package is None or number < 0:
                    continue
                for one in package.requirements(number, self.platform):
                    if one.name == name and one.extra == "":
                        return f"`{carrier}`"
        return "something else"

    def with_lines(self, extra: Sequence[Requirement]) -> Pins | None:
        """What would be installed if some more lines bound it; None if nothing fits then."""
        lines = self.installation.requirements + self.installation.overrides
        constraints = [*self.installation.constraints, *extra]
        for python in self.pythons[self.pythons.index(self.python) :]:
            answer = solve(lines, constraints, python, self.platform, self.index)
            if isinstance(answer, Solution):
                return answer.pins
        return None


def judge(installation: Installation, index: Index) -> Verdict:
    """Solve an installation, or take a lock as it is."""
    found = Verdict(installation, index)
    found.pythons = admitted(installation.pythons, index)
    if installation.kind == "locked":
        found.chosen = _forks(installation, index)
        return found
    platforms = [place for one in installation.platforms for place in PLACES.get(one, ())]
    first: Conflict | None = None
    for platform in platforms or [LINUX]:
        _solve(found, platform, index)
        if found.chosen or found.undecided:
            return found
        first = first or found.conflict
    found.conflict = first
    if not platforms and found.conflict is not None:
        conflict, found.conflict = found.conflict, None
        for platform in OTHER_PLACES:
            _solve(found, platform, index)
            if (found.chosen or found.undecided) and not found.leans:
                return found
            found.chosen = []
        found.conflict = conflict
    return found


def _solve(found: Verdict, platform: str, index: Index) -> None:
    """Try the newest Python, then, where that does not work, all of them."""
    lines = [*found.installation.requirements, *found.installation.overrides]
    constraints = found.installation.constraints
    if not found.pythons:
        return
    answer: object = solve(lines, constraints, found.pythons[0], platform, index)
    if isinstance(answer, Conflict) and len(found.pythons) > 1:
        answers = solve_range(lines, constraints, found.pythons, [platform], index)
        found.conflict = answers.conflict
        solutions = {python: one for (python, _), one in answers.solutions.items()}
        for python in found.pythons:
            if python in solutions:
                _keep(found, solutions[python], python, platform)
                return
        found.undecided = any(isinstance(one, Undecided) for one in answers.answers.values())
    elif isinstance(answer, Conflict):
        found.conflict = answer
    elif isinstance(answer, Solution):
        _keep(found, answer, found.pythons[0], platform)
    else:
        found.undecided = True


def _keep(found: Verdict, answer: Solution, python: str, platform: str) -> None:
    found.conflict = None
    found.leans = _leans(answer.pins, platform, found.index)
    unknown = {*answer.beyond, *answer.unknown}
    for one in found.installation.requirements:
        if one.source != "index":
            unknown.add(one.name)
    pins = {name: version for name, version in answer.pins.items() if name not in unknown}
    for one in found.installation.requirements:
        # What is pinned is known, even where its releases are not.
        version = pinned(one.specifier)
        if version and one.name and one.name not in pins and one.source == "index":
            pins[one.name] = version.partition("+")[0]
    found.chosen = [pins]
    found.python = python
    found.platform = platform


def _leans(pins: Pins, platform: str, index: Index) -> bool:
    """Whether a TensorFlow is only a name for that of one platform, of which nothing is known."""
    for name in ALL_TENSORFLOWS & pins.keys():
        package = index.package(name)
        number = -1 if package is None else package.number(pins[name])
        if package is None or number < 0:
            continue
        for one in package.requirements(number, platform):
            if one.name in ALL_TENSORFLOWS and one.name not in pins:
                return True
            other = index.package(one.name) if one.name in ALL_TENSORFLOWS else None
            if other is not None and other.synthetic:
                return True
    return False


def admitted(ranges: Sequence[PythonRange], index: Index) -> tuple[str, ...]:
    """The Pythons that all of the ranges admit; all, if there are no ranges.

    The newest comes first, but those for which TensorFlow has no wheels yet come last: who starts
    today does not take them.
    """
    return _admitted(frozenset(one.specifier for one in ranges), index)


@lru_cache(maxsize=256)
def _admitted(specifiers: frozenset[str], index: Index) -> tuple[str, ...]:
    found = [python for python in PYTHONS if all(covers(one, python) for one in specifiers)]
    found.reverse()
    young = _young(index)
    return tuple(sorted(found, key=lambda python: python in young))


@lru_cache(maxsize=2)
def _young(index: Index) -> frozenset[str]:
    """Pythons that are newer than the newest TensorFlow knows."""
    package = index.package("tensorflow")
    if package is None or package.synthetic:
        return frozenset()
    newest = 1 << (package.finals.bit_length() - 1)
    known = [one for one in PYTHONS if package.wheel_mask(one, LINUX) & newest]
    return frozenset(PYTHONS[PYTHONS.index(known[-1]) + 1 :]) if known else frozenset()


def covers(specifier: str, python: str) -> bool:
    """Whether some patch release of a Python (`3.11`) fits."""
    try:
        return any(admits(specifier, f"{python}.{patch}") for patch in range(MOST_PATCHES))
    except ValueError:
        return True


def _forks(installation: Installation, index: Index) -> list[Pins]:
    """The versions of a lock in each environment that it tells apart."""
    from kerlint.manifests.marker_places import environments, holds

    by_name: dict[str, list[Requirement]] = {}
    for one in installation.requirements:
        if one.specifier.startswith("==") and index.package(one.name) is not None:
            by_name.setdefault(one.name, []).append(one)
    several = {name: ones for name, ones in by_name.items() if len(ones) > 1}
    wanted = set(admitted(installation.pythons, index))
    forks: list[Pins] = []
    for number, environment in enumerate(environments()):
        if environment["python_version"] not in wanted:
            continue
        pins = {name: _version(ones[0]) for name, ones in by_name.items() if name not in several}
        for name, ones in several.items():
            here = [one for one in ones if not one.marker or number in holds(one.marker)]
            if len(here) == 1:
                pins[name] = _version(here[0])
        if pins not in forks:
            forks.append(pins)
        if not several:
            break
    return forks


def _version(one: Requirement) -> str:
    return one.specifier.lstrip("=").strip().partition("+")[0]
