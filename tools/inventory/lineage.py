"""The order in which Python looks through a class and its bases."""

from __future__ import annotations

import builtins
import importlib
import sys
import warnings

from .entities import Choice, Class, Entity, Foreign
from .machine import Machine

PLAIN = {
    "object",
    "ABC",
    "abc.ABC",
    "Generic",
    "typing.Generic",
    "Protocol",
    "typing.Protocol",
    "typing_extensions.Protocol",
    "typing_extensions.Generic",
}
"""Bases that add neither members nor a constructor."""

Ancestor = Class | Foreign | None
"""One step of the order; None stands for a base of which nothing is known."""


class Lineage:
    """Method resolution orders, as far as bases can be seen."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self._orders: dict[Class, list[Ancestor]] = {}

    def order(self, cls: Class) -> list[Ancestor]:
        """The class itself, then its bases; without `object` and other plain ones."""
        if cls not in self._orders:
            self._orders[cls] = [cls]  # for a class that is its own base by mistake
            self._orders[cls] = [cls, *self._above(cls)]
        return self._orders[cls]

    def _above(self, cls: Class) -> list[Ancestor]:
        bases = self.bases(cls)
        orders = [self.order(base) if isinstance(base, Class) else [base] for base in bases]
        merged = _c3([list(order) for order in orders] + [list(bases)])
        if merged is None:
            merged = list(dict.fromkeys(step for order in orders for step in order))
        if cls.opaque and None not in merged:
            merged.append(None)
        return merged

    def bases(self, cls: Class) -> list[Ancestor]:
        """Direct bases; of a base that is one of several, all of them."""
        found: list[Ancestor] = []
        for base in cls.bases:
            for option in self._options(base):
                if option not in found:
                    found.append(option)
        return [base for base in found if not (isinstance(base, Foreign) and is_plain(base.name))]

    def _options(self, entity: Entity) -> list[Ancestor]:
        entity = self.machine.force(entity)
        if isinstance(entity, Choice):
            return [option for part in entity.options for option in self._options(part)]
        return [entity if isinstance(entity, (Class, Foreign)) else None]


def is_plain(name: str) -> bool:
    return name in PLAIN


def _c3(orders: list[list[Ancestor]]) -> list[Ancestor] | None:
    """Python's linearization; None when there is none (or Choice bases make it impossible)."""
    merged: list[Ancestor] = []
    orders = [order for order in orders if order]
    while orders:
        for order in orders:
            head = order[0]
            if not any(_in(head, other[1:]) for other in orders):
                break
        else:
            return None
        merged.append(head)
        orders = [[step for step in order if not _same(step, head)] for order in orders]
        orders = [order for order in orders if order]
    return merged


def _same(one: Ancestor, other: Ancestor) -> bool:
    if isinstance(one, Foreign) and isinstance(other, Foreign):
        return one.name == other.name
    return one is other


def _in(step: Ancestor, steps: list[Ancestor]) -> bool:
    return any(_same(step, other) for other in steps)


def standard(name: str) -> type | None:
    """The class of the standard library (or a builtin) of this full name."""
    module, _, leaf = name.rpartition(".")
    if not module:
        found = getattr(builtins, leaf, None)
        return found if isinstance(found, type) else None
    if module.partition(".")[0] not in sys.stdlib_module_names:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = getattr(importlib.import_module(module), leaf, None)
    except ImportError:
        return None
    return found if isinstance(found, type) else None
