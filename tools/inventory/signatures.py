"""What functions, constructors and methods accept."""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace

from .entities import Altered, Class, Entity, Foreign, Function, FunctionNode
from .expressions import Scope
from .keywords import Keywords
from .lineage import Lineage
from .machine import Machine
from .targets import Place
from .wrappers import effect, is_known, last_name, own_nodes, pops

GENERATED_CONSTRUCTORS = {"dataclass", "attrs", "define", "frozen", "s", "NamedTuple"}


@dataclass(frozen=True)
class Parameter:
    name: str
    kind: str
    required: bool


@dataclass(frozen=True)
class Signature:
    """`open`: keywords that are not among the parameters may be accepted too."""

    parameters: tuple[Parameter, ...]
    open: bool = False

    def keywords(self) -> list[str]:
        """Names that can be given by keyword."""
        return [
            parameter.name
            for parameter in self.parameters
            if parameter.kind in {"positional", "keyword"}
        ]

    def opened(self) -> Signature:
        return replace(self, open=True)

    def with_keywords(self, names: list[str]) -> Signature:
        """With further optional keywords, in front of a final `**kwargs`."""
        known = {parameter.name for parameter in self.parameters}
        added = [
            Parameter(name, "keyword", False) for name in dict.fromkeys(names) if name not in known
        ]
        at = len(self.parameters)
        if self.parameters and self.parameters[-1].kind == "var-keyword":
            at -= 1
        return replace(self, parameters=(*self.parameters[:at], *added, *self.parameters[at:]))


ANYTHING = Signature(
    (Parameter("args", "var-positional", False), Parameter("kwargs", "var-keyword", False)), True
)
NOTHING = Signature(())


class Signatures:
    """Signatures of entities, with `**kwargs` followed to where it ends."""

    def __init__(self, machine: Machine, lineage: Lineage) -> None:
        self.machine = machine
        self.lineage = lineage
        self._done: dict[tuple[Function, Class | None], Signature] = {}
        self.keywords = Keywords(self)

    def of(self, entity: Entity) -> Signature | None:
        """Of a function or a class; None when it cannot be told."""
        entity = self.machine.force(entity)
        if isinstance(entity, Function):
            return self.function(entity)
        if isinstance(entity, Class):
            return self.constructor(entity)
        if isinstance(entity, Altered) and entity.how == "keyword-only":
            inner = self.of(entity.of)
            return None if inner is None else _keyword_only(inner)
        return None

    # Functions.

    def function(self, function: Function, cls: Class | None = None) -> Signature:
        """Of a function, called on an instance of `cls` when it is a method (without `self`)."""
        key = (function, cls)
        if key not in self._done:
            # What a recursive forward meets while this is under way.
            self._done[key] = plain(function).opened()
            self._done[key] = self._function(function, cls)
        return self._done[key]

    def _function(self, function: Function, cls: Class | None) -> Signature:
        signature = plain(function)
        node = function.node
        if node.args.kwarg is not None:
            accepted, is_open = self.keywords.of(function, node.args.kwarg.arg, cls)
            signature = replace(signature.with_keywords(accepted), open=is_open)
        for decorator in getattr(node, "decorator_list", ()):
            signature = self._decorated(signature, decorator, function)
        return signature

    def _decorated(
        self, signature: Signature, decorator: ast.expr, function: Function
    ) -> Signature:
        name = last_name(decorator)
        if name == "allow_initializer_layout":
            # Keras 2.9 to 2.15: `kernel_layout` beside `kernel_initializer`, and so on.
            layouts = [
                keyword.replace("_initializer", "_layout")
                for keyword in signature.keywords()
                if keyword.endswith("_initializer")
            ]
            return signature.with_keywords([*layouts, "mesh"])
        if is_known(decorator):
            return signature
        target = decorator.func if isinstance(decorator, ast.Call) else decorator
        found = self.machine.force(
            self.machine.expressions.evaluate(target, Scope(function.module, function.owner))
        )
        if isinstance(found, Function) and effect(found.node) == "same":
            return signature.with_keywords(pops(found.node))
        return signature.opened()

    # Classes.

    def constructor(self, cls: Class) -> Signature:
        """What calling the class accepts."""
        signature = self._constructor(cls)
        for decorator in cls.node.decorator_list:
            if last_name(decorator) in GENERATED_CONSTRUCTORS:
                return ANYTHING
            if not is_known(decorator) and not self._returns_class(decorator, cls):
                signature = signature.opened()
        return signature

    def _returns_class(self, decorator: ast.expr, cls: Class) -> bool:
        target = decorator.func if isinstance(decorator, ast.Call) else decorator
        found = self.machine.force(self.machine.expressions.evaluate(target, Scope(cls.module)))
        return isinstance(found, Function) and effect(found.node) == "same"

    def _constructor(self, cls: Class) -> Signature:
        called_first = self._metaclass_call(cls)
        made_by: Signature | None = None
        for step in self.lineage.order(cls):
            if not isinstance(step, Class):
                return ANYTHING
            names = self.machine.class_names(step)
            if any(last_name(mark) in GENERATED_CONSTRUCTORS for mark in step.node.decorator_list):
                return ANYTHING
            new = names.get("__new__")
            if isinstance(new, Function) and made_by is None:
                made = plain(new)
                starred = {parameter.kind for parameter in made.parameters}
                if not {"var-positional", "var-keyword"} <= starred:
                    made_by = self.function(new, cls)
            if "__init__" in names:
                init = self.machine.force(names["__init__"])
                if not isinstance(init, Function):
                    return ANYTHING
                signature = self.function(init, cls)
                if made_by is not None and made_by.keywords() != signature.keywords():
                    signature = signature.with_keywords(made_by.keywords()).opened()
                own_new = self.machine.class_names(cls).get("__new__")
                if isinstance(own_new, Function):
                    for value in made_elsewhere(own_new.node):
                        signature = self._or_made(signature, value, Place(own_new, cls))
                return signature.opened() if called_first else signature
        return made_by if made_by is not None else ANYTHING if called_first else NOTHING

    def _or_made(self, signature: Signature, value: ast.expr, place: Place) -> Signature:
        """What a class accepts whose `__new__` may return `value` instead of an own instance."""
        if isinstance(value, ast.Call):
            func = value.func
            if isinstance(func, ast.Attribute) and func.attr == "__new__":
                func = func.value
            made = self.keywords.targets.evaluate(func, place)
            if isinstance(made, Class) and made is not place.cls:
                other = self.constructor(made)
                signature = signature.with_keywords(other.keywords())
                return signature.opened() if other.open else signature
        return signature.opened()

    def _metaclass_call(self, cls: Class) -> bool:
        """Whether a metaclass takes calls of the class into its own hands."""
        for step in self.lineage.order(cls):
            if not isinstance(step, Class):
                continue
            words = [word.value for word in step.node.keywords if word.arg == "metaclass"]
            for decorator in step.node.decorator_list:
                if last_name(decorator) == "add_metaclass" and isinstance(decorator, ast.Call):
                    words += decorator.args
            for word in words:
                found = self.machine.force(
                    self.machine.expressions.evaluate(word, Scope(step.module))
                )
                if isinstance(found, Foreign):
                    if found.name.rpartition(".")[2] != "ABCMeta":
                        return True
                elif not isinstance(found, Class) or self.machine.class_member(found, "__call__"):
                    return not isinstance(found, Class) or _calls(self.machine, found)
        return False

    def method(self, cls: Class, name: str) -> tuple[Signature, Class] | None:
        """Of a method of `cls`, with the class that defines it; None when it is no function."""
        found = self.find(cls, name)
        if found is None:
            return None
        function, owner = found
        return self.function(function, cls), owner

    def find(
        self, cls: Class, name: str, after: Class | None = None
    ) -> tuple[Function, Class] | None:
        """The function behind `cls.name`, looking only behind `after` when that is given."""
        order = self.lineage.order(cls)
        if after is not None:
            order = order[order.index(after) + 1 :] if after in order else [None]
        for step in order:
            if not isinstance(step, Class):
                return None
            names = self.machine.class_names(step)
            if name in names:
                found = self.machine.force(names[name])
                return (found, step) if isinstance(found, Function) else None
        return None

    def ends_in_object(self, cls: Class, after: Class) -> bool:
        """Whether nothing but `object` can answer `super()` behind `after`."""
        order = self.lineage.order(cls)
        behind = order[order.index(after) + 1 :] if after in order else [None]
        return all(isinstance(step, Class) for step in behind)


