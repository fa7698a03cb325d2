"""The inventories of all releases of one axis, read into compact tables."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

STATES = {"class": "c", "function": "f", "constant": "v"}
MEMBER_STATES = {"method": "m", "property": "p", "attribute": "a"}

TOPS = ("keras", "tensorflow", "tf_keras")

ENDLESS = (
    "tensorflow.compat.v1.compat.v1.",
    "tensorflow.compat.v1.compat.v2.",
    "tensorflow.compat.v2.compat.v1.",
    "tensorflow.compat.v2.compat.v2.",
    "tensorflow.v1.",
    "tensorflow.v2.",
    "tensorflow._api.",
)
"""What holds the whole API again, version within version."""

FACTORIES = frozenset({"tensorflow.python.distribute.collective_util.Hints"})
"""Classes whose `__new__` makes an instance of another class."""

PUT_OFF = ("tensorflow.compat.v1.layers.", "tensorflow.compat.v1.nn.rnn_cell.")
"""Names that TensorFlow binds late, from the Keras 2 that it brought: with Keras 3 they fail.

Executed with TensorFlow 2.16.2 and 2.21.0: the modules are there, and empty. TensorFlow's own
files, which the inventory is read from, still list the names.
"""

KERAS_3 = (2, 16)
"""The minor version of TensorFlow from which on it brings Keras 3."""

Masks = dict[str, int]
"""State: the releases of it as bits."""


@dataclass(frozen=True)
class ClassFacts:
    """A class in one release."""

    bases: tuple[str, ...]
    members: dict[str, str]
    open: bool


@dataclass
class Axis:
    """All that is known of one distribution.

    `names`       full name: state: releases as bits
    `aliases`     full name of a module: the module that it really is: releases as bits
    `defined`     full name: release: the definition it leads to
    `parameters`  (definition, release): the text of its parameter list
    `classes`     (definition, release): the class
    """

    distribution: str
    releases: list[str]
    names: dict[str, Masks] = field(default_factory=dict)
    aliases: dict[str, dict[str, int]] = field(default_factory=dict)
    defined: dict[str, dict[int, str]] = field(default_factory=dict)
    parameters: dict[tuple[str, int], str] = field(default_factory=dict)
    classes: dict[tuple[str, int], ClassFacts] = field(default_factory=dict)


def read_axis(distribution: str, files: Iterable[tuple[str, Path]]) -> Axis:
    """Read the inventories `(version, file)`, which come in ascending order of the releases."""
    files = list(files)
    axis = Axis(distribution, [version for version, _ in files])
    shared: dict[Any, Any] = {}

    def intern(value: Any) -> Any:
        return shared.setdefault(value, value)

    for index, (version, file) in enumerate(files):
        minor = tuple(int(part) for part in version.split(".")[:2])
        late = PUT_OFF if distribution == "tensorflow" and minor >= KERAS_3 else ()
        data = json.loads(file.read_text(encoding="utf-8"))
        for name, record in data["names"].items():
            if dropped(name) or name.startswith(late):
                continue
            name = intern(name)
            masks = axis.names.setdefault(name, {})
            state = state_of(name, record)
            masks[state] = masks.get(state, 0) | 1 << index
            target = record.get("def") if record["kind"] == "module" else None
            if target and target.split(".")[0] in TOPS and not hidden(name):
                aliases = axis.aliases.setdefault(name, {})
                aliases[intern(target)] = aliases.get(target, 0) | 1 << index
            if record.get("def") and record["kind"] in ("class", "function"):
                axis.defined.setdefault(name, {})[index] = intern(record["def"])
        for definition, record in data["callables"].items():
            text = intern(parameters_text(record["parameters"], record["open"]))
            axis.parameters[intern(definition), index] = text
        for definition, record in data["classes"].items():
            members = {
                intern(member): MEMBER_STATES[kind]
                for member, kind in record["members"].items()
                if not member.startswith("__") or member == "__call__"
            }
            if members.keys() >= {"compile", "evaluate", "fit"}:
                # Set from outside, by the callbacks (keras/src/callbacks/history.py).
                members.setdefault("history", "a")
            bases = tuple(intern(base) for base in record["bases"])
            axis.classes[intern(definition), index] = ClassFacts(
                bases, members, record["open"] or definition in FACTORIES
            )
    return axis


def dropped(name: str) -> bool:
    """Whether a name is left to `inventory.mounts`, which answers for it with another one."""
    return name.startswith(ENDLESS)


def hidden(name: str) -> bool:
    """Whether a name is private, so that what its module really is does not matter."""
    return any(part.startswith("_") or part in ("src", "python") for part in name.split("."))


def state_of(name: str, record: dict[str, Any]) -> str:
    """The letter that stands for a name's kind, and for modules the flags too."""
    if record["kind"] != "module":
        return STATES[record["kind"]]
    flags = bool(record.get("import")) | bool(record.get("attribute")) << 1
    if record.get("open") or name + "." in ENDLESS[4:]:
        flags |= 4
    return chr(ord("A") + flags)


def parameters_text(parameters: list[tuple[str, str, bool]], open_: bool) -> str:
    """A parameter list as the data spell it; the reverse of `store.parse_parameters`."""
    words: list[str] = []
    kinds = [kind for _, kind, _ in parameters]
    starred = False
    for place, (name, kind, required) in enumerate(parameters):
        if kind == "var-positional":
            words.append("*" + name)
            starred = True
        elif kind == "var-keyword":
            words.append("**" + name)
        else:
            if kind == "keyword" and not starred:
                words.append("*")
                starred = True
            words.append(name if required else name + "=")
            if kind == "positional-only" and "positional-only" not in kinds[place + 1 :]:
                words.append("/")
    if open_:
        words.append("?")
    return " ".join(words)
