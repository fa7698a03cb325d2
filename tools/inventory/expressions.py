"""What an expression at module or class level stands for."""

from __future__ import annotations

import ast
import builtins
from typing import TYPE_CHECKING

from .entities import Altered, Class, Entity, Foreign, Function, Later, Module, Value, merge
from .wrappers import EXPORTERS, TRANSPARENT, last_name

if TYPE_CHECKING:
    from .machine import Machine

BACKENDS = {"tensorflow", "theano", "cntk", "mxnet", "jax", "torch", "numpy", "openvino", "mlx"}
BUILTIN_CLASSES = {name for name, value in vars(builtins).items() if isinstance(value, type)}
LOADERS = {"LazyLoader", "_LazyLoader", "_KerasLazyLoader", "KerasLazyLoader"}
CLASS_MAKERS = {"namedtuple", "NamedTuple", "Enum", "IntEnum", "type", "TypeVar", "NewType"}


class Scope:
    """Where an expression stands: a module, and perhaps a class body within it."""

    def __init__(self, module: Module, owner: Class | None = None) -> None:
        self.module = module
        self.owner = owner

    def names(self) -> dict[str, Entity]:
        if self.owner is not None and self.owner.names is not None:
            return self.owner.names
        return self.module.names


class Expressions:
    """Evaluates expressions to entities, and conditions to True, False or None (unknown)."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine

    def evaluate(self, node: ast.expr, scope: Scope) -> Entity:
        match node:
            case ast.Name(id=name):
                return self.name(name, scope)
            case ast.Attribute(value=value, attr=attr):
                found = self.machine.member(self.evaluate(value, scope), attr)
                return Value() if found is None else found
            case ast.Constant(value=value):
                return Value(value if isinstance(value, (str, bool)) else None)
            case ast.List() | ast.Tuple() | ast.Set():
                return Value(self.strings(node, scope))
            case ast.Call():
                return self.call(node, scope)
            case ast.Subscript():
                return self.subscript(node, scope)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                known = self.condition(test, scope)
                if known is None:
                    return merge(self.evaluate(body, scope), self.evaluate(orelse, scope))
                return self.evaluate(body if known else orelse, scope)
            case ast.BoolOp(values=values):
                entity = self.evaluate(values[0], scope)
                for value in values[1:]:
                    entity = merge(entity, self.evaluate(value, scope))
                return entity
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                one, two = self.evaluate(left, scope), self.evaluate(right, scope)
                texts = [part.literal for part in (one, two) if isinstance(part, Value)]
                if len(texts) == 2 and isinstance(texts[0], str) and isinstance(texts[1], str):
                    return Value(texts[0] + texts[1])
                return Value(self.strings(node, scope))
            case ast.Lambda():
                return Function(f"{scope.module.name}.<lambda>", node, scope.module)
            case ast.ListComp():
                return Value(self.strings(node, scope))
        return Value()

    def name(self, name: str, scope: Scope) -> Entity:
        owner = scope.owner
        if owner is not None and owner.names is not None and name in owner.names:
            return owner.names[name]
        if name in scope.module.names:
            return scope.module.names[name]
        if name == "__name__":
            return Value(scope.module.name)
        if name in BUILTIN_CLASSES:
            return Foreign(name)
        if scope.module.open:
            return Foreign(f"{scope.module.name}.{name}")
        return Value()

    def subscript(self, node: ast.Subscript, scope: Scope) -> Entity:
        if isinstance(node.value, ast.Attribute) and node.value.attr == "modules":
            key = self.evaluate(node.slice, scope)
            if isinstance(key, Value) and isinstance(key.literal, str):
                found = self.machine.find(key.literal)
                if found is not None:
                    return found
        base = self.machine.force(self.evaluate(node.value, scope))
        # `Generic[T]`, `Mapping[str, int]` and the like as a base class.
        return base if isinstance(base, (Foreign, Class)) else Value()

    # Calls.

    def call(self, node: ast.Call, scope: Scope) -> Entity:
        callee = last_name(node.func)
        if callee in LOADERS:
            return self._loader(node, scope)
        if callee in {"import_module", "__import__"} and node.args:
            name = self.evaluate(node.args[0], scope)
            if isinstance(name, Value) and isinstance(name.literal, str):
                return Later(name.literal)
        if callee in CLASS_MAKERS:
            return Value(is_class=True)
        if callee == "with_metaclass":
            bases = [self.evaluate(base, scope) for base in node.args[1:]]
            return bases[0] if bases else Foreign("object")
        if callee in {"to_raw_op", "kwarg_only"} and node.args:
            return Altered(self.evaluate(node.args[0], scope), "keyword-only")
        if callee == "deprecated_alias" and len(node.args) >= 3:
            return self.evaluate(node.args[2], scope)
        if callee == "partial":
            return Altered(self.evaluate(node.args[0], scope) if node.args else Value())
        if isinstance(node.func, ast.Call) and len(node.args) == 1:
            maker = last_name(node.func.func)
            if maker in EXPORTERS or maker in TRANSPARENT:
                return self.evaluate(node.args[0], scope)
        if callee in TRANSPARENT and len(node.args) == 1 and not node.keywords:
            return self.evaluate(node.args[0], scope)
        if callee in {"list", "tuple", "set", "sorted", "frozenset"} and node.args:
            return Value(self.strings(node.args[0], scope))
        if node.args:
            first = self.machine.force(self.evaluate(node.args[0], scope))
            function = self.machine.force(self.evaluate(node.func, scope))
            if isinstance(first, (Function, Class)) and isinstance(function, Function):
                # A wrapper of some kind, called by hand.
                return Altered(first)
        return Value()

    def _loader(self, node: ast.Call, scope: Scope) -> Entity:
        """TensorFlow's lazy loaders: `LazyLoader("x", globals(), "a.b.x")` and Keras' own."""
        if last_name(node.func).endswith("KerasLazyLoader"):
            package = self.machine.layout.legacy_loader
            words = {
                keyword.arg: keyword.value.value
                for keyword in node.keywords
                if isinstance(keyword.value, ast.Constant) and isinstance(keyword.value.value, str)
            }
            part = words.get("submodule", "")
            if not package and part.startswith("__internal__.legacy"):
                # Refuses every name under Keras 3.
                return Module(f"tensorflow.keras.{part}", "", folders=[], state="done")
            if not package:
                return Foreign("tensorflow.keras" + (f".{part}" if part else ""), is_module=True)
            if words.get("mode") == "v1":
                package = package.replace("_v2", "_v1")
            return Later(f"{package}.{part}" if part else package)
        if len(node.args) >= 3:
            name = self.evaluate(node.args[2], scope)
            if isinstance(name, Value) and isinstance(name.literal, str):
                return Later(name.literal)
        return Value()

    # Lists of strings (`__all__` and sets of accepted keywords).

    def strings(self, node: ast.expr, scope: Scope) -> list[str] | None:
        """The strings in a display, a sum of displays, or the idiom that lists `dir()`."""
        match node:
            case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
                found: list[str] = []
                for element in elements:
                    if isinstance(element, ast.Starred):
                        inner = self.strings(element.value, scope)
                        if inner is None:
                            return None
                        found += inner
                        continue
                    value = self.evaluate(element, scope)
                    if not (isinstance(value, Value) and isinstance(value.literal, str)):
                        return None
                    found.append(value.literal)
                return found
            case ast.BinOp(left=left, op=ast.Add() | ast.BitOr(), right=right):
                one, two = self.strings(left, scope), self.strings(right, scope)
                return None if one is None or two is None else one + two
            case ast.Name() | ast.Attribute():
                value = self.machine.force(self.evaluate(node, scope))
                if isinstance(value, Value) and isinstance(value.literal, list):
                    return list(value.literal)
            case ast.ListComp(
                elt=ast.Name(), generators=[ast.comprehension(iter=ast.Name(), ifs=[])]
            ):
                return self.strings(node.generators[0].iter, scope)
            case ast.ListComp(
                elt=ast.Name(),
                generators=[ast.comprehension(iter=ast.Call(func=ast.Name(id="dir")))],
            ):
                return [name for name in scope.module.names if not name.startswith("_")]
            case ast.Call(
                func=ast.Name(id="list" | "set" | "tuple" | "frozenset"), args=[inner_node]
            ):
                return self.strings(inner_node, scope)
            case ast.Call(func=ast.Attribute(value=base, attr="union"), args=[inner_node]):
                one, two = self.strings(base, scope), self.strings(inner_node, scope)
                return None if one is None or two is None else one + two
        return None

    # Conditions.

    def condition(self, node: ast.expr, scope: Scope) -> bool | None:
        match node:
            case ast.Constant(value=value):
                return bool(value)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                known = self.condition(operand, scope)
                return None if known is None else not known
            case ast.BoolOp(op=op, values=values):
                results = [self.condition(value, scope) for value in values]
                decisive = isinstance(op, ast.Or)
                if decisive in results:
                    return decisive
                return None if None in results else not decisive
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return self._compare(left, op, right)
            case ast.Attribute(attr="PY2" | "TYPE_CHECKING") | ast.Name(id="TYPE_CHECKING" | "PY2"):
                return False
            case ast.Attribute(attr="PY3") | ast.Name(id="PY3"):
                return True
            case ast.Call(func=ast.Attribute(value=ast.Name(id="_tf2" | "tf2"), attr="enabled")):
                return True
            case ast.Call(func=ast.Name(id="hasattr"), args=[base, ast.Constant(value=str(name))]):
                holder = self.machine.force(self.evaluate(base, scope))
                return True if isinstance(holder, Module) and name in holder.names else None
            case ast.Call(
                func=ast.Attribute(value=ast.Name() | ast.Attribute() as environ, attr="get"),
                args=[ast.Constant(), *default],
            ) if last_name(environ) == "environ":
                # A plain import: no variable asks for anything else. TensorFlow 2.5 has two
                # libraries to choose from here.
                return self.condition(default[0], scope) if default else False
            case ast.Call(func=func) if last_name(func) == "is_nnx_enabled":
                # An experiment of the JAX backend that must be switched on.
                return False
            case ast.Name(id=name):
                found = self.name(name, scope)
                if isinstance(found, Value) and isinstance(found.literal, bool):
                    return found.literal
        return None

    def _compare(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> bool | None:
        if _is_version_info(left) and isinstance(right, (ast.Tuple, ast.Constant)):
            # Every release here is read as by a Python 3 of its time.
            newer = isinstance(op, (ast.Gt, ast.GtE))
            first = right.elts[0] if isinstance(right, ast.Tuple) and right.elts else right
            if isinstance(first, ast.Constant) and first.value == 3:
                return (newer or isinstance(op, ast.Eq)) if _major_only(right) else None
            if isinstance(first, ast.Constant) and first.value == 2:
                return newer
        for value, other in ((left, right), (right, left)):
            if isinstance(value, ast.Constant) and value.value == "__main__":
                return isinstance(op, ast.NotEq)
            if isinstance(value, ast.Constant) and value.value in BACKENDS and _asks_backend(other):
                backend = self.machine.layout.backend
                if backend is None or not isinstance(op, (ast.Eq, ast.NotEq)):
                    return None
                return (value.value == backend) == isinstance(op, ast.Eq)
        return None


def _asks_backend(node: ast.expr) -> bool:
    return "backend" in last_name(node.func if isinstance(node, ast.Call) else node).lower()


def _is_version_info(node: ast.expr) -> bool:
    if isinstance(node, ast.Subscript):
        node = node.value
    return isinstance(node, ast.Attribute) and node.attr in {"version_info", "version"}


def _major_only(node: ast.expr) -> bool:
    if isinstance(node, ast.Tuple):
        return len(node.elts) == 1 or all(
            isinstance(part, ast.Constant) and part.value in {0, 3} for part in node.elts
        )
    return True
