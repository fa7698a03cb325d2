"""The callables files: parameter lists and members, by entity.

An *entity* is what names lead to: all names that had the same definition in every release that
has them both share one, so that `keras.Model` and `keras.engine.training.Model` are written once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kerlint.knowledge.inventory import same_container
from kerlint.knowledge.store import NEVER

from .reading import Axis
from .texts import Table, profile_text, timeline_text


@dataclass
class Entity:
    """One function or class through the releases: release: definition."""

    defined: dict[int, str] = field(default_factory=dict)
    parent: int = -1
    timeline: dict[str, int] = field(default_factory=dict)
    closed: int = 0
    members: dict[str, dict[str, int]] = field(default_factory=dict)
    methods: dict[str, dict[str, int]] = field(default_factory=dict)


class Packer:
    """Makes one callables file from an axis and the names that it is to cover."""

    def __init__(self, axis: Axis, names: Iterable[str]) -> None:
        self.axis = axis
        self.names = list(names)
        self._by_container: dict[str, dict[str, int]] = {}
        self.entities: list[Entity] = []
        self.owner: dict[tuple[str, int], int] = {}
        self.of_name: dict[str, int] = {}
        for name in sorted(self.names, key=_importance):
            self._place(name)
        for entity in self.entities:
            self._describe(entity)

    def _place(self, name: str) -> None:
        defined = {
            index: definition
            for index, definition in self.axis.defined.get(name, {}).items()
            if (definition, index) in self.axis.parameters
            or (definition, index) in self.axis.classes
        }
        if not defined:
            return
        owners = {self.owner.get((definition, index)) for index, definition in defined.items()}
        for number in sorted(owner for owner in owners if owner is not None):
            known = self.entities[number].defined
            if all(
                known.get(index, definition) == definition for index, definition in defined.items()
            ):
                break
        else:
            number = len(self.entities)
            self.entities.append(Entity())
        self.entities[number].defined.update(defined)
        for index, definition in defined.items():
            self.owner.setdefault((definition, index), number)
        self.of_name[name] = number

    def _describe(self, entity: Entity) -> None:
        for index, definition in entity.defined.items():
            bit = 1 << index
            text = self._parameters(definition, index)
            if text is not None:
                entity.timeline[text] = entity.timeline.get(text, 0) | bit
            facts = self.axis.classes.get((definition, index))
            if facts is None:
                continue
            if not facts.open:
                entity.closed |= bit
            for member, state in facts.members.items():
                masks = entity.members.setdefault(member, {})
                masks[state] = masks.get(state, 0) | bit
                text = self._method(definition, member, index) if state == "m" else None
                if text is not None:
                    lists = entity.methods.setdefault(member, {})
                    lists[text] = lists.get(text, 0) | bit

    def _parameters(self, definition: str, index: int) -> str | None:
        """Of a function or a constructor; an inherited constructor is the base's."""
        for known in self._lineage(definition, index):
            text = self.axis.parameters.get((known, index))
            if text is not None:
                return text
        return None

    def _method(self, definition: str, method: str, index: int) -> str | None:
        for known in self._lineage(definition, index):
            text = self.axis.parameters.get((f"{known}.{method}", index))
            if text is not None:
                return text
        return None

    def _lineage(self, definition: str, index: int) -> list[str]:
        """The class and its bases, depth first, each once: near enough to Python's own order."""
        seen: list[str] = []

        def visit(known: str) -> None:
            if known in seen:
                return
            seen.append(known)
            facts = self.axis.classes.get((known, index))
            for base in facts.bases if facts is not None else ():
                visit(base)

        visit(definition)
        return seen

    def _adopt(self) -> None:
        """Give every class the nearest base that is an entity, as its parent in the file."""
        for number, entity in enumerate(self.entities):
            if not entity.members:
                continue
            for index in sorted(entity.defined, reverse=True):
                for base in self._lineage(entity.defined[index], index)[1:]:
                    owner = self.owner.get((base, index), -1)
                    if owner >= 0 and not self._descends(owner, number):
                        entity.parent = owner
                        break
                if entity.parent >= 0:
                    break

    def _descends(self, number: int, ancestor: int) -> bool:
        while number >= 0:
            if number == ancestor:
                return True
            number = self.entities[number].parent
        return False

    def sections(self) -> list[str]:
        """The sections of the file, see `kerlint.knowledge.store`."""
        self._adopt()
        lists = Table(
            text
            for entity in self.entities
            for masks in (entity.timeline, *entity.methods.values())
            for text in masks
        )

        def timeline(masks: dict[str, int]) -> str:
            return timeline_text({lists.number[text]: mask for text, mask in masks.items()})

        described = [self._differences(entity, timeline) for entity in self.entities]
        timelines = Table(
            line
            for entity, (_, methods) in zip(self.entities, described, strict=True)
            for line in (timeline(entity.timeline), *methods.values())
            if line
        )
        profiles = Table(
            line
            for entity, (members, _) in zip(self.entities, described, strict=True)
            for line in (*members.values(), profile_text({"a": entity.closed}))
            if line
        )
        lines = []
        for entity, (members, methods) in zip(self.entities, described, strict=True):
            own = timeline(entity.timeline)
            closed = profile_text({"a": entity.closed})
            lines.append(
                "\t".join(
                    [
                        str(timelines.number[own]) if own else "",
                        str(entity.parent) if entity.parent >= 0 else "",
                        str(profiles.number[closed]) if closed else "",
                        _grouped(members, profiles),
                        " ".join(
                            f"{name}:{timelines.number[line] if line else ''}"
                            for name, line in sorted(methods.items())
                        ),
                    ]
                )
            )
        return [
            self.axis.distribution,
            str(lists),
            str(timelines),
            str(profiles),
            "\n".join(lines),
            "\n".join(self._containers()),
        ]

    def _differences(
        self, entity: Entity, timeline: Callable[[dict[str, int]], str]
    ) -> tuple[dict[str, str], dict[str, str]]:
        """Members' profiles and methods' timelines that are not the parent's."""
        parent = self.entities[entity.parent] if entity.parent >= 0 else Entity()
        lifetime = sum(1 << index for index in entity.defined)
        members: dict[str, str] = {}
        for name in entity.members.keys() | parent.members.keys():
            own = profile_text(entity.members.get(name, {}))
            inherited = profile_text(_within(parent.members.get(name, {}), lifetime))
            if own != inherited:
                members[name] = own
        methods: dict[str, str] = {}
        for name in entity.methods.keys() | parent.methods.keys():
            own = timeline(entity.methods.get(name, {}))
            inherited = timeline(_within(parent.methods.get(name, {}), lifetime))
            if own != inherited:
                methods[name] = own
        return members, methods

    def _containers(self) -> list[str]:
        """Which name is which entity, in the steps that `CallablesFile.entity` takes."""
        numbers: dict[str, list[int]] = {}
        for name in sorted(self.names, key=lambda name: name.rpartition(".")[::2]):
            if self.axis.names[name].keys() & {"c", "f"}:
                container = name.rpartition(".")[0]
                numbers.setdefault(container, []).append(self.of_name.get(name, -1))
        lines = []
        for container in sorted(numbers):
            same = same_container(container)
            own = self._entities(container)
            if own and (same == container or own != self._entities(same)):
                lines.append(f"{container}\t{steps_text(numbers[container])}")
        return lines

    def _entities(self, container: str) -> dict[str, int]:
        """Leaf: entity, of all names in a container that have one."""
        found = self._by_container.get(container)
        if found is None:
            for name, number in self.of_name.items():
                above, _, leaf = name.rpartition(".")
                self._by_container.setdefault(above, {})[leaf] = number
            found = self._by_container.setdefault(container, {})
        return found


