"""One package: its releases, where each can be installed, and what it requires."""

from __future__ import annotations

from kerlint.knowledge.index import places
from kerlint.knowledge.index.codes import column_of, mask_of, runs_of, sets_of
from kerlint.knowledge.index.specifiers import Ordered, names_prerelease
from kerlint.knowledge.index.specifiers import mask_of as mask_of_specifier
from kerlint.knowledge.index.versions import is_prerelease

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.knowledge.index.index import Index


class Dependency:
    """One line `Requires-Dist` of a published release.

    `name`       normalised
    `specifier`  PEP 440 text; "" for any version
    `extra`      the extra of the carrier that asks for it; "" for always
    `extras`     extras of `name` that it asks for, sorted
    `marker`     PEP 508 text without its part about extras; "" for everywhere
    `where`      the places where the marker holds, see `places`; never none
    `mask`       releases of `name` that fit, pre-releases among them, see `Package`
    `prereleases`  whether the specifier speaks of a pre-release, so that pip may take one

    One line may become two: with and without an extra, where its marker allows both.
    """

    __slots__ = (
        "_mask",
        "_prereleases",
        "_releases",
        "extra",
        "extras",
        "marker",
        "name",
        "specifier",
        "where",
    )

    def __init__(
        self,
        name: str,
        specifier: str,
        releases: str,
        extra: str,
        extras: tuple[str, ...],
        marker: str,
        where: int,
    ) -> None:
        """`releases`: those that fit, as in the data file."""
        self.name = name
        self.specifier = specifier
        self._releases = releases
        self.extra = extra
        self.extras = extras
        self.marker = marker
        self.where = where
        self._mask: int | None = None
        self._prereleases: bool | None = None

    @property
    def mask(self) -> int:
        if self._mask is None:
            self._mask = mask_of(self._releases)
        return self._mask

    @property
    def prereleases(self) -> bool:
        if self._prereleases is None:
            self._prereleases = names_prerelease(self.specifier)
        return self._prereleases

    def applies(self, python: str, platform: str) -> bool:
        return bool(self.where & places.bit(python, platform))

    def __str__(self) -> str:
        extras = f"[{','.join(self.extras)}]" if self.extras else ""
        return f"{self.name}{extras}{self.specifier}"

    def __repr__(self) -> str:
        marker = f"; {self.marker}" if self.marker else ""
        return f"<Dependency {self}{marker}{f' [{self.extra}]' if self.extra else ''}>"


