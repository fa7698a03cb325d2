"""Reading the data files: each is read once, and a line is parsed at its first look-up.

A names file (`*.names`) has four sections, parted by a line with a form feed:

    the axis
    profiles            one a line, see `codes`; their number is the line's
    aliases             `name TAB target releases TAB ...`: a module that is really another one
    containers          `container TAB profile leaf leaf ... TAB profile leaf ...`

A callables file (`*.callables`) has six:

    the axis
    parameter lists     `units activation= **kwargs`; see `parse_parameters`
    timelines           of parameter lists
    profiles            of members and of open classes
    entities            a function, or a class with all it holds; see `Callables.members`
    containers          `container TAB step step ...`: which name is which entity; see
                        `CallablesFile.entity`

Several names (`keras.Model`, `keras.models.Model`, `keras.engine.training.Model`) are one entity
if they were the same thing in every release that has both.
"""

from __future__ import annotations

import os

from kerlint.knowledge import releases
from kerlint.knowledge.codes import KINDS, mask_of, state_at, value_at, within

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kerlint.knowledge.answers import Signature

SECTION = "\n\f\n"
NEVER = "!"
"""Stands for the number of a profile where a class lacks a member that its parent has."""

_names: dict[str, NamesFile] = {}
_callables: dict[str, CallablesFile] = {}


def read_sections(file: str) -> list[str]:
    """The sections of a data file; FileNotFoundError if there is none."""
    descriptor = os.open(
        os.path.join(releases.DATA, file), os.O_RDONLY | getattr(os, "O_BINARY", 0)
    )
    try:
        data = os.read(descriptor, os.fstat(descriptor).st_size)
    finally:
        os.close(descriptor)
    return data.decode().split(SECTION)


def _by_first_word(section: str) -> dict[str, str]:
    return {line[: line.index("\t")]: line for line in section.split("\n") if line}


class NamesFile:
    """The names below one or more prefixes, in all releases of an axis."""

    __slots__ = ("_profiles_of", "aliases", "axis", "lines", "parsed", "profiles", "text")

    def __init__(self, sections: list[str]) -> None:
        self.axis, profiles, aliases, self.text = sections
        self.aliases = _by_first_word(aliases)
        self.profiles = profiles.split("\n")
        self.lines = _by_first_word(self.text)
        self._profiles_of: dict[str, dict[str, str]] = {}
        self.parsed = 0  # how many container lines were ever parsed, for the tests

    def callables(self, container: str) -> list[str]:
        """The leaves that are a class or a function in some release, in alphabetical order."""
        line = self.lines.get(container)
        found: list[str] = []
        for group in line.split("\t")[1:] if line is not None else ():
            code, *leaves = group.split(" ")
            profile = self.profiles[int(code)]
            if "c" in profile or "f" in profile:
                found.extend(leaves)
        return sorted(found)

    def profile(self, container: str, leaf: str) -> str:
        """What `container.leaf` was when; "" if it never was."""
        known = self._profiles_of.get(container)
        if known is None:
            known = self._profiles_of[container] = {}
            line = self.lines.get(container)
            for group in line.split("\t")[1:] if line is not None else ():
                code, *leaves = group.split(" ")
                known.update(dict.fromkeys(leaves, self.profiles[int(code)]))
        return known.get(leaf, "")


class Names:
    """The same at one release: what each container holds, with its state."""

    __slots__ = ("_children", "_states", "file", "index")

    def __init__(self, file: NamesFile, index: int) -> None:
        self.file = file
        self.index = index
        self._children: dict[str, dict[str, str]] = {}
        self._states: dict[str, str] = {}

    def children(self, container: str) -> dict[str, str]:
        """Leaf names and their states; {} if the container is not there."""
        try:
            return self._children[container]
        except KeyError:
            pass
        found: dict[str, str] = {}
        line = self.file.lines.get(container)
        if line is not None:
            self.file.parsed += 1
            states = self._states
            for group in line.split("\t")[1:]:
                code, _, leaves = group.partition(" ")
                state = states.get(code)
                if state is None:
                    state = states[code] = state_at(self.file.profiles[int(code)], self.index)
                if state:
                    found.update(dict.fromkeys(leaves.split(" "), state))
        self._children[container] = found
        return found

    def alias(self, container: str) -> str:
        """The module that `container` really is, as code spells it; "" if it is itself."""
        line = self.file.aliases.get(container)
        if line is None:
            return ""
        for group in line.split("\t")[1:]:
            target, runs = group.split(" ")
            if within(runs, self.index):
                return target
        return ""


