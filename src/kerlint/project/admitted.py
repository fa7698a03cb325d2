"""The newest and the oldest versions that one installation admits.

Imported only when there is a requirement to look at. Where every library is pinned the pins are the
answer and nothing is solved; else the solver tells what a fresh install gets, and what it gets when
the libraries with a lower bound are the oldest that fit everything else.
"""

from __future__ import annotations

from kerlint.knowledge.releases import complete, known, version_key
from kerlint.project.axes import AXES, ORDER, OWN_KERAS, RELEASES
from kerlint.project.specifiers import admits, pinned
from kerlint.project.targets import Versions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kerlint.knowledge.index import Index
    from kerlint.manifests.installations import Installation
    from kerlint.manifests.model import Requirement
    from kerlint.solving.verdicts import Verdict

PLATFORM_WORDS = ("platform", "os_name")
"""A marker with one of these may hold on one system and not on another."""


class Admitted:
    """What one installation admits.

    `newest`   what a fresh install gets
    `oldest`   the oldest with which it can be met; the very first release of what nobody bounds
    `bounded`  libraries for which somebody wrote a lower bound, and those that come with them
    `how`      `pinned`, `locked`, `solved`, or `alone`: no versions fit together, so each line was
               taken by itself
    `python`   of a fresh install; "" where nothing was solved
    `unknown`  packages of which kerlint does not know the releases, so that they bound nothing
    `unmet`    requirements that no release meets, which were passed over
    """

    __slots__ = ("bounded", "how", "newest", "oldest", "python", "unknown", "unmet")

    def __init__(self, how: str, newest: Versions, oldest: Versions, bounded: set[str]) -> None:
        self.how = how
        self.newest = newest
        self.oldest = oldest
        self.bounded = bounded
        self.python = ""
        self.unknown: tuple[str, ...] = ()
        self.unmet: tuple[Requirement, ...] = ()


def lines_of(installation: Installation) -> list[Requirement]:
    """The requirements on libraries, what only binds others last."""
    both = (*installation.requirements, *installation.constraints, *installation.overrides)
    return [one for one in both if one.name in AXES]


def admitted(installation: Installation) -> Admitted | None:
    """None if the installation brings no library of ours."""
    named = {AXES[one.name] for one in installation.requirements if one.name in AXES}
    if installation.kind == "locked":
        return _locked(installation) if named else None
    if not named:
        return None
    found = _pinned(installation, named)
    return found if found is not None else _solved(installation, named)


def _locked(installation: Installation) -> Admitted:
    """A lock gives one version of each, or one a fork."""
    versions: dict[str, list[str]] = {}
    for one in lines_of(installation):
        version = pinned(one.specifier).partition("+")[0]
        if version and version not in versions.setdefault(AXES[one.name], []):
            versions[AXES[one.name]].append(version)
    if any(len(ones) > 1 for ones in versions.values()):
        from kerlint.knowledge.index import load
        from kerlint.solving.verdicts import judge

        forks = [_of_pins(pins) for pins in judge(installation, load()).chosen]
        forks = [fork for fork in forks if fork != Versions(None, None, None, None)]
        if forks:
            forks.sort(key=order)
            bounded = {
                axis for axis in versions if getattr(forks[0], axis) != getattr(forks[-1], axis)
            }
            return Admitted("locked", forks[-1], forks[0], bounded)
    one_each = _versions({axis: max(ones, key=version_key) for axis, ones in versions.items()})
    return Admitted("locked", one_each, one_each, set())


def _versions(by_axis: Mapping[str, str]) -> Versions:
    return Versions(by_axis.get("keras"), by_axis.get("tensorflow"), by_axis.get("tf_keras"), None)


def _pinned(installation: Installation, named: set[str]) -> Admitted | None:
    """The answer without solving, where every library that is named is pinned once.

    Then nothing else that the manifest says changes it: it either goes with the pins or makes them
    contradictory, and of a Keras that comes along with TensorFlow the newest is taken, unless the
    Pythons are bounded from above.
    """
    versions: dict[str, str] = {}
    for one in lines_of(installation):
        version = pinned(one.specifier).partition("+")[0]
        axis = AXES[one.name]
        if not version or one.marker or versions.setdefault(axis, version) != version:
            return None
    if set(versions) != named:
        return None  # a constraint on what is not named, or the other way round
    tensorflow = versions.get("tensorflow")
    own = tensorflow is None or version_key(tensorflow)[:2] < OWN_KERAS or "keras" in versions
    if not own and any(_caps(one.specifier) for one in installation.pythons):
        return None
    newest = Versions(versions.get("keras"), tensorflow, versions.get("tf_keras"), None)
    return Admitted("pinned", newest, newest, set(versions))


def _caps(specifier: str) -> bool:
    return any(sign in specifier for sign in ("<", "==", "~="))


