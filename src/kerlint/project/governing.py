"""The target that manifests give: which of them counts, what they admit together, and why.

Of one folder the first manifest that asks for a library decides about it, see `targets.manifests_in`.
Each of its parts (what is always installed, an extra, a group, a stage) is an installation of its
own; the newest versions that any of them gets are the newest of the target.
"""

from __future__ import annotations

import os

from kerlint.knowledge.releases import complete, known, version_key
from kerlint.manifests.installations import installations
from kerlint.project.admitted import Admitted, admitted, lines_of, order
from kerlint.project.axes import AXES, ORDER, OWN_KERAS, RELEASES
from kerlint.project.targets import Floor, Reason, Target, Versions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kerlint.manifests.installations import Installation
    from kerlint.manifests.model import Manifest
    from kerlint.project.library import Library

    Pair = tuple[Installation, Admitted]

PASSED_OVER = ("build", "tool")
"""Parts of a manifest that the code does not run in."""

MOST_TOLD = 4
"""Requirements that the origin of a target names."""


def of_manifests(paths: Sequence[str], library: Library, notes: list[str]) -> Target | None:
    """The target that manifests give, those that count most first; None if they name no library.

    What cannot be read, and what no release meets, is said in `notes` and passed over.
    """
    chosen: list[Installation] = []
    named: set[str] = set()
    for path in paths:
        manifest = library.manifest(path)
        if manifest is None:
            notes.append(f"{shown(path)} cannot be read; its requirements are not known.")
            continue
        _note_problems(manifest, notes)
        found = [one for one in installations(manifest, library.manifest) if _counts(one)]
        axes = {AXES[line.name] for one in found for line in one.requirements if line.name in AXES}
        if not axes:
            continue
        if not chosen:
            chosen = found
        elif axes - named:
            for one in chosen:
                _borrow(one, found[0], axes - named)
        named |= axes
        if chosen[0].kind == "locked" or named >= {"keras", "tensorflow"}:
            break
    return of_installations(chosen, notes)


def of_installations(chosen: Iterable[Installation], notes: list[str]) -> Target | None:
    """The target of all of them; None if they bring no library that anything is known of."""
    pairs: list[Pair] = []
    same: dict[object, Admitted | None] = {}
    ones = list(chosen)
    for one in ones:
        key = _key(one) if len(ones) > 1 else None
        if key not in same:
            same[key] = admitted(one)
        found = same[key]
        if found is not None:
            pairs.append((one, found))
    for _, found in pairs:
        for axis in ORDER:
            unmet = [one for one in found.unmet if AXES[one.name] == axis]
            if unmet:
                texts = " and ".join(dict.fromkeys(_place(Reason.of(one)) for one in unmet))
                note = f"No release of {RELEASES[axis]} fits {texts}; it is passed over."
                if note not in notes:
                    notes.append(note)
    pairs = [pair for pair in pairs if pair[1].newest[:3] != (None, None, None)]
    return of_pairs(pairs) if pairs else None


def of_commands(paths: Sequence[str], library: Library) -> Target | None:
    """The target that the commands in these files give; None if they name no version.

    Nobody promised that all of them run, so nothing is said of those that contradict each other.
    A README that leaves the version open in one command and names it in another tells its readers to
    choose: it holds nobody to the version.
    """
    chosen = []
    for path in paths:
        manifest = library.manifest(path)
        if manifest is not None:
            found = [one for one in installations(manifest, library.manifest) if _counts(one)]
            if manifest.format == "readme" and _left_open(found):
                continue
            chosen += [one for one in found if _counts(one) and _bounded(one)]
    return _agreeing(chosen)


def of_file(path: str, data: bytes) -> Target | None:
    """The target that a script with requirements in its head (PEP 723) or the commands of a
    notebook give to the file itself; None if they name no library, or no version in a notebook.
    """
    from kerlint.manifests.formats import read

    manifest = read(path, data, "notebook" if path.endswith(".ipynb") else "script")
    found = [one for one in installations(manifest, _no_file) if _counts(one)]
    if manifest.format == "notebook":
        # What is installed under a condition has an origin such as `cell 3, line 2`; of the others
        # the last has all cells before it.
        found = [one for one in found if _bounded(one) and "," not in one.origin][-1:]
    return _agreeing(found)


def _no_file(_: str) -> None:
    return None


def _agreeing(chosen: Sequence[Installation]) -> Target | None:
    pairs = [(one, found) for one in chosen if (found := admitted(one)) is not None]
    pairs = [pair for pair in pairs if not pair[1].unmet]
    return of_pairs(pairs) if pairs else None


def _left_open(ones: Sequence[Installation]) -> bool:
    """Whether one of them has a version of a library that another asks for without any."""
    versions = {AXES[line.name] for one in ones for line in lines_of(one) if line.specifier}
    return any(
        line.name in AXES and AXES[line.name] in versions and not line.specifier
        for one in ones
        for line in one.requirements
    )


def _bounded(one: Installation) -> bool:
    lines = lines_of(one)
    return any(line.specifier for line in lines) and all(line.known for line in lines)


def _counts(one: Installation) -> bool:
    """Whether code is run in what is installed, and a library of ours is there."""
    return (
        one.kind != "step"
        and one.origin.split(" ")[0] not in PASSED_OVER
        and any(line.name in AXES for line in one.requirements)
    )


def _key(one: Installation) -> object:
    """Installations with the same one admit the same: what they ask of packages that nothing is
    known of makes no difference.
    """
    from kerlint.knowledge.index import load

    index = load()
    lines = (*one.requirements, *one.constraints, *one.overrides)
    asked = frozenset(
        (line.name, line.specifier, line.marker, line.extras, line.role)
        for line in lines
        if line.name in AXES or index.package(line.name) is not None
    )
    return one.kind, asked, frozenset(each.specifier for each in one.pythons), one.platforms


