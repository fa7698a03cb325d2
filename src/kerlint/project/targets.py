"""The versions that the code must work with."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import NamedTuple

    from kerlint.settings import Settings

    class Versions(NamedTuple):
        """One version of each library; None where the library is not wanted or not known."""

        keras: str | None
        tensorflow: str | None
        tf_keras: str | None
        python: str | None

else:
    from collections import namedtuple

    Versions = namedtuple("Versions", "keras tensorflow tf_keras python")


class Floor:
    """The oldest versions that go together where the requirements set a lower bound.

    `axes`  the libraries (fields of Versions) that are bounded, themselves or by what brings them
    """

    __slots__ = ("axes", "versions")

    def __init__(self, versions: Versions, axes: frozenset[str]) -> None:
        self.versions = versions
        self.axes = axes


class Target:
    """The newest and the oldest versions that the project admits, and why.

    `newest`  what a fresh install gets; the rules judge by it
    `oldest`  the oldest versions that the requirements admit
    `origin`  one sentence for people: where the versions come from
    `floor`   the oldest that a lower bound allows for; None where there is no such range
    """

    __slots__ = ("floor", "newest", "oldest", "origin")

    def __init__(
        self, newest: Versions, oldest: Versions, origin: str, floor: Floor | None = None
    ) -> None:
        self.newest = newest
        self.oldest = oldest
        self.origin = origin
        self.floor = floor


NOTHING_FOUND = "the current releases: no requirement on Keras or TensorFlow was found"
"""The origin of a target that is only assumed."""

FIXED: tuple[str, ...] = ("pyproject.toml", "setup.cfg", "setup.py", "Pipfile")
"""Manifests with one name only; they count before requirements files."""

LOCKS = ("uv.lock", "poetry.lock", "pdm.lock", "pylock.toml", "Pipfile.lock")
"""What was chosen for the manifests beside them: it counts before what these ask for."""

OTHERS = ("environment.yml", "environment.yaml")
"""They count after requirements files."""

MANIFEST_LIMIT = 1 << 24
"""Bytes of a manifest that are looked at."""

_WORDS = (b"keras", b"tensorflow", b"tf-nightly", b"tf_nightly")


class Targets:
    """The target of every file of a run; one instance a run.

    `notes`  what went wrong with a manifest, in sentences; the run goes on without it
    """

    __slots__ = ("_by_folder", "_current", "_given", "notes")

    def __init__(self) -> None:
        self.notes: list[str] = []
        self._by_folder: dict[str, Target | None] = {}
        self._given: dict[tuple[str, ...], Target] = {}
        self._current: Target | None = None

    def of(self, path: str, settings: Settings) -> Target:
        """What the settings say, else what the nearest manifests ask for, else what is current.

        Raises Failure if no release fits what the settings say.
        """
        asked = settings.targets
        if not asked:
            return self._governing(os.path.dirname(path)) or self.current()
        found = self._given.get(asked)
        if found is None:
            from kerlint.project.admitted import given

            found = self._given[asked] = given(asked)
        if found.newest[:3] != (None, None, None):
            return found
        # Only Python was named: the libraries are looked for as ever.
        base = self._governing(os.path.dirname(path)) or self.current()
        key = (*asked, base.origin)
        if key not in self._given:
            newest = base.newest._replace(python=found.newest.python)
            oldest = base.oldest._replace(python=found.oldest.python)
            origin = f"{base.origin}; {found.origin}"
            self._given[key] = Target(newest, oldest, origin, base.floor)
        return self._given[key]

    def current(self) -> Target:
        """The releases of today, for want of anything better."""
        if self._current is None:
            from kerlint.knowledge.releases import complete

            newest = complete(Versions(None, None, None, None))
            self._current = Target(newest, newest, NOTHING_FOUND)
        return self._current

    def _governing(self, folder: str) -> Target | None:
        if folder not in self._by_folder:
            self._by_folder[folder] = self._look_up(folder)
        return self._by_folder[folder]

    def _look_up(self, folder: str) -> Target | None:
        full = os.path.abspath(folder)
        if full != folder:
            return self._governing(full)
        try:
            names = os.listdir(folder)
        except OSError:
            names = []
        locks = [os.path.join(folder, name) for name in LOCKS if name in names]
        manifests = [path for path in locks if _mentions(path)][:1]
        manifests += [path for path in manifests_in(folder, names) if _mentions(path)]
        if manifests:
            from kerlint.project.admitted import of_manifests

            found = of_manifests(manifests, self.notes)
            if found is not None:
                return found
        parent = os.path.dirname(folder)
        if parent == folder or ".git" in names or ".hg" in names or folder == _home():
            return None
        return self._governing(parent)


def describe(target: Target) -> str:
    """`keras 3.15.1, tensorflow 2.21.0 (why)`, for people."""
    return f"{spelled(target.newest)} ({target.origin})"


def spelled(versions: Versions) -> str:
    """`keras 3.15.1, tensorflow 2.21.0`: what is known of the two."""
    words = []
    if versions.keras:
        words.append(f"keras {versions.keras}")
    if versions.tensorflow:
        words.append(f"tensorflow {versions.tensorflow}")
    return ", ".join(words)


def manifests_in(folder: str, names: Iterable[str]) -> list[str]:
    """Paths of the manifests in a folder, those that count most first.

    `names` are the entries of the folder.
    """
    present = set(names)
    found = [name for name in FIXED if name in present]
    lists = [name for name in sorted(present) if _is_list(name)]
    # `requirements.txt` before its variants for tests, documentation and the like.
    lists.sort(key=lambda name: name != "requirements.txt")
    found += lists
    if "requirements" in present:
        try:
            inner = sorted(os.listdir(os.path.join(folder, "requirements")))
        except OSError:
            inner = []
        found += [os.path.join("requirements", name) for name in inner if name.endswith(".txt")]
    found += [name for name in OTHERS if name in present]
    return [os.path.join(folder, name) for name in found]


def _is_list(name: str) -> bool:
    return name.endswith(".txt") and (
        name.startswith("requirements") or name.endswith(("-requirements.txt", "_requirements.txt"))
    )


def _mentions(path: str) -> bool:
    """Whether the manifest may name Keras or its kin: by its bytes, before anything is parsed."""
    try:
        with open(path, "rb", buffering=0) as stream:
            data = (stream.read(MANIFEST_LIMIT) or b"").lower()
    except OSError:
        return False
    if any(word in data for word in _WORDS):
        return True
    # What it includes may name them; and other encodings than UTF-8 hide the words.
    return path.endswith(".txt") and (b"-r" in data or b"\0" in data)


def check_requirement(text: str) -> None:
    """Raise Failure, naming the nearest right word, if `text` is no target."""
    from kerlint.project.admitted import parse

    parse(text)


def target_of(*texts: str) -> Target:
    """The target that requirements like `keras==3.15.1, tensorflow==2.21.0` spell.

    Raises Failure if one is none, or no known release fits.
    """
    from kerlint.project.admitted import given

    return given(texts)


def _home() -> str:
    return os.path.expanduser("~")
