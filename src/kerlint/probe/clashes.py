"""Requirements of installed distributions that what is installed does not meet.

The requirements are those that stand in the installed METADATA; nothing here knows of versions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kerlint.probe.installed import Installed, fits, is_framework, stands_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kerlint.probe.asked import Asked
    from kerlint.probe.observations import Distribution, Observations


class Clash(NamedTuple):
    """`asking` requires `name` in a version of `specifier`, and `have` is installed (or nothing).

    `text`  the requirement as a command takes it: `numpy<2.0.0,>=1.23.5`
    """

    asking: Distribution
    name: str
    specifier: str
    have: Distribution | None

    @property
    def text(self) -> str:
        return f"{self.name}{self.specifier}"


def clashes(seen: Observations, installed: Installed) -> list[Clash]:
    """All of them, except those that nobody can judge: unreadable metadata, odd versions."""
    found = []
    for one in installed.by_name.values():
        if one.problem:
            continue
        for need in installed.needs(one):
            have = installed.bringing(need.name)
            if have is None:
                if not _elsewhere(need.name, one, seen):
                    found.append(Clash(one, need.name, need.specifier, None))
            elif have.version and fits(need.specifier, have.version) is False:
                found.append(Clash(one, need.name, need.specifier, have))
    return found


def _elsewhere(name: str, asking: Distribution, seen: Observations) -> bool:
    """Whether something that is no distribution may bring it.

    Packages of conda and of an operating system need no metadata that Python can read, and what
    they leave out on purpose (`libclang`, `tensorflow-io-gcs-filesystem`) is not asked for there.
    """
    if asking.installer == "conda" or any(one.name == asking.name for one in seen.conda):
        return True
    module = seen.module(name.replace("-", "_"))
    return module is not None and module.kind not in ("absent", "namespace")


def of_stack(clash: Clash, installed: Installed) -> bool:
    """Whether it concerns a framework or what one requires."""
    asking = clash.asking.name
    return is_framework(asking) or is_framework(clash.name) or asking in installed.stack()


def groups(found: Iterable[Clash]) -> list[list[Clash]]:
    """Clashes that share a distribution belong together: one installation mends them."""
    parts: list[list[Clash]] = []
    for clash in found:
        ends = {clash.asking.name, stands_for(clash.name)}
        touched = [
            part
            for part in parts
            if any(not ends.isdisjoint((one.asking.name, stands_for(one.name))) for one in part)
        ]
        parts = [part for part in parts if part not in touched]
        parts.append([one for part in touched for one in part] + [clash])
    return parts


class Cure(NamedTuple):
    """What to install so that all sides are content.

    `lines`    requirements for one command; empty where none will do
    `against`  the two that exclude each other, where that is so
    """

    lines: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


def asked_for(asked: Asked) -> dict[str, str]:
    """What the project's manifests ask for, by name: all specifiers of it together."""
    texts: dict[str, list[str]] = {}
    for one in asked.pins:
        if one.kind == "manifest":
            texts.setdefault(one.name, []).append(one.specifier)
    return {name: joined(found) for name, found in texts.items()}


def cure(group: Sequence[Clash], installed: Installed, asked: Mapping[str, str]) -> Cure:
    """How to mend a group of clashes.

    `asked`  see `asked_for`: that is kept if it can be
    """
    lines: dict[str, str] = {}
    for clash in group:
        if _keeps(clash, asked):
            asking = clash.asking.name
            lines[asking] = asking
            if clash.have is not None:
                name = clash.have.name
                lines[name] = f"{name}=={clash.have.version.partition('+')[0]}"
    changing = [clash for clash in group if clash.asking.name not in lines]
    for clash in changing:
        name = clash.name if clash.have is None else clash.have.name
        if name in lines:
            continue
        wanted = wanted_of(name, installed, lines)
        if asked.get(name):
            wanted.append(asked[name])
        specifier = joined(wanted)
        if not possible(specifier):
            return Cure(against=_against(name, installed))
        lines[name] = f"{name}{specifier}"
    return Cure(tuple(dict.fromkeys(lines.values())))


def _keeps(clash: Clash, asked: Mapping[str, str]) -> bool:
    """Whether rather the one that requires is to be replaced: the user asked for the other."""
    if clash.have is None:
        return False
    wanted = asked.get(clash.have.name)
    if wanted is not None:
        return not possible(joined([wanted, clash.specifier]))
    return clash.have.requested is True and clash.asking.requested is False


def another(one: Distribution, installed: Installed) -> str:
    """A requirement on another release of `one` that suits all that require it."""
    specifier = joined([*wanted_of(one.name, installed), f"!={one.version.partition('+')[0]}"])
    return f"{one.name}{specifier}"


def wanted_of(
    name: str, installed: Installed, replaced: Mapping[str, str] | None = None
) -> list[str]:
    """What every installed distribution that stays says of `name`."""
    found = []
    for one in installed.by_name.values():
        if replaced and replaced.get(one.name) == one.name:
            continue
        found += [
            need.specifier
            for need in installed.needs(one)
            if stands_for(need.name) == stands_for(name) and need.specifier
        ]
    return found


def _against(name: str, installed: Installed) -> tuple[str, ...]:
    found = []
    for one in installed.by_name.values():
        for need in installed.needs(one):
            if stands_for(need.name) == stands_for(name) and need.specifier:
                found.append(f"{one.name} {one.version} requires {need.name}{need.specifier}")
    return tuple(found)


def joined(specifiers: Iterable[str]) -> str:
    """All clauses of several specifiers, each once; of several lower bounds the highest."""
    from packaging.specifiers import InvalidSpecifier, SpecifierSet
    from packaging.version import Version

    clauses: dict[tuple[str, str], None] = {}
    for text in specifiers:
        try:
            for one in SpecifierSet(text):
                clauses[(one.operator, one.version)] = None
        except InvalidSpecifier:
            continue
    lower = [version for operator, version in clauses if operator == ">="]
    upper = [version for operator, version in clauses if operator == "<"]
    kept = []
    for operator, version in clauses:
        if operator == ">=" and version != max(lower, key=Version):
            continue
        if operator == "<" and version != min(upper, key=Version):
            continue
        kept.append((operator, version))
    first = [one for one in kept if one[0] in ("==", "===", "~=", ">=", ">")]
    rest = [one for one in kept if one not in first]
    return ",".join(f"{operator}{version}" for operator, version in [*first, *rest])


def possible(specifier: str) -> bool:
    """Whether some version can fit: tried at its bounds, and just above and below them."""
    from packaging.specifiers import SpecifierSet
    from packaging.version import InvalidVersion, Version

    wanted = SpecifierSet(specifier)
    if not len(wanted):
        return True
    for one in wanted:
        base = one.version.removesuffix(".*")
        try:
            release = Version(base).release
        except InvalidVersion:
            return True
        more = [*release[:-1], release[-1] + 1]
        tries = [base, f"{base}.1", ".".join(map(str, more)), f"{base}.post1"]
        if one.operator in ("<", "<="):
            tries += _below(release)
        if any(wanted.contains(text, prereleases=True) for text in tries):
            return True
    return False


def _below(release: tuple[int, ...]) -> list[str]:
    """Versions a little below a release."""
    found = []
    for index, number in enumerate(release):
        if number > 0:
            numbers = [*release[:index], number - 1, 9999]
            found.append(".".join(map(str, numbers)))
    return found
