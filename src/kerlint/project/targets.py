"""The versions that the code must work with."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import NamedTuple

    from kerlint.diagnostics import Span
    from kerlint.manifests.model import Requirement
    from kerlint.project.library import Library
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


class Reason:
    """A requirement that the target follows from.

    `axis`          the library that it speaks of, a field of Versions
    `text`          as written; `keras==3.6.0` for a lock
    `path`, `span`  where, the path as reports print it
    `cell`          the 0-based index of a notebook cell, or None
    """

    __slots__ = ("axis", "cell", "path", "span", "text")

    def __init__(self, axis: str, text: str, path: str, span: Span, cell: int | None) -> None:
        self.axis = axis
        self.text = text
        self.path = path
        self.span = span
        self.cell = cell

    @classmethod
    def of(cls, one: Requirement) -> Reason:
        from kerlint.project.axes import AXES

        locked = one.role == "locked"
        text = f"{one.name}{one.specifier}" if locked else one.text
        return cls(AXES[one.name], text, one.path, one.span, one.cell)

    @property
    def place(self) -> str:
        """`pyproject.toml:12`, `train.ipynb:cell 3`."""
        if self.cell is not None:
            return f"{self.path}:cell {self.cell + 1}"
        return f"{self.path}:{self.span.start.line}"


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
    `reasons`  the lines of manifests that it follows from; () where it was asked for or assumed
    `details`  how it was found, in sentences
    """

    __slots__ = ("details", "floor", "newest", "oldest", "origin", "reasons")

    def __init__(
        self,
        newest: Versions,
        oldest: Versions,
        origin: str,
        floor: Floor | None = None,
        reasons: tuple[Reason, ...] = (),
        details: tuple[str, ...] = (),
    ) -> None:
        self.newest = newest
        self.oldest = oldest
        self.origin = origin
        self.floor = floor
        self.reasons = reasons
        self.details = details

    def reason(self, axis: str) -> Reason | None:
        """The line that decides about a library: its own, or TensorFlow's, which brings Keras."""
        for wanted in (axis, "tensorflow" if axis == "keras" else ""):
            own = [one for one in self.reasons if one.axis == wanted]
            if own:
                return next(
                    (one for one in own if any(sign in one.text for sign in "=<>~")), own[0]
                )
        return None


MOST_TOLD = 8
"""Targets that the notes of a run name."""

NOTHING_FOUND = "the current releases: no requirement on Keras or TensorFlow was found"
"""The origin of a target that is only assumed."""

SCRIPT_HEADER = b"# /// script"
"""How the requirements of a script (PEP 723) begin."""


class Targets:
    """The target of every file of a run; one instance a run.

    `notes`    what went wrong with a manifest, in sentences; the run goes on without it
    `library`  has read the manifests; None where none had to be
    """

    __slots__ = ("_by_folder", "_current", "_given", "library", "notes")

    def __init__(self) -> None:
        self.notes: list[str] = []
        self._by_folder: dict[str, Target | None] = {}
        self._given: dict[tuple[str, ...], Target] = {}
        self._current: Target | None = None
        self.library: Library | None = None

    def of(self, path: str, settings: Settings, data: bytes = b"") -> Target:
        """What the settings say, else what the file itself asks for, else what the nearest
        manifests ask for, else what is current.

        `data`  the bytes of a script or notebook, which may say what it is run with
        Raises Failure if no release fits what the settings say.
        """
        asked = settings.targets
        if not asked:
            return self._unasked(path, data)
        found = self._given.get(asked)
        if found is None:
            from kerlint.project.asked import given

            found = self._given[asked] = given(asked)
        if found.newest[:3] != (None, None, None):
            return found
        # Only Python was named: the libraries are looked for as ever.
        base = self._unasked(path, data)
        key = (*asked, base.origin)
        if key not in self._given:
            newest = base.newest._replace(python=found.newest.python)
            oldest = base.oldest._replace(python=found.oldest.python)
            origin = f"{base.origin}; {found.origin}"
            self._given[key] = Target(newest, oldest, origin, base.floor, base.reasons)
        return self._given[key]

    def current(self) -> Target:
        """The releases of today, for want of anything better."""
        if self._current is None:
            from kerlint.knowledge.releases import complete

            newest = complete(Versions(None, None, None, None))
            self._current = Target(newest, newest, NOTHING_FOUND)
        return self._current

    def _unasked(self, path: str, data: bytes) -> Target:
        if SCRIPT_HEADER in data or (b" install " in data and path.endswith(".ipynb")):
            from kerlint.project.governing import of_file

            found = of_file(path, data)
            if found is not None:
                return found
        return self._governing(os.path.dirname(path)) or self.current()

    def _governing(self, folder: str) -> Target | None:
        if folder not in self._by_folder:
            self._by_folder[folder] = self._look_up(folder)
        return self._by_folder[folder]

    def _look_up(self, folder: str) -> Target | None:
        full = os.path.abspath(folder)
        if full != folder:
            return self._governing(full)
        from kerlint.project.manifest_names import commanding, declaring

        try:
            names = os.listdir(folder)
        except OSError:
            names = []
        parent = os.path.dirname(folder)
        last = parent == folder or ".git" in names or ".hg" in names or folder == _home()
        manifests = declaring(folder, names)
        if manifests:
            from kerlint.project.governing import of_manifests
            from kerlint.project.workspaces import lock_of

            lock = "" if last else lock_of(folder, self._reader())
            found = of_manifests(
                [lock, *manifests] if lock else manifests, self._reader(), self.notes
            )
            if found is not None:
                return found
        for paths in commanding(folder, names):
            if paths:
                from kerlint.project.governing import of_commands

                found = of_commands(paths, self._reader())
                if found is not None:
                    return found
        return None if last else self._governing(parent)

    def _reader(self) -> Library:
        if self.library is None:
            from kerlint.project.library import Library

            self.library = Library({})
        return self.library


def describe(target: Target) -> str:
    """`keras 3.15.1, tensorflow 2.21.0 (why)`, for people."""
    return f"{spelled(target.newest)} ({target.origin})"


def sentences(targets: Mapping[Target, int]) -> Iterator[str]:
    """What files were judged by; `targets` says how many by each. The rarest are only counted."""
    told = sorted(targets.items(), key=lambda item: -item[1])
    for target, number in told[:MOST_TOLD]:
        where = f" for {number} file{'s' if number > 1 else ''}" if len(told) > 1 else ""
        yield f"Target{where}: {describe(target)}."
    if len(told) > MOST_TOLD:
        files = sum(number for _, number in told[MOST_TOLD:])
        yield f"{len(told) - MOST_TOLD} other targets for {files} files: `kerlint target` lists them."


def spelled(versions: Versions) -> str:
    """`keras 3.15.1, tensorflow 2.21.0`: what is known of the two."""
    words = []
    if versions.keras:
        words.append(f"keras {versions.keras}")
    if versions.tensorflow:
        words.append(f"tensorflow {versions.tensorflow}")
    return ", ".join(words)


def check_requirement(text: str) -> None:
    """Raise Failure, naming the nearest right word, if `text` is no target."""
    from kerlint.project.asked import parse

    parse(text)


def target_of(*texts: str) -> Target:
    """The target that requirements like `keras==3.15.1, tensorflow==2.21.0` spell.

    Raises Failure if one is none, or no known release fits.
    """
    from kerlint.project.asked import given

    return given(texts)


def _home() -> str:
    return os.path.expanduser("~")
