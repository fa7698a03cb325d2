"""What exists, under every root, for one set of versions: the questions that rules ask.

The answers come from data that `tools/inventory` derives from the published packages. A name is
given in full as code spells it, e.g. `tensorflow.keras.layers.Dense`.
"""

from __future__ import annotations

from kerlint.knowledge import inventory, releases
from kerlint.knowledge.answers import Found, History, Parameter, Signature
from kerlint.knowledge.codes import (
    ATTRIBUTE,
    IMPORTABLE,
    KINDS,
    MODULE,
    OPEN,
    mask_of,
    profile_mask,
    runs_of,
)
from kerlint.knowledge.store import CallablesFile, callables_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from kerlint.knowledge.inventory import Mount
    from kerlint.project.targets import Versions

__all__ = ["Api", "Found", "History", "Parameter", "Signature"]

ROOTS = ("keras", "tensorflow", "tf_keras")

MODULE_ATTRIBUTES = frozenset(
    {
        "__builtins__",
        "__cached__",
        "__class__",
        "__dict__",
        "__doc__",
        "__file__",
        "__getattribute__",
        "__loader__",
        "__name__",
        "__package__",
        "__path__",
        "__setattr__",
        "__spec__",
    }
)
"""What every module has (`__path__`: every package)."""

BACKENDS = frozenset({"jax", "numpy", "openvino", "tensorflow", "torch"})

_UNKNOWN = Found(None, "", "", "", True)
_NONE: frozenset[str] = frozenset()


