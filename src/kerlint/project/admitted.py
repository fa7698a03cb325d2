"""From requirements to versions: the newest and the oldest releases that they admit.

Imported only when there is a requirement to look at.
"""

from __future__ import annotations

import os
import re

from kerlint.failures import Failure, suggestion
from kerlint.knowledge.releases import asks, complete, known, version_key
from kerlint.project.floor import DISTRIBUTIONS, floor_of
from kerlint.project.requirements import AXES, Requirement, Unreadable, normal, read, split_plain
from kerlint.project.specifiers import admits
from kerlint.project.targets import Target, Versions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

ORDER = ("tensorflow", "keras", "tf_keras", "python")
"""In which people are told."""

PYTHONS = ("2.7", *(f"3.{minor}" for minor in range(4, 15)))
"""Python versions that some release of Keras or TensorFlow was made for."""

PLATFORMS = (
    {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
    {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
)
MACHINES = ("x86_64", "arm64", "aarch64", "AMD64")


def split(text: str) -> list[str]:
    """The requirements in one string: `keras==3.15.1, tensorflow>=2.15,<2.17` are two."""
    pieces: list[str] = []
    for piece in text.split(","):
        piece = piece.strip()
        if pieces and (not piece or re.match(r"[<>=!~]", piece)):
            pieces[-1] += f",{piece}"
        else:
            pieces.append(piece)
    return pieces


def parse(text: str) -> list[Requirement]:
    """The requirements that `--target` or the setting `target` spell.

    Raises Failure, naming the nearest right name, for what is none.
    """
    found = []
    for piece in split(text):
        plain = split_plain(piece)
        if plain is None:
            raise Failure(
                f"`{piece}` is no target; write it like `keras==3.15.1`, "
                "`tensorflow>=2.15,<2.17` or `python==3.11`"
            )
        name = normal(plain[0])
        if name not in AXES:
            hint = suggestion(name, AXES) or "; known are keras, tensorflow, tf-keras and python"
            raise Failure(f"unknown target `{plain[0]}`{hint}")
        found.append(Requirement(AXES[name], name, plain[1], "", "", False, piece, "", 0))
    return found


def given(texts: Sequence[str]) -> Target:
    """The target that the user names; without any library if only Python is named.

    Raises Failure if it is unknown or no release fits.
    """
    requirements = [one for text in texts for one in parse(text)]
    admitted, unmet = _admitted(requirements)
    if unmet:
        axis = unmet[0].axis
        newest = (known(DISTRIBUTIONS[axis]) if axis in DISTRIBUTIONS else PYTHONS)[-1]
        asked = " and ".join(f"`{one.text}`" for one in unmet)
        raise Failure(f"no known release fits the target {asked}; the newest is {newest}")
    asked = ", ".join(one.text for one in requirements)
    return _target(admitted, f"asked for: {asked}")


def of_manifests(paths: Sequence[str], notes: list[str]) -> Target | None:
    """The target that the manifests of one folder ask for; None if they do not name Keras.

    Each library is decided by the first manifest that requires it. What cannot be read, and
    requirements that no release meets, are said in `notes` and passed over.
    """
    chosen: dict[str, list[Requirement]] = {}
    constraints: list[Requirement] = []
    for path in paths:
        try:
            requirements = read(path)
        except Unreadable as problem:
            notes.append(f"{problem}; its requirements are not known.")
            continue
        axes = {one.axis for one in requirements if not one.constraint}
        for axis in axes - chosen.keys():
            chosen[axis] = [one for one in requirements if one.axis == axis and not one.constraint]
        constraints += [one for one in requirements if one.constraint]
    if not chosen.keys() - {"python"}:
        return None
    for one in constraints:
        if one.axis in chosen:
            chosen[one.axis].append(one)
    asked = [one for axis in ORDER for one in chosen.get(axis, ())]
    admitted, unmet = _admitted(asked)
    for axis in {one.axis for one in unmet}:
        texts = " and ".join(_place(one) for one in unmet if one.axis == axis)
        notes.append(f"No release of {axis.replace('_', '-')} fits {texts}; it is passed over.")
    if not admitted.keys() - {"python"}:
        return None
    counted = [one for one in asked if one.axis in admitted and one.axis != "python"]
    return _target(admitted, f"from {_places(counted)}")


def _places(requirements: Sequence[Requirement]) -> str:
    """Several requirements and where they stand, for people; each file is named once."""
    by_path: dict[str, list[Requirement]] = {}
    for one in requirements:
        by_path.setdefault(one.path, []).append(one)
    told = []
    for path, ones in by_path.items():
        if len(ones) == 1:
            told.append(_place(ones[0]))
        else:
            texts = dict.fromkeys(f"`{one.text}`" for one in ones)
            told.append(f"{' and '.join(texts)} in {_shown(path)}")
    return ", ".join(told)


def _shown(path: str) -> str:
    near = os.path.relpath(path)
    return path if near.startswith("..") else near


def _place(one: Requirement) -> str:
    """The requirement as written and where, for people."""
    return f"`{one.text}` in {_shown(one.path)}" + (f" line {one.line}" if one.line else "")


def _admitted(
    requirements: Sequence[Requirement],
) -> tuple[dict[str, tuple[str, ...]], list[Requirement]]:
    """For each library that something requires, the releases admitted, oldest first.

    An empty tuple stands for "any". Requirements that no release meets come second.
    """
    by_axis: dict[str, list[Requirement]] = {}
    for one in requirements:
        by_axis.setdefault(one.axis, []).append(one)
    pythons = PYTHONS
    admitted: dict[str, tuple[str, ...]] = {}
    unmet: list[Requirement] = []
    for axis in ("python", *DISTRIBUTIONS):
        asked = by_axis.get(axis, [])
        active = [one for one in asked if _applies(one.marker, pythons)] or asked
        if not active:
            continue
        if not any(one.specifier for one in active):
            admitted[axis] = ()
            continue
        found = _releases(active, known(DISTRIBUTIONS[axis]) if axis != "python" else PYTHONS)
        if found:
            admitted[axis] = found
        else:
            unmet += active
        if axis == "python" and found:
            pythons = found
    return admitted, unmet


def _releases(requirements: Sequence[Requirement], every: Sequence[str]) -> tuple[str, ...]:
    """Those of `every` that the requirements admit, in its order.

    What is always installed must hold together; extras, groups and lines with different markers
    or for different distributions are alternatives, of which any may hold.
    """
    base: list[Requirement] = [one for one in requirements if one.constraint]
    alternatives: dict[tuple[str, str, str], list[Requirement]] = {}
    for one in requirements:
        if not one.constraint:
            key = (one.group, one.marker, one.distribution)
            alternatives.setdefault(key, []).append(one)
    plain = [key for key in alternatives if not key[0]]
    if len(plain) == 1 and not plain[0][1]:
        base += alternatives.pop(plain[0])
    joined = [_joined(base + ones) for ones in alternatives.values()] or [_joined(base)]
    candidates = _with_pins(requirements, every)
    return tuple(one for one in candidates if any(_contains(each, one) for each in joined))


def _with_pins(requirements: Sequence[Requirement], every: Sequence[str]) -> Sequence[str]:
    """`every`, and in its place each release that is pinned although nothing is known of it."""
    pins = {
        one.specifier[2:].strip()
        for one in requirements
        if re.fullmatch(r"==\s*\d+(\.\d+)+((a|b|rc|\.post|\.dev)\d+)*", one.specifier)
    }
    there = set(map(version_key, every))
    unknown = [pin for pin in pins if version_key(pin) not in there]
    return sorted([*every, *unknown], key=version_key) if unknown else every


def _contains(specifier: str, version: str) -> bool:
    """Whether the version fits; a Python without its patch number does if some patch does."""
    if admits(specifier, version):
        return True
    return version in PYTHONS and admits(specifier, f"{version}.99")


def _joined(requirements: Iterable[Requirement]) -> str:
    return ",".join(one.specifier for one in requirements if one.specifier)


def _applies(marker: str, pythons: Sequence[str]) -> bool:
    """Whether some admitted Python, on any platform, meets the marker."""
    if "python" not in marker.replace("platform_python_implementation", ""):
        return True
    if "extra" in marker:
        return True
    from packaging.markers import InvalidMarker, Marker

    try:
        parsed = Marker(marker)
    except InvalidMarker:
        return True
    return any(parsed.evaluate(environment) for environment in _environments(pythons))


def _environments(pythons: Sequence[str]) -> Iterator[dict[str, str]]:
    for python in pythons:
        for platform in PLATFORMS:
            for machine in MACHINES:
                yield {
                    "python_version": python,
                    "python_full_version": f"{python}.99",
                    "platform_machine": machine,
                    **platform,
                }


def _target(admitted: Mapping[str, tuple[str, ...]], origin: str) -> Target:
    pythons: Sequence[str | None] = admitted.get("python") or (None,)
    keras, tensorflow = _newest_pair(admitted)
    newest = Versions(keras, tensorflow, _end(admitted, "tf_keras", -1), pythons[-1])
    oldest = Versions(
        keras=_end(admitted, "keras", 0),
        tensorflow=_end(admitted, "tensorflow", 0),
        tf_keras=_end(admitted, "tf_keras", 0),
        python=pythons[0],
    )
    if not admitted.keys() - {"python"}:
        return Target(newest, oldest, origin)
    newest = complete(newest)
    return Target(newest, complete(oldest), origin, floor_of(admitted, newest))


def _end(admitted: Mapping[str, tuple[str, ...]], axis: str, index: int) -> str | None:
    """The oldest (0) or newest (-1) release admitted; None where the library is not required."""
    if axis not in admitted:
        return None
    return (admitted[axis] or known(DISTRIBUTIONS[axis]))[index]


def _newest_pair(admitted: Mapping[str, tuple[str, ...]]) -> tuple[str | None, str | None]:
    """The newest TensorFlow for which an admitted Keras fits, and the newest such Keras."""
    if "keras" not in admitted or "tensorflow" not in admitted:
        return _end(admitted, "keras", -1), _end(admitted, "tensorflow", -1)
    kerases = admitted["keras"] or known("keras")
    tensorflows = admitted["tensorflow"] or known("tensorflow")
    for tensorflow in reversed(tensorflows):
        asked = asks("tensorflow", tensorflow)
        if asked is None:
            # It asks for no Keras, or nothing is known of it: then its neighbours tell.
            keras = complete(Versions(None, tensorflow, None, None)).keras
            if keras in kerases:
                return keras, tensorflow
            continue
        specifier = asked.removeprefix("keras")
        for keras in reversed(kerases):
            if admits(specifier, keras):
                return keras, tensorflow
    return kerases[-1], tensorflows[-1]
