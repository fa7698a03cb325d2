"""Imports, played through without running anything.

The machine keeps one namespace per module and fills it by going through the module's statements
in the order in which Python would run them, following imports as they come. What a name stands
for at the end, and which submodules are attributes of their packages without an import of their
own, falls out of that.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .entities import Choice, Class, Entity, Foreign, Later, Module, Value
from .expressions import Expressions
from .files import Files
from .layout import Layout
from .statements import Body
from .trees import Trees

NATIVE = ("_", "pywrap", "gen_", "libtensorflow", "flags_pybind", "pybind", "wrap_")
"""How names of compiled modules begin; they have no Python file but can be imported."""


class ImportFails(Exception):
    """An import statement that raises at run time."""


class Machine:
    """The modules of one release and its companions."""

    def __init__(self, files: Files, layout: Layout, trees: Trees | None = None) -> None:
        self.files = files
        self.trees = trees or Trees()
        self.layout = layout
        self.modules: dict[str, Module | None] = {}
        self.visible = (set(files.children("")) | set(files.renamed)) - layout.partial
        self._bound: set[str] = set()
        self.expressions = Expressions(self)

    # Finding.

    def canonical(self, name: str) -> str:
        top, dot, rest = name.partition(".")
        return self.files.renamed.get(top, top) + dot + rest

    def find(self, name: str) -> Module | None:
        """The module of this full name, not yet run; None when no file can be found for it."""
        name = self.canonical(name)
        if name not in self.modules:
            self.modules[name] = self._locate(name)
        return self.modules[name]

    def _locate(self, name: str) -> Module | None:
        if any(name == hidden or name.startswith(hidden + ".") for hidden in self.layout.opaque):
            return Module(name, "", folders=[], open=True, state="done")
        above, _, leaf = name.rpartition(".")
        if above:
            parent = self.find(above)
            if parent is None or parent.folders is None:
                return None
            folders = parent.folders
        else:
            folders = [""]
        for folder in folders:
            found = self.files.find(folder, leaf)
            if found is not None:
                path, is_package = found
                own = [path.rpartition("/")[0]] if is_package else None
                return Module(name, path, self._with_extra(name, own))
        spaces = [f"{folder}/{leaf}" if folder else leaf for folder in folders]
        spaces = [space for space in spaces if space in self.files.folders]
        if spaces:
            return Module(name, "", self._with_extra(name, spaces), state="done")
        return None

    def _with_extra(self, name: str, folders: list[str] | None) -> list[str] | None:
        if folders is None or name not in self.layout.folders:
            return folders
        first, last = self.layout.folders[name]
        return [*first, *folders, *last]

    def submodules(self, module: Module) -> list[str]:
        """Names of the modules that the folders of a package hold."""
        names: dict[str, None] = {}
        for folder in module.folders or ():
            names.update(dict.fromkeys(self.files.children(folder)))
        return list(names)

    # Importing.

    def load(self, name: str) -> Entity:
        """What `import name` leaves in `sys.modules`; raises `ImportFails`."""
        name = self.canonical(name)
        top = name.partition(".")[0]
        if top not in self.visible:
            return Foreign(name, is_module=True)
        parts = name.split(".")
        module: Module | None = None
        for length in range(1, len(parts) + 1):
            full = ".".join(parts[:length])
            found = self.find(full)
            if found is None:
                leaf = parts[length - 1]
                bound = module.names.get(leaf) if module is not None else None
                if isinstance(bound, Foreign) or leaf.startswith(NATIVE):
                    return Foreign(name, is_module=True)
                raise ImportFails(f"no module {full}")
            self.run(found)
            if module is not None and found.state == "done" and full not in self._bound:
                # Python binds a submodule in its package once, right after it has run. Where
                # imports are put off, what is bound already is what stays.
                if not (self.is_lazy(full) and parts[length - 1] in module.names):
                    module.names[parts[length - 1]] = found
                self._bound.add(full)
            module = found
        assert module is not None
        return module

    def run(self, module: Module) -> None:
        """Go through a module's statements, unless that was done or is under way."""
        if module.state == "failed":
            raise ImportFails(f"{module.name} cannot be imported")
        if module.state != "new":
            return
        module.state = "running"
        tree = self.parse(module)
        try:
            if tree is None:
                module.open = True
            else:
                Body(self, module).execute(tree.body)
        except ImportFails:
            module.state = "failed"
            raise
        module.state = "done"
        # Generated protocol-buffer modules make their classes at run time.
        module.open = module.open or module.name.endswith("_pb2")
        overlay = self.layout.overlays.get(module.name)
        other = self.load(overlay) if overlay else None
        if isinstance(other, Module):
            module.open = False
            module.names = {**other.names, **module.names}

    def parse(self, module: Module) -> ast.Module | None:
        """The tree of a module's file; None when this Python cannot parse it."""
        if not module.file:
            return ast.Module(body=[], type_ignores=[])
        return self.trees.parse(self.files.read(module.file))

    def is_lazy(self, module: str) -> bool:
        return module.partition(".")[0] in self.layout.lazy

    # Looking up.

    def force(self, entity: Entity) -> Entity:
        """Follow an import that was put off."""
        seen: list[Later] = []
        while isinstance(entity, Later):
            if entity in seen:
                return Value()
            seen.append(entity)
            if entity.resolved is not None:
                entity = entity.resolved
                continue
            found = self._resolve(entity)
            if not isinstance(found, Later):
                entity.resolved = found
            entity = found
        if isinstance(entity, Foreign) and entity.name in self.layout.known:
            return self._known(entity)
        return entity

    def _known(self, entity: Foreign) -> Entity:
        module_name, _, leaf = self.layout.known[entity.name].rpartition(".")
        module = self.find(module_name)
        if module is None:
            return entity
        self.run(module)
        return module.names.get(leaf, entity)

    def _resolve(self, later: Later) -> Entity:
        try:
            module = self.load(later.module)
        except ImportFails:
            return Value()
        if later.attribute is None:
            return module
        found = self.member(module, later.attribute)
        if isinstance(found, Later) and (found.module, found.attribute) == (
            later.module,
            later.attribute,
        ):
            # `from package import part`, written in the package itself: its submodule.
            full = f"{later.module}.{later.attribute}"
            try:
                found = self.load(full) if self.find(full) is not None else None
            except ImportFails:
                found = None
        return Value() if found is None else found

    def member(self, entity: Entity, name: str) -> Entity | None:
        """`entity.name`; None when it is certain that there is no such thing."""
        entity = self.force(entity)
        if isinstance(entity, Module):
            return self._module_member(entity, name)
        if isinstance(entity, Foreign):
            return Foreign(f"{entity.name}.{name}")
        if isinstance(entity, Class):
            return self.class_member(entity, name)
        if isinstance(entity, Choice):
            found = [self.member(option, name) for option in entity.options]
            real = [option for option in found if option is not None]
            return real[0] if len(real) == 1 else Choice(tuple(real)) if real else None
        return Value()

    def _module_member(self, module: Module, name: str) -> Entity | None:
        if name in module.names:
            return module.names[name]
        if name == "__all__" and module.exports is not None:
            return Value(list(module.exports))
        if module.folders is not None and (self.is_lazy(module.name) or module.state == "running"):
            # Not what attribute access does, but imports were put off (or are under way).
            full = f"{module.name}.{name}"
            if self.find(full) is not None:
                try:
                    return self.load(full)
                except ImportFails:
                    return None
        if module.open:
            return Foreign(f"{module.name}.{name}")
        return None

    def from_import(self, module_name: str, name: str) -> Entity:
        """What `from module import name` binds; raises `ImportFails`."""
        module = self.load(module_name)
        if isinstance(module, Foreign):
            return Foreign(f"{module.name}.{name}")
        assert isinstance(module, Module)
        if name in module.names:
            return module.names[name]
        if module.folders is not None and self.find(f"{module.name}.{name}") is not None:
            return self.load(f"{module.name}.{name}")
        if module.open or name.startswith(NATIVE) or name in {"__name__", "__file__", "__path__"}:
            return Foreign(f"{module.name}.{name}")
        if module.state == "running":
            # A cycle: Python would raise, but the order kept here is not exact enough to say so.
            return Later(module.name, name)
        raise ImportFails(f"{module.name} has no {name}")

    def star(self, module_name: str) -> Iterator[tuple[str, Entity]]:
        """What `from module import *` binds; an open module yields `*` with a `Foreign`."""
        module = self.load(module_name)
        if isinstance(module, Foreign):
            yield "*", module
            return
        assert isinstance(module, Module)
        if module.open:
            yield "*", Foreign(module.name)
        names = module.exports
        if names is None:
            names = [name for name in module.names if not name.startswith("_")]
        for name in list(names):
            found = self._module_member(module, name)
            if found is None and module.folders is not None and self.find(f"{module.name}.{name}"):
                found = self.load(f"{module.name}.{name}")
            if found is not None:
                yield name, found

    # Classes.

    def class_names(self, cls: Class) -> dict[str, Entity]:
        """The namespace of a class body."""
        if cls.names is None:
            cls.names = {}
            Body(self, cls.module, cls).execute(cls.node.body)
        return cls.names

    def class_member(self, cls: Class, name: str) -> Entity | None:
        """An attribute found on the class or, depth first, on its visible bases."""
        names = self.class_names(cls)
        if name in names:
            return names[name]
        unknown = cls.opaque
        for base in cls.bases:
            base = self.force(base)
            if isinstance(base, Class):
                found = self.class_member(base, name)
                if found is not None:
                    return found
            elif not (isinstance(base, Foreign) and base.name == "object"):
                unknown = True
        return Value() if unknown else None
