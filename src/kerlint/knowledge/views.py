"""The roots as code spells them, and the data that answer for each name below them."""

from __future__ import annotations

from kerlint.knowledge import inventory
from kerlint.knowledge.codes import OPEN, profile_mask
from kerlint.knowledge.store import CallablesFile, callables_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.knowledge.inventory import Mount
    from kerlint.knowledge.store import NamesFile
    from kerlint.project.targets import Versions

    Holder = tuple[Mount, str, NamesFile, CallablesFile, dict[str, int]]
    """A mount, a container as it is stored there, and the entities of what the container holds."""


class Views:
    """What each spelled name leads to, for one set of versions."""

    __slots__ = ("_by_container", "_holders", "mounts")

    def __init__(self, versions: Versions, legacy: bool) -> None:
        self.mounts = inventory.mounts(versions, legacy)
        self._by_container: dict[str, dict[str, str]] = {}
        self._holders: dict[str, list[Holder]] = {}

    def place(self, name: str) -> tuple[Mount, str] | None:
        """The mount that answers for `name`, and the name as it is stored there."""
        prefix = name
        while prefix:
            mount = self.mounts.get(prefix)
            if mount is not None:
                return mount, mount.stored + name[len(prefix) :]
            prefix = prefix.rpartition(".")[0]
        return None

    def children(self, container: str) -> dict[str, str]:
        """What a container that code spells so holds at the target, with the states."""
        try:
            return self._by_container[container]
        except KeyError:
            pass
        place = self.place(container)
        names = place[0].names if place is not None else None
        found: dict[str, str] = {}
        if place is not None and names is not None:
            found = names.children(place[1])
            if not found:
                real = self.real(container)
                if real != container:
                    found = self.children(real)
        self._by_container[container] = found
        return found

    def real(self, container: str) -> str:
        """The module that `container` is another name for, or lies in; else `container`."""
        place = self.place(container)
        if place is None or place[0].names is None or container in self.mounts:
            return container
        alias = place[0].names.alias(place[1])
        if alias:
            # A module below its own alias would be looked up for ever.
            return container if (alias + ".").startswith(container + ".") else alias
        above, dot, leaf = container.rpartition(".")
        if not dot:
            return container
        real = self.real(above)
        return container if real == above else f"{real}.{leaf}"

    def aliased(self, container: str) -> bool:
        """Whether a module is another one whose names are all known."""
        real = self.real(container)
        return real != container and self.state(real) not in OPEN

    def state(self, name: str) -> str:
        """The state of a name by its container's list, "" if it is not there."""
        container, _, leaf = name.rpartition(".")
        if not container:
            return "D" if name in self.mounts else ""
        return self.children(container).get(leaf, "")

    def ever(self, container: str, leaf: str) -> bool:
        """Whether any release has the name; the data do not list every private one."""
        place = self.place(container)
        if place is None or place[0].names is None:
            return False
        return bool(place[0].names.file.profile(place[1], leaf))

    def loaded(self, module: str, imported: frozenset[str]) -> bool:
        """Whether something imports a module that a plain import of its root does not."""
        below = module + "."
        if module in imported or any(name.startswith(below) for name in imported):
            return True
        place = self.place(self.real(module))
        return place is not None and place[0].whole

    def profiles(self, name: str) -> list[tuple[str, str]]:
        """Axis and profile of a name, by all that ever answered for its root."""
        result = []
        for mount, stored in self.answering(name):
            names = mount.names
            container, _, leaf = stored.rpartition(".")
            if names is not None and container:
                result.append((mount.axis, names.file.profile(container, leaf)))
        return result

    def answering(self, name: str) -> list[tuple[Mount, str]]:
        """The mount of a name, then the one that answers for its root at other versions."""
        container, _, leaf = name.rpartition(".")
        return [(mount, f"{stored}.{leaf}") for mount, stored in self._answering(container)]

    def _answering(self, container: str) -> list[tuple[Mount, str]]:
        """The same for a container, which decides it for all that it holds."""
        # `tensorflow.keras` itself is a name of TensorFlow, those below it may be names of Keras.
        place = self.place(container)
        if place is None:
            return []
        result = [place]
        real = self.real(container)
        if real != container:
            aliased = self.place(real)
            result += [aliased] if aliased is not None else []
        if f"{real}.".startswith("tensorflow.keras."):
            below = real[len("tensorflow.keras") :]
            for stored in ("tensorflow.keras", "keras._tf_keras.keras"):
                mount = inventory.free_mount(stored)
                if mount.stem != result[-1][0].stem:
                    result.append((mount, stored + below))
        return result

    def entities(self, name: str) -> Iterator[tuple[CallablesFile, int, Mount, int]]:
        """What a name stands for in every regime: file, entity, mount, lifetime as bits."""
        container, _, leaf = name.rpartition(".")
        holders = self._holders.get(container)
        if holders is None:
            holders = self._holders[container] = list(self._holding(container))
        for mount, stored, names, file, entities in holders:
            entity = entities.get(leaf, -1)
            if entity >= 0:
                yield file, entity, mount, profile_mask(names.profile(stored, leaf))

    def _holding(self, container: str) -> Iterator[Holder]:
        """What knows the callables of a container, in every regime."""
        for mount, stored in self._answering(container):
            names = mount.names
            stem = inventory.CALLABLES.get(mount.stem)
            file = callables_file(stem) if stem is not None else None
            if file is None or names is None:
                continue
            entities = file.entities_of(names.file, stored)
            if entities is None:
                same = inventory.same_container(stored)
                other = inventory.free_mount(same).names
                if other is not None:
                    entities = file.entities_of(other.file, same)
            if entities is not None:
                yield mount, stored, names.file, file, entities