def _borrow(one: Installation, other: Installation, axes: set[str]) -> None:
    """Add what another manifest of the folder asks of libraries that this one does not name."""
    one.requirements += [line for line in other.requirements if AXES.get(line.name) in axes]
    one.constraints += [line for line in other.constraints if AXES.get(line.name) in axes]


def _note_problems(manifest: Manifest, notes: list[str]) -> None:
    if manifest.problems and not manifest.requirements:
        first = manifest.problems[0]
        notes.append(
            f"{shown(manifest.path)}:{first.span.start.line}: {first.message}; its requirements "
            "are not known."
        )


def of_pairs(pairs: Sequence[Pair]) -> Target:
    """The target of installations, with what each admits; there is at least one."""
    first, best = max(pairs, key=lambda pair: order(pair[1].newest))
    low, least = min(pairs, key=lambda pair: order(pair[1].oldest))
    lines = lines_of(first)
    newest = best.newest
    for axis in set(ORDER) - {AXES[line.name] for line in lines}:
        # Another part names it, so it need not be the one that comes along here.
        naming = [pair for pair in pairs if axis in _named(pair) and getattr(pair[1].newest, axis)]
        if naming:
            own = max(naming, key=lambda pair: version_key(getattr(pair[1].newest, axis)))
            newest = newest._replace(**{axis: getattr(own[1].newest, axis)})
            lines += [line for line in lines_of(own[0]) if AXES[line.name] == axis]
    newest, floor = complete(newest), None
    loose = {axis for pair in pairs for axis in _named(pair) - pair[1].bounded}
    bounded = [pair for pair in pairs if pair[1].bounded]
    if bounded:
        low, lowest = min(bounded, key=lambda pair: order(pair[1].oldest))
        elsewhere = [
            pair[1].oldest.keras
            for pair in pairs
            if "keras" in _named(pair) and "keras" not in _named((low, lowest))
        ]
        keras = min(filter(None, elsewhere), key=version_key, default=None)
        floor = _floor(lowest, newest, set() if best.how == "locked" else loose, keras)
    named = {AXES[line.name] for line in lines_of(low)}
    unbounded = {axis: known(RELEASES[axis])[0] for axis in named - least.bounded}
    oldest = complete(least.oldest._replace(**unbounded) if least.how != "locked" else least.oldest)
    pythons = _pythons([one for one, _ in pairs])
    if pythons:
        newest = newest._replace(python=pythons[-1])
        oldest = oldest._replace(python=pythons[0])
    lines += lines_of(low) if floor is not None else ()
    reasons = tuple({(one.path, one.span): Reason.of(one) for one in lines}.values())
    return Target(newest, oldest, _origin(reasons), floor, reasons, tuple(_details(best)))


def _named(pair: Pair) -> set[str]:
    """The libraries that an installation names."""
    return {AXES[line.name] for line in lines_of(pair[0])}


def _floor(lowest: Admitted, newest: Versions, loose: set[str], own: str | None) -> Floor | None:
    """The oldest versions that go together; None where they are the newest.

    `loose`: libraries that some part asks for without a lower bound
    `own`: the oldest Keras of the parts that name it, where this one does not
    """
    bounded = lowest.bounded - loose
    if not bounded:
        return None
    versions = complete(lowest.oldest)
    if own is not None:
        versions = versions._replace(keras=own)
        bounded |= {"keras"} - loose
    elif "tensorflow" in bounded and versions.tensorflow is not None:
        if version_key(versions.tensorflow)[:2] < OWN_KERAS:
            bounded.add("keras")  # it comes with TensorFlow and can be no other
        elif "keras" not in bounded:
            versions = versions._replace(keras=newest.keras)
    same = all(getattr(versions, axis) == getattr(newest, axis) for axis in bounded)
    return None if same else Floor(versions, frozenset(bounded))


def _pythons(ones: Sequence[Installation]) -> list[str]:
    """The Pythons that any of them admits, ascending; [] where nothing is said of them."""
    ranges = {tuple(dict.fromkeys(each.specifier for each in one.pythons)) for one in ones}
    if not any(ranges):
        return []
    from kerlint.knowledge.index.places import PYTHONS
    from kerlint.solving.verdicts import covers

    return [
        python
        for python in PYTHONS
        if any(all(covers(each, python) for each in one) for one in ranges)
    ]


def _details(best: Admitted) -> Iterable[str]:
    """How the newest versions came about, in sentences."""
    if best.how == "pinned":
        yield "Every library is pinned; nothing had to be solved."
    elif best.how == "locked":
        yield "A lock says what was chosen."
    elif best.how == "alone":
        yield "No set of versions meets all of it, so each library was taken by its own lines."
    else:
        from kerlint.knowledge.index import load

        yield (
            f"A fresh install gets the newest on Python {best.python}, by the releases of "
            f"{load().snapshot}."
        )
    if best.unknown:
        yield f"Bounds that were left out, for their releases are not known: {_few(best.unknown)}."


def _few(names: Sequence[str]) -> str:
    told = ", ".join(names[:8])
    return f"{told} and {len(names) - 8} more" if len(names) > 8 else told


def _origin(reasons: Sequence[Reason]) -> str:
    ordered = sorted(reasons, key=lambda one: ORDER.index(one.axis))
    told = ", ".join(dict.fromkeys(map(_place, ordered[:MOST_TOLD])))
    more = len(ordered) - MOST_TOLD
    return f"from {told}" + (f" and {more} more" if more > 0 else "")


def _place(one: Reason) -> str:
    return f"`{one.text}` in {one.place}"


def shown(path: str) -> str:
    """The path as reports print it."""
    near = os.path.relpath(path)
    return path if near.startswith("..") else near