class CallablesFile:
    """Parameters and members, in all releases of an axis."""

    __slots__ = (
        "_entities_of",
        "_inherited",
        "_lists",
        "_members_ever",
        "axis",
        "entities",
        "lines",
        "lists",
        "profiles",
        "timelines",
    )

    def __init__(self, sections: list[str]) -> None:
        self.axis = sections[0]
        self.lists, self.timelines, self.profiles, self.entities = (
            section.split("\n") for section in sections[1:5]
        )
        self.lines = _by_first_word(sections[5])
        self._entities_of: dict[str, dict[str, int]] = {}
        self._inherited: dict[tuple[str, int], dict[str, str]] = {}
        self._lists: dict[int, Signature] = {}
        self._members_ever: dict[int, frozenset[str]] = {}

    def entity(self, names: NamesFile, container: str, leaf: str) -> int | None:
        """The entity that a name stands for; -1: none, None: the file has not the container."""
        known = self.entities_of(names, container)
        return None if known is None else known.get(leaf, -1)

    def entities_of(self, names: NamesFile, container: str) -> dict[str, int] | None:
        """Leaf: its entity, for all classes and functions of a container the file has.

        `names` is the file that has the container. Its classes and functions, in alphabetical
        order, are taken by one step after the other: `=5` five names, each one's entity has the
        next number; `12` or `-3` one name, its entity's number is so much further; `!4` four
        names without an entity.
        """
        known = self._entities_of.get(container)
        if known is None:
            line = self.lines.get(container)
            if line is None:
                return None
            known = self._entities_of[container] = _aligned(
                names.callables(container), line[line.index("\t") + 1 :].split(" ")
            )
        return known

    def parameters(self, number: int) -> Signature:
        """The parameter list of that number."""
        found = self._lists.get(number)
        if found is None:
            found = self._lists[number] = parse_parameters(self.lists[number])
        return found

    def timeline(self, entity: int, method: str = "") -> str:
        """Which parameter lists the entity, or its method, had when; "" if none is known."""
        if not method:
            code = self.entities[entity].split("\t")[0]
            return self.timelines[int(code)] if code else ""
        current = entity
        while True:
            _, parent, _, _, methods = self.entities[current].split("\t")
            for item in methods.split(" "):
                name, _, code = item.partition(":")
                if name == method:
                    return self.timelines[int(code)] if code else ""
            if not parent:
                return ""
            current = int(parent)

    def methods(self, entity: int) -> set[str]:
        """The methods of a class whose parameters some release tells, its parents' included."""
        found: set[str] = set()
        current = str(entity)
        while current:
            _, current, _, _, methods = self.entities[int(current)].split("\t")
            found.update(item.partition(":")[0] for item in methods.split(" ") if item)
        return found

    def signature(self, entity: int, method: str, index: int) -> Signature | None:
        """The parameters at a release; None if they are not known."""
        number = value_at(self.timeline(entity, method), index)
        return self.parameters(number) if number >= 0 else None

    def parameter_mask(self, entity: int, method: str, parameter: str) -> int:
        """The releases, as bits, in which a parameter of that name could be given by keyword."""
        mask = 0
        for part in self.timeline(entity, method).split(";"):
            number, _, runs = part.partition(":")
            if runs and any(
                known.name == parameter and known.kind in ("positional", "keyword")
                for known in self.parameters(int(number)).parameters
            ):
                mask |= mask_of(runs)
        return mask

    def keywords_ever(self, entity: int, method: str) -> frozenset[str]:
        """What some release took by keyword."""
        numbers = {part.partition(":")[0] for part in self.timeline(entity, method).split(";")}
        return frozenset(
            known.name
            for number in numbers - {"", "-1"}
            for known in self.parameters(int(number)).parameters
            if known.kind in ("positional", "keyword")
        )

    def members(self, entity: int, index: int) -> dict[str, str] | None:
        """The members of a class and their kinds at a release; None: no class, or it is open.

        The line of an entity is `timeline TAB parent TAB open TAB members TAB methods`. Members
        and methods are those that differ from the parent's (members: `profile name name;...`); `open` is the profile of the
        releases in which the class is known and closed.
        """
        _, parent, closed, members, _ = self.entities[entity].split("\t")
        if not closed or not state_at(self.profiles[int(closed)], index):
            return None
        states = self._states(parent, members, index)
        return {name: KINDS[state] for name, state in states.items() if state}

    def _states(self, parent: str, members: str, index: int) -> dict[str, str]:
        """The state of each member, "" where it is not there; a parent's are kept for its kin."""
        found: dict[str, str] = {}
        if parent:
            inherited = self._inherited.get((parent, index))
            if inherited is None:
                _, above, _, own, _ = self.entities[int(parent)].split("\t")
                inherited = self._inherited[parent, index] = self._states(above, own, index)
            found.update(inherited)
        for group in members.split(";") if members else ():
            code, *names = group.split(" ")
            state = "" if code == NEVER else state_at(self.profiles[int(code)], index)
            found.update(dict.fromkeys(names, state))
        return found

    def members_ever(self, entity: int) -> frozenset[str]:
        """All members that a class had in some release, its parents' included."""
        found = self._members_ever.get(entity)
        if found is None:
            _, parent, _, members, _ = self.entities[entity].split("\t")
            names = set(self.members_ever(int(parent))) if parent else set()
            for group in members.split(";") if members else ():
                code, *own = group.split(" ")
                if code != NEVER:
                    names.update(own)
            found = self._members_ever[entity] = frozenset(names)
        return found

    def member_profile(self, entity: int, member: str) -> str:
        """When the class had the member, and as what; "" if never."""
        current = entity
        while True:
            _, parent, _, members, _ = self.entities[current].split("\t")
            for group in members.split(";") if members else ():
                code, *names = group.split(" ")
                if member in names:
                    return "" if code == NEVER else self.profiles[int(code)]
            if not parent:
                return ""
            current = int(parent)


