"""What the readers of lock files share."""

from __future__ import annotations

from kerlint.manifests.model import Requirement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kerlint.diagnostics import Span
    from kerlint.manifests.environments import Environments
    from kerlint.manifests.model import Source


MOST_VERSIONS = 60
"""Of one package in one lock; of more nothing is said."""


class Pin:
    """A package of a lock: which version, from where, and where the lock says so."""

    __slots__ = ("extras", "known", "name", "source", "span", "version")

    def __init__(
        self,
        name: str,
        version: str,
        span: Span,
        source: Source = "index",
        extras: tuple[str, ...] = (),
        known: bool = True,
    ) -> None:
        self.name = name
        self.version = version
        self.span = span
        self.source: Source = source
        self.extras = extras
        self.known = known


def locked_all(
    path: str, pins: Sequence[Pin], where: Sequence[Mapping[str, int]], environments: Environments
) -> list[Requirement]:
    """The requirements of all packages. `where` is that of each, by origin.

    Two versions of one package for the same environment and origin cannot both be meant: which one
    is, the lock does not say.
    """
    by_name: dict[str, list[int]] = {}
    for index, pin in enumerate(pins):
        by_name.setdefault(pin.name, []).append(index)
    for some in by_name.values():
        for place, index in enumerate(some):
            if len(some) > MOST_VERSIONS:
                pins[index].known = False
                continue
            for other in some[:place]:
                if pins[other].version != pins[index].version:
                    _doubt(pins[other], pins[index], where[other], where[index])
    return [
        one
        for pin, there in zip(pins, where, strict=True)
        for one in _locked(path, pin, there, environments)
    ]


def _doubt(one: Pin, other: Pin, here: Mapping[str, int], there: Mapping[str, int]) -> None:
    if any(where & there.get(origin, 0) for origin, where in here.items()):
        one.known = other.known = False


def _locked(
    path: str, pin: Pin, where: Mapping[str, int], environments: Environments
) -> Iterable[Requirement]:
    """A requirement for each origin; what is always installed is not said of extras again.

    `where`  by origin the environments in which the package is installed
    """
    always = where.get("", 0)
    for origin, some in where.items():
        if not some or (origin and not some & ~always):
            continue
        yield Requirement(
            pin.name,
            f"=={pin.version}" if pin.version else "",
            text=f"{pin.name}=={pin.version}" if pin.version else pin.name,
            path=path,
            span=pin.span,
            extras=pin.extras,
            marker=environments.text(some),
            role="locked",
            origin=origin,
            source=pin.source,
            known=pin.known,
        )
