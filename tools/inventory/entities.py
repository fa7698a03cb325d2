"""The things a name may stand for, as far as they can be seen without running anything."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@dataclass(eq=False)
class Module:
    """A module of a package whose source is at hand.

    `names` is its namespace, in the order of binding. `exports` is its `__all__`. `open` says
    that it may hold names that cannot be seen (a star import of something invisible, say).
    """

    name: str
    file: str
    folders: list[str] | None = None
    names: dict[str, Entity] = field(default_factory=dict)
    exports: list[str] | None = None
    open: bool = False
    state: str = "new"
    """`new`, `running`, `done`, or `failed` (its import raises)."""

    @property
    def package(self) -> str:
        """The package that a relative import of this module starts from."""
        return self.name if self.folders is not None else self.name.rpartition(".")[0]


@dataclass(eq=False)
class Class:
    """A class statement; `names` is filled when first asked for (see `Machine.class_names`)."""

    name: str
    node: ast.ClassDef
    module: Module
    bases: list[Entity]
    names: dict[str, Entity] | None = None
    opaque: bool = False
    """Bases, metaclass or decorators that cannot be understood."""


@dataclass(eq=False)
class Function:
    """A function statement or a lambda; `owner` is the class it stands in."""

    name: str
    node: FunctionNode
    module: Module
    owner: Class | None = None


@dataclass(eq=False)
class Altered:
    """A callable made from another one by a call that changes what it accepts.

    `how` is `keyword-only` (every parameter must be given by keyword) or `unknown`.
    """

    of: Entity
    how: str = "unknown"


@dataclass(eq=False)
class Value:
    """Any other object; `literal` holds strings and lists of strings that imports depend on."""

    literal: str | list[str] | bool | None = None
    is_class: bool = False


@dataclass(eq=False)
class Foreign:
    """Something of a package whose source is not at hand, by its full name."""

    name: str
    is_module: bool = False


@dataclass(eq=False)
class Later:
    """A name of a module that is looked up only when needed: an import done lazily.

    `attribute` is None for the module itself.
    """

    module: str
    attribute: str | None = None
    resolved: Entity | None = None


@dataclass(eq=False)
class Choice:
    """One of several, depending on something that is not known."""

    options: tuple[Entity, ...]


Entity = Module | Class | Function | Altered | Value | Foreign | Later | Choice


def merge(first: Entity, second: Entity) -> Entity:
    """What a name stands for when one of two branches ran, nobody knows which."""
    if first is second:
        return first
    options: list[Entity] = []
    for entity in (first, second):
        for option in entity.options if isinstance(entity, Choice) else (entity,):
            if not any(_same(option, seen) for seen in options):
                options.append(option)
    # A placeholder such as `None` beside a definition says nothing about the definition.
    real = [option for option in options if not isinstance(option, Value)] or options[:1]
    return real[0] if len(real) == 1 else Choice(tuple(real))


def _same(one: Entity, other: Entity) -> bool:
    if isinstance(one, Foreign) and isinstance(other, Foreign):
        return one.name == other.name
    if isinstance(one, Later) and isinstance(other, Later):
        return (one.module, one.attribute) == (other.module, other.attribute)
    for later, module in ((one, other), (other, one)):
        if isinstance(later, Later) and isinstance(module, Module):
            return f"{later.module}.{later.attribute}" == module.name
    return one is other