class Package:
    """Sets of releases are ints: bit `i + 1` is `versions[i]`; bit 0 is never set.

    `name`         normalised (PEP 503)
    `versions`     ascending, as PEP 440 writes them, pre-releases among them
    `synthetic`    nothing was published under these numbers: the package is only known from
                   requirements on it, and its versions are all the points that these can tell
                   apart. Which releases there are is unknown; never print one, and never say that
                   there is none. See `synthetic`
    `every`, `finals`, `prereleases`  all releases; those that are (not) pre-releases
    `yanked`       withdrawn; pip takes one only for an exact pin
    `sdists`       with a source distribution
    `unknown`      what they require is not known: only a source distribution, or a pre-release
                   that was not read
    """

    __slots__ = (
        "_carriers",
        "_fields",
        "_index",
        "_lists",
        "_masks",
        "_matrices",
        "_ordered",
        "_pythons",
        "_reasons",
        "every",
        "finals",
        "name",
        "prereleases",
        "sdists",
        "synthetic",
        "unknown",
        "versions",
        "yanked",
    )

    def __init__(self, index: Index, fields: list[str]) -> None:
        """`fields`: those of a line of the data file, see `index`."""
        self._index = index
        self._fields = fields
        self.name = fields[0]
        self.versions = tuple(fields[1].split(" ")) if fields[1] else ()
        self.synthetic = not fields[2]
        self.every = (2 << len(self.versions)) - 2
        self.prereleases, self.sdists, self.unknown = (int(one or "0", 16) for one in fields[4:7])
        self.finals = self.every & ~self.prereleases
        self._reasons = {
            int(number): reason
            for number, _, reason in (part.partition("=") for part in fields[7].split("\r") if part)
        }
        self.yanked = sum(2 << number for number in self._reasons)
        self._pythons = sets_of(fields[2])
        self._matrices = sets_of(fields[3])
        self._lists: list[str] | None = None
        self._ordered = Ordered(self.versions)
        self._masks: dict[str, int] = {}
        self._carriers: dict[tuple[str, int, str | None], tuple[tuple[Dependency, int], ...]] = {}

    def bit(self, version: str) -> int:
        """The bit of a release, however its number is written (`2.0` is `2.0.0`); 0 if there is
        none; `specifiers.Invalid` for what is no version."""
        try:
            return 2 << self.versions.index(version)
        except ValueError:
            return mask_of_specifier(f"=={version}", self._ordered)

    def number(self, version: str) -> int:
        """Its number in `versions`; -1 if there is no such release."""
        return max(self.bit(version).bit_length() - 2, -1)

    def mask(self, specifier: str) -> int:
        """The releases that fit, pre-releases among them; `specifiers.Invalid` for nonsense."""
        mask = self._masks.get(specifier)
        if mask is None:
            mask = self._index.mask(self.name, specifier)
            if mask is None:
                mask = mask_of_specifier(specifier, self._ordered)
            self._masks[specifier] = mask
        return mask

    def versions_in(self, mask: int) -> list[str]:
        """Ascending."""
        return [version for i, version in enumerate(self.versions) if mask >> (i + 1) & 1]

    def yanked_reason(self, number: int) -> str:
        """As its owner gave it; "" for none, or if it is not yanked."""
        return self._reasons.get(number, "")

    def requires_python(self, number: int) -> str:
        """PEP 440 text; "" for any."""
        codes = (code for code, mask in self._pythons if mask >> (number + 1) & 1)
        return next((self._index.pythons[int(code)][0] for code in codes), "")

    def _where(self, column: list[tuple[str, int]], wanted: int, sets: list[int]) -> int:
        found = 0
        for code, mask in column:
            if sets[int(code)] & wanted:
                found |= mask
        return found

    def requires_python_mask(self, python: str) -> int:
        """The releases that admit this Python (`3.11`) and have a wheel for it, or an sdist."""
        if self.synthetic:
            return self.every
        admitted = self.admits_python_mask(python)
        return admitted & (
            self.sdists | self._where(self._matrices, places.under(python), self._index.matrices)
        )

    def admits_python_mask(self, python: str) -> int:
        """The releases of which Requires-Python alone admits this Python."""
        if self.synthetic:
            return self.every
        sets = [admitted for _, admitted in self._index.pythons]
        return self._where(self._pythons, 1 << places.PYTHONS.index(python), sets)

    def wheel_mask(self, python: str, platform: str) -> int:
        """The releases with a wheel that fits, whatever Requires-Python says."""
        if self.synthetic:
            return self.every
        return self._where(self._matrices, places.bit(python, platform), self._index.matrices)

    def installable_mask(self, python: str, platform: str) -> int:
        """The releases that pip would consider there: Requires-Python, and a wheel or an sdist."""
        if self.synthetic:
            return self.every
        wheels = self.wheel_mask(python, platform)
        return self.admits_python_mask(python) & (wheels | self.sdists)

    def requirements(self, number: int, platform: str) -> tuple[Dependency, ...]:
        """What a release requires on a platform, in the order of its metadata; all extras and
        markers: see `Dependency.extra` and `Dependency.applies`. () where it is `unknown`."""
        lists = self._requirement_lists()
        if not lists:
            return ()
        return self._index.requirement_list(_of_platform(lists[number], platform), platform)

    def carriers(
        self, platform: str, among: int = -1, extra: str | None = None
    ) -> tuple[tuple[Dependency, int], ...]:
        """Every dependency with the set of the releases that have it: the same as
        `requirements`, asked the other way round. One that is written alike is one object.

        `among`: lists that none of these releases has are left out; of the others all is told.
        `extra`: those of one extra alone, "" for what is always required.
        """
        found = self._carriers.get((platform, among, extra))
        if found is None:
            masks: dict[str, int] = {}
            of_list: dict[str, int] = {}
            for code, mask in runs_of(self._fields[8]):
                code = _of_platform(code, platform)
                of_list[code] = of_list.get(code, 0) | mask
            for code, mask in of_list.items():
                if mask & among:
                    for number in self._index.numbers(code, extra):
                        masks[number] = masks.get(number, 0) | mask
            found = tuple(self._index.dependencies(masks.items(), platform, extra))
            self._carriers[platform, among, extra] = found
        return found

    def extras(self, platform: str = places.PLATFORMS[0]) -> tuple[str, ...]:
        """Extras with requirements, of any release, sorted."""
        found = {dependency.extra for dependency, _ in self.carriers(platform)}
        return tuple(sorted(found - {""}))

    def _requirement_lists(self) -> list[str]:
        if self._lists is None:
            self._lists = column_of(self._fields[8])
        return self._lists

    def __repr__(self) -> str:
        return f"<Package {self.name}: {len(self.versions)} releases>"


def _of_platform(code: str, platform: str) -> str:
    """`12` for all platforms, or `12/3-4:13`: 12, but 13 for the platforms 3 and 4."""
    if "/" not in code:
        return code
    default, *others = code.split("/")
    number = str(places.PLATFORMS.index(platform))
    for other in others:
        numbers, _, found = other.partition(":")
        if number in numbers.split("-"):
            return found
    return default


def fields_of(name: str, versions: tuple[str, ...]) -> list[str]:
    """The fields of a synthetic package."""
    marks = sum(2 << number for number, version in enumerate(versions) if is_prerelease(version))
    return [name, " ".join(versions), "", "", f"{marks:x}", "", "", "", ""]
