"""What to write instead of a name, an argument or a method that is gone; and what only raises.

Small tables kept by hand in `data/*.tsv`, one fact a line, each with its source. They hold what
the inventory cannot tell: that a thing has another name, other arguments, or another meaning now.
Where the same name simply lives elsewhere, `Api.elsewhere` finds it and there is no row.

A name stands for its kin: a row for `keras.backend.clip` answers for
`tensorflow.keras.backend.clip` too, unless that has a row of its own, and one for `tensorflow.estimator`
for `tensorflow.compat.v1.estimator`. `*` at the end of an old
name stands for any rest; in the other tables it stands for any part of one component.
"""

from __future__ import annotations

import os

from kerlint.knowledge.releases import version_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from kerlint.project.targets import Versions

_DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data")
_TF_KERAS = "tensorflow.keras."
_LIBRARIES = {"keras": "Keras", "tensorflow": "TensorFlow"}

_KIN = {
    "tensorflow.compat.v1.": "tensorflow.",
    "tensorflow.compat.v2.": "tensorflow.",
    **{
        f"tensorflow.{part}.": f"{_TF_KERAS}{part}."
        for part in ("initializers", "losses", "metrics", "optimizers")
    },
}
"""Where the same names are found under another root: what replaces them there replaces them here."""

_VIEWS = ("tensorflow.compat.v1.keras.", "tensorflow.compat.v2.keras.")
"""Where else TensorFlow shows the Keras that it has."""

_tables: dict[str, dict[str, tuple[str, ...]]] = {}


class Replacement:
    """One row of `replacements.tsv`.

    `old`     the name that is gone
    `new`     full names of what replaces it; several are alternatives or parts
    `same`    `same`: the same object or function; `rename`: every call stays as it is;
              `arguments-differ`: `note` says how; `manual`: think; `none`: nothing does it now
    `since`   the release of keras (for a name of tensorflow itself: of tensorflow) from which on
              all of `new` exist
    `note`    what to heed, a fragment of a sentence
    """

    __slots__ = ("new", "note", "old", "same", "since", "source")

    def __init__(
        self, old: str, new: tuple[str, ...], same: str, since: str, note: str, source: str
    ) -> None:
        self.old = old
        self.new = new
        self.same = same
        self.since = since
        self.note = note
        self.source = source

    @property
    def axis(self) -> str:
        """Whose releases `since` counts in: those of the library that lost the old name."""
        return "keras" if self.old.startswith(("keras.", _TF_KERAS)) else "tensorflow"

    def available(self, versions: Versions) -> bool:
        """Whether `new` exists at these versions; an unknown version counts as a new one."""
        if not self.new:
            return False
        version = _version(self.axis, versions)
        return version is None or version_key(version) >= version_key(self.since)

    def sentence(self, versions: Versions, exists: Callable[[str], bool] | None = None) -> str:
        """The cure in words, for the help line of a finding.

        `exists` tells which of several the target has already, where it has not all.
        """
        note = f": {self.note}" if self.note else ""
        if not self.new:
            return f"nothing replaces it{note}" if self.same == "none" or not note else self.note
        names = _listed([f"`{_spelled(name)}`" for name in self.new])
        if not self.available(versions):
            there = [name for name in self.new if exists(name)] if exists is not None else []
            if there:
                return f"use {_listed([f'`{_spelled(name)}`' for name in there])}"
            return f"{_LIBRARIES[self.axis]} {self.since} brings {names}{note}"
        if self.same == "arguments-differ":
            return f"use {names} with other arguments{note}"
        return f"use {names}{note}"


class Stub:
    """One row of `stubs.tsv`: a name that exists but raises when it is used.

    `first`, `last`  the releases of `axis` between which it is so; `last` empty: still so
    `error`          what it raises
    `cure`           what to write instead
    """

    __slots__ = ("axis", "cure", "error", "first", "last", "name", "source")

    def __init__(
        self, name: str, axis: str, first: str, last: str, error: str, cure: str, source: str
    ) -> None:
        self.name = name
        self.axis = axis
        self.first = first
        self.last = last
        self.error = error
        self.cure = cure
        self.source = source