def _solved(installation: Installation, named: set[str]) -> Admitted:
    from kerlint.knowledge.index import load
    from kerlint.solving.verdicts import judge

    index = load()
    verdict = judge(installation, index)
    lines = lines_of(installation)
    bounded = {AXES[one.name] for one in lines if _bounds(one) and AXES[one.name] in named}
    unmet: list[Requirement] = []
    if not verdict.chosen:
        newest, oldest = _alone(lines, named, unmet, -1), _alone(lines, named, unmet, 0)
        found = Admitted("alone", newest, oldest, bounded)
        found.unmet = tuple(dict.fromkeys(unmet))
        return found
    newest = _of_pins(verdict.chosen[0])
    missing = {axis for axis in named if getattr(newest, axis) is None}
    if missing:
        newest = _filled(newest, _alone(lines, missing, unmet, -1))
    oldest = _oldest(installation, verdict, index, bounded, newest)
    if missing:
        oldest = _filled(oldest, _alone(lines, missing, unmet, 0))
    found = Admitted("solved", newest, oldest, bounded & _given(newest))
    found.python = verdict.python
    found.unmet = tuple(dict.fromkeys(unmet))
    found.unknown = tuple(
        dict.fromkeys(
            one.name
            for one in installation.requirements
            if one.specifier and not index.knows(one.name) and one.name not in AXES
        )
    )
    return found


def _of_pins(pins: Mapping[str, str]) -> Versions:
    from kerlint.knowledge.broken import tensorflow_of

    return Versions(pins.get("keras"), tensorflow_of(pins) or None, pins.get("tf-keras"), None)


def _given(versions: Versions) -> set[str]:
    return {axis for axis in ORDER if getattr(versions, axis) is not None}


def _filled(versions: Versions, others: Versions) -> Versions:
    return Versions(
        versions.keras or others.keras,
        versions.tensorflow or others.tensorflow,
        versions.tf_keras or others.tf_keras,
        None,
    )


def _bounds(one: Requirement) -> bool:
    """Whether a requirement sets a lower bound: the first release of all does not fit."""
    first = known(RELEASES[AXES[one.name]])[0]
    return bool(one.specifier) and not _admits(one.specifier, first)


def _admits(specifier: str, version: str) -> bool:
    try:
        return admits(specifier, version)
    except ValueError:
        return True


def _alone(
    lines: Sequence[Requirement], axes: set[str], unmet: list[Requirement], end: int
) -> Versions:
    """The newest (-1) or the oldest (0) release of each library that its own lines admit.

    Lines with different markers or for different distributions are alternatives.
    """
    versions: dict[str, str] = {}
    for axis in axes:
        ways: dict[tuple[str, str], list[str]] = {}
        here = [one for one in lines if AXES[one.name] == axis]
        for one in here:
            ways.setdefault((one.name, one.marker), []).append(one.specifier)
        releases = _with_pins(known(RELEASES[axis]), here)
        fitting = [
            release
            for release in releases
            if any(all(_admits(one, release) for one in way) for way in ways.values())
        ]
        if fitting:
            versions[axis] = fitting[end]
        elif here:
            unmet += here
    return _versions(versions)


def _with_pins(releases: Sequence[str], lines: Sequence[Requirement]) -> Sequence[str]:
    """The releases, and in its place each that is pinned although nothing is known of it."""
    pins = {pinned(one.specifier).partition("+")[0] for one in lines} - {""}
    there = set(map(version_key, releases))
    others = [pin for pin in pins if version_key(pin) not in there]
    return sorted([*releases, *others], key=version_key) if others else releases


def _oldest(
    installation: Installation,
    verdict: Verdict,
    index: Index,
    bounded: set[str],
    newest: Versions,
) -> Versions:
    """The oldest versions of what somebody bounds with which the whole can be met."""
    from kerlint.knowledge.index import PYTHONS
    from kerlint.solving.verdicts import OTHER_PLACES

    lines = lines_of(installation)
    platforms = [verdict.platform]
    if any(word in one.marker for one in lines for word in PLATFORM_WORDS):
        platforms += [one for one in OTHER_PLACES[:2] if one != verdict.platform]
    names = frozenset(one.name for one in lines if AXES[one.name] in bounded)
    found = newest
    for platform in platforms if names else ():
        for python in sorted(verdict.pythons, key=PYTHONS.index):
            one = _at(installation, index, python, platform, names)
            if one is not None:
                found = min(found, one, key=order)
                break
    return found


def _at(
    installation: Installation, index: Index, python: str, platform: str, names: frozenset[str]
) -> Versions | None:
    """The oldest versions on one Python and platform; None if nothing can be installed there."""
    from kerlint.solving import predict
    from kerlint.solving.python import holds

    asked = [*installation.requirements, *installation.overrides]
    here = [one for one in asked if not one.marker or holds(one.marker, python, platform)]
    for one in here:
        package = index.package(one.name) if one.name in names else None
        if package is not None and not package.synthetic:
            fits = package.mask(one.specifier) & package.installable_mask(python, platform)
            if not fits:
                return None
    answer = predict(asked, installation.constraints, python, platform, index, oldest=names)
    if answer is None:
        return None
    found = _of_pins(answer.pins)
    rest = {AXES[one.name] for one in here if one.name in AXES} - _given(found)
    return _filled(found, _alone([one for one in here if one.name in AXES], rest, [], 0))


def order(versions: Versions) -> tuple[tuple[int, ...], ...]:
    """A key that sorts versions of what goes together: by TensorFlow, then by Keras."""
    full = complete(versions)
    return tuple(version_key(getattr(full, axis) or "0") for axis in ("tensorflow", "keras"))
