"""Pins of a lock that exclude each other: it was edited by hand, or merged."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kerlint.diagnostics import Diagnostic
    from kerlint.knowledge.index import Dependency, Index
    from kerlint.manifests.installations import Installation
    from kerlint.manifests.model import Requirement
    from kerlint.rules.base import Rule
    from kerlint.rules.installing import InstallContext

    Contradiction = tuple[str, Dependency]


def contradictions(
    rule: Rule, installation: Installation, context: InstallContext
) -> Iterator[Diagnostic]:
    """Each pin that another pin of the lock does not admit, whatever the Python."""
    if installation.overrides or _is_overridden(installation, context):
        return
    verdict = context.verdict(installation)
    told: set[tuple[str, str]] = set()
    for pins in verdict.chosen:
        for carrier, dependency in _found(pins, verdict.pythons, context.index):
            asking = _line(installation, carrier, pins)
            wanted = _line(installation, dependency.name, pins)
            key = (carrier, dependency.name)
            if asking is None or wanted is None or key in told:
                continue
            told.add(key)
            yield _finding(rule, asking, wanted, dependency, pins)


def _finding(
    rule: Rule,
    asking: Requirement,
    wanted: Requirement,
    dependency: Dependency,
    pins: Mapping[str, str],
) -> Diagnostic:
    from kerlint.rules.manifests._places import also, at

    return at(
        rule,
        wanted,
        f"{wanted.name} {pins[wanted.name]} is locked beside {asking.name} {pins[asking.name]}, "
        f"which requires {dependency}",
        label="not what the other one requires",
        help="let the tool write the lock anew; a lock is not edited by hand",
        severity="warning",
        related=[also(asking, "this one requires another")],
    )


def _found(
    pins: Mapping[str, str], pythons: tuple[str, ...], index: Index
) -> Iterator[Contradiction]:
    from kerlint.solving.verdicts import LINUX

    for name, version in pins.items():
        package = index.package(name)
        number = -1 if package is None or package.synthetic else package.number(version)
        if package is None or number < 0:
            continue
        for one in package.requirements(number, LINUX):
            other = index.package(one.name) if one.name in pins and not one.extra else None
            if other is None or other.synthetic:
                continue
            pinned = other.number(pins[one.name])
            everywhere = all(one.applies(python, LINUX) for python in pythons)
            if pinned >= 0 and not one.mask >> pinned + 1 & 1 and everywhere:
                yield name, one


def _line(installation: Installation, name: str, pins: Mapping[str, str]) -> Requirement | None:
    """The pin of the index on that version; None for one of conda or from an address."""
    for one in installation.requirements:
        if one.name == name and one.specifier.lstrip("= ") == pins[name]:
            return one if one.ecosystem == "pypi" and one.source == "index" else None
    return None


def _is_overridden(installation: Installation, context: InstallContext) -> bool:
    """Whether the project tells its tool to put aside what packages require."""
    import posixpath

    lock = installation.manifests[0]
    if "\noverrides = [" in lock.text or "\n[[manifest.dependency-metadata" in lock.text:
        return True
    beside = posixpath.join(posixpath.dirname(lock.path), "pyproject.toml")
    project = context.library.manifest(beside)
    return project is not None and (
        any(one.role == "override" for one in project.requirements)
        or "dependency-metadata" in project.text
    )
