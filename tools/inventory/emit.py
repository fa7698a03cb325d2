"""One release as the plain data that the packer reads."""

from __future__ import annotations

from typing import Any

from .classes import Classes
from .entities import Altered, Class, Function
from .lineage import Lineage
from .machine import Machine
from .signatures import Signature, Signatures
from .walk import Entry, Walk

PRIVATE = (
    "keras.src.",
    "tf_keras.src.",
    "tensorflow.python.",
    "keras.api._v1.",
    "tf_keras.api._v1.",
)
"""Names under these are written down, what they accept is not (unless a public name has it)."""


def release(machine: Machine) -> dict[str, Any]:
    """Names, callables and classes of the release that the machine's layout describes."""
    entries = Walk(machine).roots()
    definitions = Definitions(machine)
    names = {full: _record(full, entry, definitions) for full, entry in sorted(entries.items())}
    layout = machine.layout
    return {
        "distribution": layout.distribution,
        "version": layout.version,
        "method": "static",
        "names": names,
        "callables": definitions.callables,
        "classes": definitions.classes,
    }


def _record(full: str, entry: Entry, definitions: Definitions) -> dict[str, Any]:
    record: dict[str, Any] = {"kind": entry.kind}
    definition = ""
    if entry.kind == "module":
        record["import"] = entry.importable
        record["attribute"] = entry.attribute
        record["open"] = entry.open
        definition = entry.alias
    elif not full.startswith(PRIVATE):
        definition = definitions.of(full, entry)
    if definition:
        record["def"] = definition
    return record


class Definitions:
    """The definitions that names lead to, each described once."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.lineage = Lineage(machine)
        self.signatures = Signatures(machine, self.lineage)
        self.members = Classes(machine, self.lineage, self.signatures.keywords.targets)
        self.callables: dict[str, Any] = {}
        self.classes: dict[str, Any] = {}
        self._named: dict[str, object] = {}

    def of(self, full: str, entry: Entry) -> str:
        """The name of the definition behind a public name; empty when it cannot be told."""
        entity = self.machine.force(entry.entity)
        if isinstance(entity, Class):
            return self._class(entity)
        if isinstance(entity, Function):
            name = self._name(entity)
            if name not in self.callables:
                self.callables[name] = plain_data(self.signatures.function(entity))
            return name
        if isinstance(entity, Altered):
            signature = self.signatures.of(entity)
            if signature is not None:
                self.callables[full] = plain_data(signature)
                return full
        return ""

    def _name(self, entity: Function | Class) -> str:
        """The definition's full name, numbered when another one has the same."""
        name, number = entity.name, 1
        while self._named.setdefault(name, entity) is not entity:
            number += 1
            name = f"{entity.name}#{number}"
        return name

    def _class(self, cls: Class) -> str:
        name = self._name(cls)
        if name in self.classes:
            return name
        self.callables[name] = plain_data(self.signatures.constructor(cls))
        members = self.members.of(cls)
        bases = []
        for base in self.lineage.bases(cls):
            if isinstance(base, Class):
                bases.append(self._name(base))
            elif base is not None:
                bases.append(base.name)
        self.classes[name] = {
            "bases": bases,
            "members": dict(sorted(members.members.items())),
            "open": members.open,
        }
        for base in self.lineage.bases(cls):
            if isinstance(base, Class):
                self._class(base)
        for member, kind in members.members.items():
            if kind == "method" and (not member.startswith("_") or member == "__call__"):
                self._method(name, cls, member)
        return name

    def _method(self, name: str, cls: Class, member: str) -> None:
        found = self.signatures.find(cls, member)
        if found is None:
            data = ANY
        else:
            signature = self.signatures.function(found[0], cls)
            if self._varies(cls, member, found[1], signature):
                signature = signature.opened()
            data = plain_data(signature)
        if self._inherited(cls, member) != data:
            self.callables[f"{name}.{member}"] = data

    def _varies(self, cls: Class, member: str, owner: Class, signature: Signature) -> bool:
        """Whether another backend's version of the method differs."""
        backend, _, rest = owner.module.name.partition(".src.backend.")
        if not rest or rest.startswith("common."):
            return False
        others = [
            self.machine.class_names(step).get(member)
            for step in self.lineage.order(cls)
            if isinstance(step, Class) and step.module.name.startswith(f"{backend}.src.backend.")
        ]
        return any(
            self.signatures.function(other, cls).parameters != signature.parameters
            for other in others
            if isinstance(other, Function)
        )

    def _inherited(self, cls: Class, member: str) -> Any:
        """What a reader that looks through the bases depth first would find, but for `cls`."""
        for base in self._depth_first(cls)[1:]:
            data = self.callables.get(f"{self._name(base)}.{member}")
            if data is not None:
                return data
        return None

    def _depth_first(self, cls: Class) -> list[Class]:
        seen: list[Class] = []

        def visit(one: Class) -> None:
            if one not in seen:
                seen.append(one)
                for base in self.lineage.bases(one):
                    if isinstance(base, Class):
                        visit(base)

        visit(cls)
        return seen


def plain_data(signature: Signature) -> dict[str, Any]:
    return {
        "parameters": [
            [parameter.name, parameter.kind, parameter.required]
            for parameter in signature.parameters
        ],
        "open": signature.open,
    }


ANY = {
    "parameters": [["args", "var-positional", False], ["kwargs", "var-keyword", False]],
    "open": True,
}
