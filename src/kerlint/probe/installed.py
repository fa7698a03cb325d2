"""The installed distributions as checks ask for them: by name, by what they stand for, by need."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kerlint.knowledge.families import ALL_TENSORFLOWS, FAMILIES
from kerlint.manifests.pep508 import Parsed, Refused, parse
from kerlint.project.specifiers import admits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from packaging.markers import Marker

    from kerlint.probe.observations import Distribution, Observations

_STANDS_FOR = {
    **dict.fromkeys(ALL_TENSORFLOWS, "tensorflow"),
    **{name: family.folder.replace("_", "-") for family in FAMILIES[1:] for name in family.members},
}
"""What a distribution brings, by its name: `tensorflow` for each of the TensorFlows, `keras` for
keras-nightly too. To installers they are different things, to whoever imports them they are not."""

FRAMEWORKS = ("keras", "tf-keras", "tensorflow", "jax", "torch")
"""What this tool is about, as distributions; whatever these require belongs to their stack."""

_BESIDE = ("keras-hub", "keras-nlp", "keras-cv", "keras-tuner", "tensorflow-", "jaxlib", "jax-")
"""Beginnings of further names that belong to the stack."""


def stands_for(name: str) -> str:
    """`tensorflow` for `tensorflow-cpu` and the like; else the name itself."""
    return _STANDS_FOR.get(name, name)


class Installed:
    """The distributions that win on the path, by normalised name."""

    def __init__(self, seen: Observations) -> None:
        self._seen = seen
        self.by_name: dict[str, Distribution] = {}
        for one in sorted(seen.distributions, key=lambda one: one.order):
            self.by_name.setdefault(one.name, one)
        self._providers: dict[str, Distribution] = {}
        self._stack: frozenset[str] | None = None
        for one in self.by_name.values():
            what = stands_for(one.name)
            if what not in self._providers or one.name == what:
                self._providers[what] = one

    def get(self, name: str) -> Distribution | None:
        """The distribution of exactly that name."""
        return self.by_name.get(name)

    def bringing(self, name: str) -> Distribution | None:
        """The distribution of that name, or one that brings the same (`tensorflow-cpu`)."""
        return self.by_name.get(name) or self._providers.get(stands_for(name))

    def version(self, name: str) -> str:
        """Version of what brings `name`, without its local part; "" if none does, or unknown."""
        found = self.bringing(name)
        return "" if found is None else found.version.partition("+")[0]

    def needs(self, one: Distribution, extra: str = "") -> Iterator[Parsed]:
        """What `one` requires in this environment, with one of its extras if asked for."""
        markers = self._seen.interpreter.markers
        for text in one.requires:
            need = requirement(text)
            if need is not None and not need.url and applies(need.marker, markers, extra):
                yield need

    def stack(self) -> frozenset[str]:
        """Names of the installed frameworks and of all that they require here."""
        if self._stack is None:
            roots = [name for name in self.by_name if is_framework(name)]
            self._stack = self.reach(roots)
        return self._stack

    def reach(self, names: Iterable[str]) -> frozenset[str]:
        """The installed ones among `names`, and all that these require, directly or not."""
        found: dict[str, None] = {}
        waiting = [one.name for name in names if (one := self.bringing(name)) is not None]
        while waiting:
            name = waiting.pop()
            if name in found:
                continue
            found[name] = None
            for need in self.needs(self.by_name[name]):
                brought = self.bringing(need.name)
                if brought is not None:
                    waiting.append(brought.name)
        return frozenset(found)


def is_framework(name: str) -> bool:
    """Whether a distribution is one of those that this tool is about."""
    return stands_for(name) in FRAMEWORKS or name.startswith(_BESIDE)


_BUILT_ANEW = ("conda", "rpm", "debian", "dpkg", "apk", "pacman", "portage", "nix")
"""Words in INSTALLER of those who strip, move and build what a RECORD speaks of."""


def verifiable(one: Distribution) -> bool:
    """Whether its files must be those of its RECORD: nobody repackages it for a system, or who did
    says so, too.

    Debian's lie in `/usr/lib/python3/dist-packages`; what pip adds there goes to /usr/local.
    """
    if one.record.by:
        return True
    word = one.installer.partition(" ")[0].lower()
    system = one.metadata.startswith("/usr/lib/python3/dist-packages/")
    return not system and word not in _BUILT_ANEW and not one.editable


def imported_as(one: Distribution) -> list[str]:
    """The names under which a distribution is imported, as far as it says."""
    return list(one.top_level) or [one.name.replace("-", "_")]


@lru_cache(maxsize=4096)
def requirement(text: str) -> Parsed | None:
    """A line of Requires-Dist, old spellings too (`keras (<2.16,>=2.15.0)`); None if it is none."""
    try:
        return parse(text)
    except (Refused, ValueError):
        return None


def applies(marker: str, markers: Mapping[str, str], extra: str = "") -> bool:
    """Whether a requirement with that marker holds here; False where that cannot be said."""
    if not marker:
        return True
    if not markers or (not extra and _only_of_an_extra(marker)):
        return False
    from packaging.markers import UndefinedEnvironmentName

    parsed = _marker(marker)
    try:
        return parsed is not None and bool(parsed.evaluate({**markers, "extra": extra}))
    except (UndefinedEnvironmentName, KeyError, ValueError):
        return False


def _only_of_an_extra(marker: str) -> bool:
    """Whether it is plain that it holds with an extra alone: most lines of Requires-Dist do."""
    return "extra ==" in marker and " or " not in marker


@lru_cache(maxsize=4096)
def _marker(text: str) -> Marker | None:
    from packaging.markers import InvalidMarker, Marker

    try:
        return Marker(text)
    except InvalidMarker:
        return None


def fits(specifier: str, version: str) -> bool | None:
    """Whether a version, whatever its local part, fits; None where one of the two is no version."""
    try:
        return admits(specifier, version.partition("+")[0])
    except ValueError:
        return None