class Api:
    """What exists, under every root, for one set of versions.

    `legacy`: TF_USE_LEGACY_KERAS is on, so that `tensorflow.keras` is tf_keras.
    """

    __slots__ = ("_by_container", "_found", "_memo", "_mounts", "legacy", "versions")

    def __init__(self, versions: Versions, legacy: bool = False) -> None:
        self.versions = versions
        self.legacy = legacy
        self._mounts = inventory.mounts(versions, legacy)
        self._by_container: dict[str, dict[str, str]] = {}
        self._found: dict[tuple[str, str, frozenset[str]], Found] = {}
        self._memo: dict[tuple[str, ...], Any] = {}

    # --- names ---------------------------------------------------------------------------

    def find(self, name: str, how: str = "attribute", imported: frozenset[str] = _NONE) -> Found:
        """Whether `name` exists.

        `how` is what the code does with it: `attribute` evaluates `a.b.c` after `import a` and
        after the modules in `imported` were imported; `import` is `import a.b.c`, where every
        prefix must be a module that can be imported; `from` is `from a.b import c`.
        """
        key = (name, how, imported)
        try:
            return self._found[key]
        except KeyError:
            found = self._found[key] = self._find(name, how, imported)
            return found

    def kind(self, name: str) -> str | None:
        """module, class, function or constant; None if the name is not there."""
        state = self._state(name)
        return KINDS[state] if state else None

    def names(self, container: str) -> frozenset[str]:
        """What `from container import *` binds: the public names of a module."""
        return frozenset(
            leaf
            for leaf, state in self._children(container).items()
            if leaf[0] != "_" and (state not in MODULE or state in ATTRIBUTE)
        )

    def history(self, name: str) -> History | None:
        """In which releases the name existed; None: never under this root."""
        for axis, profile in self._profiles(name):
            if profile:
                return History(axis, _intervals(axis, profile_mask(profile)), _last(profile))
        owner, _, member = name.rpartition(".")
        return self.member_history(owner, member) if owner else None

    def nearest(self, name: str) -> str | None:
        """The existing name in the same container that the name may be a slip of."""
        from kerlint.knowledge.spelling import closest

        container, _, leaf = name.rpartition(".")
        state = self._state(container)
        if not state:
            return None
        if state == "c":
            pool = self.members(container) or _NONE
        else:
            pool = frozenset(self._children(container))
        found = closest(leaf, pool)
        return f"{container}.{found}" if found else None

    def elsewhere(self, name: str) -> tuple[str, ...]:
        """Where the target has a public name with the same last component, best first."""
        from kerlint.knowledge.places import elsewhere

        key = ("elsewhere", name)
        if key not in self._memo:
            self._memo[key] = elsewhere(self, name)
        found: tuple[str, ...] = self._memo[key]
        return found

    # --- parameters ----------------------------------------------------------------------

    def signature(self, name: str) -> Signature | None:
        """The parameters of a function, a class's constructor, or `module.Class.method`."""
        key = ("signature", name)
        if key not in self._memo:
            self._memo[key] = self._signature(name)
        found: Signature | None = self._memo[key]
        return found

    def signature_history(self, name: str, parameter: str) -> History | None:
        """In which releases the callable had a parameter of that name; None: never."""
        place = self._callable(name)
        if place is None:
            return None
        file, entity, method, axis, lifetime = place
        mask = 0
        for part in file.timeline(entity, method).split(";"):
            number, _, runs = part.partition(":")
            if runs and any(
                known.name == parameter and not known.kind.startswith("var")
                for known in file.parameters(int(number)).parameters
            ):
                mask |= mask_of(runs)
        mask &= lifetime
        return History(axis, _intervals(axis, mask), "parameter") if mask else None

    # --- members of classes --------------------------------------------------------------

    def members(self, name: str) -> frozenset[str] | None:
        """All methods, properties and attributes of a class and of its instances.

        None: not a class at the target, or one that may have members that cannot be seen.
        """
        key = ("members", name)
        if key not in self._memo:
            kinds = self._members(name)
            self._memo[key] = None if kinds is None else frozenset(kinds)
        found: frozenset[str] | None = self._memo[key]
        return found

    def member_history(self, name: str, member: str) -> History | None:
        """In which releases the class had the member; None: never under this root."""
        place = self._entity(name)
        if place is None:
            return None
        file, entity, axis, lifetime = place
        profile = file.member_profile(entity, member)
        mask = profile_mask(profile) & lifetime
        return History(axis, _intervals(axis, mask), _last(profile)) if mask else None

    def lost(self, name: str) -> frozenset[str]:
        """Members that the class had, or has, in another release but not at the target."""
        from kerlint.knowledge.losses import lost

        key = ("lost", name)
        if key not in self._memo:
            self._memo[key] = lost(self, name)
        found: frozenset[str] = self._memo[key]
        return found

    def gone(self, container: str) -> frozenset[str]:
        """Names that the module had, or has, in another release but not at the target."""
        from kerlint.knowledge.losses import gone

        key = ("gone", container)
        if key not in self._memo:
            self._memo[key] = gone(self, container)
        found: frozenset[str] = self._memo[key]
        return found

    def answering(self, name: str) -> list[tuple[Mount, str]]:
        """Every mount that answers for a name at some versions, and its name there."""
        return self._answering(name)

    def mounts(self) -> dict[str, Mount]:
        """Every root, as code spells it, and what answers for it."""
        return self._mounts

    # --- inside --------------------------------------------------------------------------

    def _place(self, name: str) -> tuple[Mount, str] | None:
        """The mount that answers for `name`, and the name as it is stored there."""
        prefix = name
        while prefix:
            mount = self._mounts.get(prefix)
            if mount is not None:
                return mount, mount.stored + name[len(prefix) :]
            prefix = prefix.rpartition(".")[0]
        return None

    def _children(self, container: str) -> dict[str, str]:
        """What a container that code spells so holds at the target, with the states."""
        try:
            return self._by_container[container]
        except KeyError:
            pass
        place = self._place(container)
        names = place[0].names if place is not None else None
        found: dict[str, str] = {}
        if place is not None and names is not None:
            found = names.children(place[1])
            if not found:
                real = self._real(container)
                if real != container:
                    found = self._children(real)
        self._by_container[container] = found
        return found

    def _real(self, container: str) -> str:
        """The module that `container` is another name for, or lies in; else `container`."""
        place = self._place(container)
        if place is None or place[0].names is None or container in self._mounts:
            return container
        alias = place[0].names.alias(place[1])
        if alias:
            # A module below its own alias would be looked up for ever.
            return container if (alias + ".").startswith(container + ".") else alias
        above, dot, leaf = container.rpartition(".")
        if not dot:
            return container
        real = self._real(above)
        return container if real == above else f"{real}.{leaf}"

    def _aliased(self, container: str) -> bool:
        """Whether a module is another one whose names are all known."""
        real = self._real(container)
        return real != container and self._state(real) not in OPEN

    def _state(self, name: str) -> str:
        """The state of a name by its container's list, "" if it is not there."""
        container, _, leaf = name.rpartition(".")
        if not container:
            return "D" if name in self._mounts else ""
        return self._children(container).get(leaf, "")

    def _find(self, name: str, how: str, imported: frozenset[str]) -> Found:
        parts = name.split(".")
        prefix = parts[0]
        if prefix not in self._mounts:
            return _UNKNOWN
        state = "D"
        reached = ""  # the last prefix that can be reached, if a later one cannot
        last = len(parts) - 1
        holder = prefix
        for number in range(1, len(parts)):
            part = parts[number]
            holder = prefix
            children = self._children(prefix)
            if state not in MODULE:
                return self._below(prefix, state, parts, number, how, reached)
            child = children.get(part, "")
            full = f"{prefix}.{part}"
            if full in self._mounts:
                # Another part of the data says what is below, and so whether it is there.
                present = bool(self._children(full))
                child = (child if child and child not in OPEN else "D") if present else ""
            elif full == "tensorflow.keras":
                return _UNKNOWN  # the library that it is has no known version
            if not child:
                if part in MODULE_ATTRIBUTES and how != "import":
                    return _UNKNOWN if number < last else Found(True, "", prefix, "module", True)
                if state in OPEN and not (children and self._aliased(prefix)):
                    return Found(None, "", prefix, "module", True)
                if part[0] == "_" and not self._ever(prefix, part):
                    return Found(None, "", prefix, "module", True)
                return Found(False, full, prefix, "module", True)
            if how == "import" or (how == "from" and number < last):
                if child not in IMPORTABLE:
                    return Found(False, full, prefix, "module", True)
            elif how == "attribute" and prefix == "keras.src.backend" and part in BACKENDS:
                return Found(None, "", prefix, "module", True)  # only the one in use is loaded
            elif how == "attribute" and child in MODULE and child not in ATTRIBUTE and not reached:
                if not self._loaded(full, imported):
                    reached = prefix
            prefix, state = full, child
        if reached:
            return Found(True, "", reached, "module", False)
        return Found(True, "", holder, "module", True)

    def _loaded(self, module: str, imported: frozenset[str]) -> bool:
        """Whether something imports a module that a plain import of its root does not."""
        below = module + "."
        if module in imported or any(name.startswith(below) for name in imported):
            return True
        place = self._place(self._real(module))
        return place is not None and place[0].whole

    def _below(
        self, prefix: str, state: str, parts: list[str], number: int, how: str, reached: str
    ) -> Found:
        """The answer for what lies below `prefix`, which is no module."""
        kind = KINDS[state]
        if how == "import" or (how == "from" and number < len(parts)):
            return Found(False, prefix, prefix.rpartition(".")[0], "module", True)
        if state != "c":
            return Found(None, "", prefix, kind, True)
        members = self.members(prefix)
        part = parts[number]
        if members is None or part.startswith("__"):
            return Found(None, "", prefix, kind, True)
        if part not in members:
            return Found(False, f"{prefix}.{part}", prefix, kind, not reached)
        if number < len(parts) - 1:
            return Found(None, "", f"{prefix}.{part}", "", True)
        return Found(True, "", reached or prefix, kind, not reached)

    def _ever(self, container: str, leaf: str) -> bool:
        """Whether any release has the name; the data do not list every private one."""
        place = self._place(container)
        if place is None or place[0].names is None:
            return False
        return bool(place[0].names.file.profile(place[1], leaf))

    def _profiles(self, name: str) -> list[tuple[str, str]]:
        """Axis and profile of a name, by all that ever answered for its root."""
        result = []
        for mount, stored in self._answering(name):
            names = mount.names
            container, _, leaf = stored.rpartition(".")
            if names is not None and container:
                result.append((mount.axis, names.file.profile(container, leaf)))
        return result

    def _answering(self, name: str) -> list[tuple[Mount, str]]:
        """The mount of a name, then the one that answers for its root at other versions."""
        place = self._place(name)
        if place is None:
            return []
        result = [place]
        if name.startswith("tensorflow.keras."):
            leaf = name[len("tensorflow.keras") :]
            for stored in ("tensorflow.keras", "keras._tf_keras.keras"):
                mount = inventory.free_mount(stored)
                if mount.stem != place[0].stem:
                    result.append((mount, stored + leaf))
        return result

    def entities(self, name: str) -> Iterator[tuple[CallablesFile, int, Mount, int]]:
        """What a name stands for in every regime: file, entity, mount, lifetime as bits."""
        for mount, stored in self._answering(name):
            names = mount.names
            stem = inventory.CALLABLES.get(mount.stem)
            file = callables_file(stem) if stem is not None else None
            container, _, leaf = stored.rpartition(".")
            if file is None or names is None or not container:
                continue
            entity = file.entity(names.file, container, leaf)
            if entity is None:
                same = inventory.same_container(container)
                other = inventory.free_mount(same).names
                if other is not None:
                    entity = file.entity(other.file, same, leaf)
            if entity is not None and entity >= 0:
                yield file, entity, mount, profile_mask(names.file.profile(container, leaf))

    def _entity(self, name: str) -> tuple[CallablesFile, int, str, int] | None:
        """The file, the entity, the axis, and the lifetime of a name as bits."""
        for file, entity, mount, lifetime in self.entities(name):
            return file, entity, mount.axis, lifetime
        return None

    def _callable(self, name: str) -> tuple[CallablesFile, int, str, str, int] | None:
        """The same for a callable: file, entity, method ("" for itself), axis, lifetime."""
        place = self._entity(name)
        if place is not None:
            file, entity, axis, lifetime = place
            return file, entity, "", axis, lifetime
        owner, _, method = name.rpartition(".")
        place = self._entity(owner) if owner else None
        if place is None:
            return None
        file, entity, axis, lifetime = place
        return file, entity, method, axis, lifetime

    def _signature(self, name: str) -> Signature | None:
        state = self._state(name)
        owner = name if state else name.rpartition(".")[0]
        if not state and self._state(owner) != "c":
            return None
        mount = self._place(owner)
        place = self._callable(name)
        if place is None or mount is None:
            return None
        file, entity, method, axis, _ = place
        if axis != mount[0].axis:
            return None
        return file.signature(entity, method, mount[0].index)

    def _members(self, name: str) -> dict[str, str] | None:
        mount = self._place(name)
        if self._state(name) != "c" or mount is None:
            return None
        place = self._entity(name)
        if place is None or place[2] != mount[0].axis:
            return None
        return place[0].members(place[1], mount[0].index)


def _intervals(axis: str, mask: int) -> tuple[tuple[str, str], ...]:
    known = releases.known(axis)
    return tuple((known[first], known[last]) for first, last in runs_of(mask))


def _last(profile: str) -> str:
    """The kind in the latest release of a profile."""
    return KINDS[max(profile.split(";"), key=lambda part: mask_of(part[1:]))[0]]