def replacement(name: str) -> Replacement | None:
    """What replaces the name, or None if the tables say nothing."""
    table = _table("replacements.tsv")
    row = _by_name(table, name)
    if row is not None:
        return Replacement(name, tuple(row[0].split()), *row[1:])
    if name.startswith(_TF_KERAS):
        row = _by_name(table, name[len("tensorflow.") :])
        if row is not None:
            new = tuple(f"tensorflow.{name}" for name in row[0].split())
            return Replacement(name, new, *row[1:])
    for same, other in _KIN.items():
        if name.startswith(same):
            return replacement(other + name[len(same) :])
    return None


def stub(name: str, versions: Versions, legacy: bool = False) -> Stub | None:
    """The row for a name that exists at these versions but raises when used, or None.

    `legacy`: TF_USE_LEGACY_KERAS is on, so that `tensorflow.keras` is tf_keras.
    """
    plain = name
    for view in _VIEWS:
        if name.startswith(view):
            plain = _TF_KERAS + name[len(view) :]
    if legacy and plain.startswith(_TF_KERAS):
        return None
    table = _table("stubs.tsv")
    leaf = name.rpartition(".")[2]
    for key in (plain, f"{name.partition('.')[0]}.*.{leaf}"):
        row = table.get(key)
        if row is not None:
            found = Stub(name, *row)
            version = _version(found.axis, versions)
            if version is not None and _between(version, found.first, found.last):
                return found
    return None


def argument_replacement(callable: str, keyword: str) -> str | None:
    """What to write instead of `keyword=` in a call of `callable` (a full name), in words.

    A method is named after its class: `keras.Model.fit`.
    """
    return _by_callable("arguments.tsv", callable, keyword)


def member_replacement(member: str, owner: str = "") -> str | None:
    """What to write instead of the method or attribute `member`, in words.

    With `owner`, the full name of the class, rows for that class come first.
    """
    return _by_callable("members.tsv", owner, member)


def _by_callable(file: str, name: str, word: str) -> str | None:
    for pattern, advice in _advice(file).get(word, ()):
        if _matches(pattern, name.split(".")):
            return advice
    return None


def _by_name(table: dict[str, tuple[str, ...]], name: str) -> tuple[str, ...] | None:
    row = table.get(name)
    end = len(name)
    while row is None and end:
        # `keras.applications.RegNet*`: the longest beginning that has a row.
        row = table.get(name[:end] + "*")
        end -= 1
    return row


def _table(file: str) -> dict[str, tuple[str, ...]]:
    """The rows of a table by their first column."""
    table = _tables.get(file)
    if table is None:
        table = _tables[file] = {row[0]: row[1:] for row in rows(file)}
    return table


_advices: dict[str, dict[str, list[tuple[list[str], str]]]] = {}


def _advice(file: str) -> dict[str, list[tuple[list[str], str]]]:
    """By the word that is gone: patterns of full names, in the order of the file, and advice."""
    table = _advices.get(file)
    if table is None:
        table = _advices[file] = {}
        for word, pattern, advice, _ in rows(file):
            table.setdefault(word, []).append((pattern.split("."), advice))
    return table


def _matches(pattern: list[str], parts: list[str]) -> bool:
    """Whether the last components of a name are those of the pattern."""
    if pattern == ["*"]:
        return True
    tail = parts[-len(pattern) :]
    return len(tail) == len(pattern) and all(map(_fits, pattern, tail))


def _fits(pattern: str, part: str) -> bool:
    first, *rest = pattern.split("*")
    if not rest:
        return part == pattern
    if not part.startswith(first):
        return False
    place = len(first)
    for piece in rest[:-1]:
        found = part.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    return part.endswith(rest[-1]) and len(part) >= place + len(rest[-1])


def rows(file: str) -> list[tuple[str, ...]]:
    """The rows of a table in `data/`, without comments and heading."""
    with open(os.path.join(_DATA, file), encoding="utf-8") as lines:
        found = [tuple(line.rstrip("\n").split("\t")) for line in lines if not line.startswith("#")]
    return found[1:]


def _version(axis: str, versions: Versions) -> str | None:
    return versions.keras if axis == "keras" else versions.tensorflow


def _between(version: str, first: str, last: str) -> bool:
    key = version_key(version)
    return key >= version_key(first) and (not last or key <= version_key(last))


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _spelled(name: str) -> str:
    return "tf.keras." + name[len(_TF_KERAS) :] if name.startswith(_TF_KERAS) else name