def steps_text(numbers: list[int]) -> str:
    """The numbers of a container's names, -1 where there is none, as steps."""
    words: list[str] = []
    before = -1
    place = 0
    while place < len(numbers):
        start = place
        if numbers[place] < 0:
            while place < len(numbers) and numbers[place] < 0:
                place += 1
            words.append(f"!{place - start}")
            continue
        while place < len(numbers) and numbers[place] == before + 1:
            before += 1
            place += 1
        if place > start:
            words.append(f"={place - start}")
        else:
            words.append(str(numbers[place] - before))
            before = numbers[place]
            place += 1
    return " ".join(words)


def _within(masks: dict[str, int], lifetime: int) -> dict[str, int]:
    return {key: mask & lifetime for key, mask in masks.items() if mask & lifetime}


def _grouped(members: dict[str, str], profiles: Table) -> str:
    groups: dict[str, list[str]] = {}
    for name, line in members.items():
        groups.setdefault(str(profiles.number[line]) if line else NEVER, []).append(name)
    return ";".join(
        " ".join([code, *sorted(names)])
        for code, names in sorted(groups.items(), key=lambda item: (len(item[0]), item[0]))
    )


def _importance(name: str) -> tuple[bool, int, str]:
    """Public and short names first: they number the entities."""
    parts = name.split(".")
    return (any(part.startswith("_") for part in parts), len(parts), name)
