"""What classes and their instances have."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from .entities import Class, Entity, Foreign, Function
from .lineage import Lineage, standard
from .machine import Machine
from .outside import assigned_outside, receivers
from .targets import Place, Targets
from .wrappers import last_name

PROPERTIES = {"property", "cached_property", "abstractproperty", "lazy_property", "classproperty"}
ANSWERS = ("__getattr__", "__getattribute__")
SETTERS = {"_maybe_create_attribute", "__setattr__", "_obj_setattr"}
"""Methods that set the attribute they are told the name of."""
KERAS = "keras."
"""What the name of a module of some Keras ends in or holds; others are too many to look through."""
HONEST = {"torch.nn.modules.module.Module"}
"""Classes whose dynamic look-ups only find what was assigned to the instance by that name."""


@dataclass
class Members:
    """`members`: name -> `method`, `property` or `attribute`; inherited ones included."""

    bases: list[str]
    members: dict[str, str]
    open: bool


class Classes:
    """Members of classes as their own and their bases' source shows them."""

    def __init__(self, machine: Machine, lineage: Lineage, targets: Targets) -> None:
        self.machine = machine
        self.lineage = lineage
        self.targets = targets
        self._outside: dict[str, set[str]] | None = None
        self._own: dict[Class, tuple[dict[str, str], bool]] = {}

    def of(self, cls: Class) -> Members:
        members: dict[str, str] = {}
        is_open = False
        order = self.lineage.order(cls)
        for step in reversed(order):
            if isinstance(step, Class):
                own, own_open = self.own(step)
                for name, kind in own.items():
                    if kind == "attribute" and members.get(name) in {"method", "property"}:
                        # Assigning to `self.x` does not make a property something else.
                        if name in self.machine.class_names(step):
                            members[name] = kind
                        continue
                    members[name] = kind
                is_open = is_open or own_open
            elif isinstance(step, Foreign) and standard(step.name) is not None:
                found = standard(step.name)
                for name in dir(found):
                    members.setdefault(
                        name, "method" if callable(getattr(found, name, None)) else "attribute"
                    )
            else:
                is_open = True
        for other in self._made_instead(cls):
            for name, kind in self.of(other).members.items():
                members.setdefault(name, kind)
        names = [step.node.name for step in order if isinstance(step, Class)]
        for receiver in receivers(names):
            for name in self._from_outside().get(receiver, ()):
                members.setdefault(name, "attribute")
        bases = [
            base.name if isinstance(base, (Class, Foreign)) else ""
            for base in self.lineage.bases(cls)
        ]
        return Members([base for base in bases if base], members, is_open)

    def _made_instead(self, cls: Class) -> list[Class]:
        """Subclasses of which calling the class may make instances: `Model(inputs, outputs)`."""
        new = self.machine.class_names(cls).get("__new__")
        if not isinstance(new, Function):
            return []
        found: list[Class] = []
        for node in ast.walk(new.node):
            if isinstance(node, ast.Call):
                func = node.func
                if isinstance(func, ast.Attribute) and func.attr == "__new__":
                    func = func.value
                made = self.targets.evaluate(func, Place(new, cls))
                if isinstance(made, Class) and made is not cls and cls in self.lineage.order(made):
                    found.append(made)
        return found

    def _from_outside(self) -> dict[str, set[str]]:
        if self._outside is None:
            trees = [
                self.machine.parse(module)
                for module in self.machine.modules.values()
                if module is not None and module.state == "done" and KERAS in f".{module.name}."
            ]
            self._outside = assigned_outside(tree for tree in trees if tree is not None)
        return self._outside

    def own(self, cls: Class) -> tuple[dict[str, str], bool]:
        """What the class itself defines or sets on its instances, and whether it is open."""
        if cls not in self._own:
            self._own[cls] = self._collect(cls)
        return self._own[cls]

    def _collect(self, cls: Class) -> tuple[dict[str, str], bool]:
        names = self.machine.class_names(cls)
        members = {name: self._kind(entity) for name, entity in names.items()}
        is_open = any(name in names for name in ANSWERS)
        for method in methods(cls.node):
            if method.name == "__new__":
                for name in assigned_on_locals(method):
                    members.setdefault(name, "attribute")
                continue
            found, sets_any = instance_attributes(method)
            is_open = is_open or sets_any
            for name in found:
                members.setdefault(name, "attribute")
        return members, is_open and cls.name not in HONEST

    def _kind(self, entity: Entity) -> str:
        entity = self.machine.force(entity)
        if not isinstance(entity, Function):
            return "attribute"
        marks = {last_name(mark) for mark in getattr(entity.node, "decorator_list", ())}
        return "property" if marks & (PROPERTIES | {"setter", "deleter"}) else "method"


def methods(node: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every method written in a class, also those that a later one replaces."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield child
        elif not isinstance(child, (ast.ClassDef, ast.expr)):
            yield from methods(child)


def assigned_on_locals(method: ast.AST) -> set[str]:
    """Attributes of local names that are assigned: what `__new__` sets on the new instance."""
    return {
        node.attr
        for node in ast.walk(method)
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and isinstance(node.value, ast.Name)
    }


def instance_attributes(method: ast.FunctionDef | ast.AsyncFunctionDef) -> tuple[set[str], bool]:
    """Names assigned as `self.name` in a method, and whether it sets names that cannot be seen."""
    parameters = [*method.args.posonlyargs, *method.args.args]
    if not parameters or any(last_name(mark) == "staticmethod" for mark in method.decorator_list):
        return set(), False
    own = parameters[0].arg
    names: set[str] = set()
    unseen = False
    for node in ast.walk(method):
        match node:
            case ast.Attribute(value=ast.Name(id=base), attr=attr, ctx=ast.Store()) if base == own:
                names.add(attr)
            case ast.AnnAssign(target=ast.Attribute(value=ast.Name(id=base), attr=attr)) if (
                base == own
            ):
                names.add(attr)
            case ast.Call(func=ast.Name(id="setattr"), args=[ast.Name(id=base), key, _]) if (
                base == own
            ):
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    names.add(key.value)
                else:
                    unseen = True
            case ast.Call(func=ast.Attribute(attr=attr), args=arguments) if attr in SETTERS:
                words = [part.value for part in arguments if isinstance(part, ast.Constant)]
                names.update(word for word in words[:1] if isinstance(word, str))
            case ast.Subscript(
                value=ast.Attribute(value=ast.Name(id=base), attr="__dict__"),
                slice=ast.Constant(value=str(word)),
            ) if base == own:
                names.add(word)
            case ast.Call(
                func=ast.Attribute(
                    value=ast.Attribute(value=ast.Name(id=base), attr="__dict__"), attr="update"
                )
            ) if base == own:
                unseen = True
            case ast.Assign(targets=[ast.Attribute(value=ast.Name(id=base), attr="__dict__")]) if (
                base == own
            ):
                unseen = True
    return names, unseen
