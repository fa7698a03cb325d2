"""Every name that can be reached from a package, and how."""

from __future__ import annotations

from dataclasses import dataclass, field

from .entities import Altered, Choice, Class, Entity, Foreign, Function, Later, Module, Value
from .machine import ImportFails, Machine

IMPLICIT = {"__builtins__"}


@dataclass
class Entry:
    """One name. `attribute` and `importable` matter for modules only; `entity` is what it is."""

    kind: str
    entity: Entity
    importable: bool = False
    attribute: bool = False
    open: bool = False
    alias: str = ""
    """For a module shown under another name and not spelled out again: its own name."""


@dataclass
class Walk:
    """Collects entries: first what plain `import <top>` shows, then what further imports add."""

    machine: Machine
    entries: dict[str, Entry] = field(default_factory=dict)
    _stack: list[Module] = field(default_factory=list)
    _attribute: bool = True

    def roots(self) -> dict[str, Entry]:
        layout = self.machine.layout
        top = self.machine.load(layout.top)
        assert isinstance(top, Module)
        for root in layout.roots:
            if root == layout.top:
                self._module(root, top)
        for root in layout.roots:
            self._imports(root)
        return self.entries

    # Modules by import.

    def _imports(self, name: str) -> None:
        """The module of this name and all below it, each imported."""
        module = self.machine.find(name)
        if module is None:
            return
        if name.endswith("_test"):
            # Needs a test framework; all that matters is that there is such a module.
            self.entries.setdefault(name, Entry("module", module, importable=True, open=True))
            return
        # What an import of its own shows of a module that plain `import <top>` does not reach.
        self._attribute = name not in self.entries
        only = self._modules_only(name)
        if not (only and self.machine.is_lazy(name)):
            try:
                loaded = self.machine.load(name)
            except ImportFails:
                return
            if not isinstance(loaded, Module):
                return
        if only:
            entry = self.entries.setdefault(name, Entry("module", module, open=True))
            entry.importable = entry.open = True
            # Imports were not followed here: rather say too much.
            entry.attribute = name not in self.machine.layout.hidden
        else:
            before = self.entries.get(name)
            reached = before is not None and (before.attribute or before.kind != "module")
            self._module(name, module)
            self.entries[name].importable = True
            self.entries[name].attribute = reached
        for child in self.machine.submodules(module):
            self._imports(f"{name}.{child}")

    def _modules_only(self, name: str) -> bool:
        layout = self.machine.layout
        if _repeats(name):
            return True
        if any(
            name == root or name.startswith(root + ".")
            for root in layout.roots
            if root != layout.top
        ):
            return False
        return any(name == part or name.startswith(part + ".") for part in layout.modules_only)

    # Names by attribute.

    def _module(self, name: str, module: Module) -> None:
        entry = self.entries.get(name)
        if entry is None or entry.kind != "module" or entry.alias:
            kept = entry is not None and entry.attribute
            hidden = entry is not None and entry.kind != "module"
            # A function hides the module that it comes from: nobody can say which is meant.
            entry = self.entries[name] = Entry("module", module, attribute=kept, open=hidden)
        entry.attribute = entry.attribute or self._attribute
        entry.open = entry.open or module.open
        if self._modules_only(name):
            entry.open = True
            return
        self._stack.append(module)
        for child, entity in list(module.names.items()):
            if child not in IMPLICIT:
                self._name(f"{name}.{child}", entity)
        self._stack.pop()

    def _name(self, full: str, entity: Entity) -> None:
        if isinstance(entity, Later) and not self._wanted(full, entity):
            self.entries.setdefault(full, Entry("constant", entity))
            return
        entity = self.machine.force(entity)
        if not isinstance(entity, Module):
            kind = kind_of(self.machine, entity)
            if full not in self.entries or self._attribute:
                is_module = kind == "module"
                alias = entity.name if is_module and isinstance(entity, Foreign) else ""
                if alias != full:
                    self.entries[full] = Entry(kind, entity, False, is_module, is_module, alias)
            return
        if self._shown(full, entity):
            self._module(full, entity)
        elif full not in self.entries:
            self.entries[full] = Entry(
                "module", entity, attribute=True, open=True, alias=entity.name
            )

    def _wanted(self, full: str, later: Later) -> bool:
        """Whether an import put off is worth following: not inside private modules."""
        private = [root for root in self.machine.layout.roots if root != self.machine.layout.top]
        inside = [root for root in private if full.startswith(root + ".")]
        return not inside or any(later.module.startswith(root) for root in inside)

    def _shown(self, full: str, module: Module) -> bool:
        """Whether a module's names are written down under `full`."""
        if any(module is above for above in self._stack):
            return False
        canonical = self.machine.canonical(full)
        if module.name == canonical:
            return True
        views = self.machine.layout.views
        if any(module.name == view or module.name.startswith(view + ".") for view in views):
            return True
        return self.machine.find(full) is not None


def _is_message(name: str) -> bool:
    """Whether a name of a generated protocol-buffer module is a message class."""
    module, _, leaf = name.rpartition(".")
    return module.endswith("_pb2") and leaf[:1].isupper() and not leaf.isupper()


def _repeats(name: str) -> bool:
    """`tensorflow.compat.v1.compat.v2` and deeper: the same names once more, without end."""
    return name.count(".compat.") > 1


def kind_of(machine: Machine, entity: Entity) -> str:
    """`module`, `class`, `function` or `constant` (also for what cannot be told)."""
    entity = machine.force(entity)
    if isinstance(entity, Choice):
        return kind_of(machine, entity.options[0])
    if isinstance(entity, Altered):
        return kind_of(machine, entity.of)
    if isinstance(entity, Class) or (isinstance(entity, Value) and entity.is_class):
        return "class"
    if isinstance(entity, Function):
        return "function"
    if isinstance(entity, Module) or (isinstance(entity, Foreign) and entity.is_module):
        return "module"
    if isinstance(entity, Foreign) and _is_message(entity.name):
        return "class"
    return "constant"
