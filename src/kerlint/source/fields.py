"""Attribute chains: `a.b.c` from the name at its left to the attribute at its right."""

from __future__ import annotations

from kerlint.source.conditions import form_of, is_version
from kerlint.source.facts import Candidate, Member, Reference
from kerlint.source.tree import kind_of
from kerlint.source.values import (
    ANYTHING,
    CLASS,
    FIELD,
    FOLLOWED,
    NAME,
    NONE,
    OBJECTS,
    OUTPUT,
    PART,
    RESULT,
    SELF,
    STAR,
    TEST,
    UNKNOWN,
    VERSION,
    join_all,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kerlint.source.facts import ReferenceKind
    from kerlint.source.state import State
    from kerlint.source.values import Atom, ClassInfo, Value


class Later:
    """Stands for the fact that a use of `self.name` will turn out to be."""

    __slots__ = ("fact",)

    def __init__(self) -> None:
        self.fact: Reference | Member | None = None


class Chain:
    """One written chain: its Name nodes and how it is used."""

    __slots__ = ("called", "kind", "nodes", "store")

    def __init__(self, nodes: tuple[Any, ...], kind: ReferenceKind, store: bool) -> None:
        self.nodes = nodes
        self.kind: ReferenceKind = kind
        self.called = kind == "call"
        self.store = store

    def shortened(self, surplus: int) -> Chain:
        """The same without the last `surplus` nodes, which are not part of the name."""
        if not surplus:
            return self
        return Chain(self.nodes[:-surplus], "attribute", self.store)


def chain(
    state: State, node: Any, kind: ReferenceKind, *, store: bool = False
) -> tuple[Value, Reference | Member | Later | None]:
    """Record the use of a chain; its value, and the fact that was recorded if there is one."""
    node, nodes = _parted(node)
    if kind_of(node) == "Name":
        start = ANYTHING if node.value in ("True", "False") else state.scope.look_up(node.value)
        written = Chain((node, *nodes), kind, store)
    else:
        from kerlint.source.expressions import evaluate

        start = evaluate(state, node)
        written = Chain(tuple(nodes), kind, store)
    return follow(state, written, start, nodes)


def _parted(node: Any) -> tuple[Any, list[Any]]:
    """With what a chain begins, and the Name nodes of its attributes."""
    attributes: list[Any] = []
    while kind_of(node) == "Attribute":
        attributes.append(node.attr)
        node = node.value
    attributes.reverse()
    return node, attributes


def written_names(node: Any) -> tuple[Any, ...]:
    """The Name nodes of a chain of names; () for anything else."""
    start, attributes = _parted(node)
    return (start, *attributes) if kind_of(start) == "Name" else ()


def follow(
    state: State, written: Chain, start: Value, attributes: list[Any]
) -> tuple[Value, Reference | Member | Later | None]:
    """Walk `attributes` from `start`; record what is found."""
    results: list[Value] = []
    candidates: list[Candidate] = []
    complete = True
    joint = bool(attributes) and _speaks_for_all(start)
    fact: Reference | Member | Later | None = None
    if joint:
        first, rest = attributes[0], attributes[1:]
        fact = record(state, written, (), False, first, rest, start)
    for atom in start:
        tag = atom[0]
        if tag in (NAME, STAR):
            version = _version_at(attributes)
            used = attributes if version is None else attributes[: version + 1]
            name = ".".join([atom[1], *(node.value for node in used)])
            candidates.append(Candidate(name, atom[2], tag == STAR))
            if version is None:
                results.append(((tag, name, name.count(".") + 1),))
            else:
                results.append(
                    _version_attribute((VERSION, name, form_of(name)), attributes[version + 1 :])
                )
                written = written.shortened(len(attributes) - len(used))
        elif tag == NONE:
            if not attributes:
                results.append((atom,))
        elif not attributes:
            results.append((atom,))
            complete = False
        else:
            value, member = _attribute_of(state, written, atom, start, attributes, joint=joint)
            fact = fact or member
            results.append(value)
            complete = False
    if candidates and (attributes or _counts(written, candidates)):
        fact = Reference(
            tuple(candidates),
            complete,
            written.kind,
            written.nodes,
            state.guards,
            state.scope.name,
            len(state.references),
        )
        if written.store:
            state.assigned.update(candidate.name for candidate in candidates)
        else:
            state.references.append(fact)
    return join_all(results), fact


def _speaks_for_all(start: Value) -> bool:
    """Whether one fact must speak for all that the value may be: objects of several origins, or of
    one that only other functions or modules tell.
    """
    tags = {atom[0] for atom in start} - {NONE}
    if not tags <= OBJECTS:
        return False
    several = sum(atom[0] != NONE for atom in start) > 1
    return not tags.isdisjoint(FOLLOWED) or (several and tags != {RESULT})


def _version_at(attributes: list[Any]) -> int | None:
    """Where in a chain of attributes a version is asked for."""
    for position, node in enumerate(attributes):
        if is_version(node.value):
            return position
    return None


def _counts(written: Chain, candidates: list[Candidate]) -> bool:
    """A bare name is a use worth recording when it is called, subclassed, or only guessed."""
    return written.kind != "attribute" or any(candidate.star for candidate in candidates)


def _attribute_of(
    state: State, written: Chain, atom: Atom, start: Value, attributes: list[Any], *, joint: bool
) -> tuple[Value, Reference | Member | Later | None]:
    """The value of `attributes` on something that is no imported name.

    `joint`: one fact was recorded for all that it may be.
    """
    tag = atom[0]
    first = attributes[0]
    rest = attributes[1:]
    if tag == RESULT and not joint:
        owners = tuple(other[1] for other in start if other[0] == RESULT)
        if atom[1] != owners[0]:
            return ANYTHING, None  # one member fact speaks for all owners
        complete = all(other[0] in (RESULT, NONE) for other in start)
        member = record(state, written, owners, complete, first, rest, start)
        part = (PART, atom, first.value)
        if rest:
            return ANYTHING, record(state, written, (), False, rest[0], rest[1:], (part,))
        return (part,), member
    if tag in (SELF, CLASS):
        alone = all(other is atom or other[0] == NONE for other in start)
        return _own_attribute(state, written, atom, first, rest, alone=alone)
    if tag in (OUTPUT, PART) and atom is start[0]:
        return ANYTHING, record(state, written, (), False, first, rest, start)
    if tag in FOLLOWED or tag == RESULT:
        return ANYTHING if rest else ((PART, atom, first.value),), None
    if tag == FIELD and not joint:
        return ANYTHING, _later(state, written, atom, attributes)
    if tag == VERSION:
        return _version_attribute(atom, attributes), None
    if tag == TEST:
        return (atom,), None
    return ANYTHING, None


def _version_attribute(atom: Atom, attributes: list[Any]) -> Value:
    _, subject, form = atom
    for node in attributes:
        name = node.value
        if name in ("major", "minor"):
            form = name
        elif name == "split":
            form = "full"
    return ((VERSION, subject, form),)


def _own_attribute(
    state: State, written: Chain, atom: Atom, first: Any, rest: list[Any], *, alone: bool
) -> tuple[Value, Reference | Member | Later | None]:
    """`alone`: it is nothing else."""
    tag, info = atom
    known = info.names.get(first.value)
    if known is not None and first.value not in info.fields and not rest:
        return known, None
    if tag == SELF:
        member = _inherited(state, written, info, first, rest) if alone else None
        if rest and alone:
            field = (FIELD, info, first.value)
            return follow(state, Chain(tuple(rest), written.kind, written.store), (field,), rest)
        return ((FIELD, info, first.value),), member
    return ANYTHING, None


def _inherited(
    state: State, written: Chain, info: ClassInfo, first: Any, rest: list[Any]
) -> Member | None:
    """`self.first`: a member of the imported base unless the class defines it itself."""
    if written.store and not rest:
        return None
    member = Member(
        (),
        True,
        first.value,
        first,
        written.nodes[0] if len(written.nodes) > 1 else None,
        written.called and not rest,
        False,
        True,
        state.guards,
        state.scope.name,
        further=() if written.store else tuple(rest),
    )

    def resolve() -> None:
        owners = info.foreign()
        if owners and info.own(first.value) is None:
            member.owners = owners
            member.value = ((SELF, info),)
            state.members.append(member)

    state.pending.append(resolve)
    return member


def _later(state: State, written: Chain, atom: Atom, attributes: list[Any]) -> Later:
    """`self.field.a.b`: what `self.field` is will be known when all methods have been read."""
    _, info, name = atom
    guards, scope = state.guards, state.scope
    promise = Later()

    def resolve() -> None:
        value = info.own(name)
        if value is None or any(other[0] == FIELD for other in value):
            return
        before = state.guards, state.scope
        state.guards, state.scope = guards, scope
        try:
            fact = follow(state, written, value, attributes)[1]
            promise.fact = None if isinstance(fact, Later) else fact
        finally:
            state.guards, state.scope = before

    state.pending.append(resolve)
    return promise


def record(
    state: State,
    written: Chain,
    owners: tuple[str, ...],
    complete: bool,
    attribute: Any,
    rest: list[Any],
    value: Value,
) -> Member:
    """Keep one `value.attribute`."""
    position = len(written.nodes) - len(rest) - 1
    member = Member(
        owners,
        complete,
        attribute.value,
        attribute,
        written.nodes[position - 1] if position > 0 else None,
        written.called and not rest,
        written.store and not rest,
        False,
        state.guards,
        state.scope.name,
        value,
        () if written.store else tuple(rest),
    )
    state.members.append(member)
    return member


def peek(state: State, node: Any) -> Value:
    """The value of a chain of names, without recording a use."""
    names: list[str] = []
    while kind_of(node) == "Attribute":
        names.append(node.attr.value)
        node = node.value
    if kind_of(node) != "Name":
        return ANYTHING
    value = state.scope.look_up(node.value)
    if not names:
        return value
    if len(names) == 1 and all(atom[0] == RESULT or atom[0] in FOLLOWED for atom in value):
        return tuple((PART, atom, names[0]) for atom in value)
    tail = "." + ".".join(reversed(names))
    return tuple(
        (NAME, atom[1] + tail, (atom[1] + tail).count(".") + 1) if atom[0] == NAME else (UNKNOWN,)
        for atom in value
    )