def _aligned(leaves: list[str], steps: list[str]) -> dict[str, int]:
    """Leaf: the number of its entity."""
    found: dict[str, int] = {}
    place = 0
    number = -1
    for step in steps:
        if step[0] == "=":
            length = int(step[1:])
            for leaf in leaves[place : place + length]:
                number += 1
                found[leaf] = number
            place += length
        elif step[0] == "!":
            place += int(step[1:])
        else:
            number += int(step)
            found[leaves[place]] = number
            place += 1
    return found


def parse_parameters(text: str) -> Signature:
    """The signature that a line of the data spells.

    Like Python's own notation, without the defaults' values: `x /`: positional-only, `*`:
    keyword-only from here, `name=`: has a default, `*args`, `**kwargs`; a last word `?` says that
    unknown keywords may be accepted.
    """
    from kerlint.knowledge.answers import Parameter, Signature

    words = text.split(" ") if text else []
    open_ = words[-1:] == ["?"]
    if open_:
        words.pop()
    parameters = []
    kind = "positional-only" if "/" in words else "positional"
    for word in words:
        if word == "/":
            kind = "positional"
        elif word == "*":
            kind = "keyword"
        elif word.startswith("**"):
            parameters.append(Parameter(word[2:], "var-keyword", False))
        elif word.startswith("*"):
            parameters.append(Parameter(word[1:], "var-positional", False))
            kind = "keyword"
        elif word.endswith("="):
            parameters.append(Parameter(word[:-1], kind, False))  # type: ignore[arg-type]
        else:
            parameters.append(Parameter(word, kind, True))  # type: ignore[arg-type]
    return Signature(tuple(parameters), open_)


def names_file(stem: str) -> NamesFile | None:
    """The names file of that stem, read once; None if the data have none."""
    if stem not in _names:
        try:
            _names[stem] = NamesFile(read_sections(stem + ".names"))
        except FileNotFoundError:
            return None
    return _names[stem]


def callables_file(stem: str) -> CallablesFile | None:
    """The callables file of that stem, read once; None if the data have none."""
    if stem not in _callables:
        try:
            _callables[stem] = CallablesFile(read_sections(stem + ".callables"))
        except FileNotFoundError:
            return None
    return _callables[stem]