def made_elsewhere(new: FunctionNode) -> list[ast.expr]:
    """What a `__new__` may return that `super().__new__` did not make."""
    own: set[str] = set()
    for node in own_nodes(new):
        if isinstance(node, ast.Assign) and _calls_new(node.value):
            own.update(target.id for target in node.targets if isinstance(target, ast.Name))
    returned = [
        node.value for node in own_nodes(new) if isinstance(node, ast.Return) and node.value
    ]
    return [
        value
        for value in returned
        if not _calls_new(value)
        and not any(isinstance(part, ast.Name) and part.id in own for part in ast.walk(value))
    ]


def _calls_new(value: ast.expr) -> bool:
    """`super().__new__(cls)` or `object.__new__(cls)`, also as an argument."""
    return any(
        isinstance(node, ast.Attribute)
        and node.attr == "__new__"
        and last_name(node.value) in {"super", "object"}
        for node in ast.walk(value)
    )


def _calls(machine: Machine, metaclass: Class) -> bool:
    return "__call__" in machine.class_names(metaclass)


def plain(function: Function) -> Signature:
    """The parameters as written; without `self` or `cls` for a method."""
    node = function.node
    parameters = parameters_of(node)
    if function.owner is not None and not _is_static(node) and parameters:
        first = parameters[0]
        if first.kind in {"positional", "positional-only"}:
            parameters = parameters[1:]
    is_open = bool(parameters) and parameters[-1].kind == "var-keyword"
    return Signature(tuple(parameters), is_open)


def _is_static(node: FunctionNode) -> bool:
    marks = getattr(node, "decorator_list", ())
    name = getattr(node, "name", "")
    return name != "__new__" and any(last_name(mark) == "staticmethod" for mark in marks)


def parameters_of(node: FunctionNode) -> list[Parameter]:
    spec = node.args
    positional = [*spec.posonlyargs, *spec.args]
    needed = len(positional) - len(spec.defaults)
    found = []
    for place, argument in enumerate(positional):
        kind = "positional-only" if place < len(spec.posonlyargs) else "positional"
        found.append(Parameter(argument.arg, kind, place < needed))
    if spec.vararg is not None:
        found.append(Parameter(spec.vararg.arg, "var-positional", False))
    for argument, default in zip(spec.kwonlyargs, spec.kw_defaults, strict=True):
        found.append(Parameter(argument.arg, "keyword", default is None))
    if spec.kwarg is not None:
        found.append(Parameter(spec.kwarg.arg, "var-keyword", False))
    return found


def _keyword_only(signature: Signature) -> Signature:
    return replace(
        signature,
        parameters=tuple(
            replace(parameter, kind="keyword")
            for parameter in signature.parameters
            if parameter.kind in {"positional", "keyword"}
        ),
    )
